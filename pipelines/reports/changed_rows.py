"""Which rows two copies tell differently, table by table and by the tables' own keys.

The comparison is diffly's, without tolerance: tables are made by rule, so what is not equal has changed. It asks for a
key that no two rows share and that lies in both tables alike, and for columns of one type; what lacks them is named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import polars as pl
from diffly import compare_frames

from pipelines import duck
from pipelines.contracts.columns import Kind
from pipelines.contracts.registry import EXPORTS
from pipelines.reports.language import tr

# Where a row comes from, which is not what it says.
_SOURCE = {"delivery_id", "line"}
# A row that bears one of these is a row of a person: of it only the key is told, and which columns changed.
_PERSONS = {"person_id"} | {
    field.name
    for export in EXPORTS.values()
    if any(field.column.kind is Kind.AVS for field in export.fields)
    for field in export.fields
    if field.key
}


@dataclass(frozen=True)
class RowChange:
    """A row that came, went, or changed.

    Attributes:
        what: `added`, `removed`, `changed`, or `moved` where only its delivery and line are others.
        key: the columns that identify it.
        columns: old and new value of the columns that changed; None instead of both where the row is one of a person.
        deliveries: the deliveries the row names, before and after.
    """

    what: str
    key: Mapping[str, Any]
    columns: Mapping[str, tuple[Any, Any] | None]
    deliveries: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """How a table differs.

    Attributes:
        table: its qualified name.
        added: number of rows that came; `removed` and `changed` likewise.
        moved: number of rows that say the same and come from another delivery or line; they are not among the changed ones.
        columns: in how many rows each column changed.
        rows: the first of these rows.
        not_compared: what could not be compared, in words.
    """

    table: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0
    columns: Mapping[str, int]
    rows: tuple[RowChange, ...] = ()
    not_compared: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether any row does."""
        return bool(self.added or self.removed or self.changed or self.moved)


@dataclass(frozen=True)
class Difference:
    """The rows on one side only, and those on both that are not equal, as `…_left` and `…_right`; in order of the key."""

    added: pl.DataFrame
    removed: pl.DataFrame
    changed: pl.DataFrame


def difference(left: pl.DataFrame, right: pl.DataFrame, key: Sequence[str]) -> Difference:
    """What differs between two frames; an empty value and a value are different, as are two numbers that are nearly equal."""
    compared = compare_frames(left, right, primary_key=key, abs_tol=0.0, rel_tol=0.0)
    return Difference(*(frame.sort(key) for frame in (compared.right_only(), compared.left_only(), compared.joined_unequal())))


def table_change(
    name: str, before: duck.Connection, after: duck.Connection, *, sides: Sequence[duck.Layout | None], limit: int | None
) -> TableChange:
    """How a table differs, with its first rows; `limit` None gives all of them.

    Args:
        name: its qualified name.
        before: the first copy.
        after: the second copy.
        sides: the table's layout in both; None where a copy has no such table.
        limit: how many rows are told.
    """
    left, right = sides
    if left is None or right is None:
        return TableChange(table=name, columns={}, not_compared=(tr("table absente de {copy}", copy="A" if left is None else "B"),))
    if left.key != right.key:
        return TableChange(table=name, columns={}, not_compared=(tr("clés différentes"),))
    shared = [column for column, kind in right.columns.items() if left.columns.get(column) == kind]
    apart = tuple(_apart(left, right))
    if not set(left.key) <= set(shared):
        return TableChange(table=name, columns={}, not_compared=apart)
    if _content(before, name, shared) == _content(after, name, shared):
        return TableChange(table=name, columns={}, not_compared=apart)
    if not left.key:
        return _counted(name, before, after, columns=shared, apart=apart)
    found = difference(_rows(before, name, shared), _rows(after, name, shared), left.key)
    return _told(name, found, left.key, limit=limit, apart=apart)


