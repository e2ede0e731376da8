"""From people's states at two dates to a Sankey diagram and its table: whoever leaves a state arrives in one.

Every move is drawn, back as well as forth: the states stand twice, before on the left and after on the right, in the same order.
"""

from pipelines.reports import formats
from pipelines.reports.cells import number_cell
from pipelines.reports.content import Cell, Table, heads
from pipelines.reports.language import later, tr
from pipelines.reports.moves import Flow, State
from pipelines.reports.scales import Spec

_HEIGHT, _EDGE, _PAD, _THICK = 480, 8, 16, 18
_SIDES = (0, 1)
_LARGEST = 3
HIDDEN_MOVES = later("Les passages masqués pour protéger des personnes ne sont ni dessinés ni comptés dans les sommes.")


def persons(flow: Flow, side: int) -> dict[str, int]:
    """The persons by state at the first date (side 0) or at the second one (side 1): the sum of what flows out of it, or in."""
    return {state.code: sum(count for pair, count in flow.counts.items() if pair[side] == state.code) for state in flow.states}


def sankey(flow: Flow) -> Spec:
    """The diagram: a node per state and date, as high as its persons, a link per move, in the colour of where it comes from."""
    nodes = [(side, state, count) for side in _SIDES for state, count in _there(flow, side)]
    place = {(side, state.code): number for number, (side, state, _) in enumerate(nodes)}
    moves = [(pair, count) for pair, count in sorted(flow.counts.items(), key=lambda move: _order(flow, move[0])) if count]
    labels = {state.code: state.label for state in flow.states}
    colours = {state.code: state.colour for state in flow.states}
    return {
        "data": [
            {
                "type": "sankey",
                "arrangement": "fixed",
                "node": {
                    "label": [f"{state.label}: {formats.number(count)}" for _, state, count in nodes],
                    "color": [state.colour for _, state, _ in nodes],
                    "x": [(0.001, 0.999)[side] for side, _, _ in nodes],
                    "y": [middle for side in _SIDES for middle in _middles(flow, side)],
                    "sort": "input",
                    "pad": _PAD,
                    "thickness": _THICK,
                    "line": {"width": 0},
                    "hoverinfo": "none",
                },
                "link": {
                    "source": [place[0, before] for (before, _), _ in moves],
                    "target": [place[1, after] for (_, after), _ in moves],
                    "value": [count for _, count in moves],
                    "color": [_faint(colours[before]) for (before, _), _ in moves],
                    "sort": "input",
                    "customdata": [f"{labels[before]} → {labels[after]}: {formats.number(count)}" for (before, after), count in moves],
                    "hovertemplate": "%{customdata}<extra></extra>",
                },
            }
        ],
        "layout": {"height": _HEIGHT, "margin": dict.fromkeys("tblr", _EDGE)},
    }


def _there(flow: Flow, side: int) -> list[tuple[State, int]]:
    """The states that anybody is in, in order."""
    return [(state, count) for state in flow.states if (count := persons(flow, side)[state.code])]


def _order(flow: Flow, pair: tuple[str, str]) -> tuple[int, int]:
    codes = [state.code for state in flow.states]
    return codes.index(pair[0]), codes.index(pair[1])


def _middles(flow: Flow, side: int) -> list[float]:
    """Where the middle of each node is, from the top, in the order of the states: left to itself, plotly moves them about."""
    room = _HEIGHT - 2 * _EDGE
    most = max(len(_there(flow, one)) for one in _SIDES)
    scale = (room - _PAD * (most - 1)) / max(sum(flow.counts.values()), 1)
    found, top = [], 0.0
    for _, count in _there(flow, side):
        found.append(round((top + scale * count / 2) / room, 6))
        top += scale * count + _PAD
    return found


def _faint(colour: str) -> str:
    """A colour through which those below are seen."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.4)"


def matrix(flow: Flow) -> Table:
    """A row per state before and a column per state after, with their sums."""
    before, after = persons(flow, 0), persons(flow, 1)
    rows = [
        (
            Cell(state.label, kind="text"),
            *(_moved(flow, state, other) for other in flow.states),
            number_cell(before[state.code]),
        )
        for state in flow.states
    ]
    sums = [number_cell(count) for count in (*after.values(), sum(after.values()))]
    first, second = flow.dates
    whole = tr("Ensemble, sans les passages masqués") if flow.hidden else tr("Ensemble")
    return Table(
        slug=f"{flow.slug}-table",
        title=flow.title,
        columns=heads(
            (f"{first} ↓ {second} →",),
            (*(state.label for state in flow.states), whole),
        ),
        rows=(*rows, (Cell(tr("Ensemble"), kind="text"), *sums)),
    )


def _moved(flow: Flow, before: State, after: State) -> Cell:
    """The persons of a move; one that nobody made is no link of the diagram."""
    pair = (before.code, after.code)
    if why := flow.hidden.get(pair):
        return Cell(why, shows=flow.shows.get(pair))
    count = flow.counts.get(pair, 0)
    data = {"series": before.label, "x": after.label, "value": str(count)} if count else {}
    return number_cell(count, data=data, shows=flow.shows.get(pair))


def spoken(flow: Flow) -> str:
    """The diagram in words: its title and the largest changes of state."""
    labels = {state.code: state.label for state in flow.states}
    changes = sorted(((count, pair) for pair, count in flow.counts.items() if pair[0] != pair[1] and count), reverse=True)
    told = [f"{labels[before]} → {labels[after]}: {formats.number(count)}" for count, (before, after) in changes[:_LARGEST]]
    if not told:
        return tr("{title}. Passages les plus fréquents: aucun.", title=flow.title)
    return tr("{title}. Passages les plus fréquents: {moves}.", title=flow.title, moves="; ".join(told))
