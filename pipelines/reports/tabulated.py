"""The tables of a pack one after another: those of its pages, that under each chart, and its key figures as one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.reports.content import Block, Card, Cards, Cell, Chart, Page, Panels, Table, Text, heads
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
        page: it stands on.
        part: of the pack: empty, or the annex.
        table: with all there is to say of it in its notes.
        unit: of its figures, where they have one in common.
    """

    number: str
    page: Page
    part: str
    table: Table
    unit: str = ""

    @property
    def stands_on(self) -> str:
        """Its page by its title, and the part of the pack where that is not the first."""
        return f"{self.part}: {self.page.title}" if self.part else self.page.title


def tabulated(edition: Edition) -> tuple[Tabulated, ...]:
    """All tables of a pack, in the order of its pages."""
    pages = [(part, page, blocks) for part, found in edition.parts for page, blocks in found]
    return tuple(
        Tabulated(f"{first}.{second}", page, part, table, unit)
        for first, (part, page, blocks) in enumerate(pages, 1)
        for second, (table, unit) in enumerate((one for block in blocks for one in _tables(block)), 1)
    )


def shown(tables: tuple[Tabulated, ...]) -> list[Value]:
    """The figures of indicators that the tables show, each once, in the order of their keys."""
    cells = (cell for one in tables for row in one.table.rows for cell in row)
    found = {cell.shows.figure: cell.shows for cell in cells if cell.shows and cell.shows.figure}
    return [found[figure] for figure in sorted(found)]


def _tables(block: Block) -> Iterator[tuple[Table, str]]:
    """The tables of a block, each with its unit."""
    match block:
        case Text():
            return
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
