"""Young people between the services: where they are, where they go, how long they are away, every figure worked out by hand."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sql.paths import incomplete, link, mature, sent, supported
from tests.sql.world import Made, World, months

STATE, GAP, TRANSITION = "youth_state", "youth_gap_months", "youth_transition"
TABLES = tuple(f"mart.{indicator}" for indicator in (STATE, GAP, TRANSITION))
ALL = ("SEMP", "SASO", "OAI", "SFPO", "SMIG")
AC, DE, AS, FO = "AC_INDEMNITE", "DE_SANS_INDEMNITE", "AIDE_SOCIALE", "FORMATION"
YOUNG = {"birth_year": 1990}


def states(made: Made, month: str) -> dict[str, float | None]:
    return made.counts(STATE, month, "state")


def moves(made: Made, period: str) -> dict[str, float | None]:
    return made.counts(TRANSITION, period, "from_to")


@pytest.fixture(scope="module")
def made() -> Made:
    world = sent("2010-01", "2016-12", *ALL)
    # An interruption of two months, between two services.
    supported(world, "A", FO, "2013-01", "2013-06", **YOUNG)
    supported(world, "A", AS, "2013-09", "2014-03", **YOUNG)
    # Two services at once, the one with two of its benefits; the other ends first.
    supported(world, "B", AC, "2013-02", "2013-05", **YOUNG)
    supported(world, "B", DE, "2013-02", "2013-05", **YOUNG)
    supported(world, "B", "FORFAIT_INTEGRATION", "2013-02", "2013-03", **YOUNG)
    # An interruption of one month, ended by two services at once.
    supported(world, "B", "AI_MESURE", "2013-07", "2013-07", **YOUNG)
    supported(world, "B", FO, "2013-07", "2013-12", **YOUNG)
    return world.make(*TABLES)


def test_young_persons_count_by_the_services_of_the_month(made: Made) -> None:
    assert states(made, "2013-01") == {"SFPO": 1}
    assert states(made, "2013-02") == {"SFPO": 1, "SEMP+SMIG": 1}
    assert states(made, "2013-05") == {"SFPO": 1, "SEMP": 1}
    assert states(made, "2013-06") == {"SFPO": 1, "GAP": 1}
    assert states(made, "2013-07") == {"GAP": 1, "OAI+SFPO": 1}
    assert states(made, "2013-09") == {"SASO": 1, "SFPO": 1}
    # Without a support to come there is no gap.
    assert states(made, "2014-01") == {"SASO": 1}
    assert states(made, "2014-04") == states(made, "2012-12") == {}
    assert made.cell(STATE, "2013-07") == (2, None, 2, True, True, None)


def test_the_states_are_those_seen(made: Made) -> None:
    assert set(made.members(STATE, "2010-01", "state")) == {"SFPO", "SASO", "SEMP", "SEMP+SMIG", "OAI+SFPO", "GAP"}
    assert {by for (by,) in made.rows(f"select distinct dimension from mart.{STATE}")} == {"total", "state"}


@pytest.mark.parametrize(
    ("back", "first", "last"),
    [
        # 24 months without: each has a support in the 24 before and in the 24 after.
        ("2014-02", "2012-02", "2014-01"),
        ("2014-03", "2012-03", "2014-01"),
        ("2016-01", "2014-01", "2014-01"),
        ("2016-02", None, None),
    ],
)
def test_a_gap_is_a_month_with_a_support_in_the_24_before_and_one_in_the_24_after(back: str, first: str | None, last: str | None) -> None:
    world = sent("2010-01", "2016-12", *ALL)
    supported(world, "A", AS, "2012-01", "2012-01", **YOUNG)
    supported(world, "A", FO, back, back, **YOUNG)
    made = world.make(f"mart.{STATE}", f"mart.{GAP}")
    gaps = [month for month, value in made.values(STATE, "state", "GAP").items() if value]
    assert gaps == (months(first, last) if first and last else [])
    # Only an interruption of 24 months at most has a length.
    assert {m: v for m, v in made.values(GAP).items() if v is not None} == ({"2014-02": 24} if back == "2014-02" else {})


@pytest.mark.parametrize(
    ("birth", "counted", "gap"),
    [
        # 17 until April 2013, 18 from May; 17 in the whole gap and 18 after it; 34 until April and 35 from May; 35 in the gap's second month.
        ((1995, 5), ["2013-05", "2013-06"], ["2013-05"]),
        ((1995, 6), ["2013-06"], []),
        ((1978, 5), ["2013-01", "2013-02", "2013-03", "2013-04"], ["2013-04"]),
        ((1978, 4), ["2013-01", "2013-02", "2013-03"], []),
    ],
)
def test_the_age_is_that_at_the_end_of_each_month(birth: tuple[int, int], counted: list[str], gap: list[str]) -> None:
    world = sent("2011-01", "2015-12", *ALL)
    born = {"birth_year": birth[0], "birth_month": birth[1]}
    supported(world, "A", AS, "2013-01", "2013-03", **born)
    supported(world, "A", AS, "2013-06", "2013-06", **born)
    made = world.make(f"mart.{STATE}", f"mart.{GAP}")
    assert [month for month, value in made.values(STATE).items() if value] == counted
    assert [month for month, value in made.values(STATE, "state", "GAP").items() if value] == gap
    # The length counts by the age in the month of the return.
    assert made.cell(GAP, "2013-06")[:3] == ((None, 1, 2) if birth[0] == 1995 else (None, 0, None))


def test_the_length_of_gaps_is_the_mean_of_those_that_ended_in_the_month() -> None:
    world = sent("2010-01", "2014-12", *ALL)
    supported(world, "A", FO, "2013-01", "2013-06", **YOUNG)
    supported(world, "A", AS, "2013-09", "2014-03", **YOUNG)
    # Five months, after two services; the first of the three ended before.
    for benefit, last in ((DE, "2013-01"), (AS, "2013-03"), ("AI_RENTE", "2013-03")):
        supported(world, "B", benefit, "2013-01", last, **YOUNG)
    supported(world, "B", FO, "2013-09", "2013-09", **YOUNG)
    supported(world, "B", AS, "2013-09", "2013-09", **YOUNG)
    # A second gap of the same person, of one month.
    supported(world, "B", FO, "2013-11", "2013-11", **YOUNG)
    made = world.make(f"mart.{GAP}")
    assert made.cell(GAP, "2013-09") == (None, 2, 3.5, True, True, None)
    assert made.cell(GAP, "2013-11") == (None, 1, 1, True, True, None)
    assert made.cell(GAP, "2013-10") == (None, 0, None, True, True, "NOT_APPLICABLE")
    assert {m: c[1:3] for m, c in made.members(GAP, "2013-09", "service_before").items() if c.value} == {"SFPO": (1, 2), "OAI+SASO": (1, 5)}
    assert {m: c[1:3] for m, c in made.members(GAP, "2013-09", "service_after").items() if c.value} == {"SASO": (1, 2), "SASO+SFPO": (1, 5)}
    assert {m: c[1:3] for m, c in made.members(GAP, "2013-11", "service_before").items() if c.value} == {"SASO+SFPO": (1, 1)}
    assert set(made.members(GAP, "2013-11", "service_after")) == {"SASO", "SASO+SFPO", "SFPO"}
    # The mean of a year is that of its three gaps, not of its two months.
    assert made.cell(GAP, "2013") == (None, 3, (2 + 5 + 1) / 3, True, True, None)


def test_months_lead_from_state_to_state(made: Made) -> None:
    assert moves(made, "2013-01") == {"NONE>SFPO": 1}
    assert moves(made, "2013-02") == {"SFPO>SFPO": 1, "NONE>SEMP+SMIG": 1}
    assert moves(made, "2013-04") == {"SFPO>SFPO": 1, "SEMP+SMIG>SEMP": 1}
    assert moves(made, "2013-07") == {"SFPO>GAP": 1, "GAP>OAI+SFPO": 1}
    assert moves(made, "2013-08") == {"GAP>GAP": 1, "OAI+SFPO>SFPO": 1}
    assert moves(made, "2013-09") == {"GAP>SASO": 1, "SFPO>SFPO": 1}
    assert moves(made, "2014-01") == {"SFPO>NONE": 1, "SASO>SASO": 1}
    assert made.cell(TRANSITION, "2014-01")[:3] == (2, None, 2)


def test_decembers_lead_from_state_to_state(made: Made) -> None:
    assert moves(made, "2013") == {"NONE>SASO": 1, "NONE>SFPO": 1}
    assert moves(made, "2014") == {"SASO>NONE": 1, "SFPO>NONE": 1}
    assert made.series(TRANSITION, grain="year")["2014"].value == 2
    assert {grain for (grain,) in made.rows(f"select distinct grain from mart.{TRANSITION}")} == {"month", "year"}


@pytest.mark.parametrize(
    ("birth", "month", "year"),
    [
        # 18 in the December before, or in the month before; 34 in the later one.
        ((1994, 12), {"2012-12": 0, "2013-01": 1, "2013-12": 1}, {"2012": 0, "2013": 1}),
        ((1995, 1), {"2012-12": 0, "2013-01": 0, "2013-02": 1, "2013-12": 1}, {"2012": 0, "2013": 0}),
        ((1979, 1), {"2013-11": 1, "2013-12": 1, "2014-01": 0}, {"2012": 1, "2013": 1, "2014": 0}),
        ((1978, 12), {"2013-11": 1, "2013-12": 0}, {"2012": 1, "2013": 0}),
    ],
)
def test_who_moves_is_18_to_34_at_both_ends(birth: tuple[int, int], month: dict[str, int], year: dict[str, int]) -> None:
    world = sent("2010-01", "2016-12", *ALL)
    supported(world, "A", AS, "2010-01", birth_year=birth[0], birth_month=birth[1])
    made = world.make(f"mart.{TRANSITION}")
    values = made.values(TRANSITION, "from_to", "SASO>SASO")
    assert {period: values[period] for period in month} == month
    assert {period: made.series(TRANSITION, "from_to", "SASO>SASO", "year")[period].value for period in year} == year
    assert {member for (member,) in made.rows(f"select distinct member from mart.{TRANSITION} where value > 0 and mature")} == {
        "total",
        "SASO>SASO",
    }


def test_states_are_final_between_24_months_and_24_months_gaps_after_25(made: Made) -> None:
    assert mature(made, STATE) == mature(made, STATE, "state", "GAP") == ("2012-01", "2014-12")
    assert mature(made, GAP) == mature(made, GAP, "service_before", "SEMP") == ("2012-02", "2016-12")
    # A gap of the month before is known 25 months after the first; that of the December before 2012 not.
    assert mature(made, TRANSITION) == mature(made, TRANSITION, "from_to", "SFPO>GAP") == ("2012-02", "2014-12")
    assert mature(made, TRANSITION, grain="year") == ("2013", "2014")


@pytest.mark.parametrize(
    ("first", "last", "final"), [("2009-12", "2014-12", ("2012", "2012")), ("2010-01", "2014-12", None), ("2009-12", "2014-11", None)]
)
def test_a_year_is_final_25_months_after_the_first_and_24_before_the_last(first: str, last: str, final: tuple[str, str] | None) -> None:
    assert mature(sent(first, last, *ALL).make(f"mart.{TRANSITION}"), TRANSITION, grain="year") == final


def test_what_is_final_follows_the_service_that_sends_the_fewest_months() -> None:
    world = sent("2010-01", "2016-12", "SEMP", "SASO", "SMIG")
    world.deliver_months("prestations", "2010-06", "2016-12", service="OAI")
    world.deliver_months("prestations", "2010-01", "2016-06", service="SFPO")
    supported(world, "A", AS, "2012-01", "2012-01", **YOUNG)
    supported(world, "A", FO, "2012-03", "2012-03", **YOUNG)
    made = world.make(*TABLES)
    assert mature(made, STATE) == ("2012-06", "2014-06")
    assert mature(made, GAP) == ("2012-07", "2016-06")
    assert mature(made, TRANSITION) == ("2012-07", "2014-06")
    # Without the two of them nothing is lost but what they say.
    link(world, "SEMP", "SASO", "SMIG")
    made = world.make(*TABLES)
    assert mature(made, STATE) == ("2012-01", "2014-12")
    assert mature(made, GAP) == ("2012-02", "2016-12")
    assert mature(made, TRANSITION) == ("2012-02", "2014-12")
    assert states(made, "2012-01") == {"SASO": 1} and states(made, "2012-02") == states(made, "2012-03") == {}
    assert moves(made, "2012-02") == {"SASO>NONE": 1}
    assert made.cell(GAP, "2012-03")[:3] == (None, 0, None)
    link(world, "SFPO")
    made = world.make(*TABLES)
    for indicator in (STATE, GAP, TRANSITION):
        assert {(cell[:3], cell.reason) for cell in made.series(indicator).values()} == {((None, None, None), "NOT_LINKED")}


def test_without_the_oai_and_the_sfpo_the_others_count() -> None:
    world = sent("2010-01", "2016-12", "SEMP", "SASO")
    supported(world, "A", AS, "2012-01", "2012-01", **YOUNG)
    supported(world, "A", AC, "2012-03", "2012-03", **YOUNG)
    made = world.make(*TABLES)
    assert states(made, "2012-02") == {"GAP": 1}
    assert made.cell(GAP, "2012-03").value == 1
    assert moves(made, "2012-03") == {"GAP>SEMP": 1}


@pytest.fixture(scope="module")
def lacking() -> Made:
    """July 2013 of the SASO never came, nor did anybody's July 2015."""
    world = World()
    for service in ALL:
        but = ["2013-07", "2015-07"] if service == "SASO" else ["2015-07"]
        world.deliver_months("prestations", "2009-01", "2017-12", service=service, but=but)
    supported(world, "A", AS, "2012-01", **YOUNG)
    return world.make(*TABLES)


