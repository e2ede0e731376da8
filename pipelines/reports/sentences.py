"""What changed and by how much, in sentences made from the figures by rule."""

from pipelines.reports import formats
from pipelines.reports.book import Book, value_at
from pipelines.reports.content import Text
from pipelines.reports.language import later, tr
from pipelines.reports.value import Value

# How a value moved in so many months: up, down, and not at all.
_MOVES = {
    1: (later("{size} de plus qu'un mois avant"), later("{size} de moins qu'un mois avant"), later("autant qu'un mois avant")),
    12: (later("{size} de plus qu'un an avant"), later("{size} de moins qu'un an avant"), later("autant qu'un an avant")),
}


def changed(book: Book, *indicators: str) -> Text:
    """A sentence per indicator: its value, what that rests on, and how it moved in a month and in a year."""
    return Text(tuple(_sentence(book, indicator) for indicator in indicators))


def _sentence(book: Book, indicator: str) -> str:
    value = value_at(book, indicator)
    if value.value is None:
        return f"{value.about.label}, {formats.month(book.period)}: {formats.inside(value.text)}."
    unit = "" if value.about.share else f" {value.about.shown_unit}"
    rests_on = f" ({value.grounds()})" if value.grounds() else ""
    return f"{value.about.label}: {value.text}{unit}{rests_on}{compared(book, value, indicator)}."


def compared(book: Book, value: Value, indicator: str) -> str:
    """`, 3 de plus qu'un mois avant et autant qu'un an avant`; silent about a month that is not there."""
    phrases = []
    for months, words in _MOVES.items():
        earlier = value_at(book, indicator, months_before=months).value
        if value.value is not None and earlier is not None:
            phrases.append(_moved(value.value - earlier, words, share=value.about.share))
    if len(phrases) == len(_MOVES):
        return tr(", {in_a_month} et {in_a_year}", in_a_month=phrases[0], in_a_year=phrases[1])
    return "".join(f", {phrase}" for phrase in phrases)


def _moved(change: float, words: tuple[str, str, str], *, share: bool) -> str:
    size = abs(round(change * 100, 1)) if share else abs(change)
    more, less, same = words
    if not size:
        return tr(same)
    told = f"{formats.number(size, 1)} {formats.of_points(size)}" if share else formats.number(size)
    return tr(more if change > 0 else less, size=told)
