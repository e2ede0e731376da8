"""The header of a table: which line it is, which columns it names, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from types import MappingProxyType

import polars as pl
from rapidfuzz import fuzz, process

from pipelines.contracts.export import Export, Field
from pipelines.contracts.rules import Both
from pipelines.ingest.findings import Refused, finding
from pipelines.ingest.mask import masked
from pipelines.ingest.text import is_mangled, plain, readings

TITLES = 10  # lines allowed above the header
LEAST_NAMES = 2  # known names that make a line a header: one alone may be a title
_LONGEST_NAME = 200
_NEAR = 80  # of 100: one letter in five may differ


@dataclass(frozen=True)
class Candidate:
    """A line that may be the header.

    Attributes:
        first: where it begins, counted from 0.
        cells: what it says.
        height: how many lines it takes.
        separator: what stands between two cells, in a text.
    """

    first: int
    cells: Sequence[str]
    height: int = 1
    separator: str = ""


def known_names(export: Export) -> Mapping[str, str]:
    """The field behind every plain header that is understood."""
    return _names(tuple((field.name, (field.header, *field.synonyms)) for field in export.fields))


@cache
def _names(headers: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return MappingProxyType({plain(header): field for field, spellings in headers for header in spellings})


def meant(text: str, names: Mapping[str, str]) -> str | None:
    """The field a header names, even if its letters were decoded wrongly."""
    if len(text) > _LONGEST_NAME:
        return None
    return names.get(plain(text)) or next((names[plain(other)] for other in readings(text) if plain(other) in names), None)


def names_known(cells: Sequence[str | None], names: Mapping[str, str]) -> int:
    """How many fields a line of cells names; 0 where too few for a header."""
    found = len({meant(cell, names) for cell in cells if cell} - {None})
    return found if found >= LEAST_NAMES else 0


def header_of(groups: Sequence[Sequence[Candidate]], export: Export) -> Candidate:
    """The candidate that names the most columns; refused where there is none, or where it goes on on the next line.

    Args:
        groups: the first filled lines of the table, once for every way to part them in cells.
        export: the contract.
    """
    names = known_names(export)
    best = max(chain(*groups), key=lambda one: names_known(one.cells, names), default=None)
    known = names_known(best.cells, names) if best else 0
    for upper, lower in chain(*(pairwise(group) for group in groups)):
        if names_known(_as_one(upper.cells, lower.cells, names), names) > known:
            raise Refused(finding("header.two_lines", (upper.first + 1,), first=upper.first + 1, last=lower.first + 1))
    if best is None or not known:
        raise Refused(_missing(groups, export))
    return best


def _as_one(upper: Sequence[str], lower: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """The names that two lines give together: above each other, or where the lower says nothing, the upper alone."""
    together = []
    group = ""
    for place, below in enumerate(lower):
        above = upper[place] if place < len(upper) else ""
        group = above if above.strip() else group
        options = (f"{above} {below}", f"{group} {below}", below) if below.strip() else (above,)
        together.append(next((option for option in options if meant(option, names)), ""))
    return together + list(upper[len(lower) :])


def _missing(groups: Sequence[Sequence[Candidate]], export: Export) -> pl.DataFrame:
    """No header, with the names we look for and the line that comes nearest to them."""
    found = [(one.first + 1, _near_names(one.cells, export)) for one in chain(*groups)]
    line, near = max(found, key=lambda one: len(one[1]), default=(0, []))
    near = near if len(near) >= LEAST_NAMES else []
    written = ", ".join(f"«{masked(text)}»" for text in near)
    return finding(
        "header.missing",
        lines=TITLES + 1,
        expected=", ".join(f"«{field.header}»" for field in export.fields),
        near=Both(f"; la ligne {line} s'en approche: {written}", f"; Zeile {line} kommt einer nahe: {written}") if near else Both("", ""),
    )


def _near_names(cells: Sequence[str], export: Export) -> list[str]:
    return [cell.strip() for cell in cells[: 2 * len(export.fields)] if nearest_field(cell, export.fields)]


def nearest_field(text: str, fields: Sequence[Field]) -> Field | None:
    """The field whose header or synonym is written nearly like this, for a suggestion."""
    spellings = [(plain(header), field) for field in fields for header in (field.header, *field.synonyms)]
    if not text.strip() or len(text) > _LONGEST_NAME:
        return None
    best = process.extractOne(plain(text), [spelling for spelling, _ in spellings], scorer=fuzz.ratio, score_cutoff=_NEAR)
    return spellings[best[2]][1] if best else None


def header_findings(header: Sequence[str], line: int, export: Export, *, filled: Sequence[bool]) -> list[pl.DataFrame]:
    """What is wrong with the names of the columns.

    Args:
        header: the names as written.
        line: where they stand.
        export: the contract.
        filled: by column, whether any cell below says something.
    """
    names = known_names(export)
    fields = [meant(text, names) for text in header]
    absent = [field for field in export.fields if field.name not in fields]
    found = _mangled(header, fields, line, names=names)
    near: dict[str, str] = {}
    seen: set[str] = set()
    for place, (text, field) in enumerate(zip(header, fields, strict=True)):
        name = field or plain(text)
        if name and name in seen:
            found.append(finding("header.column_twice", (line,), field=field, header=text))
        elif name and not field:
            like = None if is_mangled(text) else nearest_field(text, absent)
            near |= {like.name: text} if like and like.name not in near else {}
            found.append(_column_unknown(text, like, line, absent=absent))
        elif not name and filled[place]:
            found.append(finding("header.unnamed", (line,), place=place + 1, column=_letters(place)))
        seen.add(name)
    return found + [_column_missing(field, near.get(field.name), line) for field in absent if field.required]


def _mangled(header: Sequence[str], fields: Sequence[str | None], line: int, *, names: Mapping[str, str]) -> list[pl.DataFrame]:
    wrong = [text for text, field in zip(header, fields, strict=True) if is_mangled(text) or (field and plain(text) not in names)]
    columns = ", ".join(f"«{masked(text)}»" for text in wrong)
    return [finding("header.mangled", (line,), columns=columns)] if wrong else []


def _column_unknown(text: str, like: Field | None, line: int, *, absent: Sequence[Field]) -> pl.DataFrame:
    if like is None:
        # A column that may be left out is missed by nobody, so it is named where an unknown one may be it.
        columns = ", ".join(f"«{field.header}»" for field in absent)
        near = Both(
            f", ou nommez-la ainsi si c'est l'une de celles qui manquent: {columns}",
            f", oder nennen Sie sie so, falls sie eine der fehlenden ist: {columns}",
        )
        return finding("header.column_unknown", (line,), header=text, near=near if absent else Both("", ""))
    near = Both(f", ou nommez-la «{like.header}» si c'est elle", f", oder nennen Sie sie «{like.header}», falls sie das ist")
    return finding("header.column_unknown", (line,), header=text, suggestions=pl.Series([like.header]), near=near)


def _column_missing(field: Field, near: str | None, line: int) -> pl.DataFrame:
    if near is None:
        return finding("header.column_missing", (line,), field=field.name, header=field.header, near=Both("", ""))
    shown = masked(near)
    return finding(
        "header.column_missing",
        (line,),
        field=field.name,
        header=field.header,
        values=pl.Series([near]),
        suggestions=pl.Series([field.header]),
        near=Both(f", ou renommez «{shown}», qui lui ressemble,", f", oder benennen Sie «{shown}» um, das ihr gleicht,"),
    )


def _letters(place: int) -> str:
    """The column as a spreadsheet names it: A for 0, AA for 26."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
