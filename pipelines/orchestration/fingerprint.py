"""What a warehouse is made of, and whether anything is new: hashes over files, code, settings and decisions (architecture.md)."""

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
from pipelines.ingest.receipts import read_receipts
from pipelines.ingest.register import acceptances
from pipelines.release.register import last_entry, releases
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
# What decides the figures: not the pages, the commands and the sample.
_FIGURES = (
    *(f"pipelines/{name}" for name in ("contracts", "ingest", "indicators", "orchestration", "reference", "duck", "settings.py")),
    "assets",
    "requirements.lock",
)


def made_of(key_id: str, settings: Settings, *, sample: bool) -> dict[str, str]:
    """What a build is made of: whose data, with which key, who is linked, and the hash of all that decides how a file is read."""
    # Which services are linked decides under which key their persons stand; what the law is called does not.
    reading = _hash([key_id, settings.linked, str(settings.limits), *_code(_READING_CODE)])
    return {"origin": "sample" if sample else "real", "key": key_id, "linked": settings.linked, "reading": reading}


def refuse_another(settings: Settings, made_of: Mapping[str, str]) -> None:
    """Keep sample and real data apart, and pseudonyms of one key together.

    Raises:
        CiiError: the warehouse holds the other kind of data, or was made with another key.
    """
    before = published_fingerprints(settings.published)
    if before.get("origin", made_of["origin"]) != made_of["origin"]:
        raise CiiError(
            f"L'entrepôt «{settings.warehouse.name}» est fait de l'autre sorte de données (exemple ou vrais envois): "
            "les deux ne se mélangent pas. Indiquez un autre dossier par --warehouse ou CII_WAREHOUSE_DIR."
        )
    if before.get("key", made_of["key"]) != made_of["key"]:
        raise CiiError(
            f"La clé {settings.key_file.name} n'est pas celle de cet entrepôt: rétablissez l'ancienne (CII_KEY_FILE), "
            "ou déplacez l'entrepôt pour repartir à neuf."
        )


def publication_fingerprint(settings: Settings, arrivals: Iterable[Arrival], *, key_id: str) -> str:
    """The hash of all that decides what is published: files, receipts, decisions, code, settings and calendar."""
    day = settings.known_on
    # What was received or decided after the day changes nothing of it; nor does when a content left, once it has left.
    receipts = [one for one in read_receipts(settings.receipts).values() if one.received_at.date() <= day]
    return _hash(
        [
            key_id,
            *_code(_CODE),
            *(f"{one.file} {one.sha256} {one.refusal}" for one in arrivals),
            *sorted(map(repr, [*receipts, *acceptances(settings.acceptances, known_on=day)])),
            last_entry(releases(settings.register, known_on=day)),
            f"{settings.first} {settings.last} {settings.as_of} {settings.limits} {settings.thresholds}",
            *sorted(f"{service} {basis}" for service, basis in settings.linking.items()),
            _calendar_state(day),
        ]
    )


def besides_deliveries(settings: Settings) -> dict[str, str]:
    """What decides the figures besides the deliveries: two copies compared can tell a change of it from a change of theirs."""
    made = f"{settings.first} {settings.last} {settings.limits} {settings.linked}"
    return {"code": _hash(_code(_FIGURES)), "program": program(), "settings": _hash([made])}


def program() -> str:
    """The hash of all code: what decides how the same facts are written."""
    return _hash(_code(_CODE))


def recorded(con: duck.Connection) -> Mapping[str, str]:
    """The fingerprints a database carries."""
    if not duck.exists(con, FINGERPRINT.qualified):
        return {}
    return dict(con.execute("select part, sha256 from stg.fingerprint").fetchall())


def record(con: duck.Connection, fingerprints: Mapping[str, str]) -> None:
    """Write fingerprints into a database, beside those it carries."""
    known = dict(recorded(con)) | dict(fingerprints)
    rows = pl.DataFrame({"part": list(known), "sha256": list(known.values())}, schema=FINGERPRINT.frame_schema)
    duck.replace_with_rows(con, FINGERPRINT, rows.sort("part"))


def carry(con: duck.Connection, *, to: str, source: str) -> None:
    """A stage is made of what the stage before it was made of, whoever asked for it and whatever lies there by now."""
    record(con, {to: recorded(con).get(source, "")})


def published_fingerprints(path: Path) -> Mapping[str, str]:
    """The fingerprints of the published copy; none where there is none that opens."""
    if not path.exists():
        return {}
    try:
        with duck.open_published(path) as con:
            return recorded(con)
    except CiiError:
        return {}


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
