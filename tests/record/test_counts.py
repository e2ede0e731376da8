"""Counts that are one number, or add up to one, say so in their headers: what the sample shows of them is the measure.

Disclosure control closes the ways from figure to figure that the headers name. One that is not named stays open: so whatever
all values of the sample keep is searched for, and must be named, or follow from what is.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest

from pipelines import duck
from pipelines.indicators.catalogue import Indicator
from pipelines.indicators.counts import EVERY, Equality, Side, Term, equalities
from pipelines.orchestration.graph import graph

INDICATORS = {indicator.name: indicator for indicator in graph().indicators}
OF_EXITS = ("measure_placement_rate", "measure_dropout_rate", "observation_completion")
DECLARED = [(indicator, equality) for indicator in INDICATORS.values() for equality in indicator.equals]

# What all values of the sample keep, and others need not: whoever is hired leaves social aid a month later in the invented world,
# and what a measure is, which its inventory says anew each month, seldom changes there.
_SELDOM_CHANGED = {
    "measure_placed": (
        ("branch", "kind", "lead_service"),
        ("measure_placement_rate: numerator", "measure_cost_per_placement: denominator"),
    ),
    "measure_exits": (("lead_service",), tuple(f"{rate}: denominator" for rate in OF_EXITS)),
}
COINCIDENCES = {"ne_eso_left_social_aid: numerator in month by total = ne_eso_hired@-1"} | {
    f"{count} in month by {dimension} = {flow}@-11..0"
    for flow, (dimensions, counts) in _SELDOM_CHANGED.items()
    for dimension in dimensions
    for count in counts
}

# Grain, period, dimension, member.
Cell = tuple[str, dt.date, str, str]
# A count through all its periods: name, grain, dimension, member; a name alone is a numerator's.
Node = tuple[str, str, str, str]

# The counts of persons, both sides in one column. Of months also what each gained since the one before, and the sum of twelve.
COUNTED = """
create temp table counted as
with count as (
  select indicator, 'numerator' as side, indicator as name, grain, period, dimension, member, numerator as value from mart.indicator_value
  union all
  select indicator, 'denominator', indicator || '.denominator', grain, period, dimension, member, denominator from mart.indicator_value
)
select c.*, split_part(c.indicator, '_', 1) as family,
  case when grain = 'month' then value - lag(value) over month end as gain,
  case when grain = 'month' and count(*) over year = 12 then sum(value) over year end as year
from count c semi join person_count p on (p.indicator, p.side) = (c.indicator, c.side)
where value is not null
window month as (partition by name, grain, dimension, member order by period), year as (month rows between 11 preceding and current row)
"""

SAME = "bool_and(a.value = {0}) and bool_or(a.value <> 0)"
# Where months are compared with others, a few small numbers are soon the same.
VARIED = "bool_and(a.value = {0}) and count(distinct a.value) > 2"
PAIR = """
select a.indicator, a.side || ' in ' || a.grain || ' by ' || a.dimension || ' = ' || b.name || '{1}'
from counted a join counted b on (b.grain, b.dimension, b.member) = (a.grain, a.dimension, a.member) and b.period = a.period - to_months({2})
where {0} is not null and {3}
group by a.indicator, a.side, a.grain, a.dimension, b.name having {4}
"""
BESIDE = "a.grain = 'month' and a.name <> b.name"

SEARCHED = {
    "the same cells": PAIR.format("b.value", "", 0, "a.name < b.name", SAME.format("b.value")),
    "a total and a member": f"""
select a.indicator, a.side || ' in ' || a.grain || ' by total = ' || b.name || '[' || b.dimension || '=' || b.member || ']'
from counted a join counted b on (b.grain, b.period) = (a.grain, a.period)
where a.dimension = 'total' and b.dimension <> 'total'
group by a.indicator, a.side, a.grain, b.name, b.dimension, b.member having {SAME.format("b.value")}
""",
    "two that add up": f"""
select a.indicator, a.side || ' in ' || a.grain || ' by total = ' || b.name || ' + ' || c.name
from counted a
join counted b on (b.grain, b.period, b.dimension, b.family) = (a.grain, a.period, a.dimension, a.family)
join counted c on (c.grain, c.period, c.dimension, c.family) = (a.grain, a.period, a.dimension, a.family)
where a.dimension = 'total' and b.name < c.name and a.name not in (b.name, c.name)
group by a.indicator, a.side, a.grain, b.name, c.name
having {SAME.format("b.value + c.value")} and bool_or(b.value <> 0) and bool_or(c.value <> 0)
""",
    "members that add up": f"""
