"""What a row must obey once its cells are read: the contract as a pandera schema.

pandera's failure cases carry raw values; only rows' positions and rules leave this module.
"""

import datetime as dt
from collections.abc import Iterator

import polars as pl

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Field, Period, RowCheck
from pipelines.contracts.rules import RULES, Both

_OLDEST = 110


def with_ages(rows: pl.DataFrame, export: Export) -> pl.DataFrame:
    """The rows with the ages the contract asks for, in whole years."""
    ages = {age.column: _age(_birth(export), at=pl.col(age.at)) for age in export.ages}
    return rows.with_columns(age.cast(column.kind.frame).alias(column.name) for column, age in ages.items())


def row_checks(export: Export, period: Period) -> list[RowCheck]:
    """Everything the contract says about rows, as conditions."""
    checks = [check for field in export.fields for check in (*_own_checks(field, period), *_paired_checks(field))]
    if export.key:
        checks.append(_condition("key.duplicate", export.key, _first_of_key(export.key)))
    for age in export.ages:
        if age.usual:
            low, high = age.usual
            usual = pl.col(age.column.name).is_between(low, high) | ~_possible_birth(_birth(export), period)
            checks.append(_condition("age.unusual", (age.at, _birth(export)), usual, range=Both(f"{low} à {high}", f"{low} bis {high}")))
    return checks + list(export.checks)


def allowed(values: pl.Series, field: Field, *, period: Period) -> pl.Series:
    """Which values may stand in a field, by what it must obey whatever else stands in the row; warnings let pass."""
    checks = [check for check in _own_checks(field, period) if RULES[check.rule].severity == "error"]
    holds = (pl.col(field.name).is_not_null(), *(check.holds for check in checks))
    return values.to_frame(field.name).select(pl.all_horizontal(holds)).to_series()


def violations(rows: pl.DataFrame, checks: list[RowCheck]) -> Iterator[tuple[RowCheck, pl.Series]]:
    """The checks that fail, each with the positions of the rows that fail it."""
    conditions = [check.holds.fill_null(True).alias(str(number)) for number, check in enumerate(checks)]
    # All conditions at one go, the costly verdict with its failing rows only for those that some row breaks.
    held = rows.select(condition.all() for condition in conditions).row(0) if conditions else ()
    if broken := [condition for condition, holds in zip(conditions, held, strict=True) if not holds]:
        for (number,), group in _failures(rows, broken).group_by("check", maintain_order=True):
            yield checks[int(str(number))], group["index"].cast(pl.Int64).sort()


def _failures(rows: pl.DataFrame, broken: list[pl.Expr]) -> pl.DataFrame:
    """The name of each condition with the positions of the rows that break it."""
    # Here, for it brings pandas with it, and most files need neither.
    import pandera.polars as pa
    from pandera.errors import SchemaErrors

    def check(condition: pl.Expr) -> pa.Check:
        return pa.Check(lambda data: data.lazyframe.select(condition), name=condition.meta.output_name())

    columns = {name: pa.Column(kind, nullable=True) for name, kind in rows.schema.items()}
    try:
        # A LazyFrame would only have its schema checked.
        pa.DataFrameSchema(columns, checks=[check(condition) for condition in broken], strict=True).validate(rows, lazy=True)
    except SchemaErrors as error:
        failed: pl.DataFrame = error.failure_cases.select("check", "index")
        if not failed["index"].null_count():
            return failed
    raise RuntimeError("the typed frame does not have the types of its contract")


def _condition(rule: str, reads: tuple[str, ...], holds: pl.Expr, *, other: str | None = None, **words: object) -> RowCheck:
    """A check whose finding points at the first field it reads."""
    return RowCheck(rule, reads[0], reads, holds, other, words)


def _own_checks(field: Field, period: Period) -> Iterator[RowCheck]:
    """What a field must obey whatever else stands in the row."""
    name, value = field.name, pl.col(field.name)
    if field.required:
        yield _condition("value.required", (name,), value.is_not_null())
    if field.kind is Kind.BIRTH_DATE:
        yield _condition("birth_date.range", (name,), _possible_birth(name, period))
    if field.kind is Kind.DATE and not field.plan:
        yield _condition("date.after_period", (name,), value <= period.last, last=_day(period.last))
    if field.within:
        yield _condition("date.before_period", (name,), value >= period.first, first=_day(period.first))
    if field.end:
        earliest = period.months_before(2)
        in_time = ~value.is_between(earliest, period.first, closed="left")
        yield _condition("end.reported_late", (name,), in_time)
        yield _condition("end.too_early", (name,), value >= earliest, earliest=_day(earliest))
    if field.coded:
        yield _condition("text.coded", (name,), value.str.contains(r"^\S*\d\S*$"))
    if field.minimum is not None or field.maximum is not None:
        yield _in_range(field)


def _paired_checks(field: Field) -> Iterator[RowCheck]:
    """What a field owes to another one."""
    name, value = field.name, pl.col(field.name)
    if other := field.not_before:
        yield _condition("date.order", (name, other), value >= pl.col(other), other=other)
    for other in filter(None, (field.exactly_with, field.when)):
        yield _condition("given.missing", (name, other), pl.col(other).is_null() | value.is_not_null(), other=other)
    for other in filter(None, (field.exactly_with, field.needs)):
        yield _condition("given.unexpected", (name, other), value.is_null() | pl.col(other).is_not_null(), other=other)
    if field.only_with:
        other, code = field.only_with
        yield _condition("given.only_with", (name, other), value.is_null() | pl.col(other).eq_missing(code), other=other, code=code)
    if field.without:
        other, code = field.without
        yield _condition("given.without", (name, other), pl.col(other).is_not_null() | (value == code), other=other, code=code)
    if other := field.not_above:
        yield _condition("number.above", (name, other), value <= pl.col(other), other=other)


def _day(date: dt.date) -> str:
    return f"{date:%d.%m.%Y}"


def _in_range(field: Field) -> RowCheck:
    value, low, high = pl.col(field.name), field.minimum, field.maximum
    if low is None:
        return _condition("number.range", (field.name,), value <= high, range=Both(f"{high} ou moins", f"höchstens {high}"))
    if high is None:
        return _condition("number.range", (field.name,), value >= low, range=Both(f"{low} ou plus", f"mindestens {low}"))
    return _condition("number.range", (field.name,), value.is_between(low, high), range=Both(f"de {low} à {high}", f"von {low} bis {high}"))


def _first_of_key(key: tuple[str, ...]) -> pl.Expr:
    return pl.struct(key).is_first_distinct() | pl.any_horizontal(pl.col(name).is_null() for name in key)


def _birth(export: Export) -> str:
    """The field of the birth date; a contract that takes an age has one."""
    return next(field.name for field in export.fields if field.kind is Kind.BIRTH_DATE)


def _age(birth: str, *, at: pl.Expr) -> pl.Expr:
    """Whole years; somebody born on 29 February grows older on 1 March where there is none."""
    born = pl.col(birth)
    return at.dt.year() - born.dt.year() - (_day_of_year(at) < _day_of_year(born)).cast(pl.Int32)


def _day_of_year(date: pl.Expr) -> pl.Expr:
    # Months and days are 8 bits wide, too narrow for the product.
    return date.dt.month().cast(pl.Int16) * 100 + date.dt.day()


def _possible_birth(birth: str, period: Period) -> pl.Expr:
    return _age(birth, at=pl.lit(period.last)).is_between(0, _OLDEST)
