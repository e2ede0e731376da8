"""Where each delivery stands and the four indicators that say so, worked out by hand."""

import datetime as dt

import pytest

from pipelines.contracts import plan
from pipelines.contracts.export import Period
from tests.sql.world import CM_FP, PSET, Made, World, day

STATE = "core.delivery_month"
INDICATORS = ("delivery_completeness", "delivery_days", "delivery_reject_rate", "delivery_versions")


# -- due dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "due"),
    [
        (Period(dt.date(2012, 3, 1)), dt.date(2012, 4, 10)),  # a Tuesday
        (Period(dt.date(2012, 2, 1)), dt.date(2012, 3, 12)),  # the 10th is a Saturday
        (Period(dt.date(2012, 5, 1)), dt.date(2012, 6, 11)),  # the 10th is a Sunday
        (Period(dt.date(2018, 4, 1)), dt.date(2018, 5, 11)),  # the 10th is Ascension Day
        (Period(dt.date(2012, 12, 1)), dt.date(2013, 1, 10)),  # over New Year
        (Period(dt.date(2013, 1, 1), "yearly"), dt.date(2014, 1, 31)),  # a Friday
        (Period(dt.date(2015, 1, 1), "yearly"), dt.date(2016, 2, 1)),  # 31 January is a Sunday
    ],
    ids=str,
)
def test_a_delivery_is_due_on_the_tenth_or_the_next_working_day(period: Period, due: dt.date) -> None:
    assert plan.due_on(period) == due


# -- states ------------------------------------------------------------------------------------------


def two_datasets(**asked: str | None) -> World:
    """A world with two datasets of two services, as the figures here were worked out by hand."""
    world = World(**asked)
    for service, dataset, owed_from in (("SFPO", CM_FP, "2009-01"), ("SEMP", PSET, "2011-12")):
        world.give("core.sending", service=service, dataset=dataset, cadence="monthly", owed_from=day(owed_from))
    return world


def five_months(*, known_on: str = "2012-06-11", last: str | None = None) -> World:
    """January to May 2012, with everything that happens to deliveries."""
    world = two_datasets(known_on=known_on, last=last)
    # January: one on the day it was due, one the day after.
    world.deliver(CM_FP, "2012-01", received="2012-02-10T23:00:00", read=10, rejected=1)
    world.deliver(PSET, "2012-01", received="2012-02-11T00:30:00", read=20)
    # February, due on a Monday: one on that day; one rejected first and right only later.
    world.deliver(CM_FP, "2012-02", received="2012-03-12", read=10)
    world.deliver(PSET, "2012-02", received="2012-03-05", read=20, rejected=20, status="rejected")
    world.deliver(PSET, "2012-02", version=2, received="2012-03-20", read=20, rejected=2)
    # March: one rejected twice, one withdrawn.
    world.deliver(CM_FP, "2012-03", received="2012-04-04", read=10, rejected=10, status="rejected")
    world.deliver(CM_FP, "2012-03", version=2, received="2012-04-08", read=8, rejected=8, status="rejected")
    world.deliver(PSET, "2012-03", received="2012-04-06", read=5, rejected=1, status="withdrawn")
    # April: one in time and corrected after the due day; the other never came.
    world.deliver(CM_FP, "2012-04", received="2012-05-02", read=10, status="superseded")
    world.deliver(CM_FP, "2012-04", version=2, received="2012-06-01", read=12, rejected=3)
    # May, due on 11 June: one held, the other still to come.
    world.deliver(CM_FP, "2012-05", received="2012-06-05", read=4, status="held")
    return world


@pytest.fixture(scope="module")
def made() -> Made:
    world = five_months()
    # Something in force in May, so that the indicators reach it.
    world.deliveries["cm_fp_dossiers_2012-05_v1"]["status"] = "in_force"
    return world.make()


def states(made: Made, service: str) -> dict[str, str]:
    """The state of each month from 2012 on."""
    return dict(made.rows(f"select strftime(period, '%Y-%m'), state from {STATE} where service = '{service}' and period >= '2012-01-01'"))


