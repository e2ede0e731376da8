"""Letting a held delivery into force: what is written down, what is refused, and what a stopped writer leaves."""

import datetime as dt
import fcntl
import stat
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pytest
from typer.testing import CliRunner

from pipelines import duck
from pipelines.cli import app
from pipelines.duck import publication
from pipelines.errors import CiiError
from pipelines.ingest.ledger import LEDGER
from pipelines.ingest.register import Acceptance, acceptances, record
from pipelines.orchestration.accept import accept
from pipelines.settings import Settings
from tests.sql.world import CM_FP, World
from tests.support import settings_in

LAST_DAY = dt.date.max


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A warehouse whose published ledger holds two deliveries back."""
    settings = settings_in(tmp_path)
    settings.warehouse.mkdir()
    world = World()
    for number, status in enumerate(["in_force", "held", "held", "rejected"], start=1):
        world.deliver(CM_FP, f"2012-{number:02}", status=status, read=number)
    ids = ["aaaa111100000000", "bbbb111100000000", "bbbb222200000000", "cccc111100000000"]
    rows = [row | {"delivery_id": one, "rows_usual": 40} for row, one in zip(world.deliveries.values(), ids, strict=True)]
    with duck.connect(tmp_path / "build.duckdb") as con:
        duck.replace_with_rows(con, LEDGER, pl.DataFrame(rows, schema=LEDGER.frame_schema))
        publication.copy(con, settings.published)
        publication.put(settings.published)
    return settings


def written(settings: Settings) -> list[tuple[str, str, str]]:
    return [(one.delivery_id, one.accepted_by, one.why) for one in acceptances(settings.acceptances, known_on=LAST_DAY)]


def test_an_acceptance_is_written_down_with_who_when_and_why(settings: Settings) -> None:
    before = dt.datetime.now().replace(microsecond=0)
    accept(settings, "bbbb111100000000", why="  le service a repris\n les dossiers ", by="Une personne")
    assert written(settings) == [("bbbb111100000000", "Une personne", "le service a repris les dossiers")]
    (one,) = acceptances(settings.acceptances, known_on=LAST_DAY)
    assert before <= one.accepted_at <= dt.datetime.now()
    assert stat.S_IMODE(settings.acceptances.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.acceptances.parent.stat().st_mode) == 0o700


def test_a_beginning_that_no_other_shares_is_enough(settings: Settings) -> None:
    assert accept(settings, "BBBB2", why="juste").delivery_id == "bbbb222200000000"


@pytest.mark.parametrize(
    ("delivery", "why", "said"),
    [
        ("dddd", "juste", "Aucune livraison"),
        ("", "juste", "Aucune livraison"),
        ("bbb", "juste", "Aucune livraison"),
        ("bbbb_", "juste", "Aucune livraison"),
        ("bbbb", "juste", "2 livraisons"),
        ("aaaa", "juste", "n'est pas retenu"),
        ("cccc", "juste", "n'est pas retenu"),
        ("bbbb1", "", "--why"),
        ("bbbb1", " \n", "--why"),
    ],
)
def test_what_is_not_held_or_has_no_reason_is_refused(settings: Settings, delivery: str, why: str, said: str) -> None:
    with pytest.raises(CiiError, match=said):
        accept(settings, delivery, why=why)
    assert written(settings) == []


def test_accepting_twice_is_told_and_written_once(settings: Settings) -> None:
    accept(settings, "bbbb1", why="juste", by="Une personne")
    with pytest.raises(CiiError, match=r"déjà été accepté par Une personne le .*«cii run»"):
        accept(settings, "bbbb1", why="encore")
    assert len(written(settings)) == 1


def test_no_personal_value_is_written_down(settings: Settings) -> None:
    accept(settings, "bbbb1", why="né le 31.12.1994", by="756.9217.0769.85")
    text = settings.acceptances.read_text()
    assert "1994" in text and "31.12" not in text and "9217" not in text


def test_the_command_says_what_to_do_next(settings: Settings) -> None:
    told = CliRunner().invoke(app, ["--warehouse", str(settings.warehouse), "accept", "bbbb1", "--why", "juste"])
    assert told.exit_code == 0 and "cii run" in told.output and "cm_fp_dossiers_2012-02" in told.output
    assert [one[0] for one in written(settings)] == ["bbbb111100000000"]


def test_a_reason_is_asked_for(settings: Settings) -> None:
    assert CliRunner().invoke(app, ["--warehouse", str(settings.warehouse), "accept", "bbbb1"]).exit_code == 2


# -- the register ------------------------------------------------------------------------------------


def entry(number: int = 1, day: str = "2013-01-10") -> Acceptance:
    return Acceptance(f"{number:016}", dt.datetime.fromisoformat(f"{day}T09:00:00"), "Une personne", "parce que, «c'est juste»")


def test_of_an_old_day_only_what_was_accepted_by_then_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "acceptances.csv"
    for number, day in enumerate(("2013-01-10", "2013-02-10"), start=1):
        record(path, entry(number, day))
    assert acceptances(path, known_on=dt.date(2013, 1, 9)) == []
    assert acceptances(path, known_on=dt.date(2013, 1, 10)) == [entry(1)]
    assert len(acceptances(path, known_on=dt.date(2013, 2, 10))) == 2


@pytest.mark.parametrize("cut", [1, 20, -1])
def test_an_unfinished_last_word_is_not_read_and_written_over(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "acceptances.csv"
    record(path, entry(1))
    whole = path.read_bytes()
    record(path, entry(2))
    path.write_bytes(path.read_bytes()[: len(whole) + cut if cut > 0 else cut])
    assert acceptances(path, known_on=LAST_DAY) == [entry(1)]
    record(path, entry(3))
    assert path.read_bytes().startswith(whole)
    assert acceptances(path, known_on=LAST_DAY) == [entry(1), entry(3)]


@pytest.mark.parametrize("line", ["0000000000000001,hier,qui,parce que", "0000000000000001,2013-01-10T09:00:00,qui", "a,b,c,d,e"])
def test_a_damaged_line_is_named_and_never_passed_over(tmp_path: Path, line: str) -> None:
    path = tmp_path / "acceptances.csv"
    record(path, entry(1))
    with path.open("a") as lines:
        lines.write(f"{line}\n")
    with pytest.raises(CiiError, match=r"acceptances\.csv, ligne 3: cette acceptation est illisible"):
        acceptances(path, known_on=LAST_DAY)


def test_a_decision_written_while_another_is_waited_for_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "acceptances.csv"
    record(path, entry(1))
    locked = fcntl.flock

    def waits(file: BinaryIO, how: int) -> None:
        monkeypatch.setattr(fcntl, "flock", locked)
        record(path, entry(2))
        locked(file, how)

    monkeypatch.setattr(fcntl, "flock", waits)
    record(path, entry(3))
    assert acceptances(path, known_on=LAST_DAY) == [entry(1), entry(2), entry(3)]
