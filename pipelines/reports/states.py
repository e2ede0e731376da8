"""The state of a delivery as a cell: a symbol, and the words it stands for."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pipelines.reports import formats
from pipelines.reports.book import label
from pipelines.reports.content import Cell
from pipelines.reports.deliveries import CORRECTED
from pipelines.reports.language import tr

_SYMBOLS = {
    "in_force": "●",
    "late": "◐",
    "expected": "○",
    "missing": "✕",
    "rejected": "⊘",
    "held": "‖",
    "withdrawn": "−",
    "not_owed": "·",
}


def legend() -> str:
    """What each symbol stands for, in a sentence."""
    named = ", ".join(f"{symbol} {formats.inside(label('state', state))}" for state, symbol in _SYMBOLS.items())
    return tr("{symbols}, {star} une version plus récente n'est pas en vigueur.", symbols=named, star=CORRECTED)


def state_cell(state: str, correction: str | None = None, *, days_late: int | None = None) -> Cell:
    """A state, whether a correction of it waits, and by how many days it came late where that is to be read."""
    told = label("state", state)
    symbol = _SYMBOLS[state] + (CORRECTED if correction else "")
    late = state == "late" and days_late is not None
    words = [
        tr("{state} de {days}", state=told, days=formats.counted(days_late or 0, "jour", "jours")) if late else told,
        *([tr("correction: {status}", status=formats.inside(label("status", correction)))] if correction else []),
    ]
    return Cell(f"{symbol} {days_late}" if late else symbol, "; ".join(words), {"state": state}, "state")


def state_rows(
    sent: Mapping[tuple[str, str], str], periods: Sequence[dt.date], states: Mapping[tuple[str, str, dt.date], Cell]
) -> tuple[tuple[Cell, ...], ...]:
    """A row per service and dataset, under what it is called, a cell per period; what has no state is not owed."""
    nothing = state_cell("not_owed")
    return tuple(
        (Cell(service, called, kind="text"), *(states.get((service, dataset, period), nothing) for period in periods))
        for (service, dataset), called in sent.items()
    )


def month_head(period: dt.date) -> Cell:
    """The initial of the month; the year stands above each January."""
    name = formats.month_name(period)
    return Cell(name[0].upper(), formats.month(period), {"year": str(period.year)} if period.month == 1 else {}, "state")
