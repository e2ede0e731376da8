"""A small world: deliveries and the rows they hold, and the tables that the project's own queries make of them.

A world is told in a few words (`lasting("participations", service="SASO", since="2013-02", until="2013-05", measure_id="M1")`) and
expands to one row for every period in force in which the thing was there, as a service would send it; what a test does not say
of a row, the contract does. All persons are invented.
"""

import datetime as dt
import random
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from pipelines import duck
from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Period, stored_columns
from pipelines.contracts.registry import EXPORTS
from pipelines.contracts.rules import Told
from pipelines.contracts.table import Table
from pipelines.ingest.ledger import FINDING, LEDGER
from pipelines.ingest.pseudonym import Pseudonyms
from pipelines.orchestration.graph import given_tables, graph
from pipelines.orchestration.make import make_given
from pipelines.orchestration.step import make_step
from pipelines.orchestration.workshop import Workshop
from pipelines.settings import Settings

# Linked unless a test gives `core.linked_service` other rows.
LINKED = ("SEMP", "SASO", "OAI", "SFPO", "SMIG")
CM_FP, PSET = "cm_fp_dossiers", "pset_places"


class Cell(NamedTuple):
    """What an indicator says of one month and member."""

    numerator: float | None
    denominator: float | None
    value: float | None
    complete: bool
    mature: bool
    reason: str | None


def day(text: str) -> dt.date:
    """A day, or the first one of a month or a year: `2010-03-05`, `2010-03`, `2010`."""
    return dt.date.fromisoformat(f"{text}-01-01"[:10])


def months(first: str, last: str) -> list[str]:
    """The months from `first` to `last`; the years, where years are given."""
    if len(first) == 4:
        return [str(year) for year in range(int(first), int(last) + 1)]
    numbers = [int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (first, last)]
    return [f"{number // 12}-{number % 12 + 1:02}" for number in range(numbers[0], numbers[1] + 1)]


