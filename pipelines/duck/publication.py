"""A published copy: made beside the one that people read, and put in its place at once."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pipelines.duck import Connection, Error, remove, transaction


def copy(con: Connection, target: Path, *, rows: Mapping[str, str] | None = None) -> None:
    """Make a consistent copy of the connected database, ready to take the place of `target`.

    Args:
        con: a connection of the writer.
        target: the copy that `put` will replace.
        rows: the SELECT that gives a table's rows in the copy, in its order; a table without one is copied as it lies.
    """
    part = _part(target)
    discard(target)
    source = con.execute("select current_database()").fetchone()
    assert source
    con.execute(f"attach '{_literal(part)}' as publication")
    con.execute("set force_compression = 'auto'")
    try:
        with transaction(con):
            con.execute(f'copy from database "{source[0]}" to publication (schema)')
            found = con.execute("select schema_name || '.' || table_name from duckdb_tables() where database_name = ?", source).fetchall()
            for (table,) in found:
                con.execute(f"insert into publication.{table} {(rows or {}).get(table, f'select * from {table}')}")
        con.execute("detach publication")
    except BaseException:
        # On a full disk detaching fails too, and would hide why the copy failed.
        with suppress(Error):
            con.execute("detach publication")
        discard(target)
        raise
    part.chmod(0o600)
    flush(part)


def discard(target: Path) -> None:
    """Delete what `copy` made for `target`, which stays as it is."""
    remove(_part(target))


def put(target: Path) -> None:
    """Let what `copy` made take the place of `target`, at once."""
    part = _part(target)
    # Its time is that of the publication, not of the copying: what was put in place before it was, and not touched since, is older.
    part.touch()
    part.replace(target)
    flush(target.parent)


def flush(path: Path) -> None:
    """Bring a file or folder to the disk, so that a rename after it is never of something empty."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _part(target: Path) -> Path:
    """Where a copy lies that is not in its place yet."""
    return target.with_name(f".{target.name}.part")


def _literal(path: Path) -> str:
    return str(path).replace("'", "''")
