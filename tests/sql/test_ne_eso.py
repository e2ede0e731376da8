"""NE-ESO: each criterion by the rule of the day, and the way from the candidacy to the exit from social aid, worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest

from pipelines.orchestration.checks import all_checks, breaking
from tests.sql.world import Made, World, day

NE_ESO = "ne_eso_candidatures"
STEPS = (
    "ne_eso_candidacies",
    "ne_eso_eligible",
    "ne_eso_trials",
    "ne_eso_hired",
    "ne_eso_ineligible",
    "ne_eso_posts",
    "ne_eso_left_social_aid",
)
CRITERIA = ("PRODUCTIVITE", "CHARGE_DE_FAMILLE", "PROBLEMATIQUE", "DETTES", "AGE")
MISSING = "2012-04"


def follow(
    world: World, candidacy_id: str, *, ended: str | None = None, reason: str | None = None, last: str = "9999", **cells: Any
) -> None:
    """A candidacy in every month in force from its day to its end, or to the last month it is in; it meets every criterion."""
    end = {"ended_on": ended, "end_reason": reason} if ended else None
    cells = {"productivity": 75.0, "applied_age": 55} | cells
    world.lasting(NE_ESO, since=cells["applied_on"], until=ended or last, end=end, candidacy_id=candidacy_id, **cells)


# -- criteria ------------------------------------------------------------------------------------------

EARLY, FROM, LATE = "2012-06-30", "2012-07-01", "2012-08-15"  # the day before the rule of age changed, the day, and later
JUDGED: dict[str, tuple[dict[str, Any], set[str]]] = {
    "meets all": ({}, set()),
    "productivity 59.9": ({"productivity": 59.9}, {"PRODUCTIVITE"}),
    "productivity 60": ({"productivity": 60.0}, set()),
    "productivity 90": ({"productivity": 90.0}, set()),
    "productivity 90.1": ({"productivity": 90.1}, {"PRODUCTIVITE"}),
    "dependants": ({"dependants": True}, {"CHARGE_DE_FAMILLE"}),
    "heavy problem": ({"heavy_social_problem": True}, {"PROBLEMATIQUE"}),
    "debt 10'000": ({"debt": Decimal("10000.00")}, set()),
    "debt 10'000.05": ({"debt": Decimal("10000.05")}, {"DETTES"}),
    "49 the day before": ({"applied_on": EARLY, "applied_age": 49}, {"AGE"}),
    "50 the day before": ({"applied_on": EARLY, "applied_age": 50}, set()),
    "66 the day before": ({"applied_on": EARLY, "applied_age": 66}, set()),
    "29 on the day": ({"applied_on": FROM, "applied_age": 29}, {"AGE"}),
    "30 on the day": ({"applied_on": FROM, "applied_age": 30}, set()),
    "49 on the day": ({"applied_on": FROM, "applied_age": 49}, set()),
    "65 on the day": ({"applied_on": FROM, "applied_age": 65}, set()),
    "66 on the day": ({"applied_on": FROM, "applied_age": 66}, {"AGE"}),
    "29 later": ({"applied_on": LATE, "applied_age": 29}, {"AGE"}),
    "65 later": ({"applied_on": LATE, "applied_age": 65}, set()),
    "50 before the pilot": ({"applied_on": "2011-12-20", "applied_age": 50}, set()),
    "49 before the pilot": ({"applied_on": "2011-12-20", "applied_age": 49}, {"AGE"}),
    "everything": (
        {"productivity": 0.0, "dependants": True, "heavy_social_problem": True, "debt": Decimal(50000), "applied_age": 20},
        set(CRITERIA),
    ),
}
BOUNDS = "productivity_from, productivity_to, debt_to, age_from, age_to"
COLUMNS = ("meets_productivity", "meets_dependants", "meets_social_problem", "meets_debt", "meets_age")


@pytest.fixture(scope="module")
def judged() -> Made:
    """One candidacy for every case above, and one whose age is not known."""
    world = World()
    world.deliver_months(NE_ESO, "2012-08", "2012-09")
    for name, (cells, _) in JUDGED.items():
        follow(world, name, **({"applied_on": LATE} | cells))
    follow(world, "no age", applied_on=LATE, applied_age=None)
    return world.make("mart.ne_eso_eligible", "mart.ne_eso_ineligible", "mart.ne_eso_candidacies")


@pytest.mark.parametrize("name", JUDGED)
def test_a_candidacy_is_judged_by_the_rule_of_its_day(judged: Made, name: str) -> None:
    quoted = name.replace("'", "''")
    *met, eligible = judged.rows(f"select {', '.join(COLUMNS)}, eligible from core.ne_eso_candidacy where candidacy_id = '{quoted}'")[0]
    assert {criterion for criterion, meets in zip(CRITERIA, met, strict=True) if not meets} == JUDGED[name][1]
    assert eligible is not bool(JUDGED[name][1])


def test_the_rule_in_force_that_day_stands_beside_the_candidacy(judged: Made) -> None:
    told = judged.rows(f"select distinct applied_on::varchar, {BOUNDS} from core.ne_eso_candidacy order by applied_on")
    first, second = (60, 90, 10000, 50, None), (60, 90, 10000, 30, 65)
    assert told == [("2011-12-20", *first), (EARLY, *first), (FROM, *second), (LATE, *second)]


def test_every_bound_may_change_on_a_day_and_one_that_is_lifted_is_none() -> None:
    world = World()
    world.deliver(NE_ESO, "2012-09")
    for valid_from, bounds in (("2012-01-01", (60, 90, 500, 30, 40)), ("2012-07-01", (50, 80, 300, 20, None))):
        for name, value in zip(("productivity_from", "productivity_to", "debt_to", "age_from", "age_to"), bounds, strict=True):
            world.give("core.parameter", parameter=f"ne_eso_{name}", valid_from=day(valid_from), value=value)
    for applied_on in (EARLY, FROM):
        follow(world, applied_on, applied_on=applied_on)
    assert world.make("core.ne_eso_candidacy").rows(
        f"select candidacy_id, {BOUNDS}, meets_age from core.ne_eso_candidacy order by all"
    ) == [
        (EARLY, 60, 90, 500, 30, 40, False),
        (FROM, 50, 80, 300, 20, None, True),
    ]


def test_a_candidacy_whose_age_is_not_known_is_neither_eligible_nor_ineligible(judged: Made) -> None:
    assert judged.rows("select meets_age, eligible from core.ne_eso_candidacy where candidacy_id = 'no age'") == [(None, None)]
    counts = {name: judged.cell(f"ne_eso_{name}", "2012-08").value for name in ("candidacies", "eligible", "ineligible")}
    failing = sum(bool(failed) for _, failed in JUDGED.values())
    assert counts == {"candidacies": len(JUDGED) + 1, "eligible": len(JUDGED) - failing, "ineligible": failing}


def test_a_candidacy_counts_under_each_criterion_it_fails_and_once_in_the_total(judged: Made) -> None:
    by_criterion = judged.counts("ne_eso_ineligible", "2012-08", "criterion")
    assert by_criterion == {criterion: sum(criterion in failed for _, failed in JUDGED.values()) for criterion in CRITERIA}
    assert sum(by_criterion.values()) > judged.cell("ne_eso_ineligible", "2012-08").value


def test_criteria_that_overlap_do_not_break_the_check_of_breakdowns() -> None:
    world = World()
    world.deliver_months(NE_ESO, "2012-01", "2012-02")
    follow(world, "A", applied_on="2012-01-05", dependants=True, heavy_social_problem=True)
    made = world.make()
    check = next(check for check in all_checks() if check.name == "ventilations_completes")
    assert made.counts("ne_eso_ineligible", "2012-01", "criterion") == {"CHARGE_DE_FAMILLE": 1, "PROBLEMATIQUE": 1}
    assert not breaking(made.con, check)


# -- steps ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> Made:
    """Six months, of which April never came."""
    world = World()
    world.deliver_months(NE_ESO, "2012-01", "2012-06", but=[MISSING])
    # Every step on the last day of a month.
    steps = {"trial_started_on": "2012-02-29", "trial_ended_on": "2012-03-15", "hired_on": "2012-03-31", "contract": "CDI"}
    gone = {"left_social_aid_on": "2012-05-31", "exit_extent": "TOTALE"}
    follow(world, "A", applied_on="2012-01-31", enterprise="Alfaset", activity="Archivage", **steps, **gone)
    follow(world, "B", applied_on="2012-01-02", productivity=50.0, applied_age=45, ended="2012-01-31", reason="NON_ELIGIBLE")
    # Of the trial only the end was told; the contract ends on the last day of a month.
    steps = {"trial_ended_on": "2012-03-31", "hired_on": "2012-05-01", "contract": "CDD", "enterprise": "Espace des Solidarités"}
    gone = {"left_social_aid_on": "2012-06-15", "exit_extent": "PARTIELLE"}
    follow(world, "C", applied_on="2012-02-01", ended="2012-06-30", reason="FIN_CONTRAT", **steps, **gone)
    # Last seen in May, with a contract.
    steps = {"trial_started_on": "2012-05-02", "hired_on": "2012-05-10", "contract": "CDI", "enterprise": "Alfaset"}
    follow(world, "D", applied_on="2012-03-15", last="2012-05", activity="Maintenance", **steps)
    follow(world, "E", applied_on="2012-05-31", dependants=True, debt=Decimal(20000))
    # What is held does not count.
    world.deliver(NE_ESO, "2012-07", status="held")
    world.row(f"{NE_ESO}_2012-07_v1", candidacy_id="A", applied_on="2012-01-31", applied_age=20)
    return world.make(*(f"mart.{indicator}" for indicator in STEPS))


STORY = """
        candidacies eligible trials hired ineligible posts left_social_aid
