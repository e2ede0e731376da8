"""The coordination group's pack after the control: what it still shows of the measures, what stands, and what is not there."""

import re

import pytest

from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure import growth
from pipelines.reports.chart import Chart
from pipelines.reports.content import Cards, Table
from pipelines.reports.files import COORDINATION
from pipelines.reports.measures import STANDS
from pipelines.reports.pack import render
from pipelines.reports.pages import chapters
from pipelines.reports.passage import passed
from tests.unit.page_parts import SPACE, built, of, rows, said

SLUGS = ("tableau_de_bord", "repartition", "inventaire", "donnees_dues")
MANY = "update mart.indicator_value set numerator = 20, value = 20 where indicator in ('measure_participants', 'measure_exits') and value is not null"
FEW = "update mart.indicator_value set numerator = {}, value = {} where indicator = '{}' and dimension = 'service' and member = 'SMIG' and period = date '2020-03-01'"


@pytest.fixture
def told(changed, monkeypatch):
    """The controlled book of a small world in which something is otherwise; the proof is tested apart: here the pages are."""
    monkeypatch.setattr(growth, "_found", lambda *_: [])
    opened = []

    def tell(*statements):
        opened.append(passed(changed(*statements), COORDINATION, thresholds=Thresholds()))
        return opened[-1].__enter__()

    yield tell
    for one in opened:
        one.__exit__(None, None, None)


def test_the_pack_is_made_of_its_four_pages_and_says_that_it_is_provisional(told):
    text = render(told(), sample=True, pack=COORDINATION)
    assert [page.slug for page in chapters(COORDINATION, internal=False)[0]] == [
        "tableau_de_bord",
        "repartition",
        "inventaire",
        "donnees_dues",
    ]
    assert text.count("provisoire – pas encore diffusé") == 1 + text.count('<section class="page"')


def test_the_inventory_and_what_is_owed_stay_as_they_are(told, blocks):
    shown = built(told(), *SLUGS)
    for slug in ("inventaire", "donnees_dues"):
        assert shown[slug] == blocks[slug]
    assert of(shown, "tableau_de_bord", Table, "overdue") == of(blocks, "tableau_de_bord", Table, "overdue")


def test_no_use_of_a_measure_by_a_service_is_there_to_be_shown_and_no_line_of_a_file(told):
    con = told().con
    named = con.execute("select table_name from duckdb_columns() where schema_name = 'core' and column_name = 'line'").fetchall()
    assert {name for (name,) in named} & {"measure", "measure_month", "measure_period", "measure_use", "budget"} == set()
    assert not con.execute(
        "select 1 from duckdb_tables() where table_name in ('measure_use', 'participation', 'observation', 'person')"
    ).fetchall()


def test_what_is_counted_by_measure_stands_at_a_december_that_its_column_names(told):
    table = of(built(told(), *SLUGS), "tableau_de_bord", Table, "measures")
    heads = [cell.text for cell in table.columns]
    assert heads[2:6] == [
        f"Participants, fin déc.{SPACE}2019",
        f"Occupation, fin déc.{SPACE}2019",
        f"Taux de placement, déc.{SPACE}2019",
        "Placements 2019",
    ]
    assert heads[-1] == "Budget 2020, CHF"
    assert not any(cell.href for row in table.rows for cell in row)
    assert not any(re.search(r"\b(SEMP|SASO|SMIG|OAI) \d", f"{cell.text} {cell.detail}") for row in table.rows for cell in row)


def test_few_participants_of_a_measure_are_hidden_and_many_are_told(told):
    of_measure = "indicator = 'measure_participants' and dimension = 'measure' and member = 'M-01' and period = date '2019-12-01'"

    def participants(count):
        book = told(f"update mart.indicator_value set numerator = {count}, value = {count} where {of_measure}")
        return rows(of(built(book, *SLUGS), "tableau_de_bord", Table, "measures"))["Atelier bois"][1]

    assert participants(2) == "• seuil"
    assert participants(7) == "7"


def test_placements_are_those_of_the_last_year_that_has_ended(told, blocks, book):
    found = "select member, value from mart.indicator_value where indicator = 'measure_placed' and dimension = 'measure' and grain = 'year'"
    years = dict(book.rows(f"{found} and period = date '2019-01-01'").iter_rows())
    shown = of(built(told(), *SLUGS), "tableau_de_bord", Table, "measures")
    for row in shown.rows:
        measure = row[0].detail.split(" · ")[0]
        text = row[5].text.rstrip("*")
        assert text == "Non applicable" or text.startswith("•") or float(text) == years[measure]