class World:
    """Deliveries, rows and given tables, until `make` makes tables of them."""

    def __init__(self, *, known_on: str = "2026-01-15", first: str | None = None, last: str | None = None) -> None:
        nowhere = Path("nowhere")
        limits = {"first": day(first) if first else None, "last": day(last) if last else None}
        self.settings = Settings(nowhere, nowhere, nowhere, today=day(known_on), linking=dict.fromkeys(LINKED, "loi inventée"), **limits)
        self.deliveries: dict[str, dict[str, Any]] = {}
        self.findings: list[dict[str, Any]] = []
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in EXPORTS}
        self.given: dict[str, list[dict[str, Any]]] = {}

    def deliver(
        self,
        dataset: str,
        month: str,
        *,
        service: str | None = None,
        version: int = 1,
        status: str = "in_force",
        received: str | None = None,
        read: int = 0,
        rejected: int = 0,
        content: str = "",
        reason: str | None = None,
    ) -> str:
        """A version of a month, or year; from the first service that sends the dataset, received 5 days after, unless said otherwise.

        Its id is `dataset_month_v1`, with `SERVICE/` before it where the service is named.
        """
        sender = service or next(iter(EXPORTS[dataset].services)).upper()
        delivery_id = f"{f'{service}/' if service else ''}{dataset}_{month}_v{version}{content}"
        period = Period(day(month), EXPORTS[dataset].cadence)
        self.deliveries[delivery_id] = {
            "delivery_id": delivery_id,
            "service": sender,
            "dataset": dataset,
            "period": period.first,
            "version": version,
            "file": f"{sender.lower()}/{dataset}_{month}_v{version}.csv",
            "sha256": delivery_id,
            "received_at": dt.datetime.fromisoformat(received or f"{period.last + dt.timedelta(days=5)}"),
            "status": status,
            "reason": reason,
            "rows_read": read,
            "rows_loaded": read - rejected,
            "rows_rejected": rejected,
            "lines_skipped": 0,
            "findings": 0,
            "sample": True,
        }
        return delivery_id

    def deliver_months(self, dataset: str, first: str, last: str, *, but: Iterable[str] = (), service: str | None = None) -> None:
        """One version in force for every month, or year, but some."""
        for month in months(first, last):
            if month not in but:
                self.deliver(dataset, month, service=service)

    def find(self, delivery_id: str, *, rule: str, severity: str) -> None:
        """A finding of the reading."""
        cells = dict.fromkeys(FINDING.names) | {"delivery_id": delivery_id, "rule": rule, "severity": severity}
        cells |= dict.fromkeys(Told._fields, "…")
        if delivery_id in self.deliveries:
            self.deliveries[delivery_id]["findings"] += 1
        self.findings.append(cells | {"position": len(self.findings) + 1})

    def row(self, delivery_id: str, **cells: Any) -> None:
        """A row of a delivery, the line after its last one; days as text, and the contract's defaults for what is not said."""
        delivery = self.deliveries[delivery_id]
        export, rows = EXPORTS[delivery["dataset"]], self.rows[delivery["dataset"]]
        line = 2 + sum(row["delivery_id"] == delivery_id for row in rows)
        unknown = cells.keys() - set(export.table.names)
        assert not unknown, f"{export.name} has no {sorted(unknown)}"
        told = {name: day(cell) if isinstance(cell, str) and name.endswith("_on") else cell for name, cell in cells.items()}
        rows.append(_required(export, delivery["period"]) | told | {"delivery_id": delivery_id, "line": line})

    def lasting(
        self,
        dataset: str,
        *,
        since: str,
        until: str = "9999",
        end: dict[str, Any] | None = None,
        but: Iterable[str] = (),
        service: str | None = None,
        **cells: Any,
    ) -> None:
        """A row in every period in force from `since` to `until`, of that service alone where one is named.

        `end` are the cells that the last one has on top (`{"ended_on": "2013-05-03", "outcome": "EMPLOI"}`), `but` the
        periods it is left out of.
        """
        for delivery_id, month in self._in_force(dataset, service):
            if month >= since[:7] and month[: len(until)] <= until[:7] and month not in but:
                self.row(delivery_id, **(cells | (end or {}) if month.startswith(until[:7]) else cells))

    def case_row(
        self,
        delivery_id: str,
        case_id: str,
        *,
        announced: str,
        closed: str | None = None,
        outcome: str | None = None,
        detail: str | None = None,
        person: str | None = None,
        age: int | None = 17,
        born: str = "1992-01",
        sex: str = "1",
        municipality: int = 6458,
        referrer: str = "ECOLE",
    ) -> None:
        """A file as one delivery has it."""
        self.row(
            delivery_id,
            case_id=case_id,
            person_id=person or f"person of {case_id}",
            birth_year=int(born[:4]),
            birth_month=int(born[5:]),
            sex=sex,
            municipality=municipality,
            referrer=referrer,
            announced_on=day(announced),
            closed_on=day(closed) if closed else None,
            outcome=outcome,
            outcome_detail=detail,
            announced_age=age,
        )

    def case(
        self,
        case_id: str,
        *,
        announced: str,
        closed: str | None = None,
        outcome: str | None = None,
        detail: str | None = None,
        told: str | None = None,
        last: str | None = None,
        but: Iterable[str] = (),
        **person: Any,
    ) -> None:
        """A file in every month in force from its announcement to its end.

        `told` is the month whose delivery reports the end, `last` the last month a vanishing file is in, `but` the
        months it is left out of.
        """
        told = told or (closed or "")[:7] or None
        for delivery_id, month in self._in_force(CM_FP):
            if announced[:7] <= month <= (told or last or "9999") and month not in but:
                end = {"closed": closed, "outcome": outcome, "detail": detail} if month == told else {}
                self.case_row(delivery_id, case_id, announced=announced, **end, **person)

    def programme(
        self, programme_id: str, *, category: str, branch: str = "Q", audience: str = "TOUS", places: dict[str, tuple[int, int]]
    ) -> None:
        """A programme with its places and those occupied, by month."""
        for delivery_id, month in self._in_force(PSET):
            if month in places:
                offered, occupied = places[month]
                self.row(
                    delivery_id,
                    programme_id=programme_id,
                    programme=f"Programme {programme_id}",
                    provider="Organisateur inventé",
                    branch=branch,
                    category=category,
                    audience=audience,
                    places=offered,
                    occupied=occupied,
                )

    def give(self, table: str, **cells: Any) -> None:
        """A row of a given table, in place of those that the project gives."""
        self.given.setdefault(table, []).append({"source": "inventée"} | cells)

    def make(self, *names: str, shuffled: int | None = None) -> "Made":
        """The made tables: those named and what they rest on, or all; the rows of `stg` in a shuffled order on demand."""
        con = duckdb.connect()
        for schema in duck.SCHEMAS:
            con.execute(f"create schema {schema}")
        order = random.Random(shuffled)
        stg = [(LEDGER, list(self.deliveries.values())), (FINDING, self.findings)]
        for table, rows in [*stg, *((EXPORTS[name].table, rows) for name, rows in self.rows.items())]:
            duck.ensure(con, table)
            mixed = rows if shuffled is None else order.sample(rows, len(rows))
            duck.append(con, table, pl.DataFrame(mixed, schema=table.frame_schema))
        shop = Workshop(self.settings, con, Pseudonyms(bytes(32)), (), {})
        wanted = _resting_on(names)
        for schema in ("core", "mart"):
            list(make_given(shop, schema))
            for table in given_tables():
                if table.schema == schema:
                    duck.ensure(con, table)
                if table.schema == schema and table.qualified in self.given:
                    duck.replace_with_rows(con, table, pl.DataFrame(self.given[table.qualified], schema=table.frame_schema))
            for step in graph().of(schema):
                if step.table.qualified in wanted:
                    make_step(shop, step)
        return Made(con)

    def _in_force(self, dataset: str, service: str | None = None) -> list[tuple[str, str]]:
        return [
            (delivery_id, f"{delivery['period']:%Y-%m}")
            for delivery_id, delivery in self.deliveries.items()
            if delivery["dataset"] == dataset and delivery["status"] == "in_force" and service in (None, delivery["service"])
        ]


