"""The published figures come out of the rows, and stop doing so when a row is lost, changed or told twice."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines import duck
from pipelines.settings import Settings
from tests.support import built, receipt, settings_in, small_sample

# Published: GP CII, Bilan de la législature 2009-2013, chapters 2 and 3 (domain.md); typed in again here, apart from the
# reference files, so that a slip in those is seen.
CM_FP = {
    "CM-FP: dossiers annoncés": 383,
    "CM-FP: dossiers ouverts": 127,
    "CM-FP: dossiers clos": 256,
    "CM-FP: solutions trouvées": 157,
    "CM-FP: CFC ou AFP": 28,
    "CM-FP: apprentissages débutés": 57,
    "CM-FP: en emploi": 14,
    "CM-FP: structure adaptée": 58,
    "CM-FP: hors critères": 99,
}
PSET = {
    "PSET fin 2011: occupation": 142,
    "PSET fin 2011: socioprofessionnel": 14,
    "PSET fin 2011: professionnel": 48,
    "PSET fin 2011: total": 204,
    "PSET fin 2012: occupation": 91,
    "PSET fin 2012: socioprofessionnel": 22,
    "PSET fin 2012: professionnel": 86,
    "PSET fin 2012: total": 199,
}
TARGETS = {"OCCUPATION": 0, "SOCIOPROFESSIONNEL": 58, "PROFESSIONNEL": 136, "total": 194}
DERIVED = {  # domain.md: arithmetic on published figures
    ("pset_conversion", "2012-12-01", "OCCUPATION"): 51 / 142,
    ("pset_conversion", "2012-12-01", "SOCIOPROFESSIONNEL"): 8 / 44,
    ("pset_conversion", "2012-12-01", "PROFESSIONNEL"): 38 / 88,
    ("cm_fp_solution_rate", "2013-02-01", "total"): 157 / 256,
    ("cm_fp_eligible_solution_rate", "2013-02-01", "total"): 1,
}

CASES = "sfpo/cm_fp_dossiers_2013-02.csv"
AUGUST = "sfpo/cm_fp_dossiers_2012-08.csv"
DECEMBER = "semp/pset_places_2012-12.csv"

Line = list[str]


def record(con: duck.Connection) -> dict[str, tuple[float | None, float | None, bool | None]]:
    """Computed, difference and match of every figure of record."""
    rows = con.execute("select figure, computed, difference, matches from mart.figure_of_record").fetchall()
    return {figure: (computed, difference, matches) for figure, computed, difference, matches in rows}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The sample of CM-FP and PSET to the month of the balance, as CSV files, read once; tests change copies."""
    settings = settings_in(tmp_path_factory.mktemp("sample"))
    small_sample(settings.raw)
    with built(settings):
        yield settings


@dataclass(frozen=True)
class Again:
    """The figures of record after a change to one file."""

    before: dict[str, tuple[float | None, float | None, bool | None]]
    after: dict[str, tuple[float | None, float | None, bool | None]]

    def moved(self) -> dict[str, float | None]:
        """The figures that matched and no longer do, with their difference."""
        return {figure: difference for figure, (_, difference, matches) in self.after.items() if self.before[figure][2] and not matches}


def changed(sample: Settings, folder: Path, *, file: str, change: Callable[[list[Line]], list[Line]]) -> Again:
    """The record when the cells of one file's lines, header first, are changed."""
    settings = settings_in(folder)
    shutil.copytree(sample.raw, settings.raw, dirs_exist_ok=True)
    shutil.copytree(sample.warehouse, settings.warehouse)
    path = settings.raw / file
    encoding = "cp1252"
    lines = [line.split(";") for line in path.read_bytes().decode(encoding).splitlines()]
    path.write_bytes("".join(";".join(line) + "\r\n" for line in change(lines)).encode(encoding))
    receipt(settings.raw, file, received_at="2013-03-20T10:00:00")
    with duck.connect(settings.build) as con:
        before = record(con)
    with built(settings) as shop:
        return Again(before, record(shop.con))


def test_every_published_figure_matches(published) -> None:
    with duck.open_published(published.settings.published) as con:
        figures = record(con)
        exact = con.execute("select figure, difference from mart.figure_of_record where qualifier = '='").fetchall()
    assert {figure: computed for figure, (computed, _, _) in figures.items() if figure in CM_FP | PSET} == CM_FP | PSET
    assert len(figures) == 26 and all(matches for _, _, matches in figures.values())
    assert {difference for _, difference in exact} == {0} and len(exact) > 20
    assert figures["PSET réservés à l'aide sociale"][0] > 80