def test_a_delivery_is_in_time_late_rejected_withdrawn_held_missing_or_expected() -> None:
    made = five_months().make(STATE)
    assert states(made, "SFPO") == {
        "2012-01": "in_force",
        "2012-02": "in_force",
        "2012-03": "rejected",
        "2012-04": "in_force",
        "2012-05": "held",
    }
    assert states(made, "SEMP") == {
        "2012-01": "late",
        "2012-02": "late",
        "2012-03": "withdrawn",
        "2012-04": "missing",
        "2012-05": "expected",
    }


def test_what_is_expected_is_missing_from_the_day_after_it_was_due() -> None:
    assert states(five_months(known_on="2012-06-12").make(STATE), "SEMP")["2012-05"] == "missing"


def test_what_was_never_sent_is_missing_since_it_is_owed(made: Made) -> None:
    assert made.rows(f"select service, min(period)::varchar from {STATE} where owed group by service order by service") == [
        ("SEMP", "2011-12-01"),
        ("SFPO", "2009-01-01"),
    ]
    assert made.rows(f"select distinct state, versions, in_force from {STATE} where period < '2011-12-01'") == [("missing", 0, False)]


@pytest.mark.parametrize(
    ("last", "latest"),
    [
        (None, "2012-05-01"),  # the latest month any file speaks of
        ("2012-02-01", "2012-02-01"),
        ("2012-06-01", "2012-06-01"),
    ],
)
def test_a_month_is_owed_up_to_the_latest_present_or_the_last_asked_for(last: str | None, latest: str) -> None:
    made = five_months(last=last).make(STATE)
    owed = made.rows(f"select service, max(period)::varchar from {STATE} where owed group by service order by service")
    assert owed == [("SEMP", latest), ("SFPO", latest)]


def test_a_withdrawn_file_is_not_present() -> None:
    world = two_datasets(known_on="2012-06-11")
    world.deliver(CM_FP, "2012-01")
    world.deliver(CM_FP, "2012-03", status="withdrawn")
    assert world.make(STATE).rows(f"select max(period)::varchar from {STATE} where owed") == [("2012-01-01",)]


def test_a_rejected_file_is_present() -> None:
    world = two_datasets(known_on="2012-06-11")
    world.deliver(CM_FP, "2012-03", status="rejected")
    assert world.make(STATE).rows(f"select max(period)::varchar from {STATE} where owed") == [("2012-03-01",)]


@pytest.mark.parametrize("content", [{"status": "rejected", "reason": "file.future"}, {"status": "superseded"}])
def test_a_month_that_is_still_to_come_makes_nothing_owed(content: dict[str, str]) -> None:
    world = two_datasets(known_on="2012-06-11")
    world.deliver(CM_FP, "2012-01")
    world.deliver(CM_FP, "2103-02", received="2012-06-01", **content)
    made = world.make(STATE)
    assert made.rows(
        f"select max(period)::varchar, count(*) filter (state = 'missing') from {STATE} where owed and period > '2011-12-31'"
    ) == [("2012-01-01", 1)]


def test_a_run_from_a_month_on_owes_nothing_before_it() -> None:
    world = two_datasets(known_on="2012-06-11", first="2012-02")
    world.deliver(CM_FP, "2012-02")
    world.deliver(CM_FP, "2012-03")
    assert world.make(STATE).rows(
        f"select service, min(period)::varchar, max(period)::varchar from {STATE} group by service order by 1"
    ) == [
        ("SEMP", "2012-02-01", "2012-03-01"),
        ("SFPO", "2012-02-01", "2012-03-01"),
    ]


def test_a_run_from_a_month_on_does_not_call_complete_what_reads_the_months_before_it() -> None:
    def complete(first: str) -> dict[str, list[bool]]:
        world = two_datasets(known_on="2010-06-11", first=first)
        world.deliver_months(CM_FP, first, "2010-04")
        made = world.make("mart.cm_fp_announced", "mart.cm_fp_entries", "mart.cm_fp_median_days")
        return {
            name: [cell.complete for cell in made.series(f"cm_fp_{name}").values()][-2:] for name in ("announced", "entries", "median_days")
        }

    assert complete("2009-05") == {"announced": [False, False], "entries": [True, True], "median_days": [False, True]}
    assert complete("2009-01") == {"announced": [True, True], "entries": [True, True], "median_days": [True, True]}


