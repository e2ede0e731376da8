"""What Dagster shows of a table: what is written of it, how many rows, and a few of them without what tells who somebody is."""

import datetime as dt
import math
import time
from collections.abc import Iterable
from typing import Any, get_args

import dagster as dg

from pipelines import duck
from pipelines.contracts.columns import IDENTIFYING
from pipelines.contracts.query import read_query
from pipelines.contracts.table import Table
from pipelines.indicators.catalogue import Grain, Indicator
from pipelines.orchestration.graph import QUERIES
from pipelines.reports import formats

PREVIEW_ROWS = 5
# A month and the same one of the year before.
COURSE_PERIODS = 13

# What a preview does without: the same in every row, or nothing that a person reads.
_TELL_NOTHING = frozenset({"indicator", "sha256"})


# What an indicator's header says, under the names that an analyst reads.
_SAID = {
    "numerator": "numérateur",
    "denominator": "dénominateur",
    "unit": "unité",
    "source": "source",
    "reading": "lecture",
    "dimensions": "ventilations",
}


def as_written(table: Table) -> dict[str, Any]:
    """What is written of a table before it is made: its name in SQL, its columns, and the query it is made by where a file holds one."""
    shown: dict[str, Any] = {"dagster/table_name": table.qualified, "dagster/column_schema": column_schema(table)}
    file = QUERIES / table.schema / f"{table.name}.sql"
    if file.exists():
        query = read_query(file)
        shown |= {name: query.header[key] for key, name in _SAID.items() if key in query.header}
        if "version" in query.header:
            since = dt.date.fromisoformat(query.header["valid_from"])
            shown["définition"] = f"version {query.header['version']}, en usage depuis le {formats.day(since)}"
        shown["requête"] = sql(query.select)
    return shown


def sql(select: str) -> dg.MarkdownMetadataValue:
    """A query as it is written."""
    return dg.MetadataValue.md(f"```sql\n{select.strip()}\n```")


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


def seconds(began: float) -> dict[str, dg.MetadataValue]:
    """How long it took since then, as a number that Dagster draws over its runs."""
    return {"secondes": dg.MetadataValue.float(round(time.perf_counter() - began, 3))}


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
    # The screens cut a wide table off: what is empty in all its rows leaves its place to the rest.
    filled = [place for place in range(len(names)) if not rows or any(row[place] is not None for row in rows)]
    return _markdown([names[place] for place in filled], [[row[place] for place in filled] for row in rows])


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


def course(con: duck.Connection, indicator: Indicator) -> dict[str, dg.MetadataValue]:
    """The totals of an indicator's last periods of its shortest grain, latest first: how the figure came to be what it is."""
    table, header = indicator.table.qualified, indicator.query.header
    grain = next(one for one in get_args(Grain) if one in indicator.grains)
    totals = f"""
    select period, value, numerator, denominator, complete from {table}
    where dimension = 'total' and value is not null and grain = $grain order by period desc limit {COURSE_PERIODS}
    """
    share, of = header["unit"] == "part", "denominator" in header
    rows = []
    for period, value, numerator, denominator, complete in con.execute(totals, {"grain": grain}).fetchall():
        told = formats.percent(value) if share else formats.number(value, 0 if value == round(value) else 1)
        rows.append((f"{period:%Y-%m}", told, *((numerator, denominator) if of else ()), complete))
    names = ("période", "chiffre", *((header["numerator"], header["denominator"]) if of else ()), "complet")
    return {"cours": _markdown(names, rows)} if rows else {}


def agreement(con: duck.Connection) -> dict[str, dg.MetadataValue]:
    """How many of the published figures can be compared, and how many of them the rows give."""
    compared, agreed = con.execute("select count(matches), count(*) filter (matches) from mart.figure_of_record").fetchone() or (0, 0)
    return {"chiffres publiés comparés": dg.MetadataValue.int(compared), "chiffres publiés redonnés": dg.MetadataValue.int(agreed)}
