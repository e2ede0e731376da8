"""What the frame gives every indicator: periods of every grain, what was received, what is complete, and what is final."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines import duck
from pipelines.contracts.given import GIVEN
from pipelines.contracts.query import read_query
from pipelines.indicators.catalogue import indicator_of
from pipelines.indicators.frame import framed
from tests.sql.world import day, months

HEADER = """-- Places comptées
--
-- definition: Ce qui est compté.
-- numerator: places
-- unit: places
-- source: inventée
-- reading: neutre
"""
COUNTED = {"2012-05": 1, "2012-11": 2, "2012-12": 4, "2013-02": 8}
FLOW = """select c.grain, c.period, e.service, e.numerator
from event e join core.calendar c on e.on_day between c.period and c.last_day"""


class Frame:
    """Deliveries and counted rows, until `made` frames a query over them."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "mart" / "seen.sql"
        self.path.parent.mkdir()
        self.con = duck.duckdb.connect()
        self.con.execute("create schema core; create schema mart; create table event (on_day date, service varchar, numerator integer)")
        for given in GIVEN:
            if given.table.schema == "core":
                duck.replace_with_rows(self.con, given.table, given.rows(dt.date(2014, 6, 1)))
        self.con.execute("delete from core.sending")
        self.con.execute(
            "create table core.delivery_month (service varchar, dataset varchar, period date, cadence varchar, owed boolean, in_force boolean)"
        )

    def sends(self, service: str, dataset: str, cadence: str = "monthly") -> None:
        self.con.execute("insert into core.sending values (?, ?, ?, null)", [service, dataset, cadence])

    def deliver(self, service: str, dataset: str, *periods: str, cadence: str = "monthly", in_force: bool = True) -> None:
        for period in periods:
            row = [service, dataset, day(period), cadence, in_force]
            self.con.execute("insert into core.delivery_month values (?, ?, ?, ?, true, ?)", row)

    def count(self, on_day: str, numerator: int = 1, service: str = "SEMP") -> None:
        self.con.execute("insert into event values (?, ?, ?)", [day(on_day), service, numerator])

    def made(self, select: str, *datasets: str, **header: str) -> dict[tuple[str, str, str], tuple]:
        """Value, complete, mature and reason by grain, period and member."""
        keys = {"shape": "count", "reads": "month", "dimensions": "total"} | header
        self.path.write_text(HEADER + "".join(f"-- {key}: {text}\n" for key, text in keys.items()) + select, encoding="utf-8")
        query, parameters = framed(indicator_of(read_query(self.path)), datasets=datasets)
        rows = self.con.execute(
            f"select grain, strftime(period, '%Y-%m'), member, value, complete, mature, reason from ({query})", parameters | {"first": None}
        )
        return {tuple(row[:3]): tuple(row[3:]) for row in rows.fetchall()}


@pytest.fixture
def frame(tmp_path: Path) -> Frame:
    """Monthly places of one service from May 2012 to February 2013, with something counted in four of the months."""
    frame = Frame(tmp_path)
    frame.sends("SEMP", "pset_places")
    frame.deliver("SEMP", "pset_places", *months("2012-05", "2013-02"))
    for month, numerator in COUNTED.items():
        frame.count(f"{month}-28", numerator)
    return frame


def test_a_flow_adds_up_over_quarters_and_years(frame) -> None:
    made = frame.made(FLOW, "pset_places", grains="month, quarter, year")
    assert made["month", "2012-11", "total"] == (2, True, True, None)
    assert made["month", "2012-10", "total"] == (0, True, True, None)
    assert made["quarter", "2012-10", "total"] == (6, True, True, None)
    assert {grain for grain, *_ in made} == {"month", "quarter", "year"}


