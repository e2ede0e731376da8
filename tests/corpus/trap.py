"""What a trap is, and how it is made from a clean delivery in a line or two."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pipelines.contracts.export import Export
from pipelines.contracts.limits import Limits
from pipelines.contracts.rules import RULES
from tests.corpus.clean import DOSSIERS, Cell, Clean, Grid
from tests.corpus.formats import Finish, csv, lines, xlsx

Found = tuple[int | None, str | None, str]
Change = Callable[[Grid], Grid]


def unmoved(line: int) -> int:
    """The line of the clean delivery, where the trap moves none."""
    return line


@dataclass(frozen=True, kw_only=True, eq=False)
class Trap:
    """A file with one thing odd, and all that must come out of it.

    Attributes:
        name: its file is called so.
        what: what is odd, in one sentence.
        content: its bytes.
        findings: every finding: line, field (else the header as written), rule.
        clean: the delivery it was made from; its other rows are loaded as they are there.
        ending: of the file's name.
        refused: the rule that refuses it; None where it is accepted.
        read: records of a refused file; counted from the rest where it is accepted.
        skipped: total lines and footnotes.
        at: from the line of the clean delivery to the line in this file.
        gone: lines of the clean delivery that this file does not hold.
        reads: stored cells that differ from the clean delivery: (its line, column) to value.
        suggests: the nearest allowed value, by line and field (or header) of a finding.
        says: words that the French sentences of the findings must hold, an offset or a line.
        limits: limits other than the usual, so that the file stays small.
        mendable: what the correction workbook says puts it right, without anybody's thinking.
    """

    name: str
    what: str
    content: bytes = field(repr=False)
    findings: tuple[Found, ...] = ()
    clean: Clean = DOSSIERS
    ending: str = "csv"
    refused: str | None = None
    read: int = 0
    skipped: int = 0
    at: Callable[[int], int] = unmoved
    gone: Collection[int] = ()
    reads: Mapping[tuple[int, str], object] = field(default_factory=dict)
    suggests: Mapping[tuple[int | None, str | None], str] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    mendable: bool = False

    @property
    def export(self) -> Export:
        """The contract it is read by."""
        return self.clean.export

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.{self.ending}"

    @property
    def rejected_lines(self) -> set[int]:
        """The lines kept out."""
        return {line for line, _, rule in self.findings if line is not None and RULES[rule].severity == "error"}

    @property
    def kept(self) -> list[int]:
        """The lines of the clean delivery whose rows are loaded."""
        rows = range(2, len(self.clean.grid) + 1)
        return [] if self.refused else [line for line in rows if line not in self.gone and self.at(line) not in self.rejected_lines]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Rows read, loaded, rejected and skipped."""
        loaded, rejected = len(self.kept), len(self.rejected_lines)
        if self.refused:
            return self.read, 0, self.read - self.skipped, self.skipped
        return loaded + rejected + self.skipped, loaded, rejected, self.skipped


def as_csv(name: str, what: str, text: Iterable[str], *findings: Found, **expected: object) -> Trap:
    """A CSV of these lines."""
    return Trap(name=name, what=what, content=csv(text), findings=findings, **expected)


def as_bytes(name: str, what: str, content: bytes, *findings: Found, **expected: object) -> Trap:
    """A file of these bytes."""
    return Trap(name=name, what=what, content=content, findings=findings, **expected)


def both(name: str, what: str, change: Change, *findings: Found, clean: Clean = DOSSIERS, **expected: object) -> tuple[Trap, Trap]:
    """The same oddity as a CSV and as a sheet."""
    return (
        as_bytes(name, what, csv(lines(change(clean.texts()))), *findings, clean=clean, **expected),
        as_bytes(f"{name}_xlsx", what, xlsx(change(clean.cells())), *findings, clean=clean, ending="xlsx", **expected),
    )


def setting(cells: Mapping[tuple[int, str], Cell], clean: Clean = DOSSIERS) -> Change:
    """Other values in some cells, by line and field."""

    def change(grid: Grid) -> Grid:
        for (line, name), value in cells.items():
            grid[line - 1][clean.place(name)] = value
        return grid

    return change


def inserting(before: int, *rows: Iterable[Cell]) -> Change:
    """More rows above a line, as wide as the others; line 14 is the one below the last."""
    return lambda grid: [*grid[: before - 1], *(_padded(row, len(grid[0])) for row in rows), *grid[before - 1 :]]


def _padded(row: Iterable[Cell], width: int) -> list[Cell]:
    cells = list(row)
    return cells + [""] * (width - len(cells))


def moved(by: int, *, start: int = 1) -> Callable[[int], int]:
    """All lines from one on stand further down."""
    return lambda line: line + by if line >= start else line


def each(lines: Iterable[int], name: str | None, rule: str) -> tuple[Found, ...]:
    """The same finding on several lines."""
    return tuple((line, name, rule) for line in lines)


def as_xlsx(name: str, what: str, content: bytes, *findings: Found, **expected: object) -> Trap:
    """A workbook of these bytes."""
    return as_bytes(name, what, content, *findings, **({"ending": "xlsx"} | expected))


def finished(finish: Finish, clean: Clean = DOSSIERS, **options: object) -> bytes:
    """The clean workbook after what a person did to it in Excel."""
    return xlsx(clean.cells(), finish=finish, **options)


def one(
    name: str, what: str, cell: tuple[int, str], written: Cell, *rules: str, clean: Clean = DOSSIERS, **expected: object
) -> tuple[Trap, Trap]:
    """One cell written otherwise, as CSV and as sheet, and the rules it breaks; without rules it is read as before."""
    return both(name, what, setting({cell: written}, clean), *[(*cell, rule) for rule in rules], clean=clean, **expected)


def some(
    name: str, what: str, cells: Mapping[tuple[int, str], Cell], *findings: Found, clean: Clean = DOSSIERS, **expected: object
) -> tuple[Trap, Trap]:
    """Several cells written otherwise, as CSV and as sheet."""
    return both(name, what, setting(cells, clean), *findings, clean=clean, **expected)