def test_a_month_before_anything_was_owed_is_seen_and_counted() -> None:
    world = two_datasets(known_on="2012-06-11")
    world.deliver(CM_FP, "2008-11", received="2008-12-05")
    world.case_row("cm_fp_dossiers_2008-11_v1", "01", announced="2008-11-04")
    made = world.make(STATE, "mart.cm_fp_entries")
    assert made.rows(f"select owed, in_force, state from {STATE} where period < '2009-01-01'") == [(False, True, "in_force")]
    assert made.values("cm_fp_entries") == {"2008-11": 1}


def test_what_comes_before_it_is_owed_is_received_and_not_owed() -> None:
    world = two_datasets(known_on="2012-06-11")
    world.deliver(PSET, "2011-11", received="2011-12-05")
    assert world.make(STATE).rows(f"select owed, in_force, state from {STATE} where service = 'SEMP'") == [(False, True, "in_force")]


# -- completeness --------------------------------------------------------------------------------------


def fractions(made: Made, indicator: str, *member: str) -> dict[str, tuple[float | None, float | None]]:
    return {month: cell[:2] for month, cell in made.series(indicator, *member).items()}


def test_completeness_is_files_in_force_over_files_owed(made: Made) -> None:
    assert fractions(made, "delivery_completeness") == {
        "2012-01": (2, 2),
        "2012-02": (2, 2),
        "2012-03": (0, 2),
        "2012-04": (1, 2),
        "2012-05": (1, 2),
    }
    assert made.cell("delivery_completeness", "2012-04").value == 0.5


def test_what_is_sent_without_being_owed_makes_nothing_more_complete() -> None:
    world = two_datasets(known_on="2012-06-11")
    world.deliver(PSET, "2011-11")
    made = world.make("mart.delivery_completeness")
    assert made.fractions("delivery_completeness", "2011-11", "service") == {"SFPO": (0, 1)}


def test_a_month_without_any_file_in_force_is_a_fact_about_the_deliveries(made: Made) -> None:
    assert made.cell("delivery_completeness", "2012-03") == (0, 2, 0, True, True, None)


def test_completeness_is_broken_down_by_service_and_dataset(made: Made) -> None:
    assert made.fractions("delivery_completeness", "2012-04", "service") == {"SFPO": (1, 1), "SEMP": (0, 1)}
    assert made.fractions("delivery_completeness", "2012-04", "dataset") == {CM_FP: (1, 1), PSET: (0, 1)}


def test_a_service_that_owes_nothing_is_not_applicable(made: Made) -> None:
    cells = made.members("delivery_completeness", "2012-04", "service")
    assert set(cells) == {"SEMP", "SASO", "OAI", "SFPO", "SMIG", "CII"}
    assert cells["OAI"] == (0, 0, None, True, True, "NOT_APPLICABLE")


# -- days ------------------------------------------------------------------------------------------


def test_days_run_from_the_end_of_the_month_to_the_first_version_not_rejected(made: Made) -> None:
    by_service = {
        service: [cell.value for cell in made.series("delivery_days", "service", service).values()] for service in ("SFPO", "SEMP")
    }
    assert by_service == {"SFPO": [10, 12, None, 2, 5], "SEMP": [11, 20, 6, None, None]}


def test_days_of_all_are_the_median_of_what_was_received(made: Made) -> None:
    assert {month: (cell.value, cell.denominator) for month, cell in made.series("delivery_days").items()} == {
        "2012-01": (10.5, 2),
        "2012-02": (16, 2),
        "2012-03": (6, 1),
        "2012-04": (2, 1),
        "2012-05": (5, 1),
    }
    assert made.cell("delivery_days", "2012-04", "dataset", PSET) == (None, 0, None, True, True, "NOT_APPLICABLE")


def test_a_refused_version_does_not_count_as_received_and_the_next_one_does() -> None:
    world = two_datasets(known_on="2012-06-11")
    world.deliver(CM_FP, "2012-01", received="2012-02-03", status="rejected")
    world.deliver(CM_FP, "2012-01", version=2, received="2012-02-20")
    made = world.make("mart.delivery_days", STATE)
    assert made.values("delivery_days") == {"2012-01": 20}
    assert states(made, "SFPO") == {"2012-01": "late"}


