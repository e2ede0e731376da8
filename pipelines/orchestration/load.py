"""From a file to `stg`: each delivery once, in one transaction, under its id."""

import hashlib
from collections.abc import Callable

import polars as pl

from pipelines import duck
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.intake import Intake, take_in
from pipelines.ingest.ledger import FINDING, LEDGER, READING, ledger
from pipelines.ingest.locate import Arrival, by_name, nearest_names
from pipelines.ingest.mask import masked
from pipelines.ingest.refusal import refused
from pipelines.orchestration import fingerprint
from pipelines.orchestration.workshop import Workshop, in_range


def load(shop: Workshop, arrival: Arrival) -> Intake | None:
    """Read a delivery into `stg`; None where the file is no longer what it was when the run began.

    Such a file is refused for now, and read when it lies still (`file.busy`, ledger).
    """
    try:
        content = (shop.settings.raw / arrival.file).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != arrival.sha256:
        return None
    intake = _taken_in(shop, arrival, content)
    export = EXPORTS.get(arrival.dataset or "")
    delivery = pl.lit(arrival.delivery_id).alias("delivery_id")
    with duck.transaction(shop.con):
        if export and intake.rows.height:
            duck.append(shop.con, export.table, intake.rows.with_columns(delivery))
        if intake.findings.height:
            duck.append(shop.con, FINDING, intake.findings.with_row_index("position", offset=1).with_columns(delivery))
        duck.append(shop.con, READING, _reading(arrival, intake))
    return intake


def load_pending(shop: Workshop, dataset: str | None, *, progress: Callable[[Arrival, int, int], None]) -> list[tuple[Arrival, Intake]]:
    """Read what has come of a dataset since the last run."""
    waiting = shop.pending(dataset)
    loaded = []
    for number, arrival in enumerate(waiting, start=1):
        if intake := load(shop, arrival):
            loaded.append((arrival, intake))
        progress(arrival, number, len(waiting))
    return loaded


def decide(shop: Workshop) -> int:
    """Make `stg.delivery` anew: which version is in force; the number of deliveries."""
    settings = shop.settings
    wanted = [one for one in shop.arrivals if in_range(one, settings)]
    receipts = {
        key: receipt
        for key, receipt in shop.receipts.items()
        if in_range(by_name(receipt.file, receipt.sha256, size=receipt.size, exports=EXPORTS), settings)
    }
    rows = ledger(duck.frame(shop.con, "select * from stg.reading"), wanted, receipts=receipts, known_on=settings.known_on)
    # What could not be read this time is still new to the next run.
    unread = any(shop.pending(dataset) for dataset in (*EXPORTS, None))
    fingerprint.record(shop.con, {"stg": "" if unread else shop.publication})
    return duck.replace_with_rows(shop.con, LEDGER, rows)


def _taken_in(shop: Workshop, arrival: Arrival, content: bytes) -> Intake:
    if arrival.dataset is None or arrival.period is None:
        return refused("file.unrecognised", nearest=", ".join(nearest_names(arrival.file, exports=EXPORTS)))
    export, limits = EXPORTS[arrival.dataset], shop.settings.limits
    return take_in(content, arrival.file, export=export, period=arrival.period, pseudonyms=shop.pseudonyms, limits=limits)


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
