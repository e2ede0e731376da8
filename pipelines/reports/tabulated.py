"""The tables of a pack one after another: those of its pages, that under each chart, and its key figures as one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from pipelines.reports.chart import Chart, Panels
from pipelines.reports.content import Block, Card, Cards, Cell, Table, Text, heads
from pipelines.reports.edition import Edition
from pipelines.reports.language import tr
from pipelines.reports.moves import Flow
from pipelines.reports.tables import table_of
from pipelines.reports.value import About, Value


@dataclass(frozen=True)
class Tabulated:
    """A table of a pack.

    Attributes:
        number: of its page and of itself there: `3.2`.
        stands_on: its page by its title, and the part of the pack where that is not the first.
        table: with all there is to say of it in its notes.
        unit: of its figures, where they have one in common.
    """

    number: str
    stands_on: str
    table: Table
    unit: str = ""


@dataclass(frozen=True)
class Section:
    """A page of a pack by its number and title, with its sentences and tables in their order."""

    number: str
    title: str
    contents: tuple[Text | Tabulated, ...]


def sections(edition: Edition) -> tuple[Section, ...]:
    """The pages of a pack."""
    pages = [(f"{part}: {page.title}" if part else page.title, blocks) for part, found in edition.parts for page, blocks in found]
    return tuple(_section(str(number), title, blocks) for number, (title, blocks) in enumerate(pages, 1))


def tabulated(edition: Edition) -> tuple[Tabulated, ...]:
    """All tables of a pack, in the order of its pages."""
    return tuple(one for section in sections(edition) for one in section.contents if isinstance(one, Tabulated))


def shown(tables: tuple[Tabulated, ...]) -> list[Value]:
    """The figures of indicators that the tables show, each once, in the order of their keys."""
    cells = (cell for one in tables for row in one.table.rows for cell in row)
    found = {cell.shows.figure: cell.shows for cell in cells if cell.shows and cell.shows.figure}
    return [found[figure] for figure in sorted(found)]


def _section(number: str, title: str, blocks: tuple[Block, ...], /) -> Section:
    places, contents = count(1), list[Text | Tabulated]()
    for block in blocks:
        if isinstance(block, Text):
            contents.append(block)
        else:
            contents += (Tabulated(f"{number}.{next(places)}", title, table, unit) for table, unit in _tables(block))
    return Section(number, title, tuple(contents))


def _tables(block: Cards | Table | Chart | Panels | Flow) -> Iterator[tuple[Table, str]]:
    """The tables of a block, each with its unit."""
    match block:
        case Table():
            yield block, ""
        case Cards():
            yield _key_figures(block), ""
        case Panels():
            for chart in block.charts:
                title = f"{block.title}: {chart.title}"
                notes = (*chart.notes, *block.notes)
                yield replace(table_of(chart), title=title, notes=notes, about=block.about), _unit(block.about)
        case Chart() | Flow():
            yield replace(table_of(block), notes=block.notes, about=block.about), _unit(block.about)


def _unit(about: tuple[About, ...]) -> str:
    return about[0].shown_unit


def _key_figures(block: Cards) -> Table:
    """A row per key figure."""
    return Table(
        slug="key_figures",
        title=block.title,
        columns=heads((tr("Chiffre"),), (tr("Valeur"),), (tr("Unité"), tr("Repose sur")), (tr("Sur un mois"), tr("Sur un an"))),
        rows=tuple(_key_figure(card) for card in block.cards),
        about=block.about,
    )


def _key_figure(card: Card) -> tuple[Cell, ...]:
    unit = card.unit or (card.shows.about.shown_unit if card.shows else "")
    said = (Cell(words, kind="text") for words in (unit, card.detail))
    return (Cell(card.label, kind="text"), Cell(card.text, shows=card.shows), *said, *card.moves)