select a.indicator, 'denominator in ' || a.grain || ' by ' || a.dimension || ' = sum'
from counted a join (
  select indicator, grain, period, dimension, sum(value) as value from counted where side = 'numerator' group by all
) b using (indicator, grain, period, dimension)
where a.side = 'denominator' and dimension <> 'total'
group by a.indicator, a.grain, a.dimension having {SAME.format("b.value")}
""",
    "a gain": PAIR.format("b.gain", " - ' || b.name || '@-1", 0, BESIDE, VARIED.format("b.gain")),
    "a sum of twelve months": PAIR.format("b.year", "@-11..0", 0, BESIDE, VARIED.format("b.year")),
    **{
        f"{months} months before": PAIR.format("b.value", f"@-{months}", months, BESIDE, VARIED.format("b.value"))
        for months in (1, 6, 12, 24)
    },
}


@pytest.fixture(scope="module")
def sample(published) -> Iterator[duck.Connection]:
    """The published sample, with its counts of persons in one table."""
    with duck.open_published(published.settings.published) as con:
        con.execute("create temp table person_count (indicator varchar, side varchar)")
        counts = [(name, side) for name, one in INDICATORS.items() for side in one.counts if getattr(one.persons, side)]
        con.executemany("insert into person_count values (?, ?)", counts)
        con.execute(COUNTED)
        yield con


# -- what is declared ---------------------------------------------------------------------------------


def counts_of(con: duck.Connection, indicator: str, side: Side) -> dict[Cell, float]:
    """The known counts of an indicator."""
    rows = con.execute(f"select grain, period, dimension, member, {side} from mart.{indicator} where {side} is not null").fetchall()
    return {tuple(row[:4]): row[4] for row in rows}


def worth(term: Term, counts: dict[Cell, float], cell: Cell) -> float | None:
    """What a term adds to a cell; None where a count that it needs is not there."""
    grain, period, dimension, member = cell
    if term.member == EVERY:
        return sum(value for key, value in counts.items() if key[:3] == (grain, period, dimension))
    months = [later(period, by=by) for by in range(term.months[0], term.months[1] + 1)]
    found = [counts.get((grain, month, term.dimension or dimension, term.member or member)) for month in months]
    return None if None in found else term.sign * sum(found)


def later(month: dt.date, *, by: int) -> dt.date:
    year, number = divmod(month.year * 12 + month.month - 1 + by, 12)
    return dt.date(year, number + 1, 1)


@pytest.mark.parametrize(("indicator", "equality"), DECLARED, ids=[f"{one.name}-{equal.side}" for one, equal in DECLARED])
def test_what_a_header_says_to_be_equal_is_equal_in_every_cell_of_the_sample(sample, indicator: Indicator, equality: Equality) -> None:
    terms = [(term, counts_of(sample, term.indicator, term.side)) for term in equality.terms]
    known, sums = {}, {}
    for cell, value in counts_of(sample, indicator.name, equality.side).items():
        if equality.grain in (None, cell[0]) and equality.dimension in (None, cell[2]):
            added = [worth(term, counts, cell) for term, counts in terms]
            if None not in added:
                known[cell], sums[cell] = value, sum(added)
    assert any(known.values())
    assert sums == known


# -- what is not declared -----------------------------------------------------------------------------


def name_of(indicator: str, side: Side) -> str:
    return indicator if side == "numerator" else f"{indicator}.{side}"


def terms_of(equality: Equality, node: Node, months: int, *, nodes: set[Node]) -> list[tuple[Node, int, int]]:
    """The counts that add up to a count of some months before or after, each with its own months and sign."""
    _, grain, dimension, member = node
    terms = []
    for term in equality.terms:
        name, within = name_of(term.indicator, term.side), term.dimension or dimension
        members = [each[3] for each in nodes if each[:3] == (name, grain, within)] if term.member == EVERY else [term.member or member]
        shifts = range(months + term.months[0], months + term.months[1] + 1)
        terms += [((name, grain, within, each), shift, term.sign) for each in members for shift in shifts]
    return terms


def at_bottom(node: Node, months: int = 0, *, nodes: set[Node]) -> Counter[tuple[Node, int]]:
    """What a count comes down to, once each is replaced by what it is declared to equal."""
    name, grain, dimension, _ = node
    for indicator, equality in DECLARED:
        if name_of(indicator.name, equality.side) == name and equality.grain in (None, grain) and equality.dimension in (None, dimension):
            terms = terms_of(equality, node, months, nodes=nodes)
            if all(term in nodes for term, _, _ in terms):
                return added_up(terms, nodes=nodes)
    return Counter({(node, months): 1})


def added_up(terms: list[tuple[Node, int, int]], *, nodes: set[Node]) -> Counter[tuple[Node, int]]:
    """What a sum of counts comes down to."""
    bottom: Counter[tuple[Node, int]] = Counter()
    for term, months, sign in terms:
        bottom.update({key: sign * times for key, times in at_bottom(term, months, nodes=nodes).items()})
    return bottom


def follows(indicator: str, words: str, *, nodes: set[Node]) -> bool:
    """Whether an equality follows from those that are declared."""
    (equality,) = equalities(words, indicator=indicator)
    place = (name_of(indicator, equality.side), equality.grain, equality.dimension)
    for node in [node for node in nodes if node[:3] == place]:
        terms = terms_of(equality, node, 0, nodes=nodes)
        if all(term in nodes for term, _, _ in terms) and at_bottom(node, nodes=nodes) != added_up(terms, nodes=nodes):
            return False
    return True


@pytest.mark.parametrize("searched", SEARCHED)
def test_counts_of_persons_that_are_always_the_same_or_add_up_say_so(sample, searched: str) -> None:
    nodes = set(sample.execute("select distinct name, grain, dimension, member from counted").fetchall())
    found = sample.execute(SEARCHED[searched]).fetchall()
    silent = [f"{indicator}: {words}" for indicator, words in found if not follows(indicator, words, nodes=nodes)]
    assert set(silent) <= COINCIDENCES, "say so in the header of one of them, after equals, or say here why it is a coincidence"
