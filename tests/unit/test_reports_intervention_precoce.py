"""The page on early intervention."""

from pipelines.reports.chart import Chart
from pipelines.reports.content import Table
from tests.unit.page_parts import SPACE, built, of, texts


def test_a_school_year_tells_its_fullest_month_and_its_latest(blocks):
    table = of(blocks, "intervention_precoce", Table, "years")
    assert [[(cell.text, cell.detail) for cell in row[:3]] for row in table.rows] == [
        [("2018–2019", ""), (f"62,5{SPACE}%", f"5 / 8 · mai{SPACE}2019"), (f"62,5{SPACE}%", f"5 / 8 · juil.{SPACE}2019")],
        [("2019–2020", ""), (f"75,0{SPACE}%", f"6 / 8 · août{SPACE}2019"), (f"37,5{SPACE}%", f"3 / 8 · mai{SPACE}2020")],
    ]
    assert table.rows[1][3].text == f"55,6{SPACE}%" and table.rows[1][3].detail == f"5 / 9 · IC 27–81{SPACE}% · mai{SPACE}2020"


def test_without_a_capacity_the_load_is_not_calculated(changed):
    empty = "numerator = null, denominator = null, value = null, reason = 'NOT_APPLICABLE'"
    book = changed(f"update mart.indicator_value set {empty} where indicator in ('early_intervention_load', 'early_intervention_capacity')")
    found = built(book, "intervention_precoce")
    assert [row[:3] for row in texts(of(found, "intervention_precoce", Table, "years"))] == [
        ["2018–2019", "Non applicable", "Non applicable"],
        ["2019–2020", "Non applicable", "Non applicable"],
    ]
    assert of(found, "intervention_precoce", Chart, "capacity").drawn
