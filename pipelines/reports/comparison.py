"""What the command line says of two published copies."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pipelines.errors import CiiError
from pipelines.reports.causes import told
from pipelines.reports.changed_deliveries import Delivery, DeliveryChange, event
from pipelines.reports.changed_rows import RowChange, TableChange
from pipelines.reports.changed_values import ValueChange
from pipelines.reports.changes import Changes, compare, open_copy, table_named
from pipelines.reports.formats import counted, day, number
from pipelines.reports.terminal import grid

_ROWS = {"added": "ajoutée", "removed": "disparue", "changed": "changée", "moved": "source seulement"}
_SHOWN = 10
_LEDGER = ("status", "reason", "rows_loaded", "rows_rejected")


def print_comparison(console: Console, before: Path, after: Path, *, table: str | None, limit: int | None, as_json: bool) -> bool:
    """Compare two published copies and say it, as text or as JSON; whether they are equal.

    Raises:
        CiiError: a side is no published copy, both are the same file, or none has the table.
    """
    with open_copy(before) as left, open_copy(after) as right:
        if before.samefile(after):
            raise CiiError(f"Les deux côtés sont le même fichier «{before.name}»: il n'y a rien à comparer.")
        shown = _SHOWN if limit is None else limit
        tables = [table_named(table, left, right)] if table else None
        changes = compare(left, right, tables=tables, limit=limit if as_json else shown)
        if table:
            changes = replace(changes, deliveries=(), values=())
    sides = str(before), str(after)
    if as_json:
        print(changes_as_json(changes, sides=sides))
    else:
        print_changes(console, changes, sides=sides, limit=shown)
    return changes.none


def print_changes(console: Console, changes: Changes, *, sides: tuple[str, str], limit: int) -> None:
    """Deliveries, then values, then rows; of values and of the rows of each table the first `limit`."""
    console.print(Text.assemble(("A", "bold"), f" {sides[0]}  ", ("B", "bold"), f" {sides[1]}"), soft_wrap=True)
    for remark in changes.remarks:
        console.print(Text(remark, "yellow"))
    if changes.none:
        console.print("Aucune différence: mêmes livraisons, mêmes lignes, mêmes valeurs.")
        return
    if changes.deliveries:
        console.print(_deliveries(changes.deliveries))
    if changes.values:
        console.print(_indicators(changes.values))
        _print_values(console, changes.values, limit=limit)
    if any(table.differs or table.not_compared for table in changes.tables):
        console.print(_tables(changes.tables))
    _print_rows(console, changes, limit=limit)


def _deliveries(changes: tuple[DeliveryChange, ...]) -> Any:
    shown = grid("Livraisons", "Fichier:w", "Ce qui s'est passé", "Motif", "Reçue le:w", "Chargées:r", "Écartées:r")
    for change in changes:
        one = change.delivery
        counts = [number(count or 0) for count in (one.rows_loaded, one.rows_rejected)]
        shown.add_row(Text(one.file or one.delivery_id), event(change.what), Text(one.motive), day(one.received_at), *counts)
    return shown


def _indicators(values: tuple[ValueChange, ...]) -> Any:
    """A row per indicator: how many of its values are new, how many of months already published are others."""
    shown = grid("Valeurs d'indicateurs", "Indicateur", "Nouvelles:r", "Changées:r", "Disparues:r", "D'état seulement:r")
    for label, group in groupby(sorted(values, key=lambda value: value.about.label), key=lambda value: value.about.label):
        ones = list(group)
        stated = sum(one.what == "changed" and not one.revised for one in ones)
        counts = [sum(one.what == what for one in ones) for what in ("added", "changed", "removed")]
        shown.add_row(Text(label), *(number(count) for count in (counts[0], counts[1] - stated, counts[2], stated)))
    return shown


def _print_values(console: Console, values: tuple[ValueChange, ...], *, limit: int) -> None:
    told_ones = [value for value in values if value.what != "added" or value.revised]
    if not told_ones:
        return
    shown = grid("Valeurs de mois déjà publiés", "Indicateur", "Mois", "Modalité", "A:r", "B:r", "Cause")
    for value in told_ones[:limit]:
        member = "" if value.dimension == "total" else f"{value.dimension} {value.member}"
        old, new = value.texts
        cells = (f"{value.period:%m.%Y}", Text(member), old, new if old != new else _state(value), Text(told(value.causes)))
        shown.add_row(Text(value.about.label), *cells)
    console.print(shown)
    _print_more(console, len(told_ones) - limit)


def _state(value: ValueChange) -> str:
    """The value whose state alone changed."""
    after = value.after or {}
    flags = [word for word, final in (("incomplet", after.get("complete")), ("provisoire", after.get("mature"))) if final is False]
    return f"{value.texts[1]} ({', '.join(flags) or 'complet'})"


def _tables(tables: tuple[TableChange, ...]) -> Any:
    shown = grid(
        "Lignes par table", "Table:w", "Ajoutées:r", "Disparues:r", "Changées:r", "Source seule:r", "Colonnes changées", "Non comparé"
    )
    for table in tables:
        if table.differs or table.not_compared:
            columns = ", ".join(f"{column} ({number(count)})" for column, count in table.columns.items())
            counts = (number(count) for count in (table.added, table.removed, table.changed, table.moved))
            shown.add_row(table.table, *counts, columns, "; ".join(table.not_compared))
    return shown


def _print_rows(console: Console, changes: Changes, *, limit: int) -> None:
    for table in changes.tables:
        if not table.rows:
            continue
        shown = grid(table.table, "Clé", "", "Colonnes, de A à B", "Livraison")
        for row in table.rows:
            key = ", ".join(_written(value) for value in row.key.values())
            columns = (f"{name}: {_written(pair[0])} → {_written(pair[1])}" if pair else name for name, pair in _said_columns(row))
            named = " → ".join(changes.files.get(one, one) for one in row.deliveries)
            shown.add_row(Text(key), _ROWS[row.what], Text("; ".join(columns)), Text(named))
        console.print(shown)
        _print_more(console, table.added + table.removed + table.changed + table.moved - limit)


def _said_columns(row: RowChange) -> list[tuple[str, tuple[Any, Any] | None]]:
    """The columns that changed, but for the delivery, which has a column of its own."""
    return [(name, pair) for name, pair in row.columns.items() if name != "delivery_id"]


def _print_more(console: Console, more: int) -> None:
    if more > 0:
        console.print(f"  … et {counted(more, 'autre', 'autres')} (--limit en montre plus, --json donne tout).", highlight=False)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "–" if value is None else str(value)


def changes_as_json(changes: Changes, *, sides: tuple[str, str]) -> str:
    """All of it, in an order that does not depend on anything but the copies."""
    answer = {
        "before": sides[0],
        "after": sides[1],
        "equal": changes.none,
        "remarks": list(changes.remarks),
        "deliveries": [_delivery(change) for change in changes.deliveries],
        "values": [_value(value) for value in changes.values],
        "tables": [_table(table, changes.files) for table in changes.tables],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2, default=str)


def _delivery(change: DeliveryChange) -> dict[str, Any]:
    one = change.delivery
    which = {name: getattr(one, name) for name in ("delivery_id", "service", "dataset", "period", "version", "file", "received_at")}
    return {"what": change.what, **which, "before": _in_ledger(change.before), "after": _in_ledger(change.after)}


def _in_ledger(delivery: Delivery | None) -> dict[str, Any] | None:
    return {name: getattr(delivery, name) for name in _LEDGER} if delivery else None


def _value(value: ValueChange) -> dict[str, Any]:
    which = {name: getattr(value, name) for name in ("what", "past", "indicator", "grain", "period", "dimension", "member")}
    causes = [
        {
            "kind": cause.kind,
            "certain": cause.certain,
            "delivery_id": cause.change.delivery.delivery_id if cause.change else None,
            "text": cause.text,
        }
        for cause in value.causes
    ]
    return {**which, "before": value.before, "after": value.after, "causes": causes}


def _table(table: TableChange, files: Mapping[str, str]) -> dict[str, Any]:
    counts = {name: getattr(table, name) for name in ("table", "added", "removed", "changed", "moved", "columns")}
    rows = [
        {
            "what": row.what,
            "key": row.key,
            "columns": row.columns,
            "deliveries": [{"delivery_id": one, "file": files.get(one)} for one in row.deliveries],
        }
        for row in table.rows
    ]
    return {**counts, "not_compared": table.not_compared, "rows": rows}
