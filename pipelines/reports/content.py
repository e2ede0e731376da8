"""What a page is made of: texts, key figures, tables, and the charts among them; nothing here knows how they look."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipelines.reports.book import Book
from pipelines.reports.chart import Chart, Panels
from pipelines.reports.files import GP_CII
from pipelines.reports.formats import Amount
from pipelines.reports.language import tr
from pipelines.reports.moves import Flow
from pipelines.reports.value import About, Value


@dataclass(frozen=True)
class Spark:
    """The last months of a figure as a line within a cell, none where there is no value, and the same in words."""

    amounts: Mapping[dt.date, Amount | None]
    text: str

    @property
    def values(self) -> tuple[float | None, ...]:
        """Where the line goes; None where it breaks."""
        return tuple(None if one is None or isinstance(one.value, dt.date) else one.value for one in self.amounts.values())


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: what is read.
        detail: what it rests on, or what a symbol means; shown small.
        data: what a program reads, as `data-…` attributes.
        kind: `number` to align right, `text`, or another class of the style sheet.
        href: where the text leads, a file beside the report.
        spark: how it came to be.
        shows: the value of an indicator that is read; what stands behind it can be opened.
        amount: the number or day that is read, where it is not that of the value.
    """

    text: str
    detail: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    kind: str = "number"
    href: str = ""
    spark: Spark | None = None
    shows: Value | None = None
    amount: Amount | None = None

    @property
    def counts(self) -> Amount | None:
        """The number or day that is read, as a program counts with it; None where the text is a word."""
        if self.amount or not self.shows or not self.shows.amount:
            return self.amount
        return replace(self.shows.amount, after=self.text.removeprefix(self.shows.text))


@dataclass(frozen=True)
class Filter:
    """A choice that leaves only some rows of a table: those whose head has the value chosen among the words of `data-key`.

    Attributes:
        key: the `data` of the heads of rows it looks at.
        label: what is chosen.
        options: the values with their labels.
        chosen: the value chosen to begin with; empty for all rows.
    """

    key: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under column heads; the first cell of a row is its head.

    Attributes:
        slug: its name, unique on its page.
        title: what it shows.
        columns: the heads of the columns.
        rows: its cells; a row of one cell is a heading over those that follow.
        notes: what a reader must know of it.
        kind: a class of the style sheet.
        about: the indicators it shows; they give source and definition.
        filters: the choices a reader has; without scripts all rows are there.
        empty: what is said where it has no row, instead of that there is nothing to say.
        folded: to be opened by whoever wants it: long, and read by few.
    """

    slug: str
    title: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    kind: str = ""
    about: tuple[About, ...] = ()
    filters: tuple[Filter, ...] = ()
    empty: str = ""
    folded: bool = False

    @property
    def nothing(self) -> str:
        """What stands in place of rows where there are none."""
        return self.empty or tr("Rien à signaler.")


def heads(*groups: Iterable[str]) -> tuple[Cell, ...]:
    """The heads of columns: of those that hold texts, of those that hold numbers, and so on by turns."""
    return tuple(Cell(name, kind="number" if place % 2 else "text") for place, group in enumerate(groups) for name in group)


@dataclass(frozen=True)
class Card:
    """A key figure with its unit, what it rests on, how it moved, and the value it shows."""

    label: str
    text: str
    unit: str
    detail: str
    moves: tuple[Cell, ...]
    shows: Value | None = None

    @property
    def changes(self) -> tuple[str, ...]:
        """How it moved, in words."""
        return tuple(move.text for move in self.moves)


@dataclass(frozen=True)
class Cards:
    """Key figures side by side."""

    title: str
    cards: tuple[Card, ...]
    about: tuple[About, ...]


@dataclass(frozen=True)
class Text:
    """Sentences made from figures by rule, under a title where they need one."""

    sentences: tuple[str, ...]
    title: str = ""


Block = Text | Cards | Table | Chart | Panels | Flow


def charts(blocks: Iterable[Block]) -> tuple[Chart, ...]:
    """The charts among the blocks, panels included."""
    found = (block.charts if isinstance(block, Panels) else (block,) for block in blocks if isinstance(block, Chart | Panels))
    return tuple(chart for group in found for chart in group)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the report: its file in `pages/` is all it takes to add it.

    Attributes:
        slug: its anchor, and the first part of the names of its golden figures.
        title: its heading, for `tr` until it stands in an edition.
        order: pages stand in ascending order.
        build: its content, from the tables.
        packs: the packs it stands in, by their names in `files.PACKS`.
        annex: whether it stands behind what the reader is to read.
        internal: whether it is for the analysts alone: it shows persons, or what no control has passed.
    """

    slug: str
    title: str
    order: int
    build: Callable[[Book], tuple[Block, ...]]
    packs: tuple[str, ...] = (GP_CII,)
    annex: bool = True
    internal: bool = False
