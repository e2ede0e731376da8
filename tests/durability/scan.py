"""Looks for persons in everything a run leaves: text of every medium in turn, numbers and dates in every spelling."""

import base64
import datetime as dt
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines import duck
from pipelines.reports.pack import packed_plotly

_GAP = r"[\s.,:'’_/()\-\u00a0\u00ad\u200b-\u200d\u2009\u202f\u2010-\u2015\u2212]"
_BETWEEN_DIGITS = re.compile(rf"(?<=\d){_GAP}{{1,3}}(?=\d)")
# The check digit follows from the others, so without it the number is known too.
_NUMBER = re.compile(r"(?=(756\d{9}))")
# Looked for at every digit, for what stands before a day may look like a part of one.
_SEPARATED = re.compile(rf"(?<!\d)(?=(\d{{1,4}}){_GAP}{{1,2}}(\d{{1,2}}){_GAP}{{1,2}}(\d{{1,4}})(?!\d))")
_JOINED = re.compile(r"(?<!\d)\d{8}(?!\d)")
_NAMED = re.compile(r"(?<!\d)(\d{1,2})(?:er|\.)?[\s\-]*([a-zéûä]{3,9})\.?[\s\-]*(\d{4})(?!\d)", re.IGNORECASE)
_SERIAL = re.compile(r"(?<![\w.\-])(\d{5})(?:\.0+)?(?![\w\-])")
_MONTHS = ("jan", "fév", "mar", "avr", "mai", "juin", "juil", "aoû", "sep", "oct", "nov", "déc")
_BASE64 = re.compile(r'"bdata":"([^"]+)"')
_EMPTY = re.compile(rb"\0{4,}")
_EPOCHS = (dt.date(1899, 12, 30), dt.date(1904, 1, 1))


@dataclass(frozen=True)
class Persons:
    """Who must not be found: AVS numbers in 13 digits, and dates of birth."""

    numbers: frozenset[str]
    births: frozenset[dt.date]

    def found_in(self, text: str) -> set[str]:
        """The numbers and dates of theirs that a text holds, in whatever spelling."""
        known = {number[:12] for number in self.numbers}
        numbers = {match[1] for match in _NUMBER.finditer(_BETWEEN_DIGITS.sub("", text))} & known
        return numbers | {f"{day}" for day in _dates(text) if day in self.births}

    def found_under(self, folder: Path) -> dict[str, set[str]]:
        """What is found in the files of a folder, and in their names, by where."""
        found = {}
        for path in sorted(folder.rglob("*")):
            name = str(path.relative_to(folder))
            for where, text in (("name", name), *(texts(path) if path.is_file() else ())):
                if secrets := self.found_in(text):
                    found[f"{name} ({where})"] = secrets
        return found


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """All that a file says, as texts; what a format hides (compression, pages, encodings) is opened."""
    content = path.read_bytes()
    if path.suffix == ".duckdb":
        # Mostly empty pages.
        content = _EMPTY.sub(b"\0", content)
    yield from _readings(content)
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for part in parts.namelist():
                yield from ((f"{part}, {where}", text) for where, text in _readings(parts.read(part)))
    elif content.startswith(b"SQLite format 3\0"):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as con:
            for (table,) in con.execute("select name from sqlite_master where type = 'table'").fetchall():
                yield table, repr(con.execute(f'select * from "{table}"').fetchall())
    elif path.suffix == ".duckdb":
        with duck.open_published(path) as con:
            relations = "select schema_name || '.' || table_name from duckdb_tables() union all "
            relations += "select schema_name || '.' || view_name from duckdb_views() where not internal"
            for (relation,) in con.execute(relations).fetchall():
                yield relation, repr(con.execute(f"select * from {relation}").fetchall())
            yield "comments", repr(con.execute("select comment from duckdb_columns()").fetchall())


def _readings(content: bytes) -> Iterator[tuple[str, str]]:
    text = content.decode("utf-8", "replace").replace(packed_plotly(), "")
    yield "text", text
    yield "wide text", content.replace(b"\0", b"").decode("latin-1") if b"\0" in content else ""
    for number, coded in enumerate(_BASE64.findall(text)):
        raw = base64.b64decode(coded.replace("\\u002f", "/"))
        for kind in ("f8", "f4", "i4", "i2", "u1"):
            if len(raw) % np.dtype(kind).itemsize == 0:
                yield f"array {number} as {kind}", " ".join(f"{value:.0f}" for value in np.frombuffer(raw, kind) if np.isfinite(value))


def _dates(text: str) -> Iterator[dt.date]:
    for match in _SEPARATED.finditer(text):
        a, b, c = match.groups()
        yield from _day(a, b, c) if len(a) == 4 else _day(c if len(c) == 4 else f"19{c}", b, a)
    for match in _JOINED.finditer(text):
        eight = match[0]
        yield from _day(eight[:4], eight[4:6], eight[6:])
        yield from _day(eight[4:], eight[2:4], eight[:2])
    for match in _NAMED.finditer(text):
        for month, name in enumerate(_MONTHS, start=1):
            if match[2].lower().startswith(name):
                yield from _day(match[3], str(month), match[1])
    for match in _SERIAL.finditer(text):
        yield from (epoch + dt.timedelta(days=int(match[1])) for epoch in _EPOCHS)


def _day(year: str, month: str, day: str) -> Iterator[dt.date]:
    try:
        yield dt.date(int(year), int(month), int(day))
    except ValueError:
        return
