"""A delivery taken in: bytes to checked, pseudonymised rows, and a finding for everything that is not right."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import polars as pl

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Field, Period
from pipelines.contracts.limits import Limits
from pipelines.contracts.rules import Both
from pipelines.ingest.container import read_file
from pipelines.ingest.findings import Refused, finding, gathered
from pipelines.ingest.header import known_names
from pipelines.ingest.municipality import register
from pipelines.ingest.pseudonym import Pseudonyms
from pipelines.ingest.sheet import Records, records, repeated_headers
from pipelines.ingest.suggest import suggestions
from pipelines.ingest.trouble import words
from pipelines.ingest.validate import row_checks, violations, with_ages
from pipelines.ingest.values import errors, typed

_USUAL = Limits()
_WORD = 2  # letters that a code may have and still say nothing by itself
_OTHER_MONTH = Both("; ce fichier contient peut-être un autre mois", "; vielleicht enthält die Datei einen anderen Monat")
_LABELS = (attrgetter("label"), attrgetter("label_de"))


@dataclass(frozen=True)
class Intake:
    """What became of a delivery; read = loaded + rejected + skipped, each counted on its own.

    Attributes:
        accepted: whether its rows may be loaded.
        reason: the rule that refused the file.
        rows: the rows to load, as the contract's table has them but for `delivery_id`.
        findings: everything found wrong, masked.
        rows_read: records after the header that are not blank, as the reader of the file counted them.
        rows_loaded: rows to load.
        rows_rejected: lines in error, or all of data where the file is refused.
        lines_skipped: total lines and footnotes.
        skipped: each of them, with what it is: `total` or `note`.
    """

    accepted: bool
    reason: str | None
    rows: pl.DataFrame
    findings: pl.DataFrame
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    lines_skipped: int
    skipped: tuple[tuple[int, str], ...] = ()


def take_in(content: bytes, file: str, *, export: Export, period: Period, pseudonyms: Pseudonyms, limits: Limits = _USUAL) -> Intake:
    """Read, check and pseudonymise a delivery; never fails on what a file holds."""
    try:
        found = records(read_file(content, file, export=export, limits=limits), export)
    except Refused as refusal:
        return _intake(export, findings=[refusal.finding])
    findings = list(found.findings)
    if _refusals(findings):
        return _intake(export, found, findings=findings)
    rows, problems = typed(found.cells, export, period=period, register=register())
    problems = pl.concat([found.faults, problems]).unique(["row", "field"], keep="first", maintain_order=True)
    if problems.height:
        again = repeated_headers(problems, found, names=known_names(export))
        problems = problems.filter(~pl.col("row").is_in(again.implode()))
        findings += [finding("header.repeated", found.lines.gather(again))]
    findings += _problem_findings(problems, rows, found, export=export, period=period)
    findings += _wrong_period(rows, export, period=period, limits=limits)
    if _refusals(findings):
        return _intake(export, found, findings=findings)
    rows = with_ages(rows, export)
    findings += _row_findings(rows, errors(problems), found, export=export, period=period)
    in_error = gathered(findings).filter(pl.col("severity") == "error")
    wrong = in_error["line"].unique()
    findings += _too_many_errors(in_error, found, limits=limits)
    if _refusals(findings):
        return _intake(export, found, findings=findings)
    kept = rows.insert_column(0, found.lines.alias("line")).filter(~pl.col("line").is_in(wrong.implode()))
    return _intake(export, found, findings=findings, rows=_stored(kept, export, pseudonyms=pseudonyms), wrong=wrong.len())


def _intake(
    export: Export, found: Records | None = None, *, findings: list[pl.DataFrame], rows: pl.DataFrame | None = None, wrong: int = 0
) -> Intake:
    """The verdict: without rows, the file is refused for its first reason."""
    nothing = pl.DataFrame(schema={name: kind for name, kind in export.table.frame_schema.items() if name != "delivery_id"})
    read, skipped, data = (found.read, found.skipped.height, found.data) if found else (0, 0, 0)
    loaded, rejected = (0, data) if rows is None else (rows.height, wrong)
    if read != loaded + rejected + skipped:
        raise RuntimeError(f"records went astray: {read} read, {loaded} loaded, {rejected} rejected, {skipped} skipped")
    return Intake(
        accepted=rows is not None,
        reason=None if rows is not None else _refusals(findings)[0],
        rows=nothing if rows is None else rows,
        findings=gathered(findings),
        rows_read=read,
        rows_loaded=loaded,
        rows_rejected=rejected,
        lines_skipped=skipped,
        skipped=tuple(found.skipped.iter_rows()) if found else (),
    )


def _refusals(findings: list[pl.DataFrame]) -> list[str]:
    return [rule for one in findings for rule in one.filter(pl.col("severity") == "rejected")["rule"]]


def _problem_findings(
    problems: pl.DataFrame, rows: pl.DataFrame, found: Records, *, export: Export, period: Period
) -> Iterator[pl.DataFrame]:
    """The cells that could not be read, or only with a warning."""
    births = [rows[field.name] for field in export.fields if field.kind is Kind.BIRTH_DATE]
    for (name, told), group in problems.group_by("field", "rule", maintain_order=True):
        field, rule, cells = export.by_name[str(name)], str(told), found.cells[str(name)].gather(group["row"])
        nearest = suggestions(cells, field, period=period, register=register(), births=births)
        own = {cell: words(rule, cell, period=period, register=register()) for cell in cells.drop_nulls().unique()}
        yield _finding_at(
            rule,
            group["row"],
            found,
            field=field,
            suggestions=pl.Series([nearest.get(cell) for cell in cells], dtype=pl.String),
            each=[own[cell] for cell in cells] if any(own.values()) else None,
            allowed=_allowed(field),
            period=period,
        )


def _allowed(field: Field) -> Both:
    """The codes of the field; those too short to be words with their labels."""
    codes = field.codes.codes if field.codes else ()
    french, german = ([one.code if len(one.code) > _WORD else f"{one.code} ({text(one)})" for one in codes] for text in _LABELS)
    return Both(", ".join(french), ", ".join(german))


def _row_findings(rows: pl.DataFrame, unread: pl.DataFrame, found: Records, *, export: Export, period: Period) -> Iterator[pl.DataFrame]:
    """The rows that break a rule, but for rules that read a cell which could not be read."""
    for check, positions in violations(rows, row_checks(export, period)):
        moot = unread.filter(pl.col("field").is_in(check.reads))["row"]
        judged = positions.filter(~positions.is_in(moot.implode()))
        each = _firsts(rows, judged, found, export=export) if check.rule == "key.duplicate" else None
        said = {"period": period} | dict(check.words or {})
        if each is not None:
            said["key"] = " + ".join(f"«{found.headers[name]}»" for name in (field.name for field in export.fields if field.key))
        if check.other:
            said["other"] = found.headers[check.other]
        yield _finding_at(check.rule, judged, found, field=export.by_name[check.field], each=each, **said)


def _firsts(rows: pl.DataFrame, positions: pl.Series, found: Records, *, export: Export) -> list[dict[str, object]]:
    """The line on which the key of each of these rows stands first."""
    keys = rows.select(export.key)
    first = keys.with_columns(found.lines.alias("line")).unique(export.key, keep="first")
    again = keys[positions].join(first, on=export.key, how="left", maintain_order="left")
    return [{"first": line} for line in again["line"]]


def _finding_at(rule: str, positions: pl.Series, found: Records, *, field: Field, **words: Any) -> pl.DataFrame:
    return finding(
        rule,
        found.lines.gather(positions),
        field=field.name,
        header=found.headers[field.name],
        values=found.cells[field.name].gather(positions),
        personal=field.personal,
        **words,
    )


def _wrong_period(rows: pl.DataFrame, export: Export, *, period: Period, limits: Limits) -> list[pl.DataFrame]:
    ends = [rows[field.name].drop_nulls() for field in export.fields if field.inside]
    dated = sum(len(dates) for dates in ends)
    outside = sum(int((~dates.is_between(period.first, period.last)).sum()) for dates in ends)
    if outside < limits.outside_dates or outside <= dated * limits.outside_share:
        return []
    return [finding("file.wrong_period", outside=outside, dated=dated, period=period)]


def _too_many_errors(in_error: pl.DataFrame, found: Records, *, limits: Limits) -> list[pl.DataFrame]:
    wrong = in_error["line"].n_unique()
    if wrong < limits.error_rows or wrong <= found.data * limits.error_share:
        return []
    return [
        finding(
            "file.too_many_errors",
            rows=wrong,
            read=found.data,
            share=f"{100 * limits.error_share:.0f}\N{NO-BREAK SPACE}%",
            cause=_cause(in_error),
        )
    ]


def _cause(in_error: pl.DataFrame) -> Both:
    """What is wrong on most lines, so that a service sees at once what to change in its export."""
    by_cause = in_error.group_by("rule", "field", "message", "message_de").agg(pl.col("line").n_unique())
    most = by_cause.sort("line", "rule", "field", "message", descending=(True, False, False, False)).row(0, named=True)
    french, german = most["message"].rstrip("."), most["message_de"].rstrip(".")
    hint = _OTHER_MONTH if most["rule"] in ("date.after_period", "end.too_early") else Both("", "")
    lines = Both("ligne", "Zeile") if most["line"] == 1 else Both("lignes", "Zeilen")
    return Both(f"{french} ({most['line']} {lines.fr}){hint.fr}", f"{german} ({most['line']} {lines.de}){hint.de}")


def _stored(rows: pl.DataFrame, export: Export, *, pseudonyms: Pseudonyms) -> pl.DataFrame:
    """The rows as the table holds them: persons by pseudonym, births by year and month."""
    columns: list[pl.Series | pl.Expr] = []
    for field in export.fields:
        if field.kind is Kind.AVS:
            columns.append(pseudonyms.of(rows[field.name]).alias("person_id"))
        if field.kind is Kind.BIRTH_DATE:
            born = pl.col(field.name).dt
            columns += [born.year().alias("birth_year"), born.month().alias("birth_month")]
    schema = {name: kind for name, kind in export.table.frame_schema.items() if name != "delivery_id"}
    return rows.with_columns(columns).select(pl.col(name).cast(kind) for name, kind in schema.items())
