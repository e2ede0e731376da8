"""The pages and yearly sheets on measures; the small world is told in `tests/golden/measured.py`."""

import datetime as dt
import re

import pytest

from pipelines.contracts.registry import CODE_LISTS
from pipelines.reports.book import open_book
from pipelines.reports.content import Cards, Chart, Spark, Table, Text
from pipelines.reports.files import COORDINATION, REPORTS, report_paths, sheet_name, sheets_due
from pipelines.reports.pack import render, render_sheet, write_index, write_reports
from pipelines.reports.pages import pages
from pipelines.reports.svg import drawing, sparkline
from pipelines.reports.yearly_sheet import yearly_sheets
from tests.golden import world

SPACE = "\N{NO-BREAK SPACE}"
OURS = ("tableau_de_bord", "repartition", "inventaire")
SHEETS = ["M-01_2019.html", "M-03_2019.html", "M-05_2019.html", "M-01_2020.html", "M-03_2020.html", "M-05_2020.html"]


@pytest.fixture(scope="module")
def con():
    return world.build()


@pytest.fixture(scope="module")
def book(con):
    return open_book(con, world.PERIOD)


@pytest.fixture(scope="module")
def blocks(book):
    return built(book)


@pytest.fixture(scope="module")
def sheets(book):
    return {(sheet.measure_id, sheet.year): sheet for sheet in yearly_sheets(book, sheets_due(book.con, book.period))}


def built(book):
    return {page.slug: page.build(book) for page in pages() if page.slug in OURS}


def of(blocks, page, kind, slug=None):
    return next(block for block in blocks[page] if isinstance(block, kind) and (slug is None or block.slug == slug))


def rows(table):
    """Each row by the text of its head."""
    return {row[0].text: [f"{cell.text} ({cell.detail})" if cell.detail else cell.text for cell in row[1:]] for row in table.rows}


def said(blocks, page):
    return of(blocks, page, Text).sentences


def changed(*changes):
    """The book of a small world in which something is otherwise."""
    con = world.build()
    for change in changes:
        con.execute(change)
    return open_book(con, world.PERIOD)


# -- the dashboard -------------------------------------------------------------------------------


def test_the_dashboard_says_its_month_what_is_overdue_and_whose_deliveries_lack(blocks):
    assert said(blocks, "tableau_de_bord") == (
        "Mai 2020: 3 mesures mixtes sur 7 mesures ouvertes ou utilisées. "
        "Mixte: utilisée par deux services ou plus dans les douze mois jusqu'à celui-ci.",
        "Actions correctives en retard à fin mai 2020: 1.",
        f"Participations non reçues: SMIG (mai{SPACE}2020). Ce que ces services ont utilisé y est incomplet.",
        f"Sans livraison, sans y être tenus: SFPO (mai{SPACE}2020). Ce qu'ils utilisent n'est pas connu pour ces mois.",
    )


def test_a_row_of_the_dashboard_holds_places_use_results_cost_and_budget_with_stars_where_a_delivery_lacks(blocks):
    found = rows(of(blocks, "tableau_de_bord", Table, "measures"))
    assert found["Atelier bois"][1:] == [
        f"40,0{SPACE}%* (4 / 10)",
        "SEMP 1 · SASO 3 (en tout 4*)",
        f"0* (taux 31,2{SPACE}%* (5 / 16))",
        "4’900*",
        f"27,7{SPACE}%* (41’504 / 150’000)",
    ]
    assert list(found)[:3] == ["Atelier bois", "Coaching jeunes", "Français au travail"], "mixed measures come first"
    assert "M-08" not in str(found), "a measure that has ended and is not used is not there"


def test_a_month_that_is_whole_bears_no_star(con):
    april = built(open_book(con, dt.date(2020, 4, 1)))
    cells = [cell for row in of(april, "tableau_de_bord", Table, "measures").rows for cell in row]
    assert cells and not any("*" in cell.text for cell in cells)
    assert any("tout ce qui est dû est reçu" in sentence for sentence in said(april, "tableau_de_bord"))


def test_sparklines_hold_thirteen_months_and_say_them_in_words(blocks):
    (head, _, occupancy, *_), *_ = of(blocks, "tableau_de_bord", Table, "measures").rows
    assert len(occupancy.spark.values) == 13 and head.text == "Atelier bois"
    assert re.fullmatch(rf".+ \(mai{SPACE}2019\) → 40,0{SPACE}%\* \(mai{SPACE}2020\)", occupancy.spark.text)


