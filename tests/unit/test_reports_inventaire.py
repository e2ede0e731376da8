"""The page with the inventory and map of the measures."""

import pytest

from pipelines.contracts.registry import CODE_LISTS
from pipelines.reports.content import Table
from tests.unit.page_parts import built, of, rows


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


def test_measures_alike_of_which_one_has_ended_are_none(changed):
    book = changed("update core.measure_month set open_at_end = false where measure_id = 'M-06' and period = date '2020-05-01'")
    assert of(built(book, "inventaire"), "inventaire", Table, "alike").rows == ()


def test_a_number_that_bears_another_name_is_told_as_renamed_or_as_used_again(blocks):
    assert rows(of(blocks, "inventaire", Table, "renamed")) == {
        "M-02": ["Renommée", "Atelier mécanique, Fondation A (jusqu'en août 2019)", "Atelier vélo, Fondation A (dès septembre 2019)"],
        "M-07": ["Numéro réutilisé", "Cuisine, Fondation B (jusqu'en juin 2019)", "Jardin, Association C (dès septembre 2019)"],
    }


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("starts_on = date '2019-08-01'", "Renommée"),
        ("starts_on = date '2019-08-02'", "Numéro réutilisé"),
        ("provider = 'Fondation Z'", "Numéro réutilisé"),
        ("provider = 'Fondation Z', measure = 'Atelier mécanique'", "Autre organisateur"),
    ],
)
def test_another_name_means_another_measure_where_the_provider_or_the_beginning_is_another_too(changed, change, what):
    book = changed(f"update core.measure_month set {change} where measure_id = 'M-02' and period >= date '2019-09-01'")
    assert rows(of(built(book, "inventaire"), "inventaire", Table, "renamed"))["M-02"][0] == what
