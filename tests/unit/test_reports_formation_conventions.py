"""The page on training and agreements."""

import pytest

from pipelines.reports.content import Table
from tests.unit.page_parts import SPACE, built, of, texts


def test_quarters_are_listed_latest_first_and_the_running_one_is_marked(blocks):
    table = of(blocks, "formation_conventions", Table, "quarters")
    assert texts(table)[:2] == [
        ["2e trimestre 2020 (en cours)", "1", "2", f"50,0{SPACE}%"],
        ["1er trimestre 2020", "1", "7", f"50,0{SPACE}%"],
    ]
    assert table.rows[0][3].detail == "1 / 2 · provisoire"


def test_agreements_in_force_are_listed_by_pair_with_their_review(blocks):
    table = of(blocks, "formation_conventions", Table, "agreements")
    assert [(row[0], row[3]) for row in texts(table)] == [
        ("SASO – OAI", "dans les douze mois"),
        ("SASO – SMIG", "plus tard"),
        ("SEMP – OAI", "échue"),
        ("SEMP – SFPO", "sans date"),
    ]
    assert table.notes == ("4 conventions en vigueur au 31.05.2020; 1 révision échue.",)


def test_a_review_on_the_last_day_of_the_month_is_overdue(changed):
    book = changed("update core.agreement set review_on = date '2020-05-31' where party_b = 'SMIG'")
    assert ["SASO – SMIG", "01.09.2017", "31.05.2020", "échue"] in texts(
        of(built(book, "formation_conventions"), "formation_conventions", Table, "agreements")
    )


@pytest.mark.parametrize(
    ("end", "there"),
    [
        ("ended_on = date '2020-05-31'", False),
        ("ended_on = date '2020-06-01'", True),
        ("vanished_on = date '2020-05-30'", False),
        ("vanished_on = date '2020-05-31'", True),
    ],
)
def test_an_agreement_is_in_force_until_the_day_before_it_ends_and_as_long_as_it_is_listed(changed, end, there):
    book = changed(f"update core.agreement set {end} where party_b = 'SMIG'")
    pairs = [row[0] for row in texts(of(built(book, "formation_conventions"), "formation_conventions", Table, "agreements"))]
    assert ("SASO – SMIG" in pairs) == there
