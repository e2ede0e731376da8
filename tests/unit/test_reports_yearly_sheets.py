"""The yearly sheets of the mixed measures; the small world is told in `tests/golden/measured.py`."""

import datetime as dt
import re
from dataclasses import replace
from html import unescape

import pytest

from pipelines.reports.book import open_book
from pipelines.reports.files import COORDINATION, sheet_name, sheets_due
from pipelines.reports.keys import letters_of_bars
from pipelines.reports.pack import render, render_sheet, write_index, write_pack
from pipelines.reports.svg import drawing
from pipelines.reports.yearly_sheet import yearly_sheets
from tests.golden import world
from tests.unit.page_parts import SPACE, rows

SHEETS = ["M-01_2019.html", "M-03_2019.html", "M-05_2019.html", "M-01_2020.html", "M-03_2020.html", "M-05_2020.html"]


@pytest.fixture(scope="module")
def sheets(book):
    return {(sheet.measure_id, sheet.year): sheet for sheet in yearly_sheets(book, sheets_due(book.con, book.period))}


def test_there_is_a_sheet_for_each_mixed_measure_of_the_year_and_of_the_last_one_that_ended(con, tmp_path):
    written = write_pack(open_book(con, world.PERIOD), tmp_path, COORDINATION, sample=True)
    assert [path.name for path in written if path.parent.name == "fiches"] == SHEETS
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(written) and len(written) == 1 + len(SHEETS)


def test_a_year_that_has_ended_is_enough(con):
    assert {year for _, year in sheets_due(con, dt.date(2020, 12, 1))} == {2020}
    assert {year for _, year in sheets_due(con, dt.date(2020, 1, 1))} == {2019, 2020}
    assert {year for _, year in sheets_due(con, dt.date(2020, 11, 1))} == {2019, 2020}


def test_a_sheet_shows_the_year_beside_the_one_before(sheets):
    sheet = sheets["M-01", 2020]
    assert sheet.title == "Atelier bois (M-01), 2020"
    assert sheet.state == "Année en cours: janvier à mai 2020; ses chiffres sont provisoires, 2019 est l'année entière."
    figures = rows(sheet.figures)
    assert figures["Places des mesures"] == ["10*", "10"]
    assert figures["Coût par placement, CHF"] == ["13’834* (41’504 / 3)", "41’306* (82’611 / 2)"]
    assert rows(sheet.outcomes)["En emploi"] == [f"2 (28,6{SPACE}%)", f"0 (0,0{SPACE}%)"]
    assert rows(sheet.progress)["Autonomie"] == ["+2,0 (n = 4)", "+2,0 (n = 5)"]


def test_a_sum_is_as_little_final_as_the_part_of_a_service_of_which_a_month_lacks(changed):
    final = "update mart.indicator_value set complete = true, mature = true where grain = 'year' and dimension = 'measure'"
    book = changed(final)
    sheets = list(yearly_sheets(book, sheets_due(book.con, book.period)))
    starred = [rows(sheet.figures)["Entrées dans les mesures"][0].endswith("*") for sheet in sheets]
    assert starred == [any("*" in cell.text for row in sheet.services.rows for cell in row) for sheet in sheets]
    assert set(starred) == {True, False}
    assert all(rows(sheet.figures)["Places des mesures"][0].isdigit() for sheet in sheets if sheet.year == 2019)


def test_people_are_counted_by_service_and_not_across(sheets):
    found = rows(sheets["M-01", 2019].services)
    assert found["SEMP"] == [f"{text} (2018: –)" for text in ("3", "5", "4", "1", "1", "28’611", "60’000", "3")]
    # Fourteen participations of the SASO, two by person; September lacks, but its budget does not.
    assert [text.split(" ")[0] for text in found["SASO"]] == ["7*", "11*", "5*", "1*", "6*", "54’000*", "90’000", "8"]


def test_before_the_first_delivery_nothing_is_known_which_is_not_zero(sheets):
    sheet = sheets["M-01", 2019]
    assert {row[-1] for row in rows(sheet.outcomes).values()} == {"–"}
    assert sheet.chart.series[0].points[0].x == "2019-01-01"


def test_corrective_actions_stand_on_the_sheet_of_their_measure(sheets):
    assert rows(sheets["M-01", 2019].actions) == {
        "Trouver un second encadrant": ["01.10.2019", "31.03.2020", "en retard"],
        "Revoir les horaires de l'atelier": ["10.02.2019", "30.06.2019", "close le 20.06.2019"],
    }
    assert list(rows(sheets["M-01", 2020].actions)) == ["Trouver un second encadrant"], "closed before the year began"
    assert rows(sheets["M-03", 2020].actions)["Séparer les niveaux de langue"][-1] == "en cours"


def actions_of(book):
    (sheet,) = yearly_sheets(book, [("M-01", 2020)])
    return sheet.actions


@pytest.mark.parametrize("end", ["closed_on =", "closed_on = null, vanished_on ="])
def test_an_action_that_ended_on_the_first_day_of_the_year_still_belongs_to_it(changed, end):
    for day, there in (("2019-12-31", False), ("2020-01-01", True)):
        other = changed(f"update core.corrective_action set {end} date '{day}' where action_id = 'A-1'")
        assert ("Revoir les horaires de l'atelier" in rows(actions_of(other))) == there


