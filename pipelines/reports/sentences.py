"""What changed and by how much, in sentences made from the figures by rule."""

from pipelines.reports import formats
from pipelines.reports.book import Book, value_at
from pipelines.reports.content import Text
from pipelines.reports.language import agreeing
from pipelines.reports.value import Value

_SPANS = ((1, "qu'un mois avant"), (12, "qu'un an avant"))


def changed(book: Book, *indicators: str) -> Text:
    """A sentence per indicator: its value, what that rests on, and how it moved in a month and in a year."""
    return Text(tuple(_sentence(book, indicator) for indicator in indicators))


def _sentence(book: Book, indicator: str) -> str:
    value = value_at(book, indicator)
    if value.value is None:
        return f"{value.about.label}, {formats.month(book.period)}: {value.text.lower()}."
    unit = "" if value.about.share else f" {value.about.unit}"
    rests_on = f" ({value.grounds()})" if value.grounds() else ""
    return f"{value.about.label}: {value.text}{unit}{rests_on}{compared(book, value, indicator)}."


def compared(book: Book, value: Value, indicator: str) -> str:
    """`, 3 de plus qu'un mois avant et autant qu'un an avant`; silent about a month that is not there."""
    phrases = []
    for months, words in _SPANS:
        earlier = value_at(book, indicator, months_before=months).value
        if value.value is not None and earlier is not None:
            phrases.append(f"{_moved(value.value - earlier, share=value.about.share)} {words}")
    return f", {' et '.join(phrases)}" if phrases else ""


def _moved(change: float, *, share: bool) -> str:
    size = abs(round(change * 100, 1)) if share else abs(change)
    if not size:
        return "autant"
    counted = f"{formats.number(size, 1)} {agreeing(size, 'point', 'points')}" if share else formats.number(size)
    return f"{counted} de {'plus' if change > 0 else 'moins'}"
