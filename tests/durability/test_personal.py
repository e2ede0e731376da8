"""No AVS number and no day of birth leaves the landing zone, however a delivery is broken and wherever a run fails."""

import base64
import csv
import datetime as dt
import io
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from pipelines import duck
from pipelines.orchestration import factories, resource
from pipelines.settings import Settings
from tests.durability import betrayals
from tests.durability.scan import Persons
from tests.durability.scenes import open_to_others, small
from tests.support import ended, started
from tests.unit.ingest_cases import xlsx

SOMEBODY = Persons(frozenset({betrayals.number(7)}), frozenset({betrayals.birth(7)}))
DIGITS = betrayals.number(7)
DAY = betrayals.birth(7)
SPELLINGS = (
    DIGITS,
    DIGITS[:12],
    f"AHV{DIGITS}x",
    f"{DIGITS[:3]}.{DIGITS[3:7]}.{DIGITS[7:11]}.{DIGITS[11:]}",
    " ".join((DIGITS[:3], DIGITS[3:7], DIGITS[7:11], DIGITS[11:])),
    "-".join((DIGITS[:3], DIGITS[3:7], DIGITS[7:11], DIGITS[11:])),
    f"{int(DIGITS):_}",
    f"{DAY:%d.%m.%Y}",
    f"{DAY.day}.{DAY.month}.{DAY.year}",
    f"{DAY:%d/%m/%y}",
    f"{DAY:%Y-%m-%d}",
    f"{DAY:%Y-%m-%dT00:00:00}",
    f"{DAY:%Y%m%d}",
    f"{DAY:%d%m%Y}",
    f"{DAY.day} janvier {DAY.year}",
    repr(DAY),
    str((DAY - dt.date(1899, 12, 30)).days),
    str((DAY - dt.date(1904, 1, 1)).days),
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_scan_knows_every_spelling(spelling: str) -> None:
    for text in (spelling, f"«{spelling}»", f"ligne 3: {spelling}; suite", json.dumps([spelling])):
        assert SOMEBODY.found_in(text), text


def test_the_scan_knows_nobody_else() -> None:
    others = [betrayals.number(8), f"{betrayals.birth(8):%d.%m.%Y}", "2013-02-28T06:00:00", "756.••••.••••.85", "••.••.1990", "756"]
    assert [text for text in others if SOMEBODY.found_in(text)] == []


def _database(path: Path, value: object) -> None:
    with duck.connect(path) as con:
        # So many that the column is compressed: the bytes of the file tell nothing.
        con.execute("create table core.t as select ? as secret, * from range(5000)", [value])


def _history(path: Path, value: str) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute("create table t (secret)")
        con.execute("insert into t values (?)", ["x" * 4000 + " " + value])
        con.commit()


def _chart(path: Path, value: float) -> None:
    coded = base64.b64encode(np.array([1.5, value], "f8").tobytes()).decode()
    path.write_text(json.dumps({"y": {"dtype": "f8", "bdata": coded}}, separators=(",", ":")))


MEDIA: dict[str, tuple[str, Callable[[Path], object]]] = {
    "log": ("run.log", lambda path: path.write_text(f"error in {DIGITS}")),
    "wide text": ("run.err", lambda path: path.write_bytes(f"né le {DAY:%d.%m.%Y}".encode("utf-16"))),
    "text in a database": ("a.duckdb", lambda path: _database(path, SPELLINGS[3])),
    "day in a database": ("a.duckdb", lambda path: _database(path, DAY)),
    "number in a database": ("a.duckdb", lambda path: _database(path, int(DIGITS))),
    "fraction in a database": ("a.duckdb", lambda path: _database(path, float(DIGITS))),
    "history": ("runs.db", lambda path: _history(path, DIGITS)),
    "number in a sheet": ("a.xlsx", lambda path: path.write_bytes(xlsx([["n"], [int(DIGITS)]]))),
    "text in a sheet": ("a.xlsx", lambda path: path.write_bytes(xlsx([["n"], [SPELLINGS[3]]]))),
    "day in a sheet": ("a.xlsx", lambda path: path.write_bytes(xlsx([["n"], [dt.datetime.combine(DAY, dt.time())]]))),
    "name of a sheet": ("a.xlsx", lambda path: path.write_bytes(xlsx([["n"]], sheet=DIGITS))),
    "chart": ("a.html", lambda path: _chart(path, float(DIGITS))),
    "name of a file": (f"{DIGITS}.csv", lambda path: path.touch()),
}


@pytest.mark.parametrize("medium", MEDIA)
def test_the_scan_finds_a_person_in_every_medium(medium: str, tmp_path) -> None:
    name, plant = MEDIA[medium]
    (tmp_path / "deep").mkdir()
    assert SOMEBODY.found_under(tmp_path) == {}
    plant(tmp_path / "deep" / name)
    assert SOMEBODY.found_under(tmp_path)


@dataclass(frozen=True)
class Betrayed:
    """A warehouse made of a sample and of broken deliveries, what every command said of it, and whom it must not name."""

    settings: Settings
    said: Path
    persons: Persons
    sorts: dict[str, str]


def sample_persons(raw: Path) -> Persons:
    """Who stands in the sample's files, read without the house's own reading."""
    numbers, births = set(), set()
    for path in raw.glob("sfpo/*.csv"):
        for row in csv.DictReader(io.StringIO(path.read_text("cp1252")), delimiter=";"):
            numbers.add(re.sub(r"\D", "", row["No AVS"]))
            births.add(dt.datetime.strptime(row["Date de naissance"], "%d.%m.%Y").date())
    assert len(numbers) > 50 and len(births) > 50
    return Persons(frozenset(numbers), frozenset(births))


@pytest.fixture(scope="session")
def betrayed(tmp_path_factory: pytest.TempPathFactory) -> Betrayed:
    settings = small(tmp_path_factory.mktemp("betrayed"))
    sample, broken = sample_persons(settings.raw), betrayals.everybody()
    sorts = betrayals.write(settings.raw)
    said = settings.raw.parent / "outputs"
    said.mkdir()
    files = [str(path) for path in settings.raw.glob("*/*.*")]
    day = "2026-01-15"
    for number, words in enumerate(
        (
            ("run",),
            ("run",),
            ("run", "--as-of", day),
            ("status",),
            ("status", "--json"),
            ("check", *files),
            ("check", "--json", *files),
            ("check", "--as", "sfpo/cm_fp_dossiers/2013-02", *files),
            ("check", "--out", str(said), *files),
            ("diff", "publie", day),
            ("diff", "--json", "publie", day),
        )
    ):
        out = said / f"{number}-{words[0]}.txt"
        code = ended(started(settings, *words, said=out))
        assert code == 0 or (words[0] == "check" and code == 1), out.read_text()
    return Betrayed(settings, said, Persons(sample.numbers | broken.numbers, sample.births | broken.births), sorts)


def test_every_broken_delivery_was_read_and_most_answered(betrayed: Betrayed) -> None:
    with duck.open_published(betrayed.settings.published) as con:
        deliveries = con.execute("select count(*) from stg.delivery").fetchone()[0]
        found = con.execute("select count(distinct delivery_id) from mart.finding").fetchone()[0]
    assert deliveries >= len(betrayed.sorts) and found >= len(betrayed.sorts) - 4


def test_no_person_is_named_in_what_a_run_leaves(betrayed: Betrayed) -> None:
    assert betrayed.persons.found_under(betrayed.settings.warehouse) == {}


def test_no_person_is_named_in_what_any_command_says(betrayed: Betrayed) -> None:
    assert betrayed.persons.found_under(betrayed.said) == {}


def test_whatever_was_read_what_is_made_is_for_its_owner_only(betrayed: Betrayed) -> None:
    assert open_to_others(betrayed.settings) == []


def break_in(module: object, name: str) -> None:
    """Let a part of the run fail with an error that quotes a person, as readers and databases do."""

    def fail(*_: object, **__: object) -> None:
        try:
            raise KeyError(DIGITS)
        except KeyError as error:
            raise ValueError(f"could not convert {SPELLINGS[3]}, {DAY}", DAY) from error

    setattr(module, name, fail)


PARTS = (
    (resource, "workshop"),
    (factories, "load_pending"),
    (factories, "decide"),
    (factories, "make_layer"),
    (factories, "lay_reports"),
    (factories, "put_in_place"),
)


def _break(module: str, name: str) -> None:
    break_in({"factories": factories, "resource": resource}[module], name)


@pytest.mark.parametrize(("module", "name"), [(module.__name__.rpartition(".")[2], name) for module, name in PARTS])
def test_a_failure_that_quotes_a_person_is_told_without(module: str, name: str, tmp_path, incremental_run) -> None:
    settings = incremental_run.set_up()
    said = tmp_path / "said.txt"
    assert ended(started(settings, said=said, first=partial(_break, module, name))) == 1
    text = said.read_text()
    assert "Échec." in text and "ValueError" in text and "Traceback" not in text
    assert SOMEBODY.found_under(tmp_path) == {} and SOMEBODY.found_under(settings.warehouse) == {}