def test_what_a_build_remembers_of_a_content_that_has_gone_changes_no_punctuality() -> None:
    world = two_datasets(known_on="2012-06-11")
    refused = world.deliver(CM_FP, "2012-01", received="2012-02-03", status="superseded", content="a")
    world.deliver(CM_FP, "2012-01", received="2012-02-20", content="b")
    forgotten = world.make("mart.delivery_days", STATE)
    world.find(refused, rule="file.unreadable", severity="rejected")
    remembered = world.make("mart.delivery_days", STATE)
    assert forgotten.values("delivery_days") == remembered.values("delivery_days") == {"2012-01": 3}


def test_an_accepted_file_replaced_under_its_own_name_was_received_all_the_same() -> None:
    world = two_datasets(known_on="2012-06-11")
    replaced = world.deliver(CM_FP, "2012-01", received="2012-02-03", status="superseded", content="a")
    world.find(replaced, rule="code.unknown", severity="error")
    world.deliver(CM_FP, "2012-01", received="2012-02-20", content="b")
    assert world.make("mart.delivery_days").values("delivery_days") == {"2012-01": 3}


# -- rejected rows and versions -----------------------------------------------------------------------


def test_the_reject_rate_is_that_of_the_version_in_force_or_else_the_latest(made: Made) -> None:
    by_service = {service: list(fractions(made, "delivery_reject_rate", "service", service).values()) for service in ("SFPO", "SEMP")}
    assert by_service == {
        "SFPO": [(1, 10), (0, 10), (8, 8), (3, 12), (0, 4)],
        "SEMP": [(0, 20), (2, 20), (1, 5), (0, 0), (0, 0)],
    }


def test_the_reject_rate_of_all_weighs_by_rows(made: Made) -> None:
    assert fractions(made, "delivery_reject_rate")["2012-01"] == (1, 30)
    assert made.fractions("delivery_reject_rate", "2012-02", "dataset") == {CM_FP: (0, 10), PSET: (2, 20)}


def test_a_version_in_force_speaks_before_a_later_one_that_was_rejected() -> None:
    world = two_datasets(known_on="2012-06-11")
    world.deliver(CM_FP, "2012-01", read=10, rejected=1)
    world.deliver(CM_FP, "2012-01", version=2, read=30, rejected=30, status="rejected")
    made = world.make("mart.delivery_reject_rate", "mart.delivery_versions")
    assert fractions(made, "delivery_reject_rate") == {"2012-01": (1, 10)}
    assert made.values("delivery_versions") == {"2012-01": 1}


def test_an_empty_delivery_has_no_reject_rate() -> None:
    world = two_datasets(known_on="2012-06-11")
    world.deliver(CM_FP, "2012-01")
    assert world.make("mart.delivery_reject_rate").cell("delivery_reject_rate", "2012-01") == (0, 0, None, True, True, "NOT_APPLICABLE")


def test_versions_are_counted_beyond_the_first(made: Made) -> None:
    by_service = {service: list(made.values("delivery_versions", "service", service).values()) for service in ("SFPO", "SEMP")}
    assert by_service == {"SFPO": [0, 0, 1, 1, 0], "SEMP": [0, 1, 0, 0, 0]}
    assert list(made.values("delivery_versions").values()) == [0, 1, 1, 1, 0]
    assert made.counts("delivery_versions", "2012-04", "dataset") == {CM_FP: 1}


def test_other_bytes_under_the_same_name_are_no_further_version() -> None:
    world = two_datasets(known_on="2012-06-11")
    world.deliver(CM_FP, "2012-01", status="superseded", content="a")
    world.deliver(CM_FP, "2012-01", content="b")
    assert world.make("mart.delivery_versions").values("delivery_versions") == {"2012-01": 0}


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_deliveries_of_a_month_are_always_known_completely(made: Made, indicator: str) -> None:
    assert all(cell.complete and cell.mature for cell in made.series(indicator).values())
    assert list(made.series(indicator)) == [f"2012-0{month}" for month in range(1, 6)]


def test_every_received_period_points_at_one_delivery(made: Made) -> None:
    received = made.rows(f"select service, period, delivery_id from {STATE} where versions > 0 and service = 'SEMP' order by period")
    assert received == [
        ("SEMP", day("2012-01"), "pset_places_2012-01_v1"),
        ("SEMP", day("2012-02"), "pset_places_2012-02_v2"),
        ("SEMP", day("2012-03"), "pset_places_2012-03_v1"),
    ]
