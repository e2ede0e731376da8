"""The paths of the invented world: of every kind there are some, whatever the seed. How near they come to a country's is no evidence."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import polars as pl
import pytest

from pipelines.sample.lives import FIRST, lives
from pipelines.sample.world import LAST, World, following

SYSTEMS = {"AC_INDEMNITE": "AC", "AIDE_SOCIALE": "AS", "AI_RENTE": "AI"}
REFERENCE_AGE = {1: 65, 2: 64}


def month(day):
    return day.year * 12 + day.month - 1


@pytest.fixture(scope="module", params=[1, 4])
def spells(request):
    """What is drawn of the three systems, as far as any file tells it."""
    world = lives(World(seed=request.param))
    told = world.spells.filter(pl.col("benefit").is_in(SYSTEMS)).join(world.persons, on="person")
    unended = pl.col("ended_on") >= following(LAST)
    return list(told.with_columns(end_reason=pl.when(~unended).then("end_reason")).iter_rows(named=True))


@pytest.fixture(scope="module")
def drawn(spells):
    """The months each person draws from each system."""
    months = defaultdict(set)
    for spell in spells:
        first, last = max(spell["started_on"], FIRST), min(spell["ended_on"], LAST)
        months[spell["person"], SYSTEMS[spell["benefit"]]].update(range(month(first), month(last) + 1))
    return months


@pytest.fixture(scope="module")
def runs(drawn):
    """The first and last month of each run in a system, those two free months apart or more being two."""
    return {key: cut(months) for key, months in drawn.items()}


def cut(months):
    ordered = sorted(months)
    ends = [number for number, (before, after) in enumerate(pairwise(ordered)) if after - before > 2]
    return [(ordered[first], ordered[last]) for first, last in zip([0, *(end + 1 for end in ends)], [*ends, -1], strict=True)]


def profile(window):
    """What two years hold: a list of the runs of each system."""
    several, back = len(window) > 1, max(map(len, window)) > 1
    return {(0, 0): "ONE_STABLE", (0, 1): "ONE_RETURN", (1, 0): "SEVERAL_STABLE", (1, 1): "REVOLVING"}[several, back]


def test_people_come_back_to_unemployment_and_to_social_aid_within_six_months_and_within_twelve(runs):
    away = Counter()
    for (_, system), parts in runs.items():
        for (_, left), (back, _) in pairwise(parts):
            away[system, (back - left - 1) // 6] += 1
    assert min(away[system, half] for system in ("AC", "AS") for half in (0, 1)) >= 10


def test_two_years_hold_each_of_the_four_profiles(drawn, runs):
    found = Counter()
    for person in {person for person, _ in drawn}:
        mine = [runs[person, system] for system in SYSTEMS.values() if (person, system) in runs]
        for entered, _ in cut(set().union(*(drawn[person, system] for system in SYSTEMS.values()))):
            if month(FIRST) + 2 <= entered <= month(LAST) - 23:
                window = [[run for run in one if entered <= run[0] < entered + 24] for one in mine]
                found[profile([one for one in window if one])] += 1
    assert found["ONE_STABLE"] > found["ONE_RETURN"] > found["SEVERAL_STABLE"] > found["REVOLVING"] >= 20


def test_people_pass_from_one_system_to_the_other_mostly_from_unemployment_to_social_aid(runs):
    passing = Counter()
    for (person, system), parts in runs.items():
        for other in set(SYSTEMS.values()) - {system}:
            for began, _ in runs.get((person, other), []):
                passing[system, other] += any(began - 2 <= left <= began for _, left in parts)
    assert min(passing[way] for way in (("AC", "AS"), ("AS", "AC"), ("AC", "AI"), ("AS", "AI"))) >= 5
    assert passing.most_common(1)[0][0] == ("AC", "AS")


def test_some_draw_from_two_systems_for_months(drawn):
    both = Counter()
    for (person, system), months in drawn.items():
        if system != "AS":
            both[system] += len(months & drawn.get((person, "AS"), set())) >= 3
    assert min(both["AC"], both["AI"]) >= 5


def test_of_each_system_some_leave_within_a_year_of_entering_and_others_stay(runs):
    stays = defaultdict(Counter)
    for (_, system), parts in runs.items():
        for entered, left in parts:
            if month(date(2010, 3, 1)) <= entered <= month(LAST) - 13:
                stays[system][left - entered >= 12] += 1
    part = {system: counts[True] / counts.total() for system, counts in stays.items()}
    assert 0 < part["AC"] < part["AS"] < part["AI"] < 1


def test_who_reaches_the_reference_age_leaves_each_system_that_month(spells):
    retired = Counter()
    for spell in spells:
        last = month(spell["birth_date"]) + 12 * REFERENCE_AGE[spell["sex"]]
        assert month(spell["ended_on"]) <= last
        if spell["end_reason"] == "RETRAITE":
            assert month(spell["ended_on"]) == last
            retired[SYSTEMS[spell["benefit"]]] += 1
    assert min(retired[system] for system in SYSTEMS.values()) >= 3


def test_the_world_begins_with_people_in_each_system_and_none_empties_or_swells(drawn):
    for system in SYSTEMS.values():
        stocks = [
            sum(month(date(year, 12, 1)) in months for (_, one), months in drawn.items() if one == system) for year in range(2009, 2017)
        ]
        before = sum(month(FIRST) in months for (_, one), months in drawn.items() if one == system)
        assert 1.8 * before > max(stocks) and 1.8 * min(stocks) > max(stocks), (system, before, stocks)