def test_filters_offer_what_occurs_and_rows_bear_what_they_look_at(blocks):
    table = of(blocks, "tableau_de_bord", Table, "measures")
    offered = {one.key: [value for value, _ in one.options] for one in table.filters}
    assert offered["service"] == ["SEMP", "SASO", "OAI", "SMIG"] and offered["branch"] == ["A", "C", "G", "P", "Q"]
    assert offered["kind"] == ["EVALUATION", "COMPETENCES_DE_BASE", "OCCUPATION", "SOCIOPROFESSIONNEL", "COACHING"]
    marks = {row[0].text: row[0].data for row in table.rows}
    assert marks["Atelier bois"] == {"service": "SASO SEMP", "branch": "C", "kind": "OCCUPATION", "mixed": "OUI"}
    assert marks["Suivi jeunes"]["mixed"] == "NON"


def test_a_mixed_measure_leads_to_its_sheet_and_no_other_does(blocks):
    links = {row[0].text: row[0].href for row in of(blocks, "tableau_de_bord", Table, "measures").rows}
    assert links["Atelier bois"] == "fiches/M-01_2020.html"
    assert links["Suivi jeunes"] == ""


def test_overdue_corrective_actions_are_listed_with_their_delay(blocks):
    table = of(blocks, "tableau_de_bord", Table, "overdue")
    assert rows(table) == {
        "Atelier bois (M-01)": ["Trouver un second encadrant", "Groupe de pilotage CII", "01.10.2019", "31.03.2020", "61"]
    }


def test_an_action_closed_later_was_overdue_then(con):
    book = changed("update core.corrective_action set closed_on = date '2020-06-15' where action_id = 'A-2'")
    assert len(of(built(book), "tableau_de_bord", Table, "overdue").rows) == 1


# -- sharing out ---------------------------------------------------------------------------------


def test_places_reserved_stand_beside_those_used_by_service_measure_and_month(blocks):
    table = of(blocks, "repartition", Table, "used")
    assert [column.text for column in table.columns] == [
        "Mesure", "Service", "Réservées", "janv.", "févr.", "mars", "avril", "mai", "Écart",
    ]  # fmt: skip
    found = [[cell.text for cell in row] for row in table.rows]
    assert ["SEMP: toutes les mesures", "SEMP", "7", "7", "9", "5", "5", "4", "−3"] in found
    assert ["Atelier bois (M-01)", "SASO", "8", "3", "6", "6", "3", "3", "−5"] in found
    assert ["Français au travail (M-03)", "SMIG", "–", "2", "4", "4", "2", "2*", "–"] in found


def test_the_end_of_the_year_is_told_by_the_pace_so_far_and_only_where_all_months_are_there(blocks):
    table = of(blocks, "repartition", Table, "spent")
    found = [[cell.text for cell in row] for row in table.rows]
    # 7'600 francs in five months, 18'240 in twelve.
    assert ["Coaching jeunes (M-05)", "SEMP", "30’000", "7’600", f"25,3{SPACE}%", "18’240", "−11’760"] in found
    assert ["Français au travail (M-03)", "SMIG", "–", "13’430*", "–", "Pas calculé", "–"] in found
    assert any("linéaire, pas une prévision" in note for note in table.notes)


def test_a_service_without_a_budget_is_named_and_has_no_chart_of_reserved_places(blocks):
    assert "Aucun budget 2020 reçu: SMIG. Leurs places réservées et leurs écarts manquent." in said(blocks, "repartition")
    charts = [block.slug for block in blocks["repartition"] if isinstance(block, Chart)]
    assert charts == ["places_semp", "places_saso", "spent_by_service"]


def test_bars_of_cost_that_is_not_whole_are_hatched(blocks):
    cost = of(blocks, "repartition", Chart, "spent_by_service").series[0]
    assert {point.x: point.provisional for point in cost.points} == {"SEMP": False, "SASO": False, "OAI": False, "SMIG": True}


# -- the inventory -------------------------------------------------------------------------------


def test_the_map_counts_measures_and_places_by_branch_and_kind_from_prevention_to_placement(blocks):
    table = of(blocks, "inventaire", Table, "map")
    assert [column.text for column in table.columns][1:-1] == [code.label for code in CODE_LISTS["measure_kind"].codes]
    found = rows(table)
    assert found["Q Santé et action sociale"] == ["", "", "", "", "", "", "", "2 (13 places)", "", "2 (13 places)"]
    assert found["Toutes les branches"][-1] == "7 (51 places)"