def test_a_period_that_the_data_do_not_fill_keeps_its_flow_and_is_not_final(frame) -> None:
    made = frame.made(FLOW, "pset_places", grains="quarter, year")
    assert made["year", "2012-01", "total"] == (7, True, False, None)  # begins before the data
    assert made["year", "2013-01", "total"] == (8, True, False, None)  # goes on after them
    assert made["quarter", "2012-07", "total"] == (0, True, True, None)
    assert made["quarter", "2013-01", "total"] == (8, True, False, None)


STOCK = """select c.grain, c.period, sum(e.numerator) as numerator
from event e join core.calendar c on e.on_day <= c.last_day group by all"""


def test_a_stock_is_that_of_the_last_month_and_unknown_until_that_has_come(frame) -> None:
    made = frame.made(STOCK, "pset_places", grains="month, year", reads="end")
    assert made["year", "2012-01", "total"] == (7, True, True, None)
    assert made["year", "2013-01", "total"] == (None, False, False, "NOT_RECEIVED")
    assert made["month", "2013-02", "total"] == (15, True, True, None)


def test_a_stock_of_a_year_is_whole_where_its_last_month_is_whatever_the_others_lack(frame) -> None:
    frame.con.execute("update core.delivery_month set in_force = false where period = '2012-08-01'")
    assert frame.made(STOCK, "pset_places", grains="year", reads="end")["year", "2012-01", "total"] == (7, True, True, None)
    assert frame.made(FLOW, "pset_places", grains="year")["year", "2012-01", "total"] == (7, False, False, None)


def test_a_month_that_did_not_come_is_no_zero(frame) -> None:
    frame.con.execute("update core.delivery_month set in_force = false where period = '2012-10-01'")
    made = frame.made(FLOW, "pset_places", grains="month, quarter")
    assert made["month", "2012-10", "total"] == (None, False, True, "NOT_RECEIVED")
    assert made["quarter", "2012-10", "total"] == (6, False, True, None)


def test_twelve_trailing_months_are_the_calendar_year_in_a_row_of_the_year(frame) -> None:
    frame.deliver("SEMP", "pset_places", *months("2013-03", "2013-12"))
    select = (
        """select c.grain, c.period, e.numerator from event e join core.calendar c on e.on_day between c.trailing_from and c.last_day"""
    )
    made = frame.made(select, "pset_places", grains="month, year", reads="trailing 12")
    assert made["month", "2013-02", "total"] == (15, True, False, None)  # its twelve months begin before the data
    assert made["month", "2013-04", "total"] == (15, True, True, None)
    assert made["month", "2013-12", "total"] == made["year", "2013-01", "total"] == (8, True, True, None)


def test_twelve_trailing_months_without_the_last_are_not_received(frame) -> None:
    frame.con.execute("update core.delivery_month set in_force = false where period = '2012-12-01'")
    select = "select c.period, e.numerator from event e join core.calendar c on c.grain = 'month' and e.on_day between c.trailing_from and c.last_day"
    made = frame.made(select, "pset_places", reads="trailing 12")
    assert made["month", "2012-12", "total"] == (None, False, False, "NOT_RECEIVED")
    assert made["month", "2013-02", "total"] == (15, False, False, None)


def test_a_mean_rests_on_the_number_of_its_observations(frame) -> None:
    select = "select date '2012-11-01' as period, unnest([1, 2, 6]) as observation"
    made = frame.made(select, "pset_places", shape="mean", denominator="notes")
    assert made["month", "2012-11", "total"] == (3, True, True, None)
    assert made["month", "2012-12", "total"] == (None, True, True, "NOT_APPLICABLE")


def test_nothing_of_a_negative_whole_is_a_plain_zero(frame) -> None:
    select = "select date '2012-11-01' as period, 0 as numerator, -2 as denominator"
    made = frame.made(select, "pset_places", shape="ratio", denominator="places à créer")
    assert str(made["month", "2012-11", "total"][0]) == "0.0"


