"""Lists that are only ever appended to: what was received, and what people decided."""

import csv
import fcntl
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Generic, TypeVar

from pipelines.errors import CiiError

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Journal(Generic[Entry]):
    """What a list holds.

    Attributes:
        header: its columns.
        entry: makes an entry of a line; fails on one that is none.
        called: an entry in a sentence: «cet accusé de réception».
    """

    header: tuple[str, ...]
    entry: Callable[[dict[str, str]], Entry]
    called: str


def entries(path: Path, journal: Journal[Entry]) -> list[Entry]:
    """The entries in the order they were written; none where there is no list yet.

    Raises:
        CiiError: a line cannot be read.
    """
    found: list[Entry] = []
    number = 1
    try:
        content = path.read_bytes() if path.exists() else b""
        lines = csv.DictReader(StringIO(_whole_lines(content).decode("utf-8"), newline=""))
        if lines.fieldnames and tuple(lines.fieldnames) != journal.header:
            raise ValueError
        for row in lines:
            number = lines.line_num
            if None in row or None in row.values():
                raise ValueError
            found.append(journal.entry(row))
    except (KeyError, TypeError, ValueError, csv.Error, OSError):
        remedy = "rétablissez le fichier depuis une sauvegarde."
        raise CiiError(f"{path.name}, ligne {number}: {journal.called} est illisible; {remedy}") from None
    return found


def append(path: Path, journal: Journal[Entry], rows: Iterable[Iterable[object]]) -> None:
    """Add entries and bring them to the disk; what a stopped writer left of its last word is overwritten.

    Raises:
        CiiError: the list cannot be written.
    """
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    try:
        with open(path, "a+b", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            # Two people may decide at the same moment.
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            kept = len(_whole_lines(file.read()))
            file.truncate(kept)
            file.write(("" if kept else ",".join(journal.header) + "\n").encode() + text.getvalue().encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        raise CiiError(f"{path.name} ne peut pas être complété: vérifiez les droits d'écriture et la place sur le disque.") from None


def _whole_lines(content: bytes) -> bytes:
    """All up to the last line end: a line without one is what a stopped writer left of its last word."""
    return content[: content.rfind(b"\n") + 1]
