"""By when a delivery is due, and what a period is."""

import datetime as dt

import pytest

from pipelines.contracts.export import Period
from pipelines.contracts.plan import calendar, due_on, months


@pytest.mark.parametrize(
    ("month", "due"),
    [
        ("2013-01", "2013-02-11"),  # the 10th is a Sunday
        ("2013-02", "2013-03-11"),  # a Sunday again
        ("2012-02", "2012-03-12"),  # a Saturday
        ("2012-11", "2012-12-10"),
        ("2020-03", "2020-04-13"),  # Good Friday and the weekend; Easter Monday is no holiday of this canton
    ],
)
def test_a_month_is_due_on_the_tenth_of_the_next_or_the_next_working_day(month, due) -> None:
    assert due_on(Period(dt.date.fromisoformat(f"{month}-01"))) == dt.date.fromisoformat(due)


def test_a_year_is_due_on_the_last_of_january_or_the_next_working_day() -> None:
    assert due_on(Period(dt.date(2013, 1, 1), "yearly")) == dt.date(2014, 1, 31)
    assert due_on(Period(dt.date(2014, 1, 1), "yearly")) == dt.date(2015, 2, 2)


def test_a_period_knows_its_days_and_its_name() -> None:
    assert Period(dt.date(2012, 2, 1)).last == dt.date(2012, 2, 29)
    assert Period(dt.date(2012, 1, 1), "yearly").last == dt.date(2012, 12, 31)
    assert Period(dt.date(2012, 1, 1)).months_before(2) == dt.date(2011, 11, 1)
    assert (str(Period(dt.date(2012, 1, 1))), str(Period(dt.date(2012, 1, 1), "yearly"))) == ("2012-01", "2012")


def test_months_run_over_the_turn_of_the_year() -> None:
    assert months(dt.date(2012, 11, 1), dt.date(2013, 2, 1)) == [
        dt.date(2012, 11, 1),
        dt.date(2012, 12, 1),
        dt.date(2013, 1, 1),
        dt.date(2013, 2, 1),
    ]


def test_the_calendar_has_every_month_quarter_and_year_once() -> None:
    rows = calendar(dt.date(2010, 3, 15))
    assert rows.height == 10 * 12 + 3 + 10 * 4 + 1 + 11 and rows.select("period", "grain").is_unique().all()
