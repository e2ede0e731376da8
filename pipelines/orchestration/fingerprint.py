"""Whether anything is new: one hash over files, code, settings and decisions (architecture.md)."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from pipelines import duck
from pipelines.contracts import plan
from pipelines.contracts.columns import SHARED
from pipelines.contracts.export import Period
from pipelines.contracts.table import Held, Table
from pipelines.errors import CiiError
from pipelines.ingest.locate import Arrival
from pipelines.settings import ROOT, Settings

FINGERPRINT = Table(
    schema="stg",
    name="fingerprint",
    grain="Une ligne par empreinte: ce dont cet entrepôt est fait.",
    columns=(Held(SHARED["part"]), Held(SHARED["sha256"], required=True)),
    key=("part",),
    privacy="internal",
)

# What decides how a file is read; a change here means reading every file again.
_READING_CODE = ("pipelines/contracts", "pipelines/ingest", "pipelines/reference/municipality.csv", "requirements.lock")
_CODE = ("pipelines", "assets", "requirements.lock")


def reading_fingerprint(key_id: str) -> str:
    """The hash of all that decides how a file is read: code, and the key of the pseudonyms by its id."""
    return _hash([key_id, *_code(_READING_CODE)])


def publication_fingerprint(settings: Settings, arrivals: Iterable[Arrival], *, key_id: str) -> str:
    """The hash of all that decides what is published: files, receipts, decisions, code, settings and calendar."""
    decisions = [settings.receipts, *sorted((settings.warehouse / "register").glob("*.csv"))]
    return _hash(
        [
            key_id,
            *_code(_CODE),
            *(f"{one.file} {one.sha256}" for one in arrivals),
            *(hashlib.sha256(path.read_bytes()).hexdigest() for path in decisions if path.exists()),
            f"{settings.first} {settings.last} {settings.as_of}",
            _calendar_state(settings.known_on),
        ]
    )


def recorded(con: duck.Connection) -> Mapping[str, str]:
    """The fingerprints a database carries."""
    if not duck.exists(con, FINGERPRINT.qualified):
        return {}
    return dict(con.execute("select part, sha256 from stg.fingerprint").fetchall())


def record(con: duck.Connection, fingerprints: Mapping[str, str]) -> None:
    """Write the fingerprints into a database."""
    rows = pl.DataFrame({"part": list(fingerprints), "sha256": list(fingerprints.values())}, schema=FINGERPRINT.frame_schema)
    duck.replace_with_rows(con, FINGERPRINT, rows.sort("part"))


def published_fingerprint(path: Path) -> str | None:
    """The fingerprint of the published copy; None where there is none that opens."""
    if not path.exists():
        return None
    try:
        with duck.open_published(path) as con:
            return recorded(con).get("publication")
    except CiiError:
        return None


def _calendar_state(day: dt.date) -> str:
    """What of the day matters: its month, and whether the delivery of the month before is due by now."""
    before = Period(Period(day.replace(day=1)).months_before(1))
    return f"{day:%Y-%m} {plan.due_on(before) < day}"


def _code(places: Iterable[str]) -> list[str]:
    files = [
        path
        for place in places
        for path in ([ROOT / place] if (ROOT / place).is_file() else sorted((ROOT / place).rglob("*")))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    return [f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
