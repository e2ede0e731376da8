"""The search within one part of a system: what to hide, what an attacker makes of it, what else to hide.

Choose the cheapest figures that keep the inequalities found so far, see what an attacker makes of that choice, add the inequalities
that it breaks, choose again.
"""

import math
from dataclasses import dataclass, field
from typing import Literal

from pipelines.disclosure.attacker import Attack, Reach, either
from pipelines.disclosure.cover import Choice, Cut, cover
from pipelines.disclosure.groups import connected
from pipelines.disclosure.net import Net
from pipelines.disclosure.solver import EPSILON

# Rounds within which a part may come to its cheapest choice; afterwards what is chosen stays and is added to.
ROUNDS = 15

_SIGN = {"up": 1, "down": -1}


@dataclass(frozen=True)
class Demand:
    """What is asked of a sensitive quantity (`up`, `down`, `reasons`) or of a figure hidden for others (`width`)."""

    kind: Literal["up", "down", "reasons", "width"]
    subject: int


@dataclass
class Search:
    """What is known within one part of a system, and grows as the search goes on.

    Attributes:
        net: the system.
        part: the quantities of the part.
        threshold: counts from 1 to below it are small.
        needed: what is asked, lower than promised where the published figures leave no more than that.
        weights: the loss of each figure that may be hidden for others.
        cuts: the inequalities found so far.
        attacks: the attackers met so far, by what is unknown to them and whether they use the reasons.
    """

    net: Net
    part: tuple[int, ...]
    threshold: int
    needed: dict[Demand, float]
    weights: dict[int, float]
    cuts: list[Cut] = field(default_factory=list)
    attacks: dict[tuple[tuple[int, ...], bool], Attack] = field(default_factory=dict)

    def attack(self, unknown: tuple[int, ...], *, told: bool = False) -> Attack:
        """The attacker to whom these quantities are unknown."""
        if (unknown, told) not in self.attacks:
            self.attacks[unknown, told] = Attack(self.net, unknown, self.threshold, told)
        return self.attacks[unknown, told]


def protected(net: Net, part: tuple[int, ...], threshold: int) -> Choice:
    """The figures to hide for the sake of the sensitive quantities of a part."""
    search = _begun(net, part, threshold)
    choice, rounds = Choice(frozenset(), proven=True), 0
    while broken := _broken(search, choice.figures):
        search.cuts += broken
        rounds += 1
        next_choice = cover(net, search.cuts, search.weights, before=choice.figures, grow=rounds > ROUNDS)
        if next_choice.figures == choice.figures:
            # The solver's rounding is in the way; the audit says what it costs.
            return Choice(choice.figures, proven=False)
        choice = next_choice
    return choice if choice.proven else _shown_again(search, choice)


def _begun(net: Net, part: tuple[int, ...], threshold: int) -> Search:
    needed: dict[Demand, float] = {}
    for one in part:
        quantity = net.quantities[one]
        if quantity.sensitive:
            low, high = quantity.needed(threshold)
            needed |= {Demand("up", one): high - quantity.value, Demand("down", one): quantity.value - low, Demand("reasons", one): 1.0}
    hideable = sorted({figure for one in part for figure in net.hideable(one)})
    needed |= {Demand("width", figure): float(threshold) for figure in hideable}
    return Search(net, part, threshold, needed, {figure: net.figures[figure].weight for figure in hideable})


def _broken(search: Search, figures: frozenset[int]) -> list[Cut]:
    """What is not kept while these figures are hidden, with an inequality that says so."""
    hidden = search.net.primary | figures
    unknown = {one for one in search.part if search.net.unknown(one, hidden)}
    groups = connected(sorted(unknown), search.net.rows_of.__getitem__, lambda row: unknown.intersection(search.net.bound(row)))
    group_of = {one: group for group in groups for one in group}
    asked = [demand for demand in search.needed if demand.kind != "width" or demand.subject in figures]
    # What the reasons give away is asked last: as long as an interval is too narrow, it only costs time.
    for guessing in (False, True):
        broken = [cut for demand in asked if (demand.kind == "reasons") == guessing and (cut := _broken_by(search, demand, group_of))]
        if broken:
            return broken
    return []


def _broken_by(search: Search, demand: Demand, group_of: dict[int, tuple[int, ...]]) -> Cut | None:
    reach = _short(search, demand, group_of)
    if reach is None:
        return None
    cut = _cut(search, demand, reach)
    if _possible(cut):
        return cut
    # Hiding cannot give what is promised: ask for as much as it can give, of all who hang together with the subject.
    groups = connected(_quantities(search.net, demand), search.net.rows_of.__getitem__, search.net.bound)
    most = _short(search, demand, {one: group for group in groups for one in group})
    level = most.value if most and demand.kind != "reasons" else 0.0
    search.needed[demand] = level if level < search.needed[demand] - EPSILON else 0.0
    if demand.kind == "width":
        # Dearer than all the others together: hidden only where nothing else protects.
        search.weights[demand.subject] += sum(search.net.figures[figure].weight for figure in search.weights)
    return _broken_by(search, demand, group_of)


def _quantities(net: Net, demand: Demand) -> list[int]:
    return [one for one in net.shows[demand.subject] if one not in net.known] if demand.kind == "width" else [demand.subject]


def _short(search: Search, demand: Demand, group_of: dict[int, tuple[int, ...]]) -> Reach | None:
    """How far short of what is needed an attacker's uncertainty falls; nothing where it does not."""
    needed = search.needed[demand]
    if needed <= EPSILON:
        return None
    if demand.kind == "width":
        return _best(search, demand, group_of)
    attack = search.attack(group_of[demand.subject], told=demand.kind == "reasons")
    if demand.kind == "reasons":
        return attack.guessed(demand.subject)
    return attack.reach(demand.subject, _SIGN[demand.kind], needed)


def _best(search: Search, demand: Demand, group_of: dict[int, tuple[int, ...]]) -> Reach | None:
    """The same for a figure: one of its quantities has to be uncertain."""
    best = Reach(0.0, {})
    for one in _quantities(search.net, demand):
        if one in group_of:
            reach = search.attack(group_of[one]).width(one, search.needed[demand])
            if reach is None:
                return None
        else:
            reach = Reach(0.0, {one: math.inf})
        best = either(best, reach)
    return best


def _cut(search: Search, demand: Demand, reach: Reach) -> Cut:
    """The inequality over what may still be hidden; nothing counts for more than what is needed."""
    hideable = {one: bool(search.net.hideable(one)) for one in reach.factors}
    needed = search.needed[demand] - reach.constant - sum(factor for one, factor in reach.factors.items() if not hideable[one])
    factors = tuple((one, min(factor, needed)) for one, factor in reach.factors.items() if hideable[one])
    return Cut(factors, needed, demand.subject if demand.kind == "width" else None)


def _possible(cut: Cut) -> bool:
    return sum(factor for _, factor in cut.factors) >= cut.needed - EPSILON


def _shown_again(search: Search, choice: Choice) -> Choice:
    """The choice without what turns out to be superfluous, the dearest figures first."""
    figures = choice.figures
    for figure in sorted(figures, key=lambda figure: (-search.weights[figure], figure)):
        fewer = figures - {figure}
        hidden = search.net.primary | fewer
        if all(cut.kept(search.net, hidden) for cut in search.cuts):
            broken = _broken(search, fewer)
            search.cuts += broken
            figures = figures if broken else fewer
    return Choice(figures, proven=False)
