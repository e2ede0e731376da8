"""The page on the Réseau CII NE."""

from dataclasses import replace

from pipelines.reports.book import value_at
from pipelines.reports.chart import Chart
from pipelines.reports.content import Cards, Table
from pipelines.reports.funnel import shares_of
from tests.unit.page_parts import SPACE, of, shown, texts


def test_a_step_is_told_as_a_share_of_the_one_before_it(blocks):
    assert {name: (text, detail.split(" · ")[0]) for name, (text, detail) in shown(of(blocks, "reseau_cii", Chart, "funnel")).items()} == {
        "Détectées": ("20", "incomplet"),
        "Acceptées": ("17", f"85,0{SPACE}% de l'étape précédente"),
        "Bilan fait": ("15", f"88,2{SPACE}% de l'étape précédente"),
        "Plan d'action": ("15", f"100,0{SPACE}% de l'étape précédente"),
        "Closes": ("14", f"70,0{SPACE}% de la première étape"),
    }


def test_nothing_is_a_share_of_nothing(book):
    none = replace(value_at(book, "reseau_detected"), value=0.0)
    assert shares_of({"one": none, "two": none}) == {"one": "", "two": ""}


def test_steps_are_listed_by_the_service_that_detected_and_add_up(blocks):
    rows = {row[0]: [int(text) for text in row[1:]] for row in texts(of(blocks, "reseau_cii", Table, "services"))}
    whole = rows.pop("Toutes")
    assert list(rows) == ["Office régional de placement", "Office AI", "Service social régional"]
    assert [sum(step) for step in zip(*rows.values(), strict=True)] == whole


def test_rates_and_medians_carry_what_they_rest_on(blocks):
    cards = {card.label: card for card in of(blocks, "reseau_cii", Cards).cards}
    assert (cards["Taux de réinsertion du réseau"].text, cards["Taux de réinsertion du réseau"].detail) == (
        f"63,6{SPACE}%",
        f"7 / 11 · IC 35–85{SPACE}% · incomplet",
    )
    assert cards["Durée médiane du réseau jusqu'au plan d'action"].detail == "n = 11 · incomplet"
