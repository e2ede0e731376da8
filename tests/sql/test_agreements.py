"""Bilateral agreements in force on 31 December, worked out by hand."""

import pytest

from tests.sql.world import Made, World

AGREEMENTS = "conventions"


@pytest.fixture(scope="module")
def made() -> Made:
    """Four years and the first months of a fifth; the list of 2015 never came."""
    world = World()
    world.deliver_months(AGREEMENTS, "2013", "2017", but=["2015"])
    world.deliver_months("cm_fp_dossiers", "2013-01", "2017-03")
    world.lasting(AGREEMENTS, since="2013", agreement_id="A", signed_on="2013-12-31", party_b="SASO")
    # Ends on the day that counts.
    world.lasting(AGREEMENTS, since="2013", until="2014", agreement_id="B", signed_on="2013-01-01", end={"ended_on": "2014-12-31"})
    # No end was ever told, and it is listed no more.
    world.lasting(AGREEMENTS, since="2014", until="2014", agreement_id="C", signed_on="2014-06-01")
    world.lasting(AGREEMENTS, since="2016", until="2017", agreement_id="D", signed_on="2016-05-05", end={"ended_on": "2017-01-01"})
    # What is held does not count.
    world.deliver(AGREEMENTS, "2018", status="held")
    world.row(f"{AGREEMENTS}_2018_v1", agreement_id="A", signed_on="2013-12-31", ended_on="2013-12-31")
    return world.make("mart.agreements_in_force")


def test_agreements_in_force_are_signed_and_neither_ended_nor_vanished_by_the_end_of_the_year(made: Made) -> None:
    assert {year: cell.value for year, cell in made.series("agreements_in_force", grain="year").items()} == {
        "2013": 2,
        "2014": 2,
        "2015": None,
        "2016": 2,
        "2017": None,
    }


def test_a_year_is_final_once_it_is_over(made: Made) -> None:
    assert made.cell("agreements_in_force", "2016") == (2, None, 2, True, True, None)
    assert made.cell("agreements_in_force", "2017") == (None, None, None, False, False, "NOT_RECEIVED")
    assert made.rows("select distinct grain from mart.agreements_in_force") == [("year",)]


def test_an_agreement_without_end_that_is_listed_no_more_has_vanished_at_the_end_of_its_last_year(made: Made) -> None:
    row = "agreement_id, last_seen::varchar, vanished_on::varchar, delivery_id, line"
    assert made.rows(f"select {row} from core.agreement order by agreement_id") == [
        ("A", "2017-01-01", None, f"{AGREEMENTS}_2017_v1", 2),
        ("B", "2014-01-01", None, f"{AGREEMENTS}_2014_v1", 3),
        ("C", "2014-01-01", "2014-12-31", f"{AGREEMENTS}_2014_v1", 4),
        ("D", "2017-01-01", None, f"{AGREEMENTS}_2017_v1", 3),
    ]
