"""How a CM-FP file is known over time: vanishing, coming back, corrected, handed to somebody else, and what is said of it."""

import random
from collections import Counter

import pytest

from pipelines.contracts.registry import EXPORTS
from tests.sql.world import CM_FP, Made, World, months

STATES = ("cm_fp_announced", "cm_fp_open", "cm_fp_closed", "cm_fp_vanished")


def states(made: Made, month: str) -> tuple[float | None, ...]:
    """Announced, open, closed, vanished."""
    return tuple(made.values(indicator)[month] for indicator in STATES)


# -- vanished and back -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def restless() -> Made:
    """Five months in which files vanish, come back and change hands."""
    world = World()
    world.deliver_months(CM_FP, "2010-01", "2010-05")
    world.case("vanished", announced="2010-01-04", last="2010-02")
    world.case("back", announced="2010-01-05", closed="2010-03-10", outcome="CFC", but=["2010-02"])
    world.case("closed", announced="2010-01-06", closed="2010-02-15", outcome="EMPLOI")
    world.case("open", announced="2010-01-07")
    # Closed in February, open again from April.
    world.case("reopened", announced="2010-01-08", closed="2010-02-20", outcome="SANS_SOLUTION")
    world.case("reopened", announced="2010-01-08", but=["2010-01", "2010-02", "2010-03"])
    # Closed in February, back in April and closed again at once.
    world.case("reclosed", announced="2010-01-09", closed="2010-02-20", outcome="INTERRUPTION")
    world.case_row("cm_fp_dossiers_2010-04_v1", "reclosed", announced="2010-01-09", closed="2010-04-20", outcome="AFP")
    # Another person from March on.
    world.case("handed over", announced="2010-01-10", last="2010-02", person="first")
    world.case("handed over", announced="2010-01-10", but=["2010-01", "2010-02"], person="second", sex="2")
    # What a superseded version said does not count.
    world.deliver(CM_FP, "2010-02", version=2, status="superseded")
    world.case_row("cm_fp_dossiers_2010-02_v2", "open", announced="2010-01-07", closed="2010-02-03", outcome="CFC", person="nobody")
    world.find("cm_fp_dossiers_2010-03_v1", rule="code.unknown", severity="error")
    return world.make("mart.finding", *(f"mart.{indicator}" for indicator in STATES), "mart.cm_fp_exits")


def test_a_vanished_file_is_open_through_its_last_month_and_then_in_no_stock(restless: Made) -> None:
    assert restless.values("cm_fp_vanished") == {"2010-01": 0, "2010-02": 0, "2010-03": 1, "2010-04": 1, "2010-05": 1}
    assert restless.rows("select last_seen::varchar, vanished_on::varchar from core.cm_fp_case where case_id = 'vanished'") == [
        ("2010-02-01", "2010-02-28")
    ]


def test_nothing_vanishes_that_was_closed_came_back_or_is_in_the_latest_month(restless: Made) -> None:
    assert restless.rows("select case_id from core.cm_fp_case where vanished_on is not null") == [("vanished",)]


def test_a_file_that_comes_back_open_is_open_all_along(restless: Made) -> None:
    told = restless.rows("select state from core.cm_fp_case_month where case_id = 'reopened' order by period")
    assert told == [("OPEN",)] * 5


def test_a_file_that_comes_back_closed_again_is_closed_by_its_last_row(restless: Made) -> None:
    told = restless.rows("select state, outcome from core.cm_fp_case_month where case_id = 'reclosed' order by period")
    assert told == [("OPEN", None)] * 3 + [("CLOSED", "AFP")] * 2


def test_every_announced_file_has_one_state_in_every_month(restless: Made) -> None:
    assert [states(restless, f"2010-0{month}") for month in range(1, 6)] == [
        (7, 7, 0, 0),
        (7, 6, 1, 0),
        (7, 4, 2, 1),
        (7, 3, 3, 1),
        (7, 3, 3, 1),
    ]


def test_the_latest_row_says_whose_file_it_is(restless: Made) -> None:
    assert restless.rows("select person_id, sex from core.cm_fp_case where case_id = 'handed over'") == [("second", "2")]


def test_what_compares_months_joins_the_findings_of_the_reading(restless: Made) -> None:
    found = restless.rows("select delivery_id, cell, rule, severity from mart.finding order by rule, delivery_id, cell")
    assert found == [
        ("cm_fp_dossiers_2010-03_v1", None, "code.unknown", "error"),
        ("cm_fp_dossiers_2010-03_v1", "handed over", "history.person_changed", "warning"),
        ("cm_fp_dossiers_2010-04_v1", "reclosed", "history.reopened", "warning"),
        ("cm_fp_dossiers_2010-04_v1", "reopened", "history.reopened", "warning"),
        ("cm_fp_dossiers_2010-02_v1", "vanished", "history.vanished", "warning"),
    ]


