"""What Dagster shows of a table: its columns, how many rows, and a few of them without what tells who somebody is."""

import math
from collections.abc import Iterable

import dagster as dg

from pipelines import duck
from pipelines.contracts.columns import IDENTIFYING
from pipelines.contracts.table import Table

PREVIEW_ROWS = 5

# What a preview does without: the same in every row, or nothing that a person reads.
_TELL_NOTHING = frozenset({"indicator", "sha256"})


def column_schema(table: Table) -> dg.TableSchema:
    """The columns with their types, meanings and constraints."""
    required = set(table.key) | {held.column.name for held in table.columns if held.required}
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                held.column.name,
                held.column.kind.sql,
                description=held.column.meaning,
                constraints=dg.TableColumnConstraints(nullable=held.column.name not in required, unique=table.key == (held.column.name,)),
            )
            for held in table.columns
        ]
    )


def of_table(con: duck.Connection, table: Table, *, rows: int) -> dict[str, dg.MetadataValue]:
    """Row count and preview of a made table."""
    return {"dagster/row_count": dg.MetadataValue.int(rows), "aperçu": preview(con, table)}


def preview(con: duck.Connection, table: Table) -> dg.MarkdownMetadataValue:
    """The first rows as a table; of persons no row at all, only how many rows fill each column."""
    if table.privacy == "pseudonymous":
        counts = con.execute("select " + ", ".join(f'count("{name}")' for name in table.names) + f" from {table.qualified}").fetchone()
        return _markdown(("colonne", "lignes remplies"), zip(table.names, counts or (), strict=True))
    hidden = _TELL_NOTHING if table.privacy == "public" else _TELL_NOTHING | IDENTIFYING
    names = [name for name in table.names if name not in hidden]
    columns = ", ".join(f'"{name}"' for name in names)
    latest_first = "order by period desc" if "period" in table.names else ""
    totals_first = ", grain, dimension <> 'total'" if latest_first and "dimension" in table.names else ""
    rows = con.execute(f"select {columns} from {table.qualified} {latest_first}{totals_first} limit {PREVIEW_ROWS}").fetchall()
    return _markdown(names, rows)


def _markdown(header: Iterable[str], rows: Iterable[Iterable[object]]) -> dg.MarkdownMetadataValue:
    lines = [[str(name) for name in header]]
    lines += [["---"] * len(lines[0])]
    lines += [[_cell(value) for value in row] for row in rows]
    return dg.MetadataValue.md("\n".join("| " + " | ".join(line) + " |" for line in lines))


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value).replace("|", "/")


def latest_value(con: duck.Connection, table: Table) -> dict[str, dg.MetadataValue]:
    """The total of an indicator's latest month with a value, as numbers that Dagster draws over its runs.

    A year and a quarter begin on the day their first month does; of periods that begin together the shortest counts.
    """
    totals = f"select period, value from {table.qualified} where dimension = 'total' and value is not null"
    row = con.execute(f"{totals} order by period desc, grain limit 1").fetchone()
    if row is None or not math.isfinite(row[1]):
        return {}
    return {"dernier mois": dg.MetadataValue.text(f"{row[0]:%Y-%m}"), "valeur": dg.MetadataValue.float(float(row[1]))}
