"""The rows behind a figure: what its indicator counts one by one, the rows of `core` that makes each, and the lines of the files.

They are listed only where they give the figure again. From `core` on, a row leads to a line where it says from which delivery it
is, or names by its whole key the one row of another table that does; else the trail ends there, and says so.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from pipelines import duck
from pipelines.contracts.table import Table
from pipelines.indicators.catalogue import Indicator
from pipelines.indicators.counts import Shape
from pipelines.indicators.frame import of_cell
from pipelines.reports.explained import Explained
from pipelines.reports.trail import COUNTED, UntracedError, counted_rows
from pipelines.reports.value import REASONS

_UNTRACED = "La requête de cet indicateur ne laisse pas suivre ses lignes: elles ne sont pas listées."
_OTHER_CODE = "La copie publiée a été faite avec une autre requête que celle d'aujourd'hui: lancez «cii run», puis redemandez les lignes."
_NOT_COUNTED = "Sans valeur ({reason}), rien n'est compté: il n'y a pas de lignes à lister."


@dataclass(frozen=True)
class Queries:
    """What the project's own queries say, by name: the indicators, the tables, and what each table is made of."""

    indicators: Mapping[str, Indicator]
    tables: Mapping[str, Table]
    reads: Mapping[str, frozenset[str]]


class Place(NamedTuple):
    """Where a row comes from; a row that speaks of a whole file has no line."""

    file: str
    line: int | None


class CoreRow(NamedTuple):
    """A row of `core` by its key, and the lines it was taken from, as far as it can be said."""

    table: str
    key: Mapping[str, str]
    places: tuple[Place, ...]


class CountedRow(NamedTuple):
    """One thing that is counted, and the rows it is made of."""

    numerator: float | None
    denominator: float | None
    observation: float | None
    made_of: tuple[CoreRow, ...]


@dataclass(frozen=True)
class Behind:
    """What is counted in a figure.

    Attributes:
        rows: the things counted, one by one.
        ends: the tables of `core` from which no line of a file can be told.
        why_none: why there are no rows.
    """

    rows: tuple[CountedRow, ...] = ()
    ends: tuple[str, ...] = ()
    why_none: str | None = None


def rows_behind(con: duck.Connection, one: Explained, *, queries: Queries, known_on: dt.date) -> Behind:
    """The rows that a figure counts.

    Args:
        con: the published copy.
        one: the figure, explained.
        queries: what the project's queries say.
        known_on: the day of which the copy tells.
    """
    indicator = queries.indicators.get(one.figure.indicator)
    if one.value.reason in ("NOT_RECEIVED", "NOT_LINKED"):
        return Behind(why_none=_NOT_COUNTED.format(reason=REASONS[one.value.reason].lower()))
    if indicator is None:
        return Behind(why_none=_OTHER_CODE)
    try:
        rows = _counted(con, one, indicator, keys=_keys(queries), known_on=known_on)
    except UntracedError:
        return Behind(why_none=_UNTRACED)
    except duck.Error:
        return Behind(why_none=_OTHER_CODE)
    if not _gives(rows, one, shape=indicator.shape):
        return Behind(why_none=_OTHER_CODE)
    return _placed(con, rows, queries)


def _keys(queries: Queries) -> dict[str, tuple[str, ...]]:
    """The tables whose rows are followed: those made of deliveries, and not those that stand beside them for all to read."""
    return {name: table.key for name, table in queries.tables.items() if table.schema == "core" and table.privacy != "public"}


def _counted(
    con: duck.Connection, one: Explained, indicator: Indicator, *, keys: Mapping[str, tuple[str, ...]], known_on: dt.date
) -> pl.DataFrame:
    """The counted things of a cell: what is counted of each, as numbers, and its trail."""
    figure = one.figure
    dimension = next(dimension for dimension in indicator.dimensions if dimension.name == figure.dimension)
    select = of_cell(indicator, counted_rows(indicator.query.select, keys=keys), dimension)
    asked = {"grain": figure.grain, "period": figure.period, "member": figure.member, "known_on": known_on}
    rows = duck.frame(con, select, {name: value for name, value in asked.items() if f"${name}" in select})
    numbers = [pl.col(name).cast(pl.Float64) if name in rows.columns else pl.lit(None, pl.Float64).alias(name) for name in COUNTED]
    return rows.select(*numbers, "trail").sort("trail")


