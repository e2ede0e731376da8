"""Whatever people do between the services: the tables of their paths agree with a slow reckoning on sets of months.

A month is a number here, January 2013 being 0. What is reckoned knows neither spells that are merged nor stretches: only in which
months somebody had what.
"""

import random
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.orchestration.graph import graph
from tests.sql.paths import SENDERS, supported
from tests.sql.world import Made, World

FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SPAN, GAP, WINDOW = 44, 2, 24
STATE = {"AC_INDEMNITE": "AC", "DE_SANS_INDEMNITE": "DE", "AIDE_SOCIALE": "AS", "AI_RENTE": "AI", "AI_MESURE": "AI_M", "FORMATION": "FO"}
SYSTEMS = {"AC": "SEMP", "AS": "SASO", "AI": "OAI"}
TABLES = ("stretch", "person_month", "episode", "system_run", "recipient_month", "trajectory", "transfer", "support_gap", "youth_month")
PROFILES = {(False, False): "ONE_STABLE", (False, True): "ONE_RETURN", (True, False): "SEVERAL_STABLE", (True, True): "REVOLVING"}
Months = dict[tuple[str, str], set[int]]


@dataclass(frozen=True)
class Spell:
    """Somebody's benefit from a day of a month for as many months more, or without an end."""

    person: str
    benefit: str
    since: int
    day: int
    more: int | None


@dataclass(frozen=True)
class Tale:
    """Who had what, and the months that each service sent."""

    spells: tuple[Spell, ...]
    sent: dict[str, list[int]]


def text(number: int) -> str:
    """A month as it is written."""
    return f"{2013 + number // 12}-{number % 12 + 1:02}"


@st.composite
def tales(draw: st.DrawFn) -> Tale:
    """Some people with a few spells each; services begin, end and fail to send as they like."""
    sent = {}
    for service in ("SEMP", "SASO", "OAI", "SFPO"):
        first, last = draw(st.integers(0, 4)), draw(st.integers(SPAN - 5, SPAN - 1))
        lacking = draw(st.sets(st.integers(first + 1, last - 1), max_size=3))
        sent[service] = [month for month in range(first, last + 1) if month not in lacking]
    one = st.tuples(
        st.sampled_from(sorted(STATE)),
        st.integers(-4, SPAN - 1),
        st.sampled_from([1, 15, 28]),
        st.integers(0, 5) | st.just(0) | st.sampled_from([None, 15, 30]),
    )
    people = draw(st.lists(st.lists(one, min_size=1, max_size=6, unique_by=lambda spell: spell[:3]), min_size=1, max_size=10))
    return Tale(tuple(Spell(f"P{number}", *spell) for number, spells in enumerate(people) for spell in spells), sent)


def world_of(tale: Tale, order: random.Random | None = None) -> World:
    """The tale as the services send it; deliveries and spells come in any order."""
    world = World()
    deliveries = [(service, month) for service, months in tale.sent.items() for month in months]
    spells = list(tale.spells)
    if order:
        order.shuffle(deliveries)
        order.shuffle(spells)
    for service, month in deliveries:
        world.deliver("prestations", text(month), service=service)
    for spell in spells:
        until = None if spell.more is None else f"{text(spell.since + spell.more)}-28"
        supported(world, spell.person, spell.benefit, f"{text(spell.since)}-{spell.day:02}", until, birth_year=1988)
    return world


def made_of(tale: Tale, *, shuffled: int | None = None, order: random.Random | None = None) -> Made:
    """The tables of people's paths."""
    return world_of(tale, order).make(*(f"core.{table}" for table in TABLES), shuffled=shuffled)


def rows(made: Made, select: str) -> list[tuple[object, ...]]:
    """The rows of a query, sorted."""
    return sorted(made.rows(select))


def number(column: str) -> str:
    """The number of the month that a column holds, in SQL."""
    return f"date_diff('month', date '2013-01-01', {column})"


# -- the slow reckoning ----------------------------------------------------------------------------------


def held(tale: Tale) -> Months:
    """The months in which a person had a form of support: since the service sends, up to the last month that tells it."""
    months: Months = {}
    for spell in tale.spells:
        sent = tale.sent[SENDERS[spell.benefit]]
        end = SPAN if spell.more is None else spell.since + spell.more
        telling = [month for month in sent if spell.since <= month <= end]
        if telling:
            months.setdefault((spell.person, STATE[spell.benefit]), set()).update(range(max(spell.since, sent[0]), telling[-1] + 1))
    return months


def split(months: set[int], gap: int) -> list[tuple[int, int]]:
    """First and last of each run of months that no interruption of `gap` months or more parts."""
    runs: list[tuple[int, int]] = []
    for month in sorted(months):
        if runs and not all(month - step not in months for step in range(1, gap + 1)):
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def episodes(tale: Tale) -> list[tuple[str, str, int, int, bool, bool]]:
    """Person, system, first and last month, and whether entry and exit are observed."""
    found = []
    for (person, state), months in held(tale).items():
        if state in SYSTEMS:
            sent = tale.sent[SYSTEMS[state]]
            found += [(person, state, a, z, a >= sent[0] + GAP, z <= sent[-1] - GAP) for a, z in split(months, GAP)]
    return sorted(found)


def of_persons(tale: Tale, states: set[str]) -> dict[str, set[int]]:
    """The months of each person in any of the states."""
    months: dict[str, set[int]] = {}
    for (person, state), own in held(tale).items():
        if state in states:
            months.setdefault(person, set()).update(own)
    return months


