"""The register of municipalities, by month."""

import datetime as dt

import pytest

from pipelines.contracts.export import Period
from pipelines.ingest.municipality import Validity, register, rule_broken


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        (6458, None),
        (351, None),
        (1, None),
        (6999, None),
        (6487, None),
        (6472, "municipality.other_year"),
        (6513, "municipality.other_year"),
        (6512, None),
        (6501, "municipality.other_year"),
        (6500, "municipality.unknown"),
        (6420, "municipality.unknown"),
        (0, "municipality.unknown"),
        (7000, "municipality.unknown"),
    ],
)
def test_a_municipality_is_judged_by_the_register_of_the_month(number: int, rule: str | None) -> None:
    assert rule_broken(number, Period(dt.date(2013, 1, 1)), register=register()) == rule


def test_a_municipality_is_valid_through_its_last_month_and_from_its_first() -> None:
    assert rule_broken(6472, Period(dt.date(2012, 12, 1)), register=register()) is None
    assert rule_broken(6487, Period(dt.date(2012, 12, 1)), register=register()) == "municipality.other_year"
    assert rule_broken(6461, Period(dt.date(2024, 12, 1)), register=register()) is None


def test_a_yearly_file_may_name_a_municipality_of_any_day_of_its_year() -> None:
    ends_in_june = {6500: Validity(None, dt.date(2013, 6, 30)), 6501: Validity(dt.date(2013, 7, 1), None)}
    year = Period(dt.date(2013, 1, 1), "yearly")
    assert [rule_broken(number, year, register=ends_in_june) for number in ends_in_june] == [None, None]


def test_the_register_counts_as_many_municipalities_as_the_canton_had() -> None:
    def count(year: int) -> int:
        period = Period(dt.date(year, 6, 1))
        return sum(rule_broken(number, period, register=register()) is None for number in register())

    assert {year: count(year) for year in (2008, 2009, 2013, 2016, 2018, 2021, 2025)} == {
        2008: 62,
        2009: 53,
        2013: 37,
        2016: 36,
        2018: 31,
        2021: 27,
        2025: 24,
    }
