"""A value as pages read it: the interval of a share of few persons."""

import datetime as dt

import pytest
from statsmodels.stats.proportion import proportion_confint

from pipelines.reports.language import speaking
from pipelines.reports.value import About, Value, wilson

SPACE = "\N{NO-BREAK SPACE}"
PERSONS = About("Taux", "", "part", "", "personnes", "personnes", persons=True, among=True)
PLACES = About("Occupation", "", "part", "", "personnes", "places", persons=True)


def value(about: About, numerator: float, denominator: float) -> Value:
    return Value(about, None, dt.date(2013, 2, 1), numerator, denominator, numerator / denominator, True, True, None)


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 1), (1, 1), (0, 20), (1, 26), (48, 80), (99, 99), (5, 1000)])
def test_the_interval_is_the_one_that_statisticians_give(numerator, denominator):
    assert wilson(numerator, denominator) == pytest.approx(proportion_confint(numerator, denominator, method="wilson"))


def test_a_share_of_few_persons_says_between_what_it_may_lie():
    assert value(PERSONS, 48, 80).detail == f"48 / 80 · IC 49–70{SPACE}%"
    assert value(PERSONS, 30, 99).detail == f"30 / 99 · IC 22–40{SPACE}%"
    assert value(PERSONS, 30, 100).detail == "30 / 100"
    with speaking("de"):
        assert value(PERSONS, 48, 80).detail == f"48 / 80 · VI 49–70{SPACE}%"


def test_what_is_no_share_of_persons_has_no_interval():
    assert value(PLACES, 6, 22).detail == "6 / 22"
    assert "IC" in PERSONS.basis and "IC" not in PLACES.basis
