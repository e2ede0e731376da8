"""The look of the workbooks that services receive, and how a text enters one without ever being evaluated."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.contracts.rules import Both
from pipelines.errors import CiiError
from pipelines.reports.theme import GRID, INK, QUIET, RULE

# The columns of a workbook stand in one language, or in both side by side.
LANGUAGES: dict[str, tuple[int, ...]] = {"fr": (0,), "de": (1,), "fr-de": (0, 1)}
SAMPLE = Both("données d'exemple, personnes inventées", "Beispieldaten, erfundene Personen")

# Equal findings give equal bytes: the day a workbook was made is not part of it.
_MADE = dt.datetime(2000, 1, 1)
_LONGEST = 1000
TITLE = 15
# What a spreadsheet may take for a formula, in this file or in one that somebody makes of it; after OWASP, full-width signs too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TINTS = {"rejected": "#f6d5d0", "error": "#fbe3cc", "warning": "#fbf3cf"}


def text(value: object) -> str:
    """A text as it may stand in a cell: short enough, and with an apostrophe before what could be taken for a formula.

    A text cell of a workbook is not evaluated as it stands, but it is once somebody saves it as CSV, or another program
    writes it anew; the apostrophe stays with it.
    """
    written = "" if value is None else str(value)
    cut = written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
    return f"'{cut}" if cut.startswith(_FORMULA) else cut


@dataclass(frozen=True)
class Look:
    """The formats of a workbook."""

    title: Format
    quiet: Format
    head: Format
    required: Format
    label: Format
    plain: Format
    body: Format
    number: Format
    tints: dict[str, Format]


def opened(*, title: str, language: str) -> tuple[xlsxwriter.Workbook, BytesIO, Look]:
    """An empty workbook, where its bytes will be, and its look."""
    file = BytesIO()
    strings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # The unit of widths is a digit of the default font: one that is there, or is replaced by one as wide.
    font = {"default_format_properties": {"font_name": "Arial", "font_size": 10}}
    book = xlsxwriter.Workbook(file, {"in_memory": True, **strings, **font})
    book.set_properties({"title": title, "author": "cii-monitor", "created": _MADE, "comments": language})
    return book, file, _look(book)


def sheet(book: xlsxwriter.Workbook, name: str, *, widths: Sequence[float]) -> Worksheet:
    """A sheet that prints on A4, as wide as the page."""
    made: Worksheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        made.set_column(column, column, width)
    made.hide_gridlines(2)
    made.set_paper(9)
    made.fit_to_pages(1, 0)
    made.set_margins(0.4, 0.4, 0.5, 0.6)
    made.set_footer("&L&8&F&C&8&A&R&8&P / &N")
    made.set_landscape()
    return made


def top(made: Worksheet, look: Look, *, title: Both, sample: bool, languages: tuple[int, ...]) -> int:
    """Write the title, and that the persons are invented where they are; the first row that is free below."""
    made.write_string(0, 0, both(title, languages), look.title)
    made.set_row(0, 24)
    if sample:
        words = both(SAMPLE, languages)
        made.write_string(1, 0, f"{words[0].upper()}{words[1:]}", look.quiet)
    return 3 if sample else 2


def line(made: Worksheet, row: int, cells: Sequence[tuple[object, Format]], /, *, widths: Sequence[float]) -> None:
    """Write a row: whole numbers as numbers, all else as text, and high enough for the longest of them to be read."""
    lines = 1
    for column, (cell, look) in enumerate(cells):
        if isinstance(cell, int):
            made.write_number(row, column, cell, look)
            continue
        shown = text(cell)
        made.write_string(row, column, shown, look)
        lines = max(lines, sum(ceil(len(part) / (1.1 * widths[column])) or 1 for part in shown.split("\n")))
    made.set_row(row, 3 + 12.5 * lines)


def both(words: Both, languages: tuple[int, ...], *, between: str = " / ") -> str:
    """The words in the languages asked for, side by side, once where they are the same."""
    return between.join(dict.fromkeys(words[language] for language in languages))


def _look(book: xlsxwriter.Workbook) -> Look:
    def made(**properties: Any) -> Format:
        return book.add_format({"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "top"} | properties)

    lines = {"border": 1, "border_color": RULE, "indent": 1}
    # As text, so that 01 stays 01, and as if typed after an apostrophe, so that editing a cell evaluates nothing.
    written = {"num_format": "@", "quote_prefix": True, "text_wrap": True}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", **lines}
    return Look(
        title=made(bold=True, font_size=TITLE),
        quiet=made(font_color=QUIET, italic=True),
        head=made(**head, bg_color=GRID),
        required=made(**head, font_color="#ffffff", bg_color=INK),
        label=made(bold=True, font_color=QUIET, text_wrap=True),
        plain=made(**written),
        body=made(**lines, **written),
        number=made(**lines, num_format="0", align="left"),
        tints={severity: made(**lines, **written, bg_color=tint) for severity, tint in _TINTS.items()},
    )


def is_workbook(out: Path) -> bool:
    """Whether a path means a workbook rather than a folder for some."""
    return out.suffix.lower() == ".xlsx" and not out.is_dir()


def hand_over(path: Path, content: bytes) -> None:
    """Put a workbook where somebody asked for it.

    Raises:
        CiiError: it cannot be written there.
    """
    try:
        put(path, content)
    except OSError:
        raise CiiError(f"{path.name} ne peut pas être écrit: vérifiez le dossier et vos droits.") from None


def put(path: Path, content: bytes) -> None:
    """Put a file in place whole, for its owner only."""
    for folder in reversed([folder for folder in path.parents if not folder.exists()]):
        folder.mkdir(mode=0o700)
    draft = path.with_name(f".{path.name}.tmp")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(path)
