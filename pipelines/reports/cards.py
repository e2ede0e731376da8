"""Key figures of a month, each with what it rests on and how it moved."""

from pipelines.reports.book import Book, value_at
from pipelines.reports.cells import change_cell
from pipelines.reports.content import Card, Cards, Cell
from pipelines.reports.formats import of_points
from pipelines.reports.language import later, tr
from pipelines.reports.value import Value

_SPANS = ((1, later("sur un mois")), (12, later("sur un an")))


def cards(book: Book, title: str, *, indicators: tuple[str, ...], dimension: str = "total", member: str = "total") -> Cards:
    """A card per indicator, of one member of a breakdown where it is named, with their definitions; none of one that is held back."""
    told = [one for one in indicators if value_at(book, one, dimension=dimension, member=member).reason != "HELD_BACK"]
    shown = tuple(_card(book, indicator, dimension=dimension, member=member) for indicator in told)
    return Cards(title, shown, book.about(*told))


def _card(book: Book, indicator: str, *, dimension: str, member: str) -> Card:
    value = value_at(book, indicator, dimension=dimension, member=member)
    unit = "" if value.about.share or value.value is None else value.about.shown_unit
    earlier = {words: value_at(book, indicator, months_before=months, dimension=dimension, member=member) for months, words in _SPANS}
    moves = tuple(_change(value, before, tr(words)) for words, before in earlier.items())
    return Card(value.about.label, value.text, unit, value.grounds(), moves, value)


def _change(value: Value, earlier: Value, words: str) -> Cell:
    if value.value is None or earlier.value is None:
        return Cell(tr("{absence} {span}", absence=(value if value.value is None else earlier).text, span=words))
    change = value.value - earlier.value
    if not change:
        return Cell(tr("inchangé {span}", span=words))
    if value.about.share:
        points = round(change * 100, 1)
        return change_cell(points, 1, after=f" {of_points(points)} {words}")
    return change_cell(change, after=f" {words}")
