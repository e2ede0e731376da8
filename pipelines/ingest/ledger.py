"""Which delivery is in force: the ledger, computed anew from what lies in the landing zone and what was read of it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import polars as pl

from pipelines.contracts.columns import SHARED
from pipelines.contracts.registry import EXPORTS
from pipelines.contracts.rules import Told
from pipelines.contracts.table import Held, Table
from pipelines.ingest.locate import Arrival, ambiguous, by_name
from pipelines.ingest.mask import masked
from pipelines.ingest.receipts import Receipts

_WHICH = ("delivery_id", "service", "dataset", "period", "version", "file", "sha256")
_COUNTS = ("rows_read", "rows_loaded", "rows_rejected", "lines_skipped", "findings")
_MAY_BE_EMPTY = {"dataset", "period", "version", "reason"}


def _columns(*names: str) -> tuple[Held, ...]:
    return tuple(Held(SHARED[name], name not in _MAY_BE_EMPTY) for name in names)


# What reading a delivery gave. It never changes: a delivery is read once.
READING = Table(
    schema="stg",
    name="reading",
    grain="Une ligne par livraison lue: ce que la lecture a donné, une fois pour toutes.",
    columns=_columns(*_WHICH, "accepted", "reason", *_COUNTS),
    key=("delivery_id",),
    privacy="internal",
)

LEDGER = Table(
    schema="stg",
    name="delivery",
    grain="Une ligne par fichier et version reçus à ce jour: le registre des livraisons, avec leur statut.",
    columns=_columns(*_WHICH, "received_at", "status", "reason", *_COUNTS, "sample"),
    key=("delivery_id",),
    privacy="internal",
)

FINDING = Table(
    schema="stg",
    name="finding",
    grain="Une ligne par erreur ou avertissement relevé à la lecture d'une livraison.",
    columns=tuple(
        Held(SHARED[name], name in ("rule", "severity", *Told._fields))
        for name in ("delivery_id", "position", "line", "field", "header", "cell", "rule", "severity", *Told._fields, "suggestion")
    ),
    key=("delivery_id", "position"),
    privacy="internal",
    indexed=False,
)


GONE = "fichier retiré"
REPLACED = "remplacée par un nouveau contenu"
IDENTICAL = "identique à la version précédente"

Row = dict[str, Any]


def ledger(readings: pl.DataFrame, arrivals: Iterable[Arrival], *, receipts: Receipts, known_on: dt.date) -> pl.DataFrame:
    """One row per delivery that had arrived by a day, with the status it had by then.

    Args:
        readings: rows of `stg.reading`.
        arrivals: what lies in the landing zone now.
        receipts: when each content first arrived.
        known_on: deliveries received after this day are not seen.
    """
    here = list(arrivals)
    rows = {row["delivery_id"]: row for row in _received(readings, receipts=receipts, known_on=known_on)}
    rows |= {one.delivery_id: _unreadable(one, known_on) for one in here if not one.sha256}
    there = {one.delivery_id for one in here} | _replaced_later(rows.values(), receipts=receipts, known_on=known_on)
    twice = {masked(file) for file in ambiguous(here)}
    for row in rows.values():
        row |= {"here": row["delivery_id"] in there, "ambiguous": row["file"] in twice}
    ordered = sorted(rows.values(), key=_place)
    decided = [row for _, group in groupby(ordered, key=_period_of) for row in _statuses(list(group), known_on)]
    return pl.DataFrame(decided, schema=LEDGER.frame_schema)


def _received(readings: pl.DataFrame, *, receipts: Receipts, known_on: dt.date) -> Iterator[Row]:
    """What had been received by the day; of what was never read, or no longer lies in the build, only what its name says."""
    read = {(row["file"], row["sha256"]): row for row in readings.iter_rows(named=True)}
    for receipt in receipts.values():
        if receipt.received_at.date() <= known_on:
            one = by_name(receipt.file, receipt.sha256, size=receipt.size, exports=EXPORTS)
            known = read.get((masked(receipt.file), receipt.sha256)) or _unread(one)
            yield {**known, "received_at": receipt.received_at, "sample": receipt.sample}


def _unread(one: Arrival) -> Row:
    row: Row = dict.fromkeys(_COUNTS, 0)
    row |= {"delivery_id": one.delivery_id, "service": one.service, "dataset": one.dataset, "version": one.version}
    row |= {"period": one.period.first if one.period else None, "file": masked(one.file), "sha256": one.sha256}
    return row | {"accepted": False, "reason": "file.busy"}


def _unreadable(one: Arrival, known_on: dt.date) -> Row:
    return _unread(one) | {"received_at": dt.datetime.combine(known_on, dt.time()), "sample": False}


def _replaced_later(rows: Iterable[Row], *, receipts: Receipts, known_on: dt.date) -> set[str]:
    """The deliveries whose name was given to other bytes only after the day: on that day they were there."""
    later = {masked(receipt.file) for receipt in receipts.values() if receipt.received_at.date() > known_on}
    latest: dict[str, Row] = {}
    for row in rows:
        if row["file"] in later and (row["file"] not in latest or latest[row["file"]]["received_at"] < row["received_at"]):
            latest[row["file"]] = row
    return {row["delivery_id"] for row in latest.values()}


def _period_of(row: Row) -> tuple[str, str, dt.date]:
    return (row["service"], row["dataset"] or "", row["period"] or dt.date.min)


def _place(row: Row) -> tuple[object, ...]:
    return (*_period_of(row), row["version"] or 0, row["received_at"], row["delivery_id"])


def _statuses(rows: list[Row], known_on: dt.date) -> list[Row]:
    """The deliveries of one service, dataset and period, lowest version first, each with its status and reason."""
    in_force: Row | None = None
    for row in rows:
        row["status"] = "in_force"
        if not row["here"]:
            # Other bytes now lie under its name, or nothing does any more.
            replaced = any(other["here"] and other["file"] == row["file"] for other in rows)
            row["status"], row["reason"] = ("superseded", REPLACED) if replaced else ("withdrawn", GONE)
        elif row["period"] and row["period"] > known_on:
            _reject(row, "file.future")
        elif row["ambiguous"]:
            _reject(row, "file.ambiguous")
        elif not row["accepted"]:
            row["status"] = "rejected"
        elif in_force and in_force["sha256"] == row["sha256"]:
            row["status"], row["reason"] = "superseded", IDENTICAL
        else:
            if in_force:
                in_force["status"], in_force["reason"] = "superseded", f"remplacée par la version {row['version']}"
            in_force = row
    return [{name: row[name] for name in LEDGER.names} for row in rows]


def _reject(row: Row, reason: str) -> None:
    """Refuse what reading had accepted: of a refused file nothing counts as loaded."""
    row["status"], row["reason"] = "rejected", reason
    row["rows_rejected"] += row["rows_loaded"]
    row["rows_loaded"] = 0