def test_findings_are_those_of_the_deliveries_that_the_ledger_holds() -> None:
    world = World()
    world.deliver(CM_FP, "2010-01")
    world.find("cm_fp_dossiers_2010-01_v1", rule="code.unknown", severity="error")
    # Read by another run; this one is limited, or as of a day before it came.
    world.find("cm_fp_dossiers_2010-02_v1", rule="date.format", severity="error")
    # Gone since: the ledger says that it came and counts nothing of it, though the build still holds what was found.
    world.find("cm_fp_dossiers_2010-03_v1", rule="sex.unknown", severity="error")
    world.deliver(CM_FP, "2010-03", status="withdrawn")
    assert world.make("mart.finding").rows("select rule from mart.finding") == [("code.unknown",)]


def test_a_finding_names_its_column_as_the_contract_does(restless: Made) -> None:
    asked = EXPORTS[CM_FP].by_name["case_id"].header
    assert restless.rows("select distinct field, header from mart.finding where rule like 'history.%'") == [("case_id", asked)]
    assert restless.rows("select dataset, count(*) from core.field group by dataset order by dataset") == [
        (name, len(export.fields)) for name, export in sorted(EXPORTS.items())
    ]


def test_a_finding_points_at_the_line_it_speaks_of(restless: Made) -> None:
    astray = restless.rows("""
        select f.cell from mart.finding f
        left join stg.cm_fp_dossiers r on r.delivery_id = f.delivery_id and r.line = f.line and r.case_id = f.cell
        where f.rule like 'history.%' and (r.case_id is null or f.field <> 'case_id' or f.message not like '%.')
    """)
    assert astray == []


@pytest.mark.parametrize("seed", range(4))
def test_states_equal_those_told_in_plain_words_on_random_files(seed: int) -> None:
    chance = random.Random(seed)
    span = months("2010-01", "2011-12")
    came = sorted({span[0], span[-1], *chance.sample(span, 18)})
    world = World()
    world.deliver_months(CM_FP, span[0], span[-1], but=set(span) - set(came))
    expected = {month: Counter[str]() for month in came}
    for number in range(60):
        begin, end = sorted(chance.sample(range(len(span)), 2))
        announced, ending = span[begin], chance.choice(["CLOSED", "VANISHED", "OPEN"])
        seen = [month for month in came if announced <= month and (ending == "OPEN" or month <= span[end])]
        told = min(month for month in came if month >= span[end])
        if not seen:
            continue
        left_out = {month for month in seen[:-1] if chance.random() < 0.2}
        story = {
            "CLOSED": {"closed": f"{span[end]}-15", "told": told, "outcome": "AFP"},
            "VANISHED": {"last": seen[-1]},
            "OPEN": {},
        }
        world.case(f"{number}", announced=f"{announced}-10", but=left_out, **story[ending])
        for month in came:
            if announced <= month:
                over = {"CLOSED": month >= span[end], "VANISHED": month > seen[-1], "OPEN": False}
                expected[month][ending if over[ending] else "OPEN"] += 1
    made = world.make(*(f"mart.{indicator}" for indicator in STATES))
    for month, counted in expected.items():
        assert states(made, month) == (counted.total(), counted["OPEN"], counted["CLOSED"], counted["VANISHED"]), month


# -- corrections, late reports, an empty delivery -----------------------------------------------------


def told_in(world: World) -> Made:
    return world.make(*(f"mart.{indicator}" for indicator in STATES), "mart.cm_fp_entries", "mart.cm_fp_exits")


def test_the_version_in_force_replaces_all_rows_of_the_one_before() -> None:
    world = World()
    first = world.deliver(CM_FP, "2010-01", status="superseded")
    world.case_row(first, "kept", announced="2010-01-04", sex="1")
    world.case_row(first, "left out", announced="2010-01-05", sex="1")
    second = world.deliver(CM_FP, "2010-01", version=2)
    world.case_row(second, "kept", announced="2010-01-04", sex="2")
    made = told_in(world)
    assert states(made, "2010-01") == (1, 1, 0, 0)
    assert made.counts("cm_fp_open", "2010-01", "sex") == {"2": 1}


