"""The dashboard of the mixed measures."""

import datetime as dt
import re

from pipelines.reports.book import open_book
from pipelines.reports.content import Table
from tests.unit.page_parts import SPACE, built, of, rows, said


def test_the_dashboard_says_its_month_what_is_overdue_and_whose_deliveries_lack(blocks):
    assert said(blocks, "tableau_de_bord") == (
        "Mai 2020: 3 mesures mixtes sur 7 mesures ouvertes ou utilisées. "
        "Mixte: utilisée par deux services ou plus dans les douze mois jusqu'à celui-ci.",
        "Actions correctives en retard à fin mai 2020: 1.",
        f"Participations non reçues: SMIG (mai{SPACE}2020); ce qui a été utilisé alors est incomplet.",
        f"Non livré, sans que ce soit dû: SFPO (mai{SPACE}2020); ce qui a été utilisé alors n'est pas connu.",
    )


def test_a_row_of_the_dashboard_holds_places_use_results_cost_and_budget_with_stars_where_a_delivery_lacks(blocks):
    found = rows(of(blocks, "tableau_de_bord", Table, "measures"))
    assert found["Atelier bois"][1:] == [
        f"40,0{SPACE}%* (4 / 10)",
        "SEMP 1 · SASO 3 (en tout 4*)",
        f"0* (taux 31,2{SPACE}%* (5 / 16 · IC 14–56{SPACE}%))",
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


def test_months_of_which_nothing_is_known_make_no_line(changed):
    none = built(changed("update mart.indicator_value set value = null where indicator = 'measure_occupancy'"))
    assert {row[2].spark for row in of(none, "tableau_de_bord", Table, "measures").rows} == {None}


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


def test_an_action_is_overdue_from_the_day_after_until_it_is_closed_or_vanishes(changed):
    for end, expected in (
        ("due_on = date '2020-05-31'", 0),
        ("due_on = date '2020-05-30'", 1),
        ("closed_on = date '2020-05-31'", 0),
        ("vanished_on = date '2020-05-31'", 1),
        ("vanished_on = date '2020-05-30'", 0),
    ):
        book = changed(f"update core.corrective_action set {end} where action_id = 'A-2'")
        assert len(of(built(book, "tableau_de_bord"), "tableau_de_bord", Table, "overdue").rows) == expected, end


def test_an_action_closed_later_was_overdue_then(changed):
    book = changed("update core.corrective_action set closed_on = date '2020-06-15' where action_id = 'A-2'")
    assert len(of(built(book, "tableau_de_bord"), "tableau_de_bord", Table, "overdue").rows) == 1


def test_a_measure_that_has_ended_is_there_while_it_is_billed(changed):
    other = "'M-08' as measure_id, date '2020-05-01' as period, 0 as in_use, {} as cost"
    billed = f"insert into core.measure_use select * replace ({other}) from core.measure_use limit 1"
    for cost, there in ((250, True), (0, False)):
        blocks = built(changed(billed.format(cost)), "tableau_de_bord")
        assert ("Essai" in rows(of(blocks, "tableau_de_bord", Table, "measures"))) == there
