"""The cheapest figures to hide such that a set of inequalities holds."""

from collections.abc import Collection
from dataclasses import dataclass

from pipelines.disclosure.groups import connected
from pipelines.disclosure.net import Net
from pipelines.disclosure.solver import EPSILON, Kind, Row, cheapest

# Up to here the cheapest choice is looked for; with more figures at once, what was chosen before stays and is added to.
EXACT = 200


@dataclass(frozen=True)
class Cut:
    """What every sufficient choice keeps: the factors of the quantities that become unknown add up to `needed`.

    Attributes:
        factors: what each quantity that may become unknown contributes.
        needed: what they must come to.
        where: the figure that must be hidden for the inequality to be asked; nothing where it is always.
    """

    factors: tuple[tuple[int, float], ...]
    needed: float
    where: int | None = None

    def kept(self, net: Net, hidden: Collection[int]) -> bool:
        """Whether the inequality holds while these figures are hidden."""
        if self.where is not None and self.where not in hidden:
            return True
        return sum(factor for one, factor in self.factors if net.unknown(one, hidden)) >= self.needed - EPSILON


@dataclass(frozen=True)
class Choice:
    """Figures to hide for the sake of others, and whether nothing cheaper would do."""

    figures: frozenset[int]
    proven: bool


def cover(net: Net, cuts: list[Cut], weights: dict[int, float], *, before: frozenset[int], grow: bool) -> Choice:
    """The cheapest figures that keep all cuts, each group of figures that hangs together by itself."""
    of_cut = [_figures(net, cut) for cut in cuts]
    cuts_of: dict[int, list[int]] = {}
    for index, figures in enumerate(of_cut):
        for figure in figures:
            cuts_of.setdefault(figure, []).append(index)
    chosen, proven = frozenset[int](), True
    for group in connected(sorted(cuts_of), cuts_of.__getitem__, of_cut.__getitem__):
        asked = [cuts[index] for index in sorted({index for figure in group for index in cuts_of[figure]})]
        growing = grow or len(group) > EXACT
        choice = _of_group(net, asked, {figure: weights[figure] for figure in group}, before & frozenset(group) if growing else frozenset())
        chosen, proven = chosen | choice.figures, proven and choice.proven and not growing
    return Choice(chosen, proven)


def _of_group(net: Net, cuts: list[Cut], weights: dict[int, float], stay: frozenset[int]) -> Choice:
    columns = {figure: column for column, figure in enumerate(weights)}
    several = sorted({one for cut in cuts for one, _ in cut.factors if len(net.hideable(one)) > 1})
    columns_of = {one: columns[net.hideable(one)[0]] for cut in cuts for one, _ in cut.factors}
    # A quantity in several figures is unknown only where all of them are hidden.
    columns_of |= {one: len(columns) + index for index, one in enumerate(several)}
    rows = [Row(((columns[figure], 1), (columns_of[one], -1)), 0, 1) for one in several for figure in net.hideable(one)]
    for cut in cuts:
        terms: dict[int, float] = {columns[cut.where]: -cut.needed} if cut.where is not None else {}
        for one, factor in cut.factors:
            terms[columns_of[one]] = terms.get(columns_of[one], 0.0) + factor
        rows.append(Row(tuple(terms.items()), cut.needed if cut.where is None else 0.0, float("inf")))
    bounds = [(1.0 if figure in stay else 0.0, 1.0) for figure in columns] + [(0.0, 1.0)] * len(several)
    whole: Kind = "whole"
    real: Kind = "real"
    kinds = [whole] * len(columns) + [real] * len(several)
    found = cheapest([*weights.values(), *(0.0 for _ in several)], bounds, rows, kinds=kinds)
    if found is None:
        return Choice(frozenset(weights), proven=False)
    return Choice(frozenset(figure for figure, column in columns.items() if found.point[column] > 0.5), found.proven)


def _figures(net: Net, cut: Cut) -> list[int]:
    figures = {figure for one, _ in cut.factors for figure in net.hideable(one)}
    return sorted(figures | ({cut.where} if cut.where is not None else set()))
