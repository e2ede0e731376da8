"""Which delivery is in force: the ledger, computed anew from what lies in the landing zone and what was read of it."""

import datetime as dt
from collections.abc import Iterable, Set
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import Any

import polars as pl

from pipelines.contracts.columns import SHARED
from pipelines.contracts.limits import Limits
from pipelines.contracts.registry import EXPORTS
from pipelines.contracts.rules import Told
from pipelines.contracts.table import Held, Table
from pipelines.ingest.locate import Arrival, ambiguous, by_name, readable
from pipelines.ingest.mask import masked
from pipelines.ingest.receipts import Receipts

_WHICH = ("delivery_id", "service", "dataset", "period", "version", "file", "sha256")
_COUNTS = ("rows_read", "rows_loaded", "rows_rejected", "lines_skipped", "findings")
_MAY_BE_EMPTY = {"dataset", "period", "version", "reason", "rows_usual"}
_USUAL = Limits()


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
    columns=_columns(*_WHICH, "received_at", "status", "reason", *_COUNTS, "sample", "rows_usual"),
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
UNSEEN = "contenu illisible pour le moment"
REPLACED = "remplacée par un nouveau contenu"
IDENTICAL = "identique à la version précédente"
HELD = "delivery.held"

Row = dict[str, Any]


def ledger(
    readings: pl.DataFrame,
    arrivals: Iterable[Arrival],
    *,
    receipts: Receipts,
    known_on: dt.date,
    accepted: Set[str] = frozenset(),
    limits: Limits = _USUAL,
) -> pl.DataFrame:
    """One row per delivery that had arrived by a day, with the status it had by then.

    Only what lies there counts: of a content that has gone the ledger says that it came, whatever a build may still hold of it,
    so that equal files and receipts give the same ledger.

    Args:
        readings: rows of `stg.reading`.
        arrivals: what lay in the landing zone on that day.
        receipts: when each content first arrived.
        known_on: deliveries received after this day are not seen.
        accepted: the deliveries that somebody let into force by that day.
        limits: from where on a row count is doubted.
    """
    lying = list(arrivals)
    rows = _received(lying, receipts=receipts, known_on=known_on)
    _judge(rows, lying, readings=readings, known_on=known_on)
    ordered = sorted(rows.values(), key=_place)
    for _, sent in groupby(ordered, key=itemgetter("service", "dataset")):
        _decide(list(sent), accepted=accepted, limits=limits)
    return pl.DataFrame([{name: row[name] for name in LEDGER.names} for row in ordered], schema=LEDGER.frame_schema)


def _received(lying: list[Arrival], *, receipts: Receipts, known_on: dt.date) -> dict[str, Row]:
    """What had been received by the day, and what lies there without anybody having seen its bytes."""
    here = {one.file for one in lying}
    rows: dict[str, Row] = {}
    for receipt in sorted(receipts.values(), key=lambda receipt: (receipt.received_at, receipt.file)):
        if receipt.received_at.date() <= known_on:
            one = by_name(receipt.file, receipt.sha256, size=receipt.size, exports=EXPORTS)
            row = rows.setdefault(one.delivery_id, _row(one, receipt.received_at, sample=receipt.sample))
            # The same delivery under another name, `_v1` say: it came with the first and bears the one that lies there.
            row["file"] = masked(one.file) if one.file in here else row["file"]
    sample = any(receipt.sample for receipt in receipts.values())
    unseen = {one.delivery_id: _row(one, dt.datetime.combine(known_on, dt.time()), sample=sample) for one in lying if not one.sha256}
    return unseen | rows


def _row(one: Arrival, received_at: dt.datetime, *, sample: bool) -> Row:
    """What the name of a delivery says of it."""
    row: Row = dict.fromkeys(_COUNTS, 0)
    row |= {"delivery_id": one.delivery_id, "service": one.service, "dataset": one.dataset, "version": one.version}
    row |= {"period": one.period.first if one.period else None, "file": masked(one.file), "sha256": one.sha256}
    return row | {"received_at": received_at, "sample": sample, "status": "accepted", "reason": None, "rows_usual": None}


def _judge(rows: dict[str, Row], lying: list[Arrival], *, readings: pl.DataFrame, known_on: dt.date) -> None:
    """What each delivery is by itself: gone, rejected, or accepted with the counts of its reading."""
    here, twice = {one.delivery_id: one for one in lying}, ambiguous(lying)
    names = {masked(one.file): UNSEEN if one.refusal else REPLACED for one in lying}
    wanted = {one.delivery_id for one in readable(lying, known_on=known_on)}
    read = {row["delivery_id"]: row for row in readings.iter_rows(named=True) if row["delivery_id"] in wanted}
    for delivery_id, row in rows.items():
        one = here.get(delivery_id)
        if one is None:
            row["reason"] = names.get(row["file"], GONE)
            row["status"] = "superseded" if row["reason"] == REPLACED else "withdrawn"
        elif reading := read.get(delivery_id):
            row |= {name: reading[name] for name in _COUNTS} | {"reason": reading["reason"]}
            row["status"] = "accepted" if reading["accepted"] else "rejected"
        else:
            row["status"] = "rejected"
            row["reason"] = one.refusal or _unread(one, twice=twice, known_on=known_on)


def _unread(one: Arrival, *, twice: set[str], known_on: dt.date) -> str:
    if one.period and one.period.first > known_on:
        return "file.future"
    return "file.ambiguous" if one.file in twice else "file.busy"


def _place(row: Row) -> tuple[object, ...]:
    return (*_period_of(row), row["version"] or 0, row["received_at"], row["delivery_id"])


def _period_of(row: Row) -> tuple[str, str, dt.date]:
    return (row["service"], row["dataset"] or "", row["period"] or dt.date.min)


def _decide(rows: list[Row], *, accepted: Set[str], limits: Limits) -> None:
    """Which versions of a dataset are in force: in the order of periods, for a period is measured by those before it."""
    before: list[int] = []
    for _, versions in groupby(rows, key=_period_of):
        standing: list[Row] = []
        for row in (version for version in versions if version["status"] == "accepted"):
            if standing and standing[-1]["sha256"] == row["sha256"]:
                row["status"], row["reason"] = "superseded", IDENTICAL
                continue
            row["rows_usual"] = _usual(row, before, limits=limits)
            if row["delivery_id"] not in accepted and _odd(row, limits=limits):
                row["status"], row["reason"] = "held", HELD
            else:
                _put_in_force(row, over=standing)
            standing.append(row)
        before += [row["rows_loaded"] for row in standing if row["status"] == "in_force"]


def _put_in_force(row: Row, *, over: Iterable[Row]) -> None:
    """Let a version replace those before it, the held ones too: it says anew what they said."""
    row["status"] = "in_force"
    for earlier in over:
        if earlier["status"] in ("in_force", "held"):
            earlier["status"], earlier["reason"] = "superseded", f"remplacée par la version {row['version']}"


def _usual(row: Row, before: list[int], *, limits: Limits) -> int | None:
    """How many rows the periods before it had; None where there are too few of them."""
    if EXPORTS[row["dataset"]].cadence != "monthly" or len(before) < limits.held_periods:
        return None
    return round(median(before[-limits.held_periods :]))


def _odd(row: Row, *, limits: Limits) -> bool:
    usual = row["rows_usual"]
    return usual is not None and usual >= limits.held_rows and abs(row["rows_loaded"] - usual) > usual * limits.held_share
