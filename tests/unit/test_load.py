"""A file that moves while the run reads it: refused for now, told of, and read by the next run."""

import datetime as dt

import pytest

from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.locate import arrivals
from pipelines.orchestration.fingerprint import recorded
from pipelines.orchestration.load import decide, load_pending
from pipelines.orchestration.workshop import workshop
from pipelines.sample.generate import generate
from pipelines.sample.world import World
from tests.support import built, receipt, settings_in

FILE = "semp/pset_places_2013-02.csv"


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path)
    generate(settings.raw, World(format="csv", first=dt.date(2013, 1, 1)))
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


def test_a_file_that_cannot_be_read_is_refused_alone(settings, monkeypatch) -> None:
    from pathlib import Path

    read = Path.read_bytes

    def unreadable(path: Path) -> bytes:
        if path.name == "pset_places_2013-02.csv":
            raise PermissionError
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", unreadable)
    assert [one.sha256 for one in arrivals(settings.raw, exports=EXPORTS) if one.file == FILE] == [""]
    with built(settings) as shop:
        found = [entry for file, entry in states(shop).items() if file == FILE]
        assert ("rejected", "file.busy") in found
        assert "file.busy" in {rule for (rule,) in shop.con.execute("select rule from mart.finding").fetchall()}
        assert states(shop)["semp/pset_places_2013-01.csv"][0] == "in_force"


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