def test_what_a_measure_cost_is_nowhere_since_its_price_would_say_how_many_were_in_it(told):
    shown = told(MANY)
    dimensions = "select distinct dimension from mart.indicator_value where indicator in ('measure_cost', 'measure_budget_used')"
    assert {name for (name,) in shown.con.execute(dimensions).fetchall()} == {"total", "service", "mixed"}
    heads = [cell.text for block in built(shown, *SLUGS)["tableau_de_bord"] if isinstance(block, Table) for cell in block.columns]
    assert not any("Coût" in head for head in heads)


def test_costs_are_told_by_service_where_no_service_had_too_few_in_any_month(told):
    shown = built(told(MANY), *SLUGS)
    spent = rows(of(shown, "repartition", Table, "spent"))
    assert len(spent) > 1 and not any("•" in text for texts in spent.values() for text in texts)
    assert of(shown, "repartition", Chart, "spent_by_service").drawn


@pytest.mark.parametrize(("indicator", "before"), [("measure_participants", "measure_exits"), ("measure_exits", "measure_participants")])
def test_one_service_with_too_few_hides_the_costs_of_all_for_one_would_follow_from_the_others(told, indicator, before):
    shown = built(told(MANY, FEW.format(2, 2, indicator), FEW.format(0, 0, before)), *SLUGS)
    spent = rows(of(shown, "repartition", Table, "spent"))
    assert {texts[2] for texts in spent.values()} == {"• seuil"}
    assert {texts[4] for texts in spent.values()} == {"Pas calculé"}
    (sentence,) = (one for one in said(shown, "repartition") if one.startswith("Là où il y a un budget"))
    assert "CHF" in sentence


def test_the_money_of_the_mixed_measures_is_told_only_where_they_and_the_others_have_enough(told):
    def cost(*statements):
        (card,) = (card for card in of(built(told(MANY, *statements), *SLUGS), "tableau_de_bord", Cards).cards if "Coût" in card.label)
        return card.unit

    few = FEW.replace("service", "mixed").replace("SMIG", "NON").replace("2020-03", "2020-05")
    assert cost() == "CHF"
    assert cost(few.format(2, 2, "measure_participants"), few.format(0, 0, "measure_exits")) == ""


def test_reserved_places_and_budgets_are_told_by_service_and_measure(told, book):
    table = of(built(told(), *SLUGS), "repartition", Table, "reserved")
    budgets = book.rows("select service, reserved_places, budget::double from core.budget where year(period) = 2020").rows()
    assert budgets and len(table.rows) == len(budgets)
    assert {(row[1].text, row[2].text) for row in table.rows} == {(service, str(reserved)) for service, reserved, _ in budgets}


def test_of_a_service_stands_what_it_used_at_the_end_of_the_year_with_its_date(told):
    table = of(built(told(MANY), *SLUGS), "repartition", Table, "used")
    shown = [cell for row in table.rows for cell in row[2:] if cell.text.rstrip("*") == "20"]
    assert shown and all(cell.detail == "état à fin décembre 2019" for cell in shown)


def test_the_pages_say_what_stands_and_what_is_lacking_in_all(told):
    gone = "update mart.indicator_value set complete = false where indicator = 'measure_participants' and period = date '2020-04-01'"
    whole = "update mart.indicator_value set complete = true where indicator = 'measure_participants'"
    shown = built(told(whole, gone), *SLUGS)
    assert STANDS in said(shown, "tableau_de_bord") and STANDS in said(shown, "repartition")
    assert "Participations, mai 2020: tout ce qui est dû est reçu." in said(shown, "tableau_de_bord")
    assert f"Participations incomplètes ou non reçues: avril{SPACE}2020." in said(shown, "repartition")
    none = built(told("delete from mart.indicator_value where indicator like 'measure_participants'"), *SLUGS)
    assert "Participations, mai 2020: non reçu." in said(none, "tableau_de_bord")


def test_occupancy_is_drawn_at_the_ends_of_the_years(told):
    chart = of(built(told(MANY), *SLUGS), "tableau_de_bord", Chart, "occupancy")
    assert chart.axis == "year" and {str(point.x) for series in chart.series for point in series.points} == {"2019-01-01"}