def test_the_printed_summary_shows_the_published_figures_and_their_targets(published) -> None:
    for figure in [*CM_FP.values(), *PSET.values(), *TARGETS.values()]:
        assert f" {figure} " in published.printed.replace("│", " ").replace("(", " ( ")
    assert "NON" not in published.printed


@pytest.mark.parametrize(("cell", "value"), DERIVED.items(), ids=lambda each: "-".join(each) if isinstance(each, tuple) else "")
def test_what_the_report_derived_comes_out_too(published, cell, value) -> None:
    with duck.open_published(published.settings.published) as con:
        row = con.execute(
            "select value from mart.indicator_value where indicator = ? and period = ?::date and member = ?", list(cell)
        ).fetchone()
    assert row[0] == pytest.approx(value, abs=1e-12)


def test_a_lost_row_of_an_open_case_is_missed_as_open_and_counts_as_vanished(sample, tmp_path) -> None:
    def lose(lines: list[Line]) -> list[Line]:
        closed = lines[0].index("Date de clôture")
        open_before = next(number for number, line in enumerate(lines[1:], start=1) if not line[closed] and "2012" in line[0])
        return lines[:open_before] + lines[open_before + 1 :]

    assert changed(sample, tmp_path, file=CASES, change=lose).moved() == {"CM-FP: dossiers ouverts": -1}


def test_a_lost_row_of_a_case_announced_that_month_is_missed_as_announced(sample, tmp_path) -> None:
    def lose(lines: list[Line]) -> list[Line]:
        announced = lines[0].index("Date d'annonce")
        number = next(number for number, line in enumerate(lines[1:], start=1) if line[announced].endswith(".02.2013"))
        return lines[:number] + lines[number + 1 :]

    moved = changed(sample, tmp_path, file=CASES, change=lose).moved()
    assert moved == {"CM-FP: dossiers annoncés": -1, "CM-FP: dossiers ouverts": -1}


def test_a_changed_outcome_moves_the_two_outcomes_it_is_about(sample, tmp_path) -> None:
    def change(lines: list[Line]) -> list[Line]:
        outcome = lines[0].index("Motif de clôture")
        line = next(line for line in lines if line[outcome] in ("APPRENTISSAGE", "STRUCTURE_ADAPTEE", "CFC", "AFP"))
        line[outcome] = "EMPLOI"
        return lines

    again = changed(sample, tmp_path, file=AUGUST, change=change)
    assert again.moved()["CM-FP: en emploi"] == 1
    assert sorted(again.moved().values()) == [-1, 1]


def test_a_case_told_twice_under_two_numbers_is_one_too_many(sample, tmp_path) -> None:
    def twice(lines: list[Line]) -> list[Line]:
        closed = lines[0].index("Date de clôture")
        line = next(line for line in lines[1:] if not line[closed])
        return [*lines, ["CMFP-2013-9999", *line[1:]]]

    moved = changed(sample, tmp_path, file=CASES, change=twice).moved()
    assert moved == {"CM-FP: dossiers annoncés": 1, "CM-FP: dossiers ouverts": 1}


def test_a_row_told_twice_under_one_number_is_an_error_and_changes_nothing(sample, tmp_path) -> None:
    again = changed(sample, tmp_path, file=CASES, change=lambda lines: [*lines, lines[1]])
    assert again.moved() == {}
    assert again.after == again.before


def test_a_lost_programme_is_missed_in_its_category_and_the_total(sample, tmp_path) -> None:
    lost: list[int] = []

    def lose(lines: list[Line]) -> list[Line]:
        category, audience, places = (lines[0].index(name) for name in ("Catégorie", "Public", "Places"))
        number = next(n for n, line in enumerate(lines) if line[category] == "PROFESSIONNEL" and line[audience] == "TOUS")
        lost.append(int(lines[number][places]))
        return lines[:number] + lines[number + 1 :]

    moved = changed(sample, tmp_path, file=DECEMBER, change=lose).moved()
    assert moved == {"PSET fin 2012: professionnel": -lost[0], "PSET fin 2012: total": -lost[0]}


def test_figures_of_months_not_read_are_neither_right_nor_wrong(tmp_path) -> None:
    settings = settings_in(tmp_path)
    small_sample(settings.raw, last=dt.date(2012, 3, 1))
    with built(settings) as shop:
        figures = record(shop.con)
    assert {matches for figure, (_, _, matches) in figures.items() if figure.startswith("CM-FP")} == {None}
    assert figures["PSET fin 2011: total"][2] is True
    assert figures["PSET fin 2012: total"] == (None, None, None)