def _gives(rows: pl.DataFrame, one: Explained, *, shape: Shape) -> bool:
    """Whether the rows give the figure again."""
    seen = rows["observation"].drop_nulls()
    if shape in ("median", "mean"):
        given = [None, seen.len(), seen.median() if shape == "median" else seen.mean()]
        told = [one.value.numerator, one.value.denominator, one.value.value]
    else:
        given = [_sum(rows["numerator"]), _sum(rows["denominator"]) if shape == "ratio" else None]
        told = [one.value.numerator, one.value.denominator]
    return all(_equal(left, right) for left, right in zip(given, told, strict=True))


def _sum(numbers: pl.Series) -> float | None:
    """Their sum; nothing is 0, and what is empty everywhere has none."""
    return None if numbers.len() and numbers.null_count() == numbers.len() else float(numbers.sum())


def _equal(left: Any, right: float | None) -> bool:
    return left is right if left is None or right is None else math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-6)


def _placed(con: duck.Connection, rows: pl.DataFrame, queries: Queries) -> Behind:
    """The rows with the lines they were taken from; each table is asked once."""
    asked: dict[str, set[tuple[str, ...]]] = {}
    for row in rows["trail"].explode().drop_nulls():
        asked.setdefault(row["source"], set()).add(tuple(row["key"]))
    places = {table: _places(con, table, keys, queries) for table, keys in asked.items()}

    def core_row(table: str, key: Sequence[str]) -> CoreRow:
        columns = queries.tables[table].key
        return CoreRow(table, dict(zip(columns, key, strict=True)), tuple((places[table] or {}).get(tuple(key), ())))

    counted = (
        CountedRow(numerator, denominator, observation, tuple(core_row(row["source"], row["key"]) for row in trail))
        for numerator, denominator, observation, trail in rows.iter_rows()
    )
    return Behind(tuple(counted), tuple(sorted(table for table, found in places.items() if found is None)))


def _places(con: duck.Connection, name: str, keys: set[tuple[str, ...]], queries: Queries) -> dict[tuple[str, ...], list[Place]] | None:
    """The lines that the rows of a table with these keys were taken from; None where it cannot be said."""
    told_by = _told_by(name, queries)
    if not told_by:
        return None
    table = queries.tables[name]
    key = "[" + ", ".join(f't."{column}"::varchar' for column in table.key) + "]"
    line = 'h."line"' if "line" in told_by.names else "null"
    same = " and ".join(f'h."{column}" = t."{column}"' for column in told_by.key)
    query = f"""
    select {key} as key, d.file, {line} as line
    from {name} t
    join (select unnest($keys) as key) asked on asked.key = {key}
    join {told_by.qualified} h on {same}
    join stg.delivery d on d.delivery_id = h.delivery_id
    order by all
    """
    found: dict[tuple[str, ...], list[Place]] = {}
    for cells, *place in duck.frame(con, query, {"keys": [list(one) for one in keys]}).iter_rows():
        found.setdefault(tuple(cells), []).append(Place(*place))
    return found


def _told_by(name: str, queries: Queries) -> Table | None:
    """The table that says from which delivery a row is: its own, or the only one it is made of, where the row bears that one's key."""
    table = queries.tables[name]
    if "delivery_id" in table.names:
        return table
    made_of = [queries.tables[read] for read in queries.reads[name] if read in _keys(queries)]
    if len(made_of) != 1 or any(read.startswith("stg.") for read in queries.reads[name]):
        return None
    (other,) = made_of
    return other if "delivery_id" in other.names and set(other.key) <= set(table.key) else None