def test_what_lacks_leaves_incomplete_all_that_reads_it_before_and_after(lacking: Made) -> None:
    assert months("2011-07", "2017-07") == [month for month in incomplete(lacking, STATE) if month >= "2011-01"]
    assert months("2013-07", "2017-08") == [month for month in incomplete(lacking, GAP) if month >= "2011-02"]
    assert months("2011-07", "2017-08") == [month for month in incomplete(lacking, TRANSITION) if month >= "2011-02"]


@pytest.mark.parametrize("indicator", [STATE, GAP, TRANSITION])
def test_a_month_that_nobody_sent_is_not_received_whatever_came_after(lacking: Made, indicator: str) -> None:
    cell = lacking.cell(indicator, "2015-07")
    assert (cell.value, cell.complete, cell.reason) == (None, False, "NOT_RECEIVED")
    assert lacking.cell(indicator, "2013-07").reason == ("NOT_APPLICABLE" if indicator == GAP else None)


def test_a_year_whose_december_has_not_come_is_not_received() -> None:
    world = sent("2010-01", "2016-11", *ALL)
    supported(world, "A", AS, "2012-01", **YOUNG)
    cells = world.make(f"mart.{TRANSITION}").series(TRANSITION, grain="year")
    assert cells["2016"] == (None, None, None, False, False, "NOT_RECEIVED")
    assert cells["2015"].value == 1


