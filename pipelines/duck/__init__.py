"""The only door to DuckDB: connect, open the published copy, read and replace tables."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa

from pipelines.contracts.table import Table
from pipelines.errors import CiiError

Connection = duckdb.DuckDBPyConnection
Error = duckdb.Error

# Set at connection so that no statement of any query can fetch an extension or reach a file it was not given.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# What a build may hold in memory; beyond it the engine goes on by way of the disk. Left to itself it takes what the machine has.
_MEMORY = 4_500_000_000
# A build is written for one run, and compressed when it is copied: compressing it too would take a tenth of the time of its queries.
_BUILD = _CONFIG | {"force_compression": "uncompressed"}
_ROW_GROUP = 122_880
# For fewer rows than these a second thread costs more than it brings: the engine shares work by row groups, statement by statement.
_ROWS_A_THREAD = 1_000_000
SCHEMAS = ("stg", "core", "mart")
_COLUMNS = """
select c.schema_name || '.' || c.table_name as name, c.column_name, c.data_type
from duckdb_columns() c join duckdb_tables() t using (table_oid, schema_name)
where not c.internal order by name, c.column_index
"""
_KEYS = """
select schema_name || '.' || table_name, constraint_column_names from duckdb_constraints() where constraint_type = 'PRIMARY KEY'
"""


class DamagedError(CiiError):
    """A file that is no database, or no longer one."""


@dataclass(frozen=True)
class Layout:
    """The columns of a table with their types, and its key."""

    columns: Mapping[str, str]
    key: tuple[str, ...]


def connect(path: Path) -> Connection:
    """The writer's connection, with the schemas of the house."""
    try:
        con = duckdb.connect(str(path), config=_BUILD | {"memory_limit": _memory()})
    except duckdb.Error as error:
        said = f"La base de travail {path.name} ne s'ouvre pas ({_kind(error)})"
        if isinstance(error, duckdb.IOException) and "not a valid DuckDB" not in str(error):
            raise CiiError(f"{said}: fermez les programmes qui l'utilisent et vérifiez la place sur le disque, puis relancez.") from None
        raise DamagedError(f"{said}: elle est abîmée; supprimez-la et relancez.") from None
    path.chmod(0o600)
    for schema in SCHEMAS:
        con.execute(f"create schema if not exists {schema}")
    return con


def open_published(path: Path) -> Connection:
    """A read-only connection to the published copy; any number of readers may hold one."""
    if not path.exists():
        raise CiiError(f"L'entrepôt {path.name} n'existe pas encore: lancez d'abord «cii run».")
    try:
        return duckdb.connect(str(path), read_only=True, config=_CONFIG)
    except duckdb.Error as error:
        raise CiiError(f"L'entrepôt {path.name} ne s'ouvre pas ({_kind(error)}): relancez «cii run» pour le refaire.") from None


def in_memory() -> Connection:
    """A database of its own, with the schemas of the house, gone with its connection."""
    con = duckdb.connect(config=_CONFIG)
    # It holds no more than a pack shows.
    share(con, rows=0)
    for schema in SCHEMAS:
        con.execute(f"create schema {schema}")
    return con


@contextmanager
def aside(con: Connection) -> Iterator[tuple[Connection, str]]:
    """An empty database beside that of the connection, and the name of the latter in it; gone afterwards."""
    beside = con.cursor()
    (main,) = beside.execute("select current_database()").fetchall()[0]
    beside.execute("attach ':memory:' as aside")
    try:
        beside.execute("use aside")
        for schema in SCHEMAS:
            beside.execute(f"create schema {schema}")
        yield beside, f'"{main}"'
    finally:
        beside.execute(f'use "{main}"')
        beside.execute("detach aside")
        beside.close()


@contextmanager
def transaction(con: Connection) -> Iterator[None]:
    """All or nothing."""
    con.execute("begin")
    try:
        yield
    except BaseException:
        # On a full disk the engine may have given up the transaction by itself.
        with suppress(duckdb.Error):
            con.execute("rollback")
        raise
    con.execute("commit")


def share(con: Connection, *, rows: int) -> None:
    """Let the engine work with as many threads as queries on so many rows keep busy."""
    con.execute(f"set threads = {min(os.cpu_count() or 1, 1 + rows // _ROWS_A_THREAD)}")


def ensure(con: Connection, table: Table) -> None:
    """Create the table if it is not there."""
    con.execute(table.create(anew=False))


