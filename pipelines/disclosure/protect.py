"""The search for the smallest loss: what to hide besides the sensitive figures so that these cannot be worked out.

Exact by cuts, after Fischetti and Salazar: choose the cheapest figures that keep the inequalities found so far, see what an attacker
makes of that choice, add the inequalities it breaks, choose again. Only what is hidden is unknown to an attacker, so each of his
programs is a few quantities large, however large the tables. Where a part does not come to an end in time, choices are only
added to, and what turns out to be superfluous is shown again.
"""

from collections.abc import Iterable

from pipelines.disclosure.groups import connected
from pipelines.disclosure.model import Protection, Role, State, System
from pipelines.disclosure.net import Net, numbered
from pipelines.disclosure.search import protected

_FORCED: dict[State, Role] = {"hidden": "forced", "row": "row"}


def protect(system: System, threshold: int) -> Protection:
    """The figures to hide so that the promises of `model` hold, with the smallest sum of weights."""
    net = numbered(system)
    roles: dict[int, Role] = {index: _FORCED[figure.state] for index, figure in enumerate(net.figures) if figure.state in _FORCED}
    roles |= dict.fromkeys(net.primary, "primary")
    optimal = True
    for part in _parts(net):
        choice = protected(net, part, threshold)
        roles |= dict.fromkeys(choice.figures, "secondary")
        optimal = optimal and choice.proven
    published = tuple(net.quantities[one].key for one in sorted(net.known) if net.quantities[one].sensitive)
    return Protection({net.figures[index].key: roles[index] for index in sorted(roles)}, published, optimal)


def _parts(net: Net) -> list[tuple[int, ...]]:
    """The quantities that hang together with a sensitive one, by relations or by figures; the others have nothing to fear."""

    # Rows are numbered below 0, so that one walk goes through rows and figures.
    def ties(one: int) -> list[int]:
        return [*(-1 - row for row in net.rows_of[one]), *net.shown_in[one]]

    def members(tie: int) -> Iterable[int]:
        return net.bound(-1 - tie) if tie < 0 else set(net.shows[tie]) - net.known

    sensitive = (one for one, quantity in enumerate(net.quantities) if quantity.sensitive and one not in net.known)
    return connected(sensitive, ties, members)
