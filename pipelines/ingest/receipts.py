"""What came to the landing zone and left it, and when: `raw/receipts.csv`, only ever appended to.

A line is written when a content is first seen under a name, when it is seen again after another, and, without a hash, when
nothing lies under the name any more. So what lay there on any day can be told later.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import CiiError
from pipelines.ingest.journal import Journal, append, entries
from pipelines.ingest.locate import Arrival
from pipelines.ingest.mask import masked

HEADER = ("file", "sha256", "size", "received_at", "sample")
_INVENTED = "oui"
_NAMED = 3


@dataclass(frozen=True)
class Receipt:
    """A content seen under a name; local time; without a hash, the name was found gone; `sample` marks invented persons."""

    file: str
    sha256: str
    size: int
    received_at: dt.datetime
    sample: bool


Receipts = Mapping[tuple[str, str], Receipt]


def _receipt(line: dict[str, str]) -> Receipt:
    received_at = dt.datetime.fromisoformat(line["received_at"])
    if received_at.tzinfo:
        raise ValueError("local time has no zone")
    return Receipt(line["file"], line["sha256"], int(line["size"]), received_at, line["sample"] == _INVENTED)


_JOURNAL = Journal(HEADER, _receipt, "cet accusé de réception")


def read_receipts(path: Path) -> dict[tuple[str, str], Receipt]:
    """The first arrival of each content under each name.

    Raises:
        CiiError: a line cannot be read.
    """
    return _first_arrivals(entries(path, _JOURNAL))


def lying_on(path: Path, day: dt.date) -> list[Receipt]:
    """What lay in the landing zone at the end of a day, by name.

    Raises:
        CiiError: a line cannot be read.
    """
    latest = _latest(one for one in entries(path, _JOURNAL) if one.received_at.date() <= day)
    return [latest[file] for file in sorted(latest) if latest[file].sha256]


def acknowledge(path: Path, arrivals: Iterable[Arrival], *, now: dt.datetime) -> dict[tuple[str, str], Receipt]:
    """The first arrivals, after what came and what left was written down and brought to the disk.

    Raises:
        CiiError: sample and real deliveries lie in the same folder, or a folder with deliveries cannot be listed.
    """
    history = entries(path, _JOURNAL)
    first, latest = _first_arrivals(history), _latest(history)
    now = now.replace(microsecond=0)
    lying = {one.file: one for one in arrivals}
    _refuse_a_closed_folder(lying, known=[file for file, last in latest.items() if last.sha256])
    changes = []
    for one in lying.values():
        known = first.get((one.file, one.sha256))
        if one.sha256 and (known is None or latest[one.file].sha256 != one.sha256):
            changes.append(Receipt(one.file, one.sha256, one.size, now, known is not None and known.sample))
    # A file that cannot be read has not left.
    changes += [Receipt(file, "", 0, now, last.sample) for file, last in latest.items() if last.sha256 and file not in lying]
    _refuse_a_mixture([*history, *changes])
    if changes:
        lines = ((one.file, one.sha256, one.size, one.received_at.isoformat(), _INVENTED if one.sample else "") for one in changes)
        append(path, _JOURNAL, lines)
    return _first_arrivals([*history, *changes])


def _first_arrivals(history: Iterable[Receipt]) -> dict[tuple[str, str], Receipt]:
    found: dict[tuple[str, str], Receipt] = {}
    for one in history:
        if one.sha256:
            found.setdefault((one.file, one.sha256), one)
    return found


def _latest(history: Iterable[Receipt]) -> dict[str, Receipt]:
    # In the order they were written: a clock may be set back.
    return {one.file: one for one in history}


def _refuse_a_closed_folder(lying: Iterable[str], *, known: list[str]) -> None:
    """A folder that cannot be listed is no withdrawal of all that lies in it."""
    for folder in (file for file in lying if file.endswith("/")):
        if any(file.startswith(folder) for file in known):
            raise CiiError(
                f"Le dossier «{masked(folder)}» ne peut pas être lu, et des envois s'y trouvaient: rétablissez le dossier "
                "ou les droits, puis relancez. Ce qui était publié reste entier."
            )


def _refuse_a_mixture(history: list[Receipt]) -> None:
    real = sorted({masked(one.file) for one in history if not one.sample})
    if real and any(one.sample for one in history):
        shown = ", ".join(real[:_NAMED]) + (f" … (en tout {len(real)})" if len(real) > _NAMED else "")
        raise CiiError(
            f"Ce dossier contient les données d'exemple, et aussi ce qui n'en est pas: {shown}. "
            "Placez les vrais envois dans un dossier à part, hors du dépôt, et indiquez-le par CII_RAW_DIR ou --raw."
        )