2012-01           2        1      0     0          1     0               0
2012-02           3        2      1     0          1     0               0
2012-03           4        3      2     1          1     1               0
2012-05           5        3      3     3          2     3               1
2012-06           5        3      3     3          2     1               2
"""
HEAD, *LINES = [line.split() for line in STORY.strip().splitlines()]


@pytest.mark.parametrize("indicator", STEPS)
def test_steps_and_posts_are_those_worked_out_by_hand(made: Made, indicator: str) -> None:
    at = HEAD.index(indicator.removeprefix("ne_eso_")) + 1
    assert made.values(indicator) == {line[0]: float(line[at]) for line in LINES} | {MISSING: None}


@pytest.mark.parametrize("indicator", STEPS)
def test_a_month_that_never_came_is_empty_and_says_so(made: Made, indicator: str) -> None:
    gap = made.cell(indicator, MISSING)
    assert (gap.value, gap.complete, gap.reason) == (None, False, "NOT_RECEIVED")
    incomplete = [month for month, cell in made.series(indicator).items() if not cell.complete]
    assert incomplete == ([MISSING] if indicator == "ne_eso_posts" else [MISSING, "2012-05", "2012-06"])


def test_posts_are_told_by_enterprise_and_activity(made: Made) -> None:
    assert made.counts("ne_eso_posts", "2012-05", "enterprise") == {"Alfaset": 2, "Espace des Solidarités": 1}
    assert made.counts("ne_eso_posts", "2012-05", "activity") == {"Archivage": 1, "Maintenance": 1, "NON_RENSEIGNE": 1}
    assert made.counts("ne_eso_posts", "2012-06", "enterprise") == {"Alfaset": 1}


def test_exits_from_social_aid_are_told_by_extent_and_activity(made: Made) -> None:
    assert made.counts("ne_eso_left_social_aid", "2012-06", "exit_extent") == {"TOTALE": 1, "PARTIELLE": 1}
    assert made.counts("ne_eso_left_social_aid", "2012-06", "activity") == {"Archivage": 1, "NON_RENSEIGNE": 1}
    assert made.members("ne_eso_left_social_aid", "2012-01", "exit_extent")["PARTIELLE"].value == 0


def test_what_failed_is_told_by_criterion(made: Made) -> None:
    assert made.counts("ne_eso_ineligible", "2012-03", "criterion") == {"PRODUCTIVITE": 1, "AGE": 1}
    assert made.counts("ne_eso_ineligible", "2012-05", "criterion") == {"PRODUCTIVITE": 1, "AGE": 1, "CHARGE_DE_FAMILLE": 1, "DETTES": 1}


def test_a_candidacy_is_known_by_its_row_of_the_latest_month_in_force(made: Made) -> None:
    row = "candidacy_id, last_seen::varchar, vanished_on::varchar, delivery_id, line"
    assert made.rows(f"select {row} from core.ne_eso_candidacy order by candidacy_id") == [
        ("A", "2012-06-01", None, f"{NE_ESO}_2012-06_v1", 2),
        ("B", "2012-01-01", None, f"{NE_ESO}_2012-01_v1", 3),
        ("C", "2012-06-01", None, f"{NE_ESO}_2012-06_v1", 3),
        ("D", "2012-05-01", "2012-05-31", f"{NE_ESO}_2012-05_v1", 4),
        ("E", "2012-06-01", None, f"{NE_ESO}_2012-06_v1", 4),
    ]