def _required(export: Export, first: dt.date) -> dict[str, Any]:
    """What stands in the columns that are never empty, where a test says nothing of them."""
    cells: dict[str, Any] = {}
    for field in export.fields:
        if field.required:
            for column in stored_columns(field):
                cells[column.name] = field.codes.codes[0].code if field.codes else _PLAIN.get(column.kind, first)
    return cells | {name: value for name, value in _SOMEBODY.items() if name in cells}


_PLAIN: dict[Kind, Any] = {
    Kind.TEXT: "invented",
    Kind.WHOLE: 1,
    Kind.NUMBER: 1.0,
    Kind.AMOUNT: Decimal(0),
    Kind.YES_NO: False,
    Kind.MUNICIPALITY: 6458,
}
_SOMEBODY = {"person_id": "somebody", "birth_year": 1980}


def _resting_on(names: tuple[str, ...]) -> set[str]:
    steps = {step.table.qualified: step for step in graph().steps}
    wanted: set[str] = set()
    waiting = list(names or steps)
    while waiting:
        name = waiting.pop()
        if name in steps and name not in wanted:
            wanted.add(name)
            waiting += steps[name].reads
    return wanted


# A period as it is told: 2013-02, 2013-Q1, 2013.
_PERIOD = "case grain when 'month' then strftime(period, '%Y-%m') else year(period) || if(grain = 'year', '', '-Q' || quarter(period)) end"


class Made:
    """The tables made of a world."""

    def __init__(self, con: duck.Connection) -> None:
        self.con = con

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.con.execute(select).fetchall()

    def contents(self, table: Table) -> list[tuple[Any, ...]]:
        """All rows of a table in the order of its key."""
        return self.rows(f"select * from {table.qualified} order by {', '.join(table.key)}")

    def series(self, indicator: str, dimension: str = "total", member: str = "total", grain: str = "month") -> dict[str, Cell]:
        """An indicator by month (`2013-02`), quarter (`2013-Q1`) or year (`2013`)."""
        select = f"""select {_PERIOD}, numerator, denominator, value, complete, mature, reason from mart.{indicator}
            where grain = '{grain}' and dimension = '{dimension}' and member = '{member}' order by period"""
        return {period: Cell(*cell) for period, *cell in self.rows(select)}

    def values(self, indicator: str, dimension: str = "total", member: str = "total") -> dict[str, float | None]:
        """The values of an indicator by month."""
        return {month: cell.value for month, cell in self.series(indicator, dimension, member).items()}

    def cell(self, indicator: str, period: str, dimension: str = "total", member: str = "total") -> Cell:
        """What an indicator says of one period, written as in `series`, and member."""
        return self.members(indicator, period, dimension)[member]

    def members(self, indicator: str, period: str, dimension: str) -> dict[str, Cell]:
        """What an indicator says of one period, by member."""
        select = f"""select member, numerator, denominator, value, complete, mature, reason
            from mart.{indicator} where dimension = '{dimension}' and {_PERIOD} = '{period}'"""
        return {member: Cell(*cell) for member, *cell in self.rows(select)}

    def counts(self, indicator: str, month: str, dimension: str) -> dict[str, float | None]:
        """The values of one month by member, those that are 0 left out."""
        return {member: cell.value for member, cell in self.members(indicator, month, dimension).items() if cell.value != 0}

    def fractions(self, indicator: str, month: str, dimension: str) -> dict[str, tuple[float | None, float | None]]:
        """Numerator and denominator of one month by member, those of 0 / 0 left out."""
        cells = self.members(indicator, month, dimension)
        return {member: cell[:2] for member, cell in cells.items() if cell[:2] != (0, 0)}
