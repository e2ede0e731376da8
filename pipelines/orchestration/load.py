"""From a file to `stg`: each delivery once, whole or not at all, under its id."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from pipelines import duck
from pipelines.contracts.export import Period
from pipelines.contracts.registry import EXPORTS
from pipelines.contracts.rules import Both
from pipelines.errors import CiiError, place_of
from pipelines.ingest import landing
from pipelines.ingest.intake import Intake, take_in
from pipelines.ingest.ledger import FINDING, LEDGER, READING, ledger
from pipelines.ingest.locate import Arrival, under_a_read_ending
from pipelines.ingest.mask import masked
from pipelines.ingest.refusal import refused, unexpected, unrecognised
from pipelines.orchestration import fingerprint
from pipelines.orchestration.workshop import Workshop, in_range
from pipelines.reports.formats import counted

# More names than this make no sentence.
_NAMED = 5
# Stored in one transaction: many small files cost little more than one, and what is held in memory stays small.
_FILES_AT_ONCE = 50
_ROWS_AT_ONCE = 100_000


def load_pending(shop: Workshop, dataset: str | None, *, progress: Callable[[Arrival, int, int], None]) -> list[tuple[Arrival, Intake]]:
    """Read what has come of a dataset since the last run; each delivery with its counts, its rows lie in `stg`."""
    waiting = [one for one in shop.pending() if one.dataset == dataset]
    loaded: list[tuple[Arrival, Intake]] = []
    read: list[tuple[Arrival, Intake]] = []
    for number, arrival in enumerate(waiting, start=1):
        if intake := _read(shop, arrival):
            read.append((arrival, intake))
        full = len(read) >= _FILES_AT_ONCE or sum(one.rows_loaded for _, one in read) >= _ROWS_AT_ONCE
        if read and (full or number == len(waiting)):
            _store(shop, read)
            loaded += [(one, replace(intake, rows=intake.rows.clear(), findings=intake.findings.clear())) for one, intake in read]
            read = []
        progress(arrival, number, len(waiting))
    return loaded


def _read(shop: Workshop, arrival: Arrival) -> Intake | None:
    """What a file holds; None where it is no longer what it was when the run began.

    Such a file is refused for now, and read when it lies still (`file.busy`, ledger).
    """
    content = b""
    if arrival.size <= shop.settings.limits.file_bytes:
        try:
            content = landing.content(shop.settings.raw, arrival.file)
        except landing.UnseenError:
            return None
        if hashlib.sha256(content).hexdigest() != arrival.sha256:
            return None
    return _taken_in(shop, arrival, content)


def _store(shop: Workshop, read: Sequence[tuple[Arrival, Intake]]) -> None:
    """Put deliveries of one dataset into `stg`, all of them or none."""

    def named(rows: pl.DataFrame, arrival: Arrival) -> pl.DataFrame:
        return rows.with_columns(pl.lit(arrival.delivery_id).alias("delivery_id"))

    export = EXPORTS.get(read[0][0].dataset or "")
    rows = [named(intake.rows, arrival) for arrival, intake in read if intake.rows.height]
    findings = [named(intake.findings.with_row_index("position", offset=1), arrival) for arrival, intake in read if intake.findings.height]
    with duck.transaction(shop.con):
        if export and rows:
            duck.append(shop.con, export.table, pl.concat(rows))
        if findings:
            duck.append(shop.con, FINDING, pl.concat(findings))
        duck.append(shop.con, READING, pl.concat([_reading(arrival, intake) for arrival, intake in read]))


def decide(shop: Workshop) -> int:
    """Make `stg.delivery` anew: which version is in force; the number of deliveries.

    Raises:
        CiiError: an old day is asked for, and what lay there then cannot be read any more.
    """
    settings = shop.settings
    unread = shop.pending()
    if settings.as_of and unread:
        raise CiiError(_lost(settings.as_of, unread))
    rows = ledger(
        duck.frame(shop.con, "select * from stg.reading"),
        shop.arrivals,
        receipts=shop.receipts,
        known_on=settings.known_on,
        accepted=shop.accepted,
        limits=settings.limits,
    )
    # Judged among all that lies there, for a month is measured by those before it; then cut to the months asked for.
    rows = rows.filter([in_range(_period(row), settings) for row in rows.iter_rows(named=True)])
    # What could not be read this time is still new to the next run.
    fingerprint.record(shop.con, {"stg": "" if unread else shop.publication})
    return duck.replace_with_rows(shop.con, LEDGER, rows)


def _period(row: dict[str, Any]) -> Period | None:
    return Period(row["period"], EXPORTS[row["dataset"]].cadence) if row["dataset"] else None


def _lost(day: dt.date, unread: list[Arrival]) -> str:
    names = [masked(one.file) for one in unread]
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED]) + (f" et {counted(more, 'autre', 'autres')}" if more > 0 else "")
    return (
        f"L'état du {day:%d.%m.%Y} ne peut plus être refait: ces fichiers étaient là, et leur contenu d'alors ne l'est plus: {shown}. "
        "Copiez le dossier des envois, remettez-y ces contenus, et relancez avec --raw sur la copie."
    )


def _taken_in(shop: Workshop, arrival: Arrival, content: bytes) -> Intake:
    limits = shop.settings.limits
    if arrival.size > limits.file_bytes:
        return refused("file.too_large", what=Both("la taille", "die Grösse"), limit=f"{limits.file_bytes // 2**20} Mo")
    meant = arrival if arrival.dataset else under_a_read_ending(arrival, exports=EXPORTS)
    if meant is None or meant.dataset is None or meant.period is None:
        return unexpected(arrival.file, exports=EXPORTS)
    export = EXPORTS[meant.dataset].sent_by(meant.service.lower())
    pseudonyms = shop.pseudonyms.of_service(meant.service, linked=shop.settings.linking)
    try:
        intake = take_in(content, arrival.file, export=export, period=meant.period, pseudonyms=pseudonyms, limits=limits)
    except Exception as error:
        # A fault of ours that one file has found is no reason to keep everybody else's from being read.
        return refused("file.unforeseen", where=place_of(error))
    if intake.accepted and meant is not arrival:
        return unrecognised(arrival.file, nearest=masked(meant.file.rpartition("/")[2]))
    return intake


def _reading(arrival: Arrival, intake: Intake) -> pl.DataFrame:
    row = {
        "delivery_id": arrival.delivery_id,
        "service": arrival.service,
        "dataset": arrival.dataset,
        "period": arrival.period.first if arrival.period else None,
        "version": arrival.version,
        "file": masked(arrival.file),
        "sha256": arrival.sha256,
        "accepted": intake.accepted,
        "reason": intake.reason,
        "rows_read": intake.rows_read,
        "rows_loaded": intake.rows_loaded,
        "rows_rejected": intake.rows_rejected,
        "lines_skipped": intake.lines_skipped,
        "findings": intake.findings.height,
    }
    return pl.DataFrame([row], schema=READING.frame_schema)