def _counted(name: str, before: duck.Connection, after: duck.Connection, *, columns: Sequence[str], apart: tuple[str, ...]) -> TableChange:
    """How many rows of a table without a key went and came: which of them are the same but changed, nothing says."""
    query = f"select hash(row({_names(columns)})) as content, count(*) as times from {name} group by content"
    both = duck.frame(before, query).join(duck.frame(after, query), on="content", how="full", coalesce=True)
    more = both.select(pl.col("times_right").fill_null(0) - pl.col("times").fill_null(0)).to_series()
    added, removed = (int(side.sum()) for side in (more.clip(lower_bound=0), (-more).clip(lower_bound=0)))
    return TableChange(table=name, added=added, removed=removed, columns={}, not_compared=apart)


def _told(name: str, found: Difference, key: tuple[str, ...], *, limit: int | None, apart: tuple[str, ...]) -> TableChange:
    others = [column for column in found.added.columns if column not in key]
    differs = {column: pl.col(f"{column}_left").ne_missing(pl.col(f"{column}_right")) for column in others}
    counts = found.changed.select(pl.lit(0).alias(""), **{column: one.sum() for column, one in differs.items()}).row(0, named=True)
    # The rows with the rarest of the changes come first: they say more than those in which a column changed as in all others.
    rarity = pl.min_horizontal(pl.lit(found.changed.height), *(pl.when(one).then(counts[column]) for column, one in differs.items()))
    says = pl.any_horizontal(pl.lit(False), *(one for column, one in differs.items() if column not in _SOURCE))
    changed = found.changed.with_columns(_says=says).sort(pl.col("_says").not_(), rarity, *key)
    moved = changed.height - int(changed["_says"].sum())
    rows = _row_changes(Difference(found.added, found.removed, changed), key, others=others)
    return TableChange(
        table=name,
        added=found.added.height,
        removed=found.removed.height,
        changed=changed.height - moved,
        moved=moved,
        columns={column: count for column, count in counts.items() if count},
        rows=tuple(islice(rows, limit)),
        not_compared=apart,
    )


def _row_changes(found: Difference, key: tuple[str, ...], *, others: list[str]) -> Iterator[RowChange]:
    """The rows that say something else, those that came, those that went, and those that only come from elsewhere."""
    personal = bool(_PERSONS & {*key, *others})

    def paired(rows: pl.DataFrame, what: str) -> Iterator[RowChange]:
        for row in rows.iter_rows(named=True):
            pairs = {column: (row[f"{column}_left"], row[f"{column}_right"]) for column in others}
            columns = {column: None if personal and column not in _SOURCE else pair for column, pair in pairs.items() if pair[0] != pair[1]}
            yield RowChange(what, _cells(row, key), columns, _named(*pairs.get("delivery_id", ())))

    yield from paired(found.changed.filter("_says"), "changed")
    for what, frame in (("added", found.added), ("removed", found.removed)):
        for row in frame.iter_rows(named=True):
            yield RowChange(what, _cells(row, key), {}, _named(row.get("delivery_id")))
    yield from paired(found.changed.filter(~pl.col("_says")), "moved")


def _cells(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _named(*deliveries: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, deliveries)))


def _apart(left: duck.Layout, right: duck.Layout) -> Iterator[str]:
    for column in dict.fromkeys((*right.columns, *left.columns)):
        old, new = left.columns.get(column), right.columns.get(column)
        if old != new:
            if old and new:
                yield tr("colonne {column} de type {before} en A, {after} en B", column=column, before=old, after=new)
            else:
                yield tr("colonne {column} absente de {copy}", column=column, copy="A" if old is None else "B")


def _names(columns: Sequence[str]) -> str:
    return ", ".join('"{}"'.format(column.replace('"', '""')) for column in columns)


def _content(con: duck.Connection, table: str, columns: Sequence[str]) -> object:
    """The number of rows and a hash of all of them, in whatever order they lie: equal ones need no comparison."""
    return con.execute(f"select count(*), sum(hash(row({_names(columns)}))) from {table}").fetchone()


def _rows(con: duck.Connection, table: str, columns: Sequence[str]) -> pl.DataFrame:
    return duck.frame(con, f"select {_names(columns)} from {table}")
