"""Which delivery is in force: the ledger, computed anew from what lies in the landing zone and what was read of it."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

import polars as pl

from pipelines.contracts.columns import SHARED
from pipelines.contracts.table import Held, Table
from pipelines.ingest.locate import Arrival
from pipelines.ingest.mask import masked
from pipelines.ingest.receipts import Receipts

# What reading a delivery gave. It never changes: a delivery is read once.
READING = Table(
    schema="stg",
    name="reading",
    grain="Une ligne par livraison lue: ce que la lecture a donné, une fois pour toutes.",
    columns=tuple(
        Held(SHARED[name], name not in ("dataset", "period", "version", "reason"))
        for name in (
            "delivery_id",
            "service",
            "dataset",
            "period",
            "version",
            "file",
            "sha256",
            "accepted",
            "reason",
            "rows_read",
            "rows_loaded",
            "rows_rejected",
            "lines_skipped",
            "findings",
        )
    ),
    key=("delivery_id",),
    privacy="internal",
)

LEDGER = Table(
    schema="stg",
    name="delivery",
    grain="Une ligne par fichier et version jamais vus: le registre des livraisons, avec leur statut.",
    columns=tuple(
        Held(SHARED[name], name not in ("dataset", "period", "version", "reason"))
        for name in (
            "delivery_id",
            "service",
            "dataset",
            "period",
            "version",
            "file",
            "sha256",
            "received_at",
            "status",
            "reason",
            "rows_read",
            "rows_loaded",
            "rows_rejected",
            "lines_skipped",
            "findings",
            "sample",
        )
    ),
    key=("delivery_id",),
    privacy="internal",
)

FINDING = Table(
    schema="stg",
    name="finding",
    grain="Une ligne par erreur ou avertissement relevé à la lecture d'une livraison.",
    columns=tuple(
        Held(SHARED[name], name in ("rule", "severity", "message"))
        for name in ("delivery_id", "position", "line", "field", "header", "cell", "rule", "severity", "message")
    ),
    key=("delivery_id", "position"),
    privacy="internal",
    indexed=False,
)


def ledger(readings: pl.DataFrame, arrivals: Iterable[Arrival], *, receipts: Receipts, known_on: dt.date) -> pl.DataFrame:
    """One row per delivery that had arrived by a day, with the status it had by then.

    Args:
        readings: rows of `stg.reading`.
        arrivals: what lies in the landing zone now.
        receipts: when each content first arrived.
        known_on: deliveries received after this day are not seen.
    """
    here = {arrival.delivery_id for arrival in arrivals}
    received = {(masked(file), sha256): receipt for (file, sha256), receipt in receipts.items()}
    rows = []
    for reading in readings.iter_rows(named=True):
        receipt = received.get((reading["file"], reading["sha256"]))
        if receipt and receipt.received_at.date() <= known_on:
            rows.append({**reading, "received_at": receipt.received_at, "sample": receipt.sample, "here": reading["delivery_id"] in here})
    rows.sort(key=_place)
    decided = [row for _, group in groupby(rows, key=_period_of) for row in _statuses(list(group), known_on)]
    return pl.DataFrame(decided, schema=LEDGER.frame_schema) if decided else pl.DataFrame(schema=LEDGER.frame_schema)


def _period_of(row: dict) -> tuple:
    return (row["service"], row["dataset"] or "", row["period"] or dt.date.min)


def _place(row: dict) -> tuple:
    return (*_period_of(row), row["version"] or 0, row["received_at"], row["delivery_id"])


def _statuses(rows: list[dict], known_on: dt.date) -> list[dict]:
    """The deliveries of one service, dataset and period, lowest version first, each with its status and reason."""
    here_by_version: dict[int, list[dict]] = {}
    for row in rows:
        if row["here"]:
            here_by_version.setdefault(row["version"], []).append(row)
    in_force: dict | None = None
    for row in rows:
        row["status"], row["reason"] = "in_force", row["reason"]
        same_version = here_by_version.get(row["version"], [])
        if not row["here"]:
            # Other bytes now lie under its name, or nothing does any more.
            replaced = any(other["file"] == row["file"] for other in same_version)
            row["status"], row["reason"] = (
                ("superseded", "remplacée par un nouveau contenu") if replaced else ("withdrawn", "fichier retiré")
            )
        elif row["period"] and row["period"] > known_on:
            row["status"], row["reason"] = "rejected", "file.future"
        elif row["dataset"] and len(same_version) > 1:
            row["status"], row["reason"] = "rejected", "file.ambiguous"
        elif not row["accepted"]:
            row["status"] = "rejected"
        elif in_force and in_force["sha256"] == row["sha256"]:
            row["status"], row["reason"] = "superseded", "identique à la version précédente"
        else:
            if in_force:
                in_force["status"], in_force["reason"] = "superseded", f"remplacée par la version {row['version']}"
            in_force = row
    return [{name: row[name] for name in LEDGER.names} for row in rows]
