"""The page on sharing out the places."""

from pipelines.reports.chart import Chart
from pipelines.reports.content import Table
from tests.unit.page_parts import SPACE, of, said


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