def append(con: Connection, table: Table, rows: pl.DataFrame) -> None:
    """Add rows to a table that only grows; columns by name."""
    arrow = rows.select(table.names).to_arrow()
    # In pieces of a row group: the engine's threads share them, where one whole piece would keep one busy.
    con.register("incoming", pa.Table.from_batches(arrow.to_batches(max_chunksize=_ROW_GROUP), schema=arrow.schema))
    try:
        con.execute(f"insert into {table.qualified} by name select * from incoming")
    finally:
        con.unregister("incoming")


def fill(con: Connection, qualified: str, rows: pl.DataFrame) -> None:
    """Make the table anew from rows that bring their own columns."""
    with lent(con, "incoming", rows):
        con.execute(f"create or replace table {qualified} as select * from incoming")


@contextmanager
def lent(con: Connection, name: str, rows: pl.DataFrame) -> Iterator[None]:
    """Rows that queries may read under a name, for a while."""
    con.register(name, rows.to_arrow())
    try:
        yield
    finally:
        con.unregister(name)


def replace_with_rows(con: Connection, table: Table, rows: pl.DataFrame) -> int:
    """Make the table anew from rows; the number of rows."""
    with transaction(con):
        _drop(con, table.qualified)
        con.execute(table.create())
        append(con, table, rows)
    return rows.height


def replace(con: Connection, table: Table, select: str, *, parameters: Mapping[str, object] | None = None) -> int:
    """Make the table anew from a SELECT whose columns are those of the contract; the number of rows.

    Raises:
        CiiError: the rows break the contract; the table stays as it was.
    """
    columns = ", ".join(f'"{name}"' for name in table.names)
    order = ", ".join(f'"{name}"' for name in table.key)
    try:
        with transaction(con):
            _drop(con, table.qualified)
            con.execute(table.create())
            # Sorted by key: equal rows give equal tables, whatever order the engine's threads finished in.
            con.execute(f"insert into {table.qualified} by name select {columns} from ({select}) order by {order}", parameters or {})
            return _number(con)
    except duckdb.ConstraintException as error:
        raise CiiError(f"{table.qualified} ne tient pas son contrat ({_kind(error)}); rien n'a été publié.") from None


def replace_view(con: Connection, name: str, select: str) -> None:
    """Make a view anew."""
    con.execute(f"create or replace view {name} as {select}")


def comment(con: Connection, table: Table, *, sample: bool, view: bool = False) -> None:
    """Write the contract's comments to the table, or view, and its columns."""
    con.execute(";\n".join(table.comments(sample=sample, view=view)))


def exists(con: Connection, qualified: str) -> bool:
    """Whether the table is there."""
    # Not asked of the catalogue, which would measure every table first.
    try:
        con.execute(f"select 1 from {qualified} limit 0")
    except duckdb.CatalogException:
        return False
    return True


def columns(con: Connection, qualified: str) -> set[str]:
    """The columns of a table or view; none where there is no such."""
    schema, name = qualified.split(".")
    found = con.execute("select column_name from duckdb_columns() where schema_name = ? and table_name = ?", [schema, name])
    return {column for (column,) in found.fetchall()}


def layouts(con: Connection) -> dict[str, Layout]:
    """The tables by qualified name, views not among them."""
    keys = dict(con.execute(_KEYS).fetchall())
    held: dict[str, dict[str, str]] = {}
    for table, column, kind in con.execute(_COLUMNS).fetchall():
        held.setdefault(table, {})[column] = kind
    return {table: Layout(kinds, tuple(keys.get(table, ()))) for table, kinds in held.items()}


def count(con: Connection, qualified: str) -> int:
    """The number of rows of a table, or of a SELECT in brackets."""
    con.execute(f"select count(*) from {qualified}")
    return _number(con)


def frame(con: Connection, query: str, parameters: Mapping[str, object] | None = None) -> pl.DataFrame:
    """The rows of a query."""
    return con.execute(query, parameters or {}).pl()


def files(database: Path) -> tuple[Path, Path]:
    """A database, and beside it what a killed writer had not yet brought into it."""
    return database, database.with_name(database.name + ".wal")


def remove(database: Path) -> None:
    """Delete a database with all its files."""
    for path in files(database):
        path.unlink(missing_ok=True)


def _drop(con: Connection, qualified: str) -> None:
    con.execute(f"drop table if exists {qualified}")


def _memory() -> str:
    """What a build may hold, on a small machine four fifths of it as the engine itself would."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{min(_MEMORY, machine * 4 // 5) // 1024}KiB"


def _number(con: Connection) -> int:
    """The one number that a statement gave: a count, or how many rows it changed."""
    found = con.fetchone()
    return int(found[0]) if found else 0


def _kind(error: Exception) -> str:
    """The kind of a DuckDB error without its text, which may quote values."""
    return type(error).__name__