def test_a_rejected_or_withdrawn_version_counts_for_nothing() -> None:
    world = World()
    world.case_row(world.deliver(CM_FP, "2010-01"), "A", announced="2010-01-04")
    world.case_row(world.deliver(CM_FP, "2010-01", version=2, status="rejected"), "B", announced="2010-01-04")
    world.case_row(world.deliver(CM_FP, "2010-02", status="withdrawn"), "C", announced="2010-01-04")
    assert told_in(world).values("cm_fp_announced") == {"2010-01": 1}


def test_an_end_reported_late_counts_in_the_month_it_happened() -> None:
    world = World()
    world.deliver_months(CM_FP, "2010-01", "2010-04")
    world.case("A", announced="2010-01-04", closed="2010-02-28", told="2010-04", outcome="AFP")
    made = told_in(world)
    assert made.values("cm_fp_exits") == {"2010-01": 0, "2010-02": 1, "2010-03": 0, "2010-04": 0}
    assert [states(made, f"2010-0{month}") for month in (1, 2, 3)] == [(1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 1, 0)]


def test_an_empty_delivery_is_zero_and_not_missing() -> None:
    world = World()
    world.deliver_months(CM_FP, "2010-01", "2010-04")
    world.case("back", announced="2010-01-04", but=["2010-02"], last="2010-03")
    made = told_in(world)
    assert made.cell("cm_fp_entries", "2010-02")[2:] == (0, True, True, None)
    assert states(made, "2010-02") == (1, 1, 0, 0)
    # The last delivery is empty: whoever was open has left without a word.
    assert states(made, "2010-04") == (1, 0, 0, 1)


def test_a_file_announced_before_the_first_month_is_announced_and_no_entry() -> None:
    world = World()
    world.deliver_months(CM_FP, "2010-03", "2010-04")
    for delivery in world.deliveries:
        world.case_row(delivery, "old", announced="2008-05-01")
    made = told_in(world)
    assert made.values("cm_fp_announced") == {"2010-03": 1, "2010-04": 1}
    assert made.values("cm_fp_entries") == {"2010-03": 0, "2010-04": 0}


def test_months_before_the_first_delivery_leave_a_cumulated_figure_incomplete() -> None:
    world = World()
    world.deliver_months(CM_FP, "2010-03", "2010-04")
    made = told_in(world)
    assert not made.cell("cm_fp_announced", "2010-04").complete
    assert made.cell("cm_fp_open", "2010-04").complete


def test_without_any_delivery_in_force_there_is_no_month_to_speak_of() -> None:
    world = World()
    world.deliver(CM_FP, "2010-03", status="rejected")
    assert told_in(world).values("cm_fp_open") == {}


# -- persons -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "group"),
    [
        ("1992-05", "18-24"),
        ("1992-06", "0-17"),
        ("1985-05", "25-29"),
        ("1985-06", "18-24"),
        ("1980-05", "30-34"),
        ("1975-05", "35-49"),
        ("1960-05", "50-64"),
        ("1960-06", "35-49"),
        ("1945-05", "65+"),
        ("1945-06", "50-64"),
    ],
)
def test_an_age_group_begins_in_the_month_of_the_birthday(born: str, group: str) -> None:
    world = World()
    world.case_row(world.deliver(CM_FP, "2010-05"), "A", announced="2010-05-31", born=born)
    assert world.make("mart.cm_fp_open").counts("cm_fp_open", "2010-05", "age_group") == {group: 1}


@pytest.mark.parametrize(
    ("municipality", "region"),
    [
        (6458, "LITTORAL"),  # Neuchâtel
        (6453, "LITTORAL"),  # Enges, merged into Laténa
        (6485, "LITTORAL"),  # Valangin, merged out of its valley into Neuchâtel
        (6416, "LITTORAL"),  # Milvignes, not yet founded
        (6431, "MONTAGNES"),  # Les Brenets, merged into Le Locle
        (6486, "VAL_DE_RUZ"),  # Villiers, merged into Val-de-Ruz
        (6511, "VAL_DE_TRAVERS"),  # Les Verrières
        (351, "HORS_CANTON"),  # Berne
        (1, "HORS_CANTON"),
    ],
)
def test_a_municipality_counts_in_the_region_it_lies_in_by_the_register_of_2025(municipality: int, region: str) -> None:
    world = World()
    world.case_row(world.deliver(CM_FP, "2010-05"), "A", announced="2010-05-31", municipality=municipality)
    assert world.make("mart.cm_fp_open").counts("cm_fp_open", "2010-05", "region") == {region: 1}
