"""The answer to a delivery: its verdict, its counts and its findings, from the ledger or from a check."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import duck
from pipelines.contracts.export import Export, Period
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.check import Checked
from pipelines.ingest.findings import SCHEMA
from pipelines.ingest.mask import masked

# The deliveries that are answered: not those that another one replaced, or that were taken back.
_DELIVERIES = """
select *, max(version) over (partition by service, dataset, period) as latest
from stg.delivery
qualify status in ('in_force', 'rejected', 'held') and delivery_id in (select delivery_id from mart.finding)
order by file, delivery_id
"""
_FINDINGS = f"""
select delivery_id, {", ".join(SCHEMA)} from mart.finding
order by severity <> 'rejected', line nulls first, field, rule, cell, message
"""
_KEPT = ("file", "service", "dataset", "version", "received_at", "status", "rows_read", "rows_loaded", "rows_rejected", "lines_skipped")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A delivery with its verdict and findings, ready to be told.

    Attributes:
        file: its path or name, masked.
        service: who sent it, in upper case; None where nothing says so.
        dataset: the dataset; None where the file was not recognised.
        period: the month or year.
        version: the version its name bears.
        corrected: the name that the corrected file must bear; None where nobody knows.
        received_at: when it first arrived; None where it was only checked.
        status: `in_force`, `rejected` or `held`.
        rows_read: records found.
        rows_loaded: rows loaded.
        rows_rejected: rows kept out.
        lines_skipped: total lines and footnotes.
        findings: everything found wrong, masked (`ingest.findings.SCHEMA`).
        sample: whether the persons are invented.
        skipped: each line skipped, with what it is; empty where only their number is known.
    """

    file: str
    service: str | None
    dataset: str | None
    period: Period | None
    version: int | None
    corrected: str | None
    received_at: dt.datetime | None
    status: str
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    lines_skipped: int
    findings: pl.DataFrame
    sample: bool
    skipped: tuple[tuple[int, str], ...] = ()

    def says(self) -> tuple[object, ...]:
        """All that its workbook is made of, to compare with another's."""
        return tuple(cell.rows() if isinstance(cell, pl.DataFrame) else cell for cell in vars(self).values())

    @property
    def export(self) -> Export | None:
        """The contract of its dataset, as it holds for its sender where that is known."""
        export = EXPORTS.get(self.dataset or "")
        return export.sent_by(self.service.lower()) if export and self.service else export

    def count(self, severity: str) -> int:
        """How many findings of a severity there are."""
        return self.findings.filter(pl.col("severity") == severity).height


def answers(con: duck.Connection, *, sample: bool) -> Iterator[tuple[Path, Answer]]:
    """The answer to every delivery with findings, and where its workbook lies."""
    deliveries = duck.frame(con, _DELIVERIES)
    paths = _paths(deliveries)
    found = duck.frame(con, _FINDINGS).partition_by("delivery_id", as_dict=True, include_key=False)
    for row in deliveries.iter_rows(named=True):
        export = EXPORTS.get(row["dataset"] or "")
        period = Period(row["period"], export.cadence) if export else None
        findings = found[(row["delivery_id"],)]
        # What could not be had stays where it is, and is read when it can be.
        free = (row["latest"] or 0) + 1
        corrected = _corrected(row["file"], row["dataset"], period, version=free, findings=findings) if row["sha256"] else None
        kept = {name: row[name] for name in _KEPT}
        yield paths[row["delivery_id"]], Answer(**kept, period=period, corrected=corrected, findings=findings, sample=sample)


def workbook_paths(con: duck.Connection) -> list[Path]:
    """Where the workbooks of a warehouse lie, relative to their folder."""
    return sorted(_paths(duck.frame(con, _DELIVERIES)).values())


def answer_to(checked: Checked) -> Answer:
    """The answer to a file that was only checked."""
    intake, version = checked.intake, checked.version
    return Answer(
        file=checked.file,
        service=checked.service.upper() if checked.service else None,
        dataset=checked.dataset,
        period=checked.period,
        version=version,
        # What was never sent keeps its name.
        corrected=_corrected(
            checked.file, checked.dataset, checked.period, version=max(version, checked.latest + 1), findings=intake.findings
        ),
        received_at=None,
        status="in_force" if intake.accepted else "rejected",
        rows_read=intake.rows_read,
        rows_loaded=intake.rows_loaded,
        rows_rejected=intake.rows_rejected,
        lines_skipped=intake.lines_skipped,
        findings=intake.findings.sort(pl.col("severity") != "rejected", maintain_order=True),
        sample=checked.sample,
        skipped=intake.skipped,
    )


def workbook_name(dataset: str, period: object, version: int) -> str:
    """The name of a delivery's correction workbook."""
    return f"{dataset}_{period}_v{version}.xlsx"


def _corrected(file: str, dataset: str | None, period: Period | None, /, *, version: int, findings: pl.DataFrame) -> str | None:
    """The name of the corrected file, under a free version; none where it is the name that is wrong."""
    rules = set(findings["rule"])
    if not dataset or not period or "file.future" in rules:
        return None
    text = file.lower().endswith((".csv", ".txt")) and "file.ending" not in rules
    return f"{dataset}_{period}{f'_v{version}' if version > 1 else ''}.{'csv' if text else 'xlsx'}"


def _paths(deliveries: pl.DataFrame) -> dict[str, Path]:
    """By delivery; of two files for one version each bears its ending too, or part of its id, an unrecognised one its masked name."""
    names = {row["delivery_id"]: _name(row) for row in deliveries.iter_rows(named=True)}
    paths = list(names.values())
    endings = dict(deliveries.select("delivery_id", pl.col("file").str.extract(r"\.(\w+)$").fill_null("")).iter_rows())
    told = {one: path.with_stem(f"{path.stem}_{endings[one]}") if paths.count(path) > 1 else path for one, path in names.items()}
    paths = list(told.values())
    return {one: path.with_stem(f"{path.stem}_{one[:8]}") if paths.count(path) > 1 else path for one, path in told.items()}


def _name(row: dict[str, Any]) -> Path:
    folder = _bare(row["service"].lower())
    export = EXPORTS.get(row["dataset"] or "")
    if not export:
        return Path(folder) / f"non-reconnu_{_bare(Path(row['file']).stem)}_{row['delivery_id'][:8]}.xlsx"
    period = Period(row["period"], export.cadence)
    return Path(folder) / workbook_name(export.name, period, row["version"])


def _bare(text: str) -> str:
    """A text that may be part of a file's name and tells nobody's number."""
    return re.sub(r"[^\w-]+", "-", masked(text))[:60].strip("-") or "fichier"
