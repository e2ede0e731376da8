"""The legislature's pack: the key figures year by year, and the published ones beside."""

import datetime as dt

import pytest

from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure import growth
from pipelines.reports.book import open_book
from pipelines.reports.content import Table, Text
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.moves import Flow, State
from pipelines.reports.pack import render
from pipelines.reports.pages import chapters
from pipelines.reports.passage import passed
from pipelines.reports.tables import nothing_drawn
from tests.unit.page_parts import SPACE, built, of, rows, texts

YEARS = ("annees", Table, "years")


@pytest.fixture
def unproven(monkeypatch):
    """The proof is tested apart: here the pages are."""
    monkeypatch.setattr(growth, "_found", lambda *_: [])


def heads_of(table):
    return [cell.text for cell in table.columns]


def test_stocks_cumulated_figures_and_rates_stand_at_december_and_at_the_month_of_the_report(blocks):
    table = of(blocks, *YEARS)
    assert heads_of(table)[-2:] == ["2019", f"Fin mai{SPACE}2020"]
    shown = rows(table)
    assert shown["Dossiers CM-FP ouverts"][-2:] == ["1’032", "1’046"]
    assert shown["Dossiers CM-FP clos"][-2:] == ["55*", "80*"]
    assert shown["Taux d'occupation PSET"][-2:] == [f"95,4{SPACE}% (103 / 108)", f"95,6{SPACE}% (108 / 113)"]


def test_a_sum_is_that_of_a_year_that_has_ended(blocks, book):
    shown = rows(of(blocks, *YEARS))
    of_year = "indicator = 'measure_entries' and dimension = 'total' and grain = 'year' and period = date '2019-01-01'"
    entries = book.rows(f"select value from mart.indicator_value where {of_year}").item()
    assert shown["Entrées dans les mesures"][-2:] == [f"{entries:.0f}*", "–"]


def test_a_report_of_the_past_does_not_know_how_its_year_ended(con):
    past = rows(of(built(open_book(con, dt.date(2019, 8, 1)), "annees"), *YEARS))
    assert past["Dossiers CM-FP ouverts"][-1] == "1’021"
    assert "Entrées dans les mesures" not in past and "Actions des axes" not in past


def test_the_december_of_a_report_ends_its_year(con):
    table = of(built(open_book(con, dt.date(2019, 12, 1)), "annees"), *YEARS)
    assert heads_of(table)[-1] == "2019"
    assert rows(table)["Entrées dans les mesures"][-1].rstrip("*").isdigit()


def test_a_year_whose_end_is_not_all_known_yet_is_not_told(changed):
    shown = rows(of(built(changed(), "annees"), *YEARS))
    book = changed("update mart.indicator_value set mature = false where indicator = 'orp_reregistration_rate' and period = $$2018-01-01$$")
    told = rows(of(built(book, "annees"), *YEARS))
    place = heads_of(of(built(book, "annees"), *YEARS)).index("2018") - 1
    assert shown["Réinscriptions à l'ORP"][place] != "–" and told["Réinscriptions à l'ORP"][place] == "–"


def test_a_family_without_figures_is_not_headed_and_the_years_begin_with_the_first_figure(changed):
    book = changed("delete from mart.indicator_value where indicator not like 'pset%'")
    table = of(built(book, "annees"), *YEARS)
    assert heads_of(table) == ["Indicateur", "2019", f"Fin mai{SPACE}2020"]
    assert [row[0] for row in texts(table) if len(row) == 1] == ["Programmes d'emploi temporaire (PSET)"]
    nothing = of(built(changed("delete from mart.indicator_value"), "annees"), *YEARS)
    assert not nothing.rows and nothing.empty == "Aucun chiffre n'est connu."


def test_published_figures_stand_beside_and_how_many_agree_is_said(blocks):
    record = {row[0]: row[2:5] for row in texts(of(blocks, "annees", Table, "record"))}
    assert record["CM-FP: dossiers ouverts"] == ["1’012", "1’012", "0"]
    said = of(blocks, "annees", Text).sentences
    assert said[-1] == "Chiffres publiés que les lignes redonnent: 4 sur 5; ne concorde pas: CM-FP: CFC ou AFP (publié 2, calculé 1)."


def test_a_count_that_is_not_to_be_told_is_not_told_where_it_disagrees_with_what_was_published(changed):
    book = changed("update mart.figure_of_record set computed = null, difference = null where not matches")
    for slug in ("annees", "resume"):
        assert of(built(book, slug), slug, Text).sentences[-1].endswith("ne concorde pas: CM-FP: CFC ou AFP (publié 2, calculé •).")


def test_the_pack_has_at_most_four_pages_and_the_programmes_in_its_annex():
    own, annex = chapters(LEGISLATURE, internal=False)
    assert [page.slug for page in own] == ["annees", "parcours", "cm_fp", "pset"]
    assert {"axes", "reseau_cii", "ne_eso", "intervention_precoce", "jeunes", "retours"} <= {page.slug for page in annex}
    assert "annees" not in {page.slug for part in chapters(GP_CII, internal=False) for page in part}


def test_what_the_control_hides_is_hidden_year_by_year(book, unproven):
    with passed(book, LEGISLATURE, thresholds=Thresholds()) as controlled:
        shown = rows(of(built(controlled, "annees"), *YEARS))
        assert "• seuil" in shown["Part dans plusieurs systèmes"]
        assert shown["Places PSET"][-1] == "113"
        text = render(controlled, sample=True, pack=LEGISLATURE)
    assert "provisoire – pas encore diffusé" in text and "Bilan de la législature" in text


@pytest.mark.parametrize(("hidden", "said"), [({("AC", "AS"): "• seuil"}, "Masqué"), ({}, "Aucune donnée à montrer.")])
def test_a_diagram_without_a_move_is_not_drawn_and_says_why(hidden, said):
    states = (State("AC", "AC", "#000000"), State("AS", "AS", "#ffffff"))
    flow = Flow(slug="flow", title="Passages", about=(), dates=("a", "b"), states=states, counts={("AC", "AS"): 0}, hidden=hidden)
    assert not flow.drawn and nothing_drawn(flow).startswith(said)


def test_a_page_whose_every_move_is_hidden_holds_no_diagram(changed):
    told = "update mart.indicator_value set {} where indicator = 'system_transition' and dimension = 'from_to'"
    gone = "value = null, numerator = null, reason = 'BELOW_THRESHOLD'"
    assert '"sankey"' in render(changed(), sample=True)
    text = render(changed(told.format(gone)), sample=True)
    assert text.count('"type":"sankey"') == 0 and "Masqué: ces chiffres" in text


def test_a_figure_that_is_hidden_in_every_year_has_its_row(changed):
    gone = "value = null, numerator = null, denominator = null, reason = 'BELOW_THRESHOLD'"
    book = changed(f"update mart.indicator_value set {gone} where indicator = 'ne_eso_posts'")
    assert rows(of(built(book, "annees"), *YEARS))["Postes NE-ESO"][-2:] == ["• seuil", "• seuil"]
