"""The state of a delivery as a cell: a symbol, and the words it stands for."""

import datetime as dt

from pipelines.reports import formats
from pipelines.reports.book import label
from pipelines.reports.content import Cell
from pipelines.reports.deliveries import CORRECTED

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
_NAMED = ", ".join(f"{symbol} {label('state', state).lower()}" for state, symbol in _SYMBOLS.items())
LEGEND = f"{_NAMED}, {CORRECTED} une version plus récente n'est pas en vigueur."


def state_cell(state: str, correction: str | None = None, *, days_late: int | None = None) -> Cell:
    """A state, whether a correction of it waits, and by how many days it came late where that is to be read."""
    told = label("state", state)
    symbol = _SYMBOLS[state] + (CORRECTED if correction else "")
    late = state == "late" and days_late is not None
    words = [
        f"{told} de {formats.counted(days_late or 0, 'jour', 'jours')}" if late else told,
        *([f"correction: {label('status', correction).lower()}"] if correction else []),
    ]
    return Cell(f"{symbol} {days_late}" if late else symbol, "; ".join(words), {"state": state}, "state")


def month_head(period: dt.date) -> Cell:
    """The initial of the month; the year stands above each January."""
    name = formats.MONTHS[period.month - 1]
    return Cell(name[0].upper(), f"{name} {period.year}", {"year": str(period.year)} if period.month == 1 else {}, "state")
