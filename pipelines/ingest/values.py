"""Columns of text to columns of values: each distinct text is read once, and every cell that cannot be read is named."""

from collections.abc import Callable

import polars as pl

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Field, Period
from pipelines.contracts.rules import RULES
from pipelines.ingest import cells as cell
from pipelines.ingest.cells import EXCEL_LOSS, Reader, Reading
from pipelines.ingest.mask import tells_a_person
from pipelines.ingest.municipality import Register, rule_broken

# Cheap and wide: what passes is looked at closely.
_MAY_TELL = r"[7７]\D{0,3}[5５]\D{0,3}[6６]|^\D*\d{1,4}\D{1,3}\d{1,2}\D{1,3}\d{2,4}(?:\D*|[T ]\d+:\d\d.*)$"

_ERRORS = [rule.id for rule in RULES.values() if rule.severity == "error"]
PROBLEMS = {"row": pl.Int64, "field": pl.String, "rule": pl.String}

_READERS: dict[Kind, Reader] = {
    Kind.DATE: cell.date,
    Kind.BIRTH_DATE: cell.date,
    Kind.WHOLE: cell.whole,
    Kind.NUMBER: cell.number,
    Kind.AMOUNT: cell.amount,
    Kind.YES_NO: cell.yes_no,
    Kind.AVS: cell.avs,
    Kind.TEXT: cell.text,
}


def typed(table: pl.DataFrame, export: Export, *, period: Period, register: Register) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The values of all fields, and the problems met: `row`, `field`, `rule`.

    Args:
        table: the cells as text, a column per field; null is empty.
        export: the contract.
        period: what the file speaks of.
        register: the municipalities.
    """
    columns, problems = [], [pl.DataFrame(schema=PROBLEMS)]
    for field in export.fields:
        values, rules = _column(table[field.name], field, period=period, register=register)
        columns.append(values.alias(field.name))
        if rules is not None:
            broken = pl.DataFrame({"row": rules.is_not_null().arg_true().cast(pl.Int64), "rule": rules.drop_nulls()})
            problems.append(broken.select("row", pl.lit(field.name).alias("field"), "rule"))
    return pl.DataFrame(columns), pl.concat(problems)


def errors(problems: pl.DataFrame) -> pl.DataFrame:
    """The problems that leave a cell without value."""
    return problems.filter(pl.col("rule").is_in(_ERRORS))


def _column(texts: pl.Series, field: Field, *, period: Period, register: Register) -> tuple[pl.Series, pl.Series | None]:
    if field.kind is Kind.TEXT:
        return _text(texts)
    if field.kind is Kind.AVS:
        return _avs(texts, reader(field, period=period, register=register))
    if field.kind is Kind.YES_NO and field.required and set(texts.drop_nulls().unique()) in ({"X"}, {"x"}, {"X", "x"}):
        return texts.is_not_null(), None
    return _read(texts, reader(field, period=period, register=register), field.kind.frame)


def _text(texts: pl.Series) -> tuple[pl.Series, pl.Series | None]:
    """Any text, unless a person's number or birth date slid into it: that may not enter the warehouse."""
    distinct = texts.drop_nulls().unique()
    personal = [one for one in distinct.filter(distinct.str.contains(_MAY_TELL)) if tells_a_person(one)]
    if not personal:
        return texts, None
    told = texts.is_in(personal)
    frame = pl.DataFrame({"text": texts, "told": told})
    return (
        frame.select(pl.when(~pl.col("told")).then("text")).to_series(),
        frame.select(pl.when("told").then(pl.lit("text.personal"))).to_series(),
    )


def reader(field: Field, *, period: Period, register: Register) -> Reader:
    """What reads one cell of a field."""
    if field.kind is Kind.MUNICIPALITY:
        read = _municipality(lambda number: rule_broken(number, period, register=register))
    else:
        read = cell.code(field.codes) if field.codes else _READERS[field.kind]
    return cell.unless_marker(read, "value.marker_required" if field.required else "value.marker", crosses=field.kind is Kind.YES_NO)


def _municipality(broken: Callable[[int], str | None]) -> Reader:
    def read(text: str) -> Reading:
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            return Reading(None, "municipality.unknown")
        rule = broken(int(text))
        return Reading(None if rule == "municipality.unknown" else int(text), rule)

    return read


def _read(texts: pl.Series, read: Reader, kind: pl.DataType | type[pl.DataType]) -> tuple[pl.Series, pl.Series | None]:
    """The values, and by row the rule that the cell breaks; no such series where none does."""
    distinct = texts.drop_nulls().unique()
    readings = [read(text) for text in distinct]
    values = pl.Series([reading.value for reading in readings], dtype=kind)
    rules = pl.Series([reading.rule for reading in readings], dtype=pl.String)
    return (
        texts.replace_strict(distinct, values, default=None, return_dtype=kind),
        texts.replace_strict(distinct, rules, default=None, return_dtype=pl.String) if rules.count() else None,
    )


def _avs(texts: pl.Series, read: Reader) -> tuple[pl.Series, pl.Series | None]:
    """AVS numbers: nearly all differ, so the right ones are found by arithmetic and only the others are read one by one."""
    digits = texts.str.replace_all(".", "", literal=True).str.replace_all(" ", "", literal=True)
    number = digits.cast(pl.Int64, strict=False)
    # EAN-13: from the right, digits count once and three times in turn, and the sum is a multiple of ten.
    checked = sum((number // 10**place % 10) * (1 if place % 2 == 0 else 3) for place in range(13)) % 10 == 0
    right = ((digits.str.len_bytes() == 13) & (number // 10**10 == 756) & (number % EXCEL_LOSS != 0) & checked).fill_null(False)
    if right.sum() == texts.count():
        return digits, None
    frame = pl.DataFrame({"text": texts, "digits": digits, "right": right})
    others, rules = _read(frame.select(pl.when(~pl.col("right")).then("text")).to_series(), read, pl.String)
    return frame.with_columns(others=others).select(pl.when("right").then("digits").otherwise("others")).to_series(), rules