@pytest.fixture
def shared(tmp_path: Path) -> Frame:
    """Two services that send participations, of which one has not sent February, and an inventory sent by the first."""
    frame = Frame(tmp_path)
    for service, dataset in (("SEMP", "participations"), ("SASO", "participations"), ("SEMP", "mesures")):
        frame.sends(service, dataset)
        frame.deliver(service, dataset, "2013-01", "2013-02", "2013-03")
    frame.con.execute("update core.delivery_month set in_force = false where period = '2013-02-01' and service = 'SASO'")
    frame.count("2013-01-10", service="SASO")
    frame.count("2013-02-10")
    return frame


BY_SERVICE = {"dimensions": "total, service = sender", "needs": "participations"}


def test_what_one_of_two_services_has_not_sent_is_missing_for_it_and_incomplete_for_all(shared) -> None:
    made = shared.made(f"select period, service, numerator from ({FLOW}) where grain = 'month'", "participations", "mesures", **BY_SERVICE)
    assert made["month", "2013-02", "SASO"] == (None, False, True, "NOT_RECEIVED")
    assert made["month", "2013-02", "SEMP"] == (1, True, True, None)
    assert made["month", "2013-02", "total"] == (1, False, True, None)
    assert made["month", "2013-01", "SASO"] == (1, True, True, None) and made["month", "2013-03", "SASO"] == (0, True, True, None)
    assert {member for *_, member in made} == {"total", "SEMP", "SASO"}


def test_what_is_known_of_a_service_from_its_other_months_counts_and_is_incomplete(shared) -> None:
    shared.count("2013-02-20", service="SASO")
    made = shared.made(f"select period, service, numerator from ({FLOW}) where grain = 'month'", "participations", "mesures", **BY_SERVICE)
    assert made["month", "2013-02", "SASO"] == (1, False, True, None)
    assert made["month", "2013-02", "total"] == (2, False, True, None)


def test_only_what_a_figure_needs_makes_it_received_and_all_that_it_reads_makes_it_complete(shared) -> None:
    shared.con.execute("update core.delivery_month set in_force = false where dataset = 'mesures' and period = '2013-03-01'")
    monthly = f"select period, numerator from ({FLOW}) where grain = 'month'"
    made = shared.made(monthly, "participations", "mesures", needs="participations")
    assert made["month", "2013-03", "total"] == (0, False, True, None)
    made = shared.made(monthly, "participations", "mesures")
    assert made["month", "2013-03", "total"] == (None, False, True, "NOT_RECEIVED")


def test_a_yearly_delivery_speaks_of_the_months_of_its_year_that_have_come(shared) -> None:
    shared.sends("SEMP", "budgets", "yearly")
    shared.deliver("SEMP", "budgets", "2013-01", cadence="yearly")
    made = shared.made("select date '2013-01-01' as period, 5 as numerator", "budgets")
    assert sorted(period for _, period, _ in made) == ["2013-01", "2013-02", "2013-03"]
    assert made["month", "2013-03", "total"] == (0, True, True, None)
    made = shared.made("select 'year' as grain, date '2013-01-01' as period, 5 as numerator", "budgets", grains="year")
    assert made == {("year", "2013-01", "total"): (5, True, False, None)}


def test_a_yearly_delivery_ahead_of_the_months_speaks_of_its_first_one(shared) -> None:
    shared.sends("SEMP", "budgets", "yearly")
    shared.deliver("SEMP", "budgets", "2014-01", cadence="yearly")
    made = shared.made("select date '2014-01-01' as period, 5 as numerator", "budgets")
    assert made == {("month", "2014-01", "total"): (5, True, True, None)}


def test_a_header_that_names_what_there_is_not_is_refused(frame) -> None:
    for key, text in (("grains", "week"), ("needs", "budget"), ("overlapping", "branch"), ("reads", "trailing"), ("shape", "sum")):
        with pytest.raises(ValueError, match="seen"):
            frame.made(FLOW, "pset_places", **{key: text})