def random_paths(seed: int) -> World:
    """Ten persons, some of them about to turn 18 or 35."""
    chance = random.Random(seed)
    world = sent("2012-01", "2014-06", *ALL)
    for number in range(10):
        born = {"birth_year": chance.choice([1977, 1978, 1979, 1990, 1994, 1995, 1996]), "birth_month": chance.randint(1, 12)}
        for benefit in (AC, AS, FO, "FORFAIT_INTEGRATION"):
            for year in (2012, 2013):
                if chance.random() < 0.5:
                    first = chance.randint(1, 12)
                    supported(world, str(number), benefit, f"{year}-{first:02}", f"{year}-{chance.randint(first, 12):02}", **born)
    return world


@settings(max_examples=5, deadline=None)
@given(st.integers(min_value=0, max_value=10**6))
def test_the_persons_who_leave_a_state_are_those_who_were_in_it(seed: int) -> None:
    made = random_paths(seed).make(*TABLES)
    born = {person: 12 * born.year + born.month for person, born in made.rows("select person_id, born_in from core.person")}
    known = {
        (person, 12 * period.year + period.month): state
        for person, period, state in made.rows("select person_id, period, youth_state from core.youth_month")
    }
    assert len(known) == sum(value or 0 for value in made.values(STATE).values())
    for grain, step, ends in (("month", 1, range(12 * 2012 + 2, 12 * 2014 + 7)), ("year", 12, (12 * 2013 + 12,))):
        for end in ends:
            year, month = (end - 1) // 12, (end - 1) % 12 + 1
            period = f"{year}" if grain == "year" else f"{year}-{month:02}"
            both = [person for person, birth in born.items() if all(18 <= (at - birth) // 12 <= 34 for at in (end - step, end))]
            leaving, coming = Counter[str](), Counter[str]()
            for member, value in moves(made, period).items():
                before, now = member.split(">")
                leaving[before] += int(value or 0)
                coming[now] += int(value or 0)
            leaving.pop("NONE", None)
            coming.pop("NONE", None)
            assert leaving == Counter(known[person, end - step] for person in both if (person, end - step) in known)
            assert coming == Counter(known[person, end] for person in both if (person, end) in known)


def test_nobody_with_a_service_that_has_not_sent_the_month_is_unknown_and_no_zero() -> None:
    world = sent("2010-01", "2012-12", *(service for service in ALL if service != "OAI"))
    world.deliver_months("prestations", "2011-01", "2012-12", service="OAI")
    supported(world, "A", AS, "2010-01", "2012-12", **YOUNG)
    supported(world, "B", "AI_MESURE", "2011-02", "2011-04", **YOUNG)
    made = world.make(*TABLES)
    before, after = (made.members(STATE, month, "state") for month in ("2010-12", "2011-01"))
    assert (before["OAI"].value, before["OAI"].reason) == (None, "NOT_RECEIVED") and before["SASO"].value == 1
    assert after["OAI"].value == 0 and after["SASO"].value == 1