def test_measures_without_a_sheet_are_listed(blocks):
    assert rows(of(blocks, "inventaire", Table, "without_sheet")) == {"Bilan de compétences (M-04)": ["Fondation B", "SEMP", "01.01.2019"]}


def test_measures_alike_in_public_branch_and_kind_are_possible_doubles_however_the_public_is_written(blocks):
    assert list(rows(of(blocks, "inventaire", Table, "alike"))) == ["Coaching jeunes (M-05) · Suivi jeunes (M-06)"]


def test_measures_alike_of_which_one_has_ended_are_none():
    book = changed("update core.measure_month set open_at_end = false where measure_id = 'M-06' and period = date '2020-05-01'")
    assert of(built(book), "inventaire", Table, "alike").rows == ()


def test_a_number_that_bears_another_name_is_told_as_renamed_or_as_used_again(blocks):
    assert rows(of(blocks, "inventaire", Table, "renamed")) == {
        "M-02": ["Renommée", "Atelier mécanique, Fondation A (jusqu'en août 2019)", "Atelier vélo, Fondation A (dès septembre 2019)"],
        "M-07": ["Numéro réutilisé", "Cuisine, Fondation B (jusqu'en juin 2019)", "Jardin, Association C (dès septembre 2019)"],
    }


# -- the yearly sheets ---------------------------------------------------------------------------


def test_there_is_a_sheet_for_each_mixed_measure_of_the_year_and_of_the_last_one_that_ended(con, tmp_path):
    written = write_reports(con, tmp_path, period=world.PERIOD, sample=True)
    assert [path.name for path in written if path.parent.name == "fiches"] == SHEETS
    assert sorted(path.relative_to(tmp_path) for path in written) == sorted(report_paths(con))


def test_a_year_that_has_ended_is_enough(con):
    assert {year for _, year in sheets_due(con, dt.date(2020, 12, 1))} == {2020}
    assert {year for _, year in sheets_due(con, dt.date(2020, 1, 1))} == {2019, 2020}


def test_a_sheet_shows_the_year_beside_the_one_before(sheets):
    sheet = sheets["M-01", 2020]
    assert sheet.title == "Atelier bois (M-01), 2020"
    assert sheet.state == "Année en cours: janvier à mai 2020; ses chiffres sont provisoires, 2019 est l'année entière."
    figures = rows(sheet.figures)
    assert figures["Places des mesures"] == ["10*", "10"]
    assert figures["Coût par placement"] == ["13’834* (41’504 / 3)", "41’306* (82’611 / 2)"]
    assert rows(sheet.outcomes)["En emploi"] == [f"2 (28,6{SPACE}%)", f"0 (0,0{SPACE}%)"]
    assert rows(sheet.progress)["Autonomie"] == ["+2,0 (n = 4)", "+2,0 (n = 5)"]


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


def test_a_sheet_says_what_the_data_do_not(sheets):
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
    assert text.count("usage interne – analystes") == 1 and text.count("données d'exemple, personnes inventées") == 1
    assert "script-src &#39;none&#39;" in text and "<script" not in text and "plotly" not in text
    assert "<b>Coût par placement</b>: Coût facturé sur participations" in text
    assert "Participations aux mesures (42)" in text
    assert '<svg class="drawing" role="img"' in text


def test_a_sheet_of_a_measure_that_no_inventory_lists_is_still_written():
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
    write_reports(con, tmp_path, period=world.PERIOD, sample=True)
    text = write_index(tmp_path, sample=True).read_text()
    assert '<a href="2020-05/fiches/M-01_2019.html">Atelier bois (M-01), 2019</a>' in text
    assert "Fiches annuelles des mesures mixtes (6)" in text


# -- what must never be there, and what may lack -------------------------------------------------


def test_no_file_names_a_person_or_a_participation(con, tmp_path):
    for path in write_reports(con, tmp_path, period=world.PERIOD, sample=True):
        text = path.read_text()
        assert not re.search(r"person (SASO|SEMP|SMIG|OAI)|M-0\d/\d", text), path.name


