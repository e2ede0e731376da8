"""What the frame gives every indicator: periods of every grain, what was received, what is complete, and what is final."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines import duck
from pipelines.contracts.given import GIVEN, LINKED_SERVICE
from pipelines.contracts.query import read_query
from pipelines.indicators.catalogue import CATALOGUE, FORMER_CATALOGUE, catalogue, indicator_of
from pipelines.indicators.frame import framed
from pipelines.settings import ROOT
from tests.sql.world import day, months

INDICATOR_SENDING, FIGURE_PERIOD = (read_query(ROOT / "assets" / "mart" / f"{name}.sql") for name in ("indicator_sending", "figure_period"))
HEADER = """-- Places comptées
--
-- definition: Ce qui est compté.
-- numerator: places
-- unit: places
-- source: inventée
-- reading: neutre
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
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
        self.con.execute(LINKED_SERVICE.create())
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
        indicator = indicator_of(read_query(self.path))
        duck.replace_with_rows(self.con, CATALOGUE, catalogue([indicator], datasets={indicator.name: datasets}))
        duck.replace_with_rows(self.con, FORMER_CATALOGUE, catalogue([], datasets={}))
        self.con.execute(f"create or replace table mart.indicator_sending as {INDICATOR_SENDING.select}")
        self.con.execute(f"create or replace table mart.figure_period as {FIGURE_PERIOD.select}", {"first": None})
        query, parameters = framed(indicator)
        rows = self.con.execute(
            f"select grain, strftime(period, '%Y-%m'), member, value, complete, mature, reason from ({query})", parameters
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


def test_that_there_was_none_is_not_known_from_other_months(shared) -> None:
    shared.count("2013-02-20", 0, service="SASO")
    made = shared.made(f"select period, service, numerator from ({FLOW}) where grain = 'month'", "participations", "mesures", **BY_SERVICE)
    assert made["month", "2013-02", "SASO"] == (None, False, True, "NOT_RECEIVED")
    assert made["month", "2013-02", "total"] == (1, False, True, None)


def test_what_is_known_of_a_month_that_nobody_sent_is_in_no_member_as_it_is_not_in_the_total(shared) -> None:
    shared.con.execute("update core.delivery_month set in_force = false where period = '2013-02-01'")
    made = shared.made(f"select period, service, numerator from ({FLOW}) where grain = 'month'", "participations", "mesures", **BY_SERVICE)
    assert made["month", "2013-02", "SEMP"] == made["month", "2013-02", "total"] == (None, False, True, "NOT_RECEIVED")


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


SERVED = f"select period, service, numerator from ({FLOW}) where grain = 'month'"
AROUND = {"dimensions": "total, service = sender", "needs": "prestations"}
SYSTEM = """select date_trunc('month', on_day)::date as period, case service when 'SEMP' then 'AC' when 'SASO' then 'AS' else 'AI' end as system,
  numerator from event"""


def final(made: dict[tuple[str, str, str], tuple], member: str = "total", grain: str = "month") -> list[str]:
    """The periods whose value is mature."""
    return sorted(period for each, period, of, *_ in made if (each, of) == (grain, member) and made[each, period, of][2])


def whole(made: dict[tuple[str, str, str], tuple], member: str = "total") -> list[str]:
    """The months whose value is complete."""
    return sorted(period for _, period, of in made if of == member and made["month", period, of][1])


@pytest.fixture
def paths(tmp_path: Path) -> Frame:
    """Benefits of 2013, of the SASO from March to October only, sent also by one that has no system."""
    frame = Frame(tmp_path)
    for service in ("SEMP", "SASO", "OAI", "SMIG"):
        frame.sends(service, "prestations")
    for service in ("SEMP", "OAI", "SMIG"):
        frame.deliver(service, "prestations", *months("2013-01", "2013-12"))
    frame.deliver("SASO", "prestations", *months("2013-03", "2013-10"))
    frame.count("2013-05-10")
    frame.count("2013-05-20", service="SASO")
    return frame


def test_a_figure_that_reads_around_its_month_is_final_with_all_of_them(paths: Frame) -> None:
    assert final(paths.made(SERVED, "prestations", reads="from -2 to +3")) == months("2013-03", "2013-09")
    assert final(paths.made(SERVED, "prestations", reads="from 0 to +1")) == months("2013-01", "2013-11")
    assert final(paths.made(SERVED, "prestations", reads="from -12 to 0")) == []


def test_a_year_reads_around_its_first_month_and_its_last(paths: Frame) -> None:
    paths.deliver("SEMP", "prestations", *months("2012-11", "2012-12"), *months("2014-01", "2014-03"))
    for reads, expected in (
        ("from -2 to +3", ["2013-01"]),
        ("from -3 to +3", []),
        ("from -2 to +4", []),
        ("end from -2 to +3", ["2013-01"]),
    ):
        assert final(paths.made(STOCK, "prestations", reads=reads, grains="year"), grain="year") == expected


def test_months_read_may_be_parameters_and_what_is_added_to_them(paths: Frame) -> None:
    assert final(paths.made(SERVED, "prestations", reads="from -1-gap_months to +gap_months-1")) == months("2013-04", "2013-11")
    paths.con.execute("insert into core.parameter values ('gap_months', date '2013-07-01', 4, null, 'inventée')")
    made = paths.made(SERVED, "prestations", reads="from -gap_months to 0")
    # In June it is still two months, from July on four.
    assert final(made) == months("2013-03", "2013-12")
    assert final(paths.made(SERVED, "prestations", reads="from 0 to +gap_months")) == months("2013-01", "2013-08")


def test_what_lacks_before_a_month_or_after_it_leaves_it_incomplete(paths: Frame) -> None:
    paths.con.execute("update core.delivery_month set in_force = false where period = '2013-06-01' and service = 'SMIG'")
    made = paths.made(SERVED, "prestations", reads="from -1 to +2", **AROUND)
    assert whole(made) == [month for month in months("2013-01", "2013-12") if not "2013-04" <= month <= "2013-07"]
    assert whole(made, "OAI") == months("2013-01", "2013-12")
    assert made["month", "2013-06", "SMIG"] == (None, False, True, "NOT_RECEIVED")
    assert made["month", "2013-05", "SMIG"] == (0, False, True, None)


def test_a_month_that_did_not_come_is_no_zero_whatever_came_before_and_after(paths: Frame) -> None:
    paths.con.execute("update core.delivery_month set in_force = false where period = '2013-06-01'")
    for reads in ("from -2 to +2", "end from -2 to +2"):
        made = paths.made(SERVED, "prestations", reads=reads)
        assert made["month", "2013-06", "total"] == (None, False, True, "NOT_RECEIVED")
        assert made["month", "2013-07", "total"] == (0, False, True, None)


def test_a_year_is_received_with_any_of_its_months_or_where_the_end_counts_with_its_last(paths: Frame) -> None:
    paths.deliver("SEMP", "prestations", *months("2014-01", "2014-12"))
    paths.con.execute("update core.delivery_month set in_force = false where period = '2013-12-01'")
    year = ("year", "2013-01", "total")
    assert paths.made(STOCK, "prestations", reads="from -1 to +2", grains="year")[year][3] is None
    assert paths.made(STOCK, "prestations", reads="end from -1 to +2", grains="year")[year] == (None, False, False, "NOT_RECEIVED")


def test_a_figure_that_rests_on_services_speaks_of_their_deliveries_only(paths: Frame) -> None:
    paths.con.execute("update core.delivery_month set in_force = false where period = '2013-06-01' and service = 'SMIG'")
    paths.con.execute("update core.delivery_month set in_force = false where period = '2013-07-01' and service = 'SEMP'")
    made = paths.made(SERVED, "prestations", rests_on="SEMP, OAI", **AROUND)
    assert whole(made) == [month for month in months("2013-01", "2013-12") if month != "2013-07"]
    assert {member for *_, member in made} == {"total", "SEMP", "OAI"}
    made = paths.made(SERVED, "prestations", rests_on="SASO")
    assert sorted(period for _, period, _ in made) == months("2013-03", "2013-10")


def test_what_rests_on_services_is_final_where_all_of_them_send_and_each_by_its_own_months(paths: Frame) -> None:
    made = paths.made(SERVED, "prestations", rests_on="SEMP, SASO", reads="from -1 to +1", **AROUND)
    assert final(made) == final(made, "SASO") == months("2013-04", "2013-09")
    assert final(made, "SEMP") == months("2013-02", "2013-11")
    # Where none is named, one that sends is enough.
    assert final(paths.made(SERVED, "prestations", reads="from -1 to +1", **AROUND), "SASO") == months("2013-02", "2013-11")
    # One that has never sent anything holds nothing up.
    paths.sends("SFPO", "prestations")
    made = paths.made(SERVED, "prestations", rests_on="SEMP, SFPO", **AROUND)
    assert final(made) == months("2013-01", "2013-12")
    assert made["month", "2013-05", "SFPO"] == (None, False, False, "NOT_RECEIVED")


def test_a_system_is_known_and_final_by_the_months_of_the_service_that_sends_it(paths: Frame) -> None:
    header = {"dimensions": "total, system", "rests_on": "SEMP, SASO, OAI"}
    made = paths.made(SYSTEM, "prestations", **header)
    assert {member for *_, member in made} == {"total", "AC", "AI", "AS"}
    assert made["month", "2013-05", "AS"] == made["month", "2013-05", "AC"] == (1, True, True, None)
    assert made["month", "2013-02", "AS"] == (None, False, False, "NOT_RECEIVED")
    assert made["month", "2013-02", "AC"] == (0, True, True, None)
    assert final(made, "AS") == final(made) == months("2013-03", "2013-10")
    assert final(made, "AC") == months("2013-01", "2013-12")


def test_an_open_breakdown_has_the_members_seen_though_a_list_bears_its_name(paths: Frame) -> None:
    select = "select date '2013-05-01' as period, unnest(['SASO', null]) as state, 1 as numerator"
    made = paths.made(select, "prestations", dimensions="total, state = open")
    assert {member for *_, member in made} == {"total", "SASO", "NON_RENSEIGNE"}
    assert "late" in {member for *_, member in paths.made(select, "prestations", dimensions="total, state")}


LINKED = {"linked": "yes", "rests_on": "SEMP, SASO, OAI", **AROUND}


def linking(frame: Frame, *services: str) -> None:
    frame.con.execute("delete from core.linked_service")
    for service in services:
        frame.con.execute("insert into core.linked_service values (?, 'inventée')", [service])


def test_a_linked_figure_speaks_of_the_services_that_may_be_linked_only(paths: Frame) -> None:
    paths.con.execute("update core.delivery_month set in_force = false where period = '2013-06-01' and service = 'SASO'")
    linking(paths, "SEMP", "OAI", "SMIG")
    made = paths.made(SERVED, "prestations", **LINKED)
    assert {member for *_, member in made} == {"total", "SEMP", "OAI"}
    assert final(made) == whole(made) == months("2013-01", "2013-12")
    # What is not linked speaks of all.
    made = paths.made(SERVED, "prestations", **LINKED | {"linked": "no"})
    assert {member for *_, member in made} == {"total", "SEMP", "OAI", "SASO"}
    assert final(made) == months("2013-03", "2013-10") and "2013-06" not in whole(made)


@pytest.mark.parametrize("services", [(), ("SEMP",), ("SASO", "SMIG")])
def test_with_fewer_than_two_services_to_link_no_month_has_a_value(paths: Frame, services: tuple[str, ...]) -> None:
    linking(paths, *services)
    made = paths.made(SERVED, "prestations", **LINKED)
    assert sorted(period for _, period, member in made if member == "total") == months("2013-01", "2013-12")
    assert {(cell[0], cell[3]) for cell in made.values()} == {(None, "NOT_LINKED")}
    assert paths.made(SERVED, "prestations", **LINKED | {"linked": "no"})["month", "2013-05", "total"] == (2, True, True, None)


def test_a_combination_with_a_system_that_may_not_be_linked_is_unknown_and_no_zero(paths: Frame) -> None:
    select = "select date '2013-05-01' as period, 'AC' as system_left, 1 as numerator"
    header = LINKED | {"dimensions": "total, system_left = system_combination"}
    linking(paths, "SEMP", "SASO", "SMIG")
    made = paths.made(select, "prestations", **header)
    assert {member: made["month", "2013-05", member][0] for *_, member in made} == (
        {"total": 1, "AC": 1, "AS": 0, "AC+AS": 0} | dict.fromkeys(("AI", "AC+AI", "AI+AS", "AC+AI+AS"))
    )
    assert {(cell[0], cell[3]) for (*_, member), cell in made.items() if "AI" in member} == {(None, "NOT_LINKED")}
    # With all of them it is a 0, and so it is where nothing is linked.
    linking(paths, "SEMP", "SASO", "OAI")
    assert paths.made(select, "prestations", **header)["month", "2013-05", "AI"] == (0, True, True, None)
    linking(paths)
    assert paths.made(select, "prestations", **header | {"linked": "no"})["month", "2013-05", "AI"] == (0, True, True, None)


def test_a_figure_about_the_persons_of_services_is_unknown_unless_all_of_these_may_be_linked(paths: Frame) -> None:
    header = LINKED | {"persons_of": "SEMP, SASO"}
    for services, known in ((("SEMP", "SASO"), True), (("SEMP", "OAI"), False), (("SASO", "OAI"), False)):
        linking(paths, *services)
        made = paths.made(SERVED, "prestations", **header)
        assert made["month", "2013-05", "total"] == ((2, True, True, None) if known else (None, True, True, "NOT_LINKED"))
        assert known or {(cell[0], cell[3]) for cell in made.values()} == {(None, "NOT_LINKED")}


def test_the_files_of_the_reseau_are_no_service_to_link_and_need_no_basis(paths: Frame) -> None:
    paths.sends("CII", "reseau_cii_dossiers")
    paths.deliver("CII", "reseau_cii_dossiers", *months("2013-06", "2013-12"))
    header = {"linked": "yes", "rests_on": "SEMP, OAI, CII"}
    linking(paths, "SEMP", "OAI")
    made = paths.made(SERVED, "prestations", "reseau_cii_dossiers", **header)
    assert final(made) == months("2013-06", "2013-12")
    assert made["month", "2013-05", "total"] == (None, False, False, "NOT_RECEIVED")
    for services in (("SEMP",), ("SEMP", "CII")):
        linking(paths, *services)
        made = paths.made(SERVED, "prestations", "reseau_cii_dossiers", **header)
        assert {cell[3] for cell in made.values()} == {"NOT_LINKED"}


@pytest.mark.parametrize(
    "header",
    [
        {"reads": "from -2"},
        {"reads": "from 2 to 0"},
        {"reads": "from -2 to 0 months"},
        {"reads": "from gap_months to 0"},
        {"reads": "from -gap_month to 0"},
        {"reads": "from -Gap to 0"},
        {"reads": "from - to 0"},
        {"reads": "month from 0 to 0"},
        {"reads": "end from -1"},
        {"rests_on": "SEMPP"},
        {"rests_on": "semp"},
        {"linked": "yes"},
        {"linked": "true", "rests_on": "SEMP, SASO"},
        {"linked": "", "rests_on": "SEMP, SASO"},
        {"persons_of": "SEMP", "rests_on": "SEMP, SASO"},
        {"linked": "yes", "persons_of": "OAI", "rests_on": "SEMP, SASO"},
        {"dimensions": "total, system = systems"},
        {"dimensions": "total, system ="},
        {"dimensions": "total, state = opened"},
    ],
)
def test_a_header_that_says_of_paths_what_has_no_meaning_is_refused(paths: Frame, header: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="seen"):
        paths.made(SERVED, "prestations", **header)
