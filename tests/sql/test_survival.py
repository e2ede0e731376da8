"""How long episodes last by year of entry, where some are still going on: every share worked out by hand."""

import itertools
import random
from fractions import Fraction

import pytest

from tests.sql.paths import sent, supported
from tests.sql.world import Made, World, months

TABLE = "mart.system_survival"
AC = "AC_INDEMNITE"


def curve(made: Made, cohort: str, system: str = "AC") -> list[tuple[int, int, float | None, bool]]:
    """At risk, exits, retention and mature by month from 0."""
    rows = made.rows(f"""select months, at_risk, exits, retention, mature from {TABLE}
        where cohort = '{cohort}' and system = '{system}' order by months""")
    assert [month for month, *_ in rows] == list(range(len(rows)))
    return [tuple(row) for _, *row in rows]


def until(since: str, lasting: int) -> str:
    """The month that is so many after another."""
    number = int(since[:4]) * 12 + int(since[5:]) - 1 + lasting
    return f"{number // 12}-{number % 12 + 1:02}"


@pytest.fixture(scope="module")
def made() -> Made:
    """Two years: the last month of which it is known whether somebody leaves in it is October 2014."""
    world = sent("2013-01", "2014-12")
    # Entered in January 2014: left in the first month, in the third (two), and after it still there.
    supported(world, "A", AC, "2014-01", "2014-01")
    supported(world, "B", AC, "2014-01", "2014-03")
    supported(world, "C", AC, "2014-01", "2014-03")
    supported(world, "D", AC, "2014-01")
    # Entered in July: left in the third month; still there in the last month.
    supported(world, "E", AC, "2014-07", "2014-09")
    supported(world, "F", AC, "2014-07")
    # Entered in October, there in November: whether the episode ends in its second month is not known.
    supported(world, "G", AC, "2014-10", "2014-11")
    # Entered in the last month but one.
    supported(world, "H", AC, "2014-11")
    # 17 and 65 at the entry; before which too little is known.
    supported(world, "I", AC, "2014-01", birth_year=1996, birth_month=2)
    supported(world, "J", AC, "2014-01", birth_year=1949, birth_month=1)
    supported(world, "K", AC, "2013-02")
    # All have left.
    supported(world, "L", "AIDE_SOCIALE", "2013-03", "2013-04")
    supported(world, "M", "AIDE_SOCIALE", "2013-04", "2013-06")
    return world.make(TABLE)


def test_who_may_go_on_after_the_data_is_at_risk_as_long_as_it_is_known(made: Made) -> None:
    # Months lasted: A 0, B 2, C 2, D 11 and on, E 2, F 5 and on, G 1 and perhaps on, H 1 and on.
    rows = curve(made, "2014")
    assert [row[0] for row in rows] == [8, 5, 5, 2, 2, 1, 1, 1, 1, 1, 1, 0]
    assert [row[1] for row in rows] == [1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]


def test_retention_is_that_worked_out_by_hand(made: Made) -> None:
    # 1 of 8 leaves in the first month; 3 of the 5 that are watched in their third.
    share = 7 / 8 * 2 / 5
    assert [row[2] for row in curve(made, "2014")] == pytest.approx([1, 7 / 8, 7 / 8, *[share] * 9])


def test_a_curve_goes_as_far_as_the_first_of_its_entries_could_be_watched(made: Made) -> None:
    assert len(curve(made, "2014")) == 12
    assert len(curve(made, "2013", "AS")) == 24


def test_nobody_left_at_risk_is_an_unknown_share_and_all_left_is_none() -> None:
    world = sent("2013-01", "2014-12")
    # Entered in July 2014 and still there: nothing is known after five months.
    supported(world, "A", AC, "2014-07")
    supported(world, "B", AC, "2014-07", "2014-07")
    supported(world, "C", "AIDE_SOCIALE", "2014-01", "2014-02")
    made = world.make(TABLE)
    assert [row[2] for row in curve(made, "2014")] == [1, *[0.5] * 5, *[None] * 6]
    assert [row[2] for row in curve(made, "2014", "AS")] == [1, 1, *[0] * 10]
    assert [row[0] for row in curve(made, "2014", "AS")] == [1, 1, *[0] * 10]