def runs(tale: Tale) -> list[tuple[str, int, int, bool, bool]]:
    """Person, first and last month in any system, and whether entry and exit are observed."""
    first = max(tale.sent[service][0] for service in SYSTEMS.values())
    last = min(tale.sent[service][-1] for service in SYSTEMS.values())
    return sorted(
        (person, a, z, a >= first + GAP, z <= last - GAP)
        for person, months in of_persons(tale, set(SYSTEMS)).items()
        for a, z in split(months, GAP)
    )


def profiles(tale: Tale) -> list[tuple[str, int, str]]:
    """Person, month of the year's first entry, and profile."""
    entries: dict[tuple[str, int], int] = {}
    for person, first, _, observed, _ in reversed(runs(tale)):
        if observed:
            entries[person, first // 12] = first
    found = []
    for (person, _), entry in entries.items():
        window = set(range(entry, entry + WINDOW))
        inside = [split(months & window, GAP) for (one, state), months in held(tale).items() if one == person and state in SYSTEMS]
        counts = [len(parts) for parts in inside if parts]
        found.append((person, entry, PROFILES[len(counts) > 1, max(counts) > 1]))
    return sorted(found)


def changes(tale: Tale) -> list[tuple[str, int, str]]:
    """Person, month and systems of each change."""
    own = episodes(tale)
    return sorted(
        {
            (person, begun, f"{left}>{entered}")
            for person, entered, begun, _, entry, _ in own
            for other, left, _, last, _, ended in own
            if person == other and left != entered and entry and ended and begun - 2 <= last <= begun
        }
    )


def services_in(months: Months, person: str, month: int) -> str:
    """The services that support a person in a month, sorted and joined."""
    sender = {STATE[benefit]: SENDERS[benefit] for benefit in STATE}
    return "+".join(sorted({sender[state] for (one, state), own in months.items() if one == person and month in own}))


def absences(tale: Tale) -> list[tuple[str, int, int, str, str]]:
    """Person, month of the return, months without, services before and after."""
    found, all_months = [], held(tale)
    for person, months in of_persons(tale, set(STATE.values())).items():
        parts = split(months, 1)
        for (_, last), (back, _) in pairwise(parts):
            beside = services_in(all_months, person, last), services_in(all_months, person, back)
            found.append((person, back, back - last - 1, *beside))
    return sorted(found)


def young(tale: Tale) -> list[tuple[str, int, str]]:
    """Person, month and state: the services, or a gap with support within 24 months on both sides."""
    found, all_months = [], held(tale)
    for person, months in of_persons(tale, set(STATE.values())).items():
        for month in range(SPAN):
            if month in months:
                found.append((person, month, services_in(all_months, person, month)))
            elif months & set(range(month - WINDOW, month)) and months & set(range(month + 1, month + WINDOW + 1)):
                found.append((person, month, "GAP"))
    return sorted(found)


# -- the properties --------------------------------------------------------------------------------------


@FEW
@given(tales())
def test_person_months_are_those_of_the_spells_each_once_and_no_other(tale: Tale) -> None:
    made = made_of(tale)
    months = held(tale)
    expected = sorted((person, state, month) for (person, state), own in months.items() for month in own)
    assert rows(made, f"select person_id, benefit_state, {number('period')} from core.person_month") == expected
    assert rows(made, "select distinct person_id from core.person_month") == sorted({(person,) for person, _ in months})


@FEW
@given(tales())
def test_episodes_and_all_that_is_made_of_them_are_as_reckoned_month_by_month(tale: Tale) -> None:
    made = made_of(tale)
    span = f"{number('first_month')}, {number('last_month')}, entry_observed, exit_observed"
    assert rows(made, f"select person_id, system, {span} from core.episode") == episodes(tale)
    assert rows(made, f"select person_id, {span} from core.system_run") == runs(tale)
    assert rows(made, f"select person_id, {number('first_month')}, profile from core.trajectory") == profiles(tale)
    assert rows(made, f"select person_id, {number('period')}, from_to from core.transfer") == changes(tale)


@FEW
@given(tales())
def test_gaps_and_the_months_of_the_young_are_as_reckoned_month_by_month(tale: Tale) -> None:
    made = made_of(tale)
    gap = f"select person_id, {number('period')}, gap_length, service_before, service_after from core.support_gap"
    assert rows(made, gap) == absences(tale)
    assert rows(made, f"select person_id, {number('period')}, youth_state from core.youth_month") == young(tale)


@FEW
@given(tales())
def test_the_stock_of_a_month_is_that_of_the_month_before_with_its_entries_and_without_its_exits(tale: Tale) -> None:
    made = made_of(tale)
    there = set(made.rows(f"select system, person_id, {number('period')} from core.person_month where system is not null"))
    # A month that is bridged counts as in the episode.
    bridged = {(system, person, month + 1) for system, person, month in there if (system, person, month + 2) in there}
    stock = Counter((system, month) for system, _, month in there | bridged)
    entries = Counter(made.rows(f"select system, {number('first_month')} from core.episode"))
    exits = Counter(made.rows(f"select system, {number('last_month')} from core.episode"))
    for system in SYSTEMS:
        for month in range(SPAN + 1):
            # Who is there for the last time in a month is in its stock, and not in the next.
            assert stock[system, month] == stock[system, month - 1] + entries[system, month] - exits[system, month - 1]


@FEW
@given(tale=tales(), seed=st.integers(0, 2**32))
def test_neither_the_order_of_the_rows_nor_that_of_the_deliveries_changes_anything(tale: Tale, seed: int) -> None:
    tables = [step.table for step in graph().steps if step.table.qualified in {f"core.{table}" for table in TABLES}]
    assert len(tables) == len(TABLES)
    made = made_of(tale)
    other = made_of(tale, shuffled=seed, order=random.Random(seed))
    for table in tables:
        assert made.contents(table) == other.contents(table)
