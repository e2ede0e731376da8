"""What the months before and after tell: a count that only grows lies between its neighbours.

The tables of one date are protected exactly, with the smallest loss. All dates together would be one program too large to solve, and
the growth hardly ever bites; where it does, what hangs together with the narrowed count is hidden too, step by step outwards.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from pipelines.disclosure.audit import Auditor, Seen, guessed, narrow, printed
from pipelines.disclosure.groups import connected
from pipelines.disclosure.model import Breach, Protection, Role, System
from pipelines.disclosure.protect import protect

_STEPS = 6
# Of the ends of intervals: beyond them two are the same.
_DIGITS = 6


def protect_over_time(system: System, threshold: int) -> tuple[Protection, list[Breach]]:
    """The figures to hide, and what an attacker who knows the other dates still finds: nothing, where all went well."""
    protection, found = _protected(system, threshold)
    if not found or any(breach.rule != "reasons" for breach in found):
        return protection, found
    return _protected(_silent(system, found), threshold)


def _silent(system: System, found: Iterable[Breach]) -> System:
    """The system in which the figures that reasons give away have one that says nothing of them.

    However much is hidden: where a few are below the threshold, and their total is too, it may leave each of them one value.
    """
    told = {breach.quantity for breach in found}
    figures = (replace(one, state="row") if one.state == "free" and told & {*one.quantities} else one for one in system.figures)
    return replace(system, figures=tuple(figures))


def _protected(system: System, threshold: int) -> tuple[Protection, list[Breach]]:
    sums = tuple(relation for relation in system.relations if relation.lower == relation.upper)
    protection = protect(replace(system, relations=sums), threshold)
    hidden: dict[Any, Role] = dict(protection.hidden)
    fixed = {figure.key for figure in system.figures if figure.state == "shown"}
    auditor, found = Auditor(system, threshold), list[Breach]()
    for step in range(_STEPS):
        shown = frozenset(figure.key for figure in system.figures if figure.key not in hidden)
        found = _found(Seen(auditor, shown))
        if not found:
            break
        hidden |= dict.fromkeys(_around(auditor, [breach.quantity for breach in found], steps=step + 1) & shown - fixed, "secondary")
    return Protection(hidden, protection.published, protection.optimal and len(hidden) == len(protection.hidden)), found


def touching(system: System, keys: Collection[Any]) -> System:
    """What hangs together with some figures: by sums within a date, and by growth with other dates."""
    number = {one.key: index for index, one in enumerate(system.quantities)}
    ties = [[number[key] for key, _ in relation.terms] for relation in system.relations]
    ties += [[number[key] for key in figure.quantities] for figure in system.figures]
    ties_of: dict[int, list[int]] = defaultdict(list)
    for tie, members in enumerate(ties):
        for one in members:
            ties_of[one].append(tie)
    starts = [number[key] for figure in system.figures if figure.key in keys for key in figure.quantities]
    groups = connected(starts, ties_of.__getitem__, ties.__getitem__)
    reached = {system.quantities[one].key for group in groups for one in group}
    return System(
        tuple(one for one in system.quantities if one.key in reached),
        tuple(one for one in system.figures if reached.issuperset(one.quantities)),
        tuple(one for one in system.relations if one.terms[0][0] in reached),
    )


def _found(seen: Seen) -> list[Breach]:
    """What an attacker finds, but for what print alone tells him: no pack can take that back.

    A month's total hidden for another's sake is no secret: that it is near those beside it is no breach.
    """
    breaches = narrow(seen)
    alone = {breach.quantity: _within(breach) for breach in printed(seen.auditor, [one.quantity for one in breaches])}
    left = [breach for breach in breaches if breach.rule != "interval" or _within(breach) != alone.get(breach.quantity)]
    # The reasons are asked last: all that growth adds shows before.
    return left or guessed(seen)


def _within(breach: Breach) -> tuple[float, float]:
    """As much as is reached of what is needed."""
    (low, high), (least, most) = breach.reached, breach.needed
    return round(max(low, least), _DIGITS), round(min(high, most), _DIGITS)


def _around(auditor: Auditor, quantities: Iterable[Any], *, steps: int) -> set[Any]:
    """The figures that show quantities so many relations away, the first step within the same date."""
    relations = auditor.system.relations
    reached = {auditor.number[key] for key in quantities}
    for step in range(steps):
        near = {relation for one in reached for relation in auditor.relations_of[one]}
        reached |= {other for one in near if step or relations[one].lower == relations[one].upper for other in auditor.terms[one]}
    return {figure.key for figure, ones in zip(auditor.system.figures, auditor.figures, strict=True) if not reached.isdisjoint(ones)}
