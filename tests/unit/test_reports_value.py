"""A value as pages read it: the interval of a share of few persons, and a share of which control leaves whole per cent."""

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


@pytest.mark.parametrize(("share", "text"), [(0.17, f"17{SPACE}%"), (0.01, f"1{SPACE}%"), (0.0, f"moins de 1{SPACE}%")])
def test_a_share_that_is_told_in_whole_per_cent_is_written_so_and_a_small_one_is_not_none(share, text):
    told = Value(PLACES, None, dt.date(2013, 2, 1), None, None, share, True, True, None)
    assert told.text == text
    # A program that counts with it must not take it for zero either.
    assert (told.amount.text if share else told.amount) == (text if share else None)