def test_every_page_is_built_and_rendered_where_nothing_was_delivered():
    tables = [
        row[0] for row in world.build().execute("select table_name from information_schema.tables where table_schema = 'core'").fetchall()
    ]
    emptied = [f"delete from core.{name}" for name in tables if not name.startswith(("code", "calendar", "sending", "rule", "field"))]
    book = changed("delete from mart.indicator_value", "delete from mart.figure_of_record", "delete from stg.delivery", *emptied)
    for report in REPORTS:
        assert render(book, sample=True, report=report).count("usage interne – analystes") == 1 + sum(
            page.report == report for page in pages()
        )
    nothing = built(book)
    assert (
        said(nothing, "tableau_de_bord")[0]
        == "Mai 2020: aucune mesure n'est connue pour ce mois; ni inventaire ni participation n'est reçu."
    )
    assert said(nothing, "repartition") == ("2020: ni budget ni participation n'est reçu; il n'y a rien à répartir.",)
    assert said(nothing, "inventaire") == ("Mai 2020: l'inventaire des mesures n'est pas reçu.",)
    assert sheets_due(book.con, book.period) == []


def test_without_the_inventory_the_use_is_still_shown_and_the_lack_said():
    gone = "update mart.indicator_value set value = null, numerator = null, denominator = null, complete = false, reason = 'NOT_RECEIVED' where indicator = '{}'"
    book = changed("delete from core.measure_month", gone.format("measure_places"), gone.format("measure_occupancy"))
    blocks = built(book)
    assert "Inventaire des mesures, mai 2020: non reçu. Les places manquent." in said(blocks, "tableau_de_bord")
    assert rows(of(blocks, "tableau_de_bord", Table, "measures"))["Atelier bois"][:3] == [
        "Non reçu",
        "Non reçu",
        "SEMP 1 · SASO 3 (en tout 4*)",
    ]


def test_without_participations_the_places_are_still_shown_and_the_lack_said():
    counted = "indicator in ('measure_participants', 'measure_cost', 'measure_placed', 'measure_occupancy')"
    book = changed(f"delete from mart.indicator_value where {counted}", "delete from core.measure_use")
    blocks = built(book)
    assert "Participations, mai 2020: non reçu. Les participants, les placements et les coûts manquent." in said(blocks, "tableau_de_bord")
    assert rows(of(blocks, "tableau_de_bord", Table, "measures"))["Atelier bois"][0] == "10*"
    assert rows(of(blocks, "repartition", Table, "used"))["Atelier bois (M-01)"][1] == "8"


def test_without_corrective_actions_the_dashboard_says_so():
    book = changed("delete from mart.indicator_value where indicator like 'corrective%'", "delete from core.corrective_action")
    assert of(built(book), "tableau_de_bord", Table, "overdue").empty == "La liste des actions correctives n'est pas reçue."


def test_every_figure_on_these_pages_has_its_definition(blocks):
    for slug in OURS:
        for block in blocks[slug]:
            if isinstance(block, Cards | Chart):
                assert block.about and all(about.definition for about in block.about), slug
    for slug in ("measures", "overdue"):
        assert of(blocks, "tableau_de_bord", Table, slug).about


# -- small pictures ------------------------------------------------------------------------------


def test_a_sparkline_breaks_where_a_value_lacks_and_ends_in_a_dot():
    text = sparkline(Spark((1.0, 2.0, None, 4.0), "1 → 4 <b>"))
    assert text.count("<path") == 2 and text.count("<rect") == 1 and text.count("<circle") == 1
    assert 'aria-label="1 → 4 &lt;b&gt;"' in text


def test_a_sparkline_without_values_is_a_band():
    assert sparkline(Spark((None, None), "rien")).count("<rect") == 2


def test_a_drawing_has_a_bar_for_each_point_above_zero_and_a_line_over_them(sheets):
    chart = sheets["M-03", 2020].chart
    text = drawing(chart)
    bars = sum(bool(point.value) for series in chart.series if series.kind == "bar" for point in series.points)
    assert text.count("<rect") == bars and text.count('fill="none"') == 1
    assert "mai" not in text and f"avril{SPACE}2020" in text


def test_the_coordination_report_links_only_to_its_sheets(book):
    own = re.sub(r"<script>.*?</script>", "", render(book, sample=True, report=COORDINATION), flags=re.DOTALL)
    assert set(re.findall(r'(?:src|href)="(?!#)([^"]*)"', own)) == {f"fiches/{name}" for name in SHEETS if "2020" in name}
