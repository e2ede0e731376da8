"""An attacker holds a pack of the sample, the definitions (indicators.md), and the reasons printed beside what is hidden.

He is written apart from the control: his own list of what adds up to what, another solver, whole numbers.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import polars as pl
import pytest

from pipelines import duck
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.shown import TOLD, shown
from tests.attack import Leak, reachable

# The month of a pack, and of one that was released before it.
PERIODS = ((dt.date(2013, 2, 1), None), (dt.date(2017, 3, 1), None), (dt.date(2017, 3, 1), dt.date(2016, 9, 1)))
GROWING = (
    *(f"cm_fp_{name}" for name in ("announced", "closed", "vanished", "solutions", "out_of_criteria")),
    *(f"cm_fp_{name}_rate" for name in ("solution", "eligible_solution", "training_or_job")),
    *(f"reseau_{name}" for name in ("detected", "accepted", "assessed", "planned", "closed")),
    *(f"ne_eso_{name}" for name in ("candidacies", "eligible", "ineligible", "trials", "hired", "left_social_aid")),
)
# Of which a case may be in several members, so that they do not add up.
SEVERAL = {("ne_eso_ineligible", "criterion")}
STATISTICS = ("cm_fp_median_days", "reseau_days_to_plan", "observation_progress", "youth_gap_months")
THINGS = {"measure_occupancy": "denominator", "pset_occupancy": "denominator", "early_intervention_load": "denominator"}
# A gap in the list of a service, which says nothing of what became of anybody: how many there are is told.
OF_LISTS = {"cm_fp_vanished"}
# What the definitions say of the totals of a month: whole = parts.
WHOLES = {
    ("numerator", "cm_fp_announced"): [("numerator", "cm_fp_open"), ("numerator", "cm_fp_closed"), ("numerator", "cm_fp_vanished")],
    ("numerator", "cm_fp_solution_rate"): [("numerator", "cm_fp_solutions")],
    ("denominator", "cm_fp_solution_rate"): [("numerator", "cm_fp_closed")],
    ("numerator", "cm_fp_eligible_solution_rate"): [("numerator", "cm_fp_solutions")],
    ("denominator", "cm_fp_training_or_job_rate"): [("denominator", "cm_fp_eligible_solution_rate")],
    ("numerator", "cm_fp_closed"): [("denominator", "cm_fp_eligible_solution_rate"), ("numerator", "cm_fp_out_of_criteria")],
    ("numerator", "ne_eso_candidacies"): [("numerator", "ne_eso_eligible"), ("numerator", "ne_eso_ineligible")],
    ("numerator", "early_intervention_open"): [("numerator", "early_intervention_load")],
    ("numerator", "measure_participants"): [("numerator", "measure_occupancy")],
    ("denominator", "system_multiple_share"): [("numerator", "system_recipients")],
}
# The same numbers in every breakdown that both have.
SISTERS = {
    ("numerator", "cm_fp_eligible_solution_rate"): ("numerator", "cm_fp_solution_rate"),
    ("denominator", "cm_fp_training_or_job_rate"): ("denominator", "cm_fp_eligible_solution_rate"),
    ("numerator", "cm_fp_solutions"): ("numerator", "cm_fp_closed"),
    ("numerator", "measure_occupancy"): ("numerator", "measure_participants"),
    ("denominator", "system_multiple_share"): ("numerator", "system_recipients"),
    ("denominator", "measure_dropout_rate"): ("denominator", "measure_placement_rate"),
}


class Number(NamedTuple):
    """A number of a cell: its numerator, its denominator, or those of the second who are not of the first."""

    side: str
    indicator: str
    grain: str
    period: dt.date
    dimension: str
    member: str


@pytest.fixture(scope="module", params=PERIODS, ids=lambda months: " after ".join(f"{month:%Y-%m}" for month in months if month))
def held(request, published):
    """What a pack that shows every indicator tells, and what is so: numbers by cell, reasons by cell, true numbers, printed ones.

    What an earlier release told is told, whether the pack repeats it or not.
    """
    period, earlier = request.param
    with duck.open_published(published.settings.published) as con:
        names = [name for (name,) in con.execute("select indicator from mart.indicator where person_counts <> 'none'").fetchall()]
        asked = con.execute("select distinct indicator, dimension, grain from mart.indicator_value").fetchall()
        query = "select indicator, grain, period, dimension, member, numerator, denominator, value, reason from mart.indicator_value"
        before, once = None, []
        if earlier:
            with shown(con, earlier, asking=lambda _: asked, thresholds=Thresholds(), moving=True) as database:
                before = pl.concat([duck.frame(database, f"select * from {name}") for name in TOLD]).filter(pl.col("value").is_not_null())
                once = database.execute(
                    f"{query} where value is not null and list_contains($names, indicator)", {"names": names}
                ).fetchall()
            before = before.with_columns(released_on=dt.date(2016, 11, 1))
        with shown(con, period, asking=lambda _: asked, thresholds=Thresholds(), told=before) as database:
            told = database.execute(f"{query} where list_contains($names, indicator)", {"names": names}).fetchall()
        places = {row[:5]: row for row in told} | {row[:5]: row for row in once}
        told = list(places.values())
        true = {row[:5]: row[5:7] for row in con.execute(query).fetchall()}
        printed = {
            tuple(row) for row in con.execute("select indicator, grain, period, dimension, member from mart.figure_of_record").fetchall()
        }
    return told, true, printed


def numbers(told) -> Iterator[tuple[Number, float | None, str | None, int]]:
    """Each number of each cell: which, as shown, why not."""
    for *place, numerator, denominator, value, reason in told:
        counts = {"numerator": numerator, "denominator": denominator}
        for number, side in enumerate(counts):
            if THINGS.get(place[0]) != side:
                yield Number(side, *place), counts[side] if value is not None else None, reason, number


def leak(told, true, *, reasons: bool) -> tuple[Leak, dict[Number, int]]:
    """What the attacker is told, and the true numbers of what he is not."""
    printed, blank, why = {}, {}, {}
    for number, count, reason, place in numbers(told):
        truth = true[tuple(number[1:])][place]
        if truth is None or reason in ("NOT_RECEIVED", "NOT_LINKED", "HELD_BACK"):
            continue
        if count is not None and reason is None:
            printed[number] = int(count)
        else:
            blank[number], why[number] = int(truth), reason
    there = {*printed, *blank}
    truth = printed | blank
    sums = [
        (whole, parts)
        for whole, parts in _sums(there)
        if all(part in there for part in (whole, *parts)) and truth[whole] == sum(truth[part] for part in parts)
    ]
    rests = {}
    for number in there:
        below = number._replace(side="denominator")
        if number.side == "numerator" and below in there and number.indicator not in STATISTICS and truth[below] >= truth[number]:
            rest = number._replace(side="rest")
            sums.append((below, [number, rest]))
            rests[rest] = truth[below] - truth[number]
    small = [
        number
        for number in blank
        if reasons and why[number] == "BELOW_THRESHOLD" and 1 <= blank[number] < 5 and "rate" not in number.indicator
    ]
    return Leak(printed, sums, list(_growing(there, truth)), small), blank | rests


def _sums(there):
    members = defaultdict(list)
    for number in there:
        if number.dimension != "total" and number.indicator not in STATISTICS and (number.indicator, number.dimension) not in SEVERAL:
            members[number._replace(dimension="total", member="total"), number.dimension].append(number)
    yield from ((whole, parts) for (whole, _), parts in members.items())
    for number in there:
        if number.dimension == "total":
            parts = WHOLES.get((number.side, number.indicator), ())
            if parts:
                yield number, [number._replace(side=side, indicator=name) for side, name in parts]
            if number.indicator == "cm_fp_out_of_criteria":
                yield number, [number._replace(indicator="cm_fp_closed", dimension="outcome", member="HORS_CRITERES")]
        elif sister := SISTERS.get((number.side, number.indicator)):
            yield number, [number._replace(side=sister[0], indicator=sister[1])]


def _growing(there, truth):
    lines = defaultdict(list)
    for number in sorted(there):
        if number.indicator in GROWING:
            lines[number._replace(period=dt.date.min)].append(number)
    for line in lines.values():
        yield from ((one, other) for one, other in pairwise(line) if truth[one] <= truth[other])


def secrets(blank: dict[Number, int]) -> set[Number]:
    """The numbers of persons that nobody may work out."""
    return {number for number, count in blank.items() if 1 <= count < 5 and number.indicator not in OF_LISTS}


def _in_print(number: Number, spans, printed, truth) -> tuple[int, int]:
    """What print alone tells of a number that only grows: no less than what was printed before, no more than what was printed later."""
    low, high = 0, 5
    for place in printed:
        if (place[0], *place[3:]) == (number.indicator, *number[4:]) and number.indicator in GROWING:
            value = truth.get(number._replace(period=place[2]))
            if value is not None and place[2] >= number.period:
                high = min(high, value)
            elif value is not None:
                low = max(low, value)
    return low, high


def test_he_cannot_narrow_a_small_number(held) -> None:
    told, true, printed = held
    facts, blank = leak(told, true, reasons=False)
    small = secrets(blank)
    spans = reachable(facts, small)
    assert len(small) > 100
    truth = blank | dict(facts.shown)
    for number in small & spans.keys():
        low, high = spans[number]
        least, most = _in_print(number, spans, printed, truth)
        assert low <= least and (high is None or high >= most), (number, spans[number], blank[number])
    assert not small & facts.shown.keys()


def test_with_the_reasons_he_still_does_not_know_one(held) -> None:
    told, true, _ = held
    facts, blank = leak(told, true, reasons=True)
    spans = reachable(facts, secrets(blank))
    assert not {number for number, span in spans.items() if span[0] == span[1]} & secrets(blank)


def test_a_release_moves_breakdowns_that_later_packs_still_show(held, request) -> None:
    """The month of the release is none of the year ends: only there it was told."""
    _, earlier = request.node.callspec.params["held"]
    told, _, _ = held
    moved = [row for row in told if row[2] == dt.date(2016, 9, 1) and row[3] != "total" and row[1] == "month" and row[7] is not None]
    assert bool(moved) == bool(earlier)


def test_he_finds_what_is_badly_hidden(held) -> None:
    """The attack is no toy: where only the small numbers are hidden, he works many of them out."""
    told, true, _ = held
    open_again = [(*row[:5], *true[tuple(row[:5])], 1.0, None) if row[8] == "PROTECTED" else row for row in told]
    facts, blank = leak(open_again, true, reasons=False)
    spans = reachable(facts, secrets(blank))
    assert sum(low == high for low, high in spans.values()) > 5


def test_the_packs_are_still_of_use(held) -> None:
    """A pack from which all is gone would be safe too."""
    told, _, _ = held
    kept: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for *place, _, _, value, reason in told:
        if value is not None or reason in ("BELOW_THRESHOLD", "PROTECTED"):
            kept[place[3] == "total", place[1]].append(value is not None)
    shares = {key: sum(found) / len(found) for key, found in kept.items()}
    assert shares[True, "month"] > 0.75 and shares[False, "month"] > 0.5 and shares[True, "year"] > 0.9 and shares[False, "year"] > 0.6
