"""The page on young people's paths; the small world's are told in `tests/golden/walked.py`."""

import pytest

from pipelines.reports.book import values
from pipelines.reports.chart import Chart
from pipelines.reports.content import Table
from pipelines.reports.figures import figure
from tests.unit.page_parts import built, of, rows

GAP, SEVERAL = "Sans service, entre deux", "Plusieurs services"


def states(book):
    known = values(book, "youth_state", "state")
    return {(member, str(one.period)): one for member, found in known.items() for one in found}


@pytest.fixture
def lines(blocks):
    return {series.label: {point.x: point for point in series.points} for series in of(blocks, "jeunes", Chart, "states").series}


def test_each_service_alone_has_its_line_and_all_combinations_one_together(lines, book):
    known = states(book)
    combined = {member for member, _ in known if "+" in member}
    assert set(lines) == {member for member, _ in known if member != "GAP" and "+" not in member} | {SEVERAL, GAP} and combined
    for service in set(lines) - {SEVERAL, GAP}:
        assert {x: point.text for x, point in lines[service].items()} == {
            month: one.text for (member, month), one in known.items() if member == service
        }
    for month, point in lines[SEVERAL].items():
        parts = [known[member, month].value for member in combined]
        # Of a month that one of their services has not sent, the sum is not known.
        assert (point.value, point.text == "Non reçu") == ((None, True) if None in parts else (sum(parts), False))
    assert {point.value for point in lines[SEVERAL].values()} >= {None, 0, 1}


def test_a_gap_that_is_not_yet_known_for_one_is_not_drawn(lines, book, blocks):
    final = {month for (member, month), one in states(book).items() if member == "GAP" and not one.flags}
    assert set(lines[GAP]) == final and 0 < len(final) < len(lines["SEMP"])
    trace = next(trace for trace in figure(of(blocks, "jeunes", Chart, "states"))["data"] if trace["name"] == GAP)
    assert {x for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None} == final


def test_the_table_tells_every_combination_of_every_month(blocks, book):
    table = of(blocks, "jeunes", Table, "combinations")
    known = states(book)
    assert {column.text for column in table.columns[1:]} == {GAP if member == "GAP" else member.replace("+", " + ") for member, _ in known}
    told = sorted(cell.text.removesuffix("*") for row in table.rows for cell in row[1:])
    assert told == sorted(one.text for one in known.values())
    assert sum(cell.text.endswith("*") for row in table.rows for cell in row[1:]) == sum(bool(one.flags) for one in known.values())


def test_where_the_gaps_are_adds_up_to_what_mart_says_of_their_months(blocks, book):
    table = of(blocks, "jeunes", Table, "gaps")
    known = values(book, "youth_gap_months")["total"][-24:]
    assert len(known) == 24
    for place, months in ((1, known[12:]), (4, known[:12])):
        gaps = sum(one.denominator for one in months)
        mean = sum(one.value * one.denominator for one in months if one.denominator) / gaps if gaps else None
        (whole,) = [row for row in table.rows if row[0].text == "Ensemble"]
        assert whole[place].text == f"{gaps:.0f}"
        assert whole[2 if place == 1 else 5].text == ("–" if mean is None else f"{mean:.1f}".replace(".", ","))
        sections = [number for number, row in enumerate(table.rows) if len(row) == 1]
        for start, end in zip(sections, [*sections[1:], len(table.rows)], strict=True):
            assert sum(int(row[place].text) for row in table.rows[start + 1 : end]) == gaps
    assert [row[0].text for row in table.rows if len(row) == 1] == [
        "Après quel service",
        "Avant quel service",
        "Âge au retour",
        "Région",
        "D'un service à l'autre",
    ]


def test_without_gaps_the_table_says_so(changed):
    table = of(built(changed("delete from core.support_gap"), "jeunes"), "jeunes", Table, "gaps")
    assert not table.rows and table.empty.startswith("Aucune interruption")


def test_the_mean_length_is_told_by_year(blocks, book):
    (series,) = of(blocks, "jeunes", Chart, "gap_months").series
    known = values(book, "youth_gap_months", grain="year")["total"]
    assert [(point.x, point.text) for point in series.points] == [(str(one.period), one.text) for one in known if one.period.year < 2020]


def test_all_moves_between_services_are_in_a_table_by_year(blocks, book):
    told = rows(of(blocks, "jeunes", Table, "transitions"))
    known = values(book, "youth_transition", "from_to", grain="year")
    assert len(told) == len(known) + 1
    years = [one.period for one in known["NONE>SFPO"] if one.value is not None and one.period.year < 2020]
    assert told["Aucun → SFPO"] == [one.text + ("*" if one.flags else "") for one in known["NONE>SFPO"] if one.period in years]


def test_an_absence_of_more_than_24_months_is_no_gap(changed):
    for length, told in ((24, True), (25, False)):
        table = of(built(changed(f"update core.support_gap set gap_length = {length}")), "jeunes", Table, "gaps")
        assert bool(table.rows) is told
