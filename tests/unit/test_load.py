"""A file that moves while the run reads it: refused for now, told of, and read by the next run."""

import datetime as dt
import os

import pytest

from pipelines.contracts.limits import Limits
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest import landing
from pipelines.ingest.intake import Intake
from pipelines.ingest.locate import arrivals
from pipelines.orchestration import load
from pipelines.orchestration.fingerprint import recorded
from pipelines.orchestration.load import decide, load_pending
from pipelines.orchestration.workshop import workshop
from tests.support import built, receipt, settings_in, small_sample

FILE = "semp/pset_places_2013-02.csv"


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path)
    small_sample(settings.raw, first=dt.date(2013, 1, 1))
    return settings


def states(shop) -> dict[str, tuple[str, str | None]]:
    return {file: (status, reason) for file, status, reason in shop.con.execute("select file, status, reason from stg.delivery").fetchall()}


def test_other_bytes_of_the_same_length_are_not_taken_for_what_was_seen(settings) -> None:
    path = settings.raw / FILE
    with workshop(settings) as shop:
        seen = path.read_bytes()
        path.write_bytes(seen.replace(b"2", b"3", 1))
        for dataset in EXPORTS:
            load_pending(shop, dataset, progress=lambda *_: None)
        decide(shop)
        assert states(shop)[FILE] == ("rejected", "file.busy")
        assert states(shop)["semp/pset_places_2013-01.csv"][0] == "in_force"
        assert recorded(shop.con)["stg"] == "", "the next run would find nothing new"
    receipt(settings.raw, FILE, received_at="2013-03-12T09:00:00")
    with built(settings) as shop:
        assert [reason for file, (status, reason) in states(shop).items() if status == "in_force" and file == FILE] == [None]
        assert recorded(shop.con)["stg"] == shop.publication


def forbidden(monkeypatch, name: str) -> None:
    """Make a file unreadable, for whom nothing else is: root, who may run the tests."""
    opened = os.open

    def refuse(path, *arguments, **options):
        if str(path).endswith(name):
            raise PermissionError(13, "no")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)


def test_a_file_that_cannot_be_read_is_refused_alone_and_what_it_held_does_not_count(settings, monkeypatch) -> None:
    with built(settings) as shop:
        assert states(shop)[FILE] == ("in_force", None)
    forbidden(monkeypatch, "pset_places_2013-02.csv")
    assert [(one.sha256, one.refusal) for one in arrivals(settings.raw, exports=EXPORTS) if one.file == FILE] == [("", "file.denied")]
    with built(settings) as shop:
        found = shop.con.execute("select status, reason from stg.delivery where file = ? order by all", [FILE]).fetchall()
        assert found == [("rejected", "file.denied"), ("withdrawn", "contenu illisible pour le moment")]
        assert ("file.denied",) in shop.con.execute("select rule from mart.finding").fetchall()
        assert states(shop)["semp/pset_places_2013-01.csv"][0] == "in_force"
        assert recorded(shop.con)["stg"] == shop.publication, "a file that stays unreadable is nothing new"


@pytest.mark.parametrize("ending", ["CSV", "Csv"])
def test_the_case_of_an_ending_does_not_matter(settings, ending) -> None:
    path = settings.raw / FILE
    path.rename(path.with_suffix(f".{ending}"))
    receipt(settings.raw, FILE.replace("csv", ending), received_at="2013-03-05T09:00:00")
    with built(settings) as shop:
        assert states(shop)[FILE.replace("csv", ending)] == ("in_force", None)


def test_a_file_over_the_limit_is_refused_without_being_read_into_memory(settings, monkeypatch) -> None:
    small = settings.but(limits=Limits(file_bytes=(settings.raw / FILE).stat().st_size - 1))
    read = []
    content = landing.content
    monkeypatch.setattr(landing, "content", lambda raw, file: (read.append(file), content(raw, file))[1])
    with built(small) as shop:
        assert states(shop)[FILE] == ("rejected", "file.too_large")
        (message,) = shop.con.execute("select message from mart.finding where rule = 'file.too_large' and delivery_id = "
                                      "(select delivery_id from stg.delivery where file = ?)", [FILE]).fetchone()  # fmt: skip
    assert "{" not in message and FILE not in read and read


@pytest.mark.parametrize("ending", ["xls", "ods", "zip", "XLSM"])
def test_a_right_name_with_an_ending_that_is_not_read_is_answered_by_what_to_send(settings, ending) -> None:
    path = (settings.raw / FILE).with_suffix(f".{ending}")
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) if ending == "xls" else b"PK\x03\x04" + bytes(600))
    file = f"semp/{path.name}"
    receipt(settings.raw, file, received_at="2013-03-05T09:00:00")
    with built(settings) as shop:
        assert states(shop)[file][0] == "rejected" and states(shop)[FILE][0] == "in_force"
        (remedy,) = shop.con.execute(
            "select any_value(remedy) from mart.finding f join stg.delivery d using (delivery_id) where d.file = ?", [file]
        ).fetchone()
        assert "XLSX" in remedy or "xlsx" in remedy


def test_a_file_of_rows_under_an_ending_that_is_not_read_is_told_the_name_it_must_bear(settings) -> None:
    path = settings.raw / FILE
    path.rename(path.with_suffix(".ods"))
    receipt(settings.raw, "semp/pset_places_2013-02.ods", received_at="2013-03-05T09:00:00")
    with built(settings) as shop:
        assert states(shop)["semp/pset_places_2013-02.ods"] == ("rejected", "file.unrecognised")
        told = shop.con.execute("select remedy from mart.finding where rule = 'file.unrecognised'").fetchall()
        assert len(told) == 1 and "pset_places_2013-02.csv" in told[0][0]


def test_a_file_in_the_folder_of_a_service_that_does_not_send_it_is_told_who_does(settings) -> None:
    (settings.raw / "oai").mkdir()
    (settings.raw / FILE).rename(settings.raw / "oai/pset_places_2013-02.csv")
    receipt(settings.raw, "oai/pset_places_2013-02.csv", received_at="2013-03-05T09:00:00")
    with built(settings) as shop:
        assert states(shop)["oai/pset_places_2013-02.csv"] == ("rejected", "file.other_sender")
        ((message,),) = shop.con.execute("select message from mart.finding where rule = 'file.other_sender'").fetchall()
        assert message == "Ce service n'envoie pas «pset_places»: cet envoi vient de SEMP."


def test_the_ledger_remembers_what_left_even_when_the_build_is_made_anew(settings) -> None:
    with built(settings):
        pass
    (settings.raw / FILE).unlink()
    with built(settings) as shop:
        assert states(shop)[FILE][0] == "withdrawn"
    settings.build.unlink()
    with built(settings) as shop:
        assert states(shop)[FILE][0] == "withdrawn"
        assert shop.con.execute("select count(*) from core.pset_programme_month where period = '2013-02-01'").fetchone() == (0,)


def test_a_fault_of_ours_in_one_file_keeps_no_other_from_being_read(settings, monkeypatch) -> None:
    taken = load.take_in

    def failing(content: bytes, file: str, **given) -> Intake:
        if file == FILE:
            raise ValueError("756.1111.2222.33")
        return taken(content, file, **given)

    monkeypatch.setattr(load, "take_in", failing)
    with built(settings) as shop:
        assert states(shop)[FILE] == ("rejected", "file.unforeseen")
        assert states(shop)["semp/pset_places_2013-01.csv"][0] == "in_force"
        (message,) = shop.con.execute("select message from stg.finding where rule = 'file.unforeseen'").fetchone()
    assert "ValueError en test_load.py" in message and "756" not in message