def test_an_action_vanished_from_the_list_on_the_day_of_the_report_was_still_on_it(changed):
    for day, standing in (("2020-05-30", "disparue de la liste"), ("2020-05-31", "en retard")):
        other = changed(f"update core.corrective_action set vanished_on = date '{day}' where action_id = 'A-2'")
        assert rows(actions_of(other))["Trouver un second encadrant"][-1] == standing


def test_a_sheet_lists_four_actions_and_counts_the_others(changed):
    more = "insert into core.corrective_action by name select a.* replace ('A-' || (10 + n) as action_id) from core.corrective_action a, range({}) r(n) where a.action_id = 'A-2'"
    four, six = actions_of(changed(more.format(3))), actions_of(changed(more.format(5)))
    assert (len(four.rows), four.notes) == (4, ())
    assert (len(six.rows), six.notes) == (4, ("2 autres actions dans la liste de la coordination.",))


def test_a_sheet_says_what_the_data_do_not(sheets, changed):
    unsaid = sheets["M-05", 2020].unsaid.sentences
    assert unsaid[:4] == (
        "SFPO n'a livré aucune participation de l'année: on ne sait pas ce qu'il a utilisé.",
        "SMIG: mois non reçus (mai 2020); ce qu'il a utilisé et payé y manque.".replace(" 2020", f"{SPACE}2020"),
        "L'année n'est pas terminée: rien n'y est définitif, et 2019 ne s'y compare pas mois pour mois.",
        "Aucun budget 2020 connu pour cette mesure: OAI.",
    )
    book = changed("update core.participation set vanished_on = date '2020-03-31', ended_on = null where participation_id = 'M-01/0'")
    (sheet,) = yearly_sheets(book, [("M-01", 2020)])
    assert any("a disparu des envois" in sentence or "ont disparu des envois" in sentence for sentence in sheet.unsaid.sentences)


def test_a_sheet_has_its_stamps_definitions_and_trace_and_no_script(book, sheets):
    text = render_sheet(book, sheets["M-01", 2019], sample=True)
    assert text.count("usage interne – analystes") == 1 and unescape(text).count("données d'exemple, personnes inventées") == 1
    assert "script-src &#39;none&#39;" in text and "<script" not in text and "plotly" not in text
    assert "<b>Coût par placement</b>: Coût facturé sur participations" in text
    assert "Participations aux mesures (42)" in text
    assert '<svg class="drawing" role="img"' in text


def test_a_sheet_of_a_measure_that_no_inventory_lists_is_still_written(changed):
    book = changed("delete from core.measure", "update core.measure_period set measure = null, branch = null, kind = null")
    (sheet,) = yearly_sheets(book, [("M-01", 2019)])
    assert sheet.title == "Mesure absente de l'inventaire (M-01), 2019"
    assert rows(sheet.figures)["Sorties des mesures"] == ["9*", "–"]


def test_whatever_a_service_writes_as_a_number_stays_in_the_folder_and_makes_a_name_of_its_own():
    numbers = ("../x", "a/b", "a%2Fb", "a b", "é", "x" * 300, "x" * 301)
    files = [sheet_name(number, 2020) for number in numbers]
    assert len(set(files)) == len(numbers)
    assert not any("/" in file for file in files)
    assert all(len(file) < 100 for file in files)
    assert sheet_name("a/b", 2020, link=True) == "a%252Fb_2020.html"


def test_the_list_of_reports_names_the_sheets_by_their_titles(con, tmp_path):
    write_pack(open_book(con, world.PERIOD), tmp_path, COORDINATION, sample=True)
    text = write_index(tmp_path, sample=True).read_text()
    assert '<a href="2020-05/fiches/M-01_2019.html">Atelier bois (M-01), 2019</a>' in text
    assert "Fiches annuelles des mesures mixtes (6)" in text


def test_a_drawing_has_a_bar_for_each_point_above_zero_and_a_line_over_them(sheets):
    chart = sheets["M-03", 2020].chart
    text = drawing(chart)
    bars = sum(bool(point.value) for series in chart.series if series.kind == "bar" for point in series.points)
    assert text.count("<rect") == bars and text.count('fill="none"') == 1
    assert "mai" not in text and f"avril{SPACE}2020" in text


def test_a_bar_is_told_by_its_letter_as_the_list_above_the_drawing_has_it(sheets):
    chart = sheets["M-03", 2020].chart
    two = [series for series in chart.series if series.kind == "bar" and any(point.value for point in series.points)]
    letters = letters_of_bars(chart)
    assert len(two) > 1 and len(set(letters.values())) == len(letters)
    written = re.findall(r'fill="#ffffff">(\w)</text>', drawing(chart))
    # One that is lower than a letter has none.
    assert set(written) <= {letters[series.label] for series in two} and len(set(written)) > 1
    alone = replace(chart, series=two[:1])
    assert letters_of_bars(alone) == {} and 'fill="#ffffff">' not in drawing(alone)


def test_the_coordination_report_links_only_to_its_sheets(book):
    own = re.sub(r"<script>.*?</script>", "", render(book, sample=True, pack=COORDINATION), flags=re.DOTALL)
    assert set(re.findall(r'(?:src|href)="(?!#)([^"]*)"', own)) == {f"fiches/{name}" for name in SHEETS if "2020" in name}
