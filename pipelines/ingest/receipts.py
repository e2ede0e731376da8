"""When each content first arrived under its name: `raw/receipts.csv`, only ever appended to."""

import csv
import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from pipelines.errors import CiiError
from pipelines.ingest.locate import Arrival

HEADER = ("file", "sha256", "size", "received_at", "sample")


@dataclass(frozen=True)
class Receipt:
    """The first arrival of a content under a name; local time; `sample` marks invented persons."""

    file: str
    sha256: str
    size: int
    received_at: dt.datetime
    sample: bool


Receipts = Mapping[tuple[str, str], Receipt]


def read_receipts(path: Path) -> dict[tuple[str, str], Receipt]:
    """The receipts by file and content; of two for the same, the first counts.

    Raises:
        CiiError: a line cannot be read.
    """
    receipts: dict[tuple[str, str], Receipt] = {}
    number = 1
    try:
        lines = csv.DictReader(StringIO(_whole_lines(path)))
        if lines.fieldnames and tuple(lines.fieldnames) != HEADER:
            raise ValueError
        for row in lines:
            number = lines.line_num
            received_at = dt.datetime.fromisoformat(row["received_at"])
            receipt = Receipt(row["file"], row["sha256"], int(row["size"]), received_at, row["sample"] == "oui")
            receipts.setdefault((receipt.file, receipt.sha256), receipt)
    except (KeyError, TypeError, ValueError, csv.Error, OSError):
        remedy = "rétablissez le fichier depuis une sauvegarde."
        raise CiiError(f"{path.name}, ligne {number}: cet accusé de réception est illisible; {remedy}") from None
    return receipts


def _whole_lines(path: Path) -> str:
    """The text up to its last line end: a line without one is what a stopped run left of its last word."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return text[: text.rfind("\n") + 1]


def acknowledge(path: Path, arrivals: Iterable[Arrival], *, now: dt.datetime) -> dict[tuple[str, str], Receipt]:
    """All receipts, after those of new contents were appended and brought to the disk.

    Raises:
        CiiError: sample and real deliveries lie in the same folder.
    """
    receipts = read_receipts(path)
    arrivals = list(arrivals)
    new = [
        Receipt(one.file, one.sha256, one.size, now.replace(microsecond=0), False)
        for one in arrivals
        if one.sha256 and (one.file, one.sha256) not in receipts
    ]
    _refuse_a_mixture(new, receipts=receipts)
    if new:
        _append(path, new)
    return receipts | {(receipt.file, receipt.sha256): receipt for receipt in new}


def _refuse_a_mixture(new: list[Receipt], *, receipts: Receipts) -> None:
    marked = [receipt for receipt in receipts.values() if receipt.sample]
    real = new + [receipt for receipt in receipts.values() if not receipt.sample]
    if marked and real:
        raise CiiError(
            f"Ce dossier contient les données d'exemple, et aussi {len(real)} fichier(s) qui n'en sont pas. "
            "Placez les vrais envois dans un dossier à part, hors du dépôt, et indiquez-le par CII_RAW_DIR ou --raw."
        )


def _append(path: Path, receipts: list[Receipt]) -> None:
    kept = len(_whole_lines(path).encode())
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not kept:
        writer.writerow(HEADER)
    for one in receipts:
        writer.writerow((one.file, one.sha256, one.size, one.received_at.isoformat(), "oui" if one.sample else ""))
    try:
        with path.open("a", encoding="utf-8", newline="") as file:
            file.truncate(kept)
            file.write(text.getvalue())
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        raise CiiError(f"{path.name} ne peut pas être complété: vérifiez les droits d'écriture sur le dossier des envois.") from None