def test_a_cohort_has_a_curve_of_sixty_months_at_most_and_none_where_nobody_entered() -> None:
    world = sent("2009-01", "2015-12")
    supported(world, "A", AC, "2010-05")
    made = world.make(TABLE)
    assert len(curve(made, "2010")) == 61
    assert made.rows(f"select distinct system, cohort from {TABLE}") == [("AC", "2010")]


@pytest.mark.parametrize(("last", "expected"), [("2014-12", 11), ("2014-02", 1), ("2014-01", 0), ("2013-12", None)])
def test_a_share_is_final_where_december_s_entries_have_been_watched_so_long(last: str, expected: int | None) -> None:
    # In month k a December entry must be seen, and the month after, which may bridge an interruption.
    world = sent("2012-11", last)
    supported(world, "A", AC, "2013-03", "2013-05")
    final = [month for month, row in enumerate(curve(world.make(TABLE), "2013")) if row[3]]
    assert final == ([] if expected is None else list(range(expected + 1)))


@pytest.mark.parametrize(("first", "final"), [("2012-11", True), ("2012-12", False)])
def test_a_year_whose_first_entries_are_not_known_is_never_final(first: str, final: bool) -> None:
    world = sent(first, "2014-12")
    supported(world, "A", AC, "2013-03", "2013-05")
    assert curve(world.make(TABLE), "2013")[0] == (1, 0, 1, final)


def test_the_months_of_the_service_that_sends_a_system_decide_what_is_final() -> None:
    world = World()
    world.deliver_months("prestations", "2012-01", "2014-12", service="SEMP")
    world.deliver_months("prestations", "2012-11", "2014-06", service="OAI")
    supported(world, "A", AC, "2013-03", "2013-05")
    supported(world, "B", "AI_RENTE", "2013-03", "2013-05")
    made = world.make(TABLE)
    assert sum(row[3] for row in curve(made, "2013")) == 12
    assert sum(row[3] for row in curve(made, "2013", "AI")) == 6
    assert (len(curve(made, "2013")), len(curve(made, "2013", "AI"))) == (24, 18)


def random_world(seed: int) -> tuple[World, dict[str, list[int]]]:
    """Invented episodes that have all ended, and how many months each lasted, by month of entry."""
    chance = random.Random(seed)
    world = sent("2012-11", "2016-12")
    lasted: dict[str, list[int]] = {}
    for number in range(chance.randint(5, 40)):
        since, lasting = chance.choice(months("2013-01", "2013-12")), chance.choice([0, 1, 5, 10, 11, 12, 13, 23, 24, 25, 30])
        supported(world, str(number), AC, since, until(since, lasting))
        lasted.setdefault(since, []).append(lasting)
    return world, lasted


@pytest.mark.parametrize("seed", range(4))
def test_of_a_year_wholly_watched_retention_is_the_simple_share_and_that_of_the_indicators(seed: int) -> None:
    world, by_month = random_world(seed)
    made = world.make(TABLE, "mart.system_retention_12", "mart.system_retention_24")
    lasted = list(itertools.chain(*by_month.values()))
    rows = curve(made, "2013")
    for month in range(35):
        assert rows[month][0] == sum(lasting >= month for lasting in lasted)
        assert rows[month][2] == pytest.approx(float(Fraction(sum(lasting >= month for lasting in lasted), len(lasted))))
        assert rows[month][3]
    for after in (12, 24):
        cells = [made.cell(f"system_retention_{after}", until(month, after), "system", "AC") for month in months("2013-01", "2013-12")]
        assert sum(cell.denominator or 0 for cell in cells) == len(lasted)
        assert rows[after][2] == pytest.approx(sum(cell.numerator or 0 for cell in cells) / len(lasted))


def test_the_order_of_rows_changes_nothing() -> None:
    made = [random_world(9)[0].make(TABLE, shuffled=seed).rows(f"from {TABLE} order by all") for seed in (None, 1, 2)]
    assert made[0] == made[1] == made[2]
