"""What a figure rests on: its definition, its counts, the deliveries of the months it reads, what lacks, target and record.

All figures of a report are explained at once: every table is read once, whatever their number.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from pipelines import duck
from pipelines.contracts.export import Period
from pipelines.errors import CiiError
from pipelines.indicators.catalogue import SENDER, SYSTEM
from pipelines.reports.book import open_book
from pipelines.reports.causes import monthly_datasets
from pipelines.reports.explained import Counted, Explained, Lacking, Published, Sending, Target, Version, received
from pipelines.reports.revised import REVISED, Revision, revision_of
from pipelines.reports.value import UNKNOWN, About, Figure, Value

# A figure that reads all months before its own begins here.
EVER = dt.date(1, 1, 1)
# All deliveries that an indicator reads, whoever sent them.
ALL = "ALL"

_VALUES = """
with asked as (select unnest($figures, recursive := true))
select a.indicator, a.grain, a.period, a.dimension, a.member, v.numerator, v.denominator, v.value, v.complete, v.mature, v.reason,
  i.reading, i.datasets, i.dimensions, i.definition_version, i.valid_from, c.value_before
from asked a
join mart.indicator i on i.indicator = a.indicator
join mart.indicator_value v on v.indicator = a.indicator and v.grain = a.grain and v.period = a.period::date
  and v.dimension = a.dimension and v.member = a.member
left join mart.definition_change c on c.indicator = a.indicator and c.definition_version = i.definition_version and c.grain = a.grain
  and c.period = v.period and c.dimension = a.dimension and c.member = a.member
"""
_PERIODS = (
    "select distinct indicator, grain, period, reads_from, reads_to from mart.figure_period where list_contains($indicators, indicator)"
)
_SENDINGS = """
select indicator, dataset, service from mart.indicator_sending where list_contains($indicators, indicator)
order by indicator, dataset, service
"""
_DELIVERIES = """
select d.delivery_id, d.service, d.dataset, d.period, f.last_day, d.file, d.received_at,
  d.rows_read, d.rows_loaded, d.rows_rejected, d.lines_skipped
from stg.delivery d join core.delivery_in_force f on f.delivery_id = d.delivery_id
order by d.dataset, d.service, d.period
"""
_LACKING = """
select d.service, d.dataset, d.period, c.last_day, d.cadence, d.state
from core.delivery_month d join core.calendar c on c.period = d.period and c.cadence = d.cadence
where d.owed and not d.in_force order by d.dataset, d.service, d.period
"""
TARGETS = "select indicator, member, date, value, source from mart.target order by date"
RECORD = """
select indicator, grain, period, dimension, member, qualifier, published, matches, source from mart.figure_of_record order by figure
"""


def explain(con: duck.Connection, figure: Figure) -> Explained:
    """What one figure rests on.

    Raises:
        CiiError: the copy has no such figure.
    """
    found = explain_all(con, [figure])
    if figure not in found:
        raise CiiError(f"La copie publiée n'a pas ce chiffre de «{figure.indicator}».")
    return found[figure]


def explain_all(con: duck.Connection, figures: Collection[Figure]) -> dict[Figure, Explained]:
    """What each figure rests on; those that the copy does not have are left out."""
    warehouse = _Warehouse(con, tuple({figure.indicator for figure in figures}))
    rows = duck.frame(con, _VALUES, {"figures": [figure._asdict() for figure in figures]}) if figures else None
    found = (_explained(warehouse, *cells) for cells in (rows.iter_rows() if rows is not None else ()))
    return {one.figure: one for one in found}


@dataclass(frozen=True)
class _Warehouse:
    """The tables that tell what figures rest on, each read when it is first asked for."""

    con: duck.Connection
    indicators: tuple[str, ...]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        asked = {"indicators": list(self.indicators)} if "$indicators" in query else {}
        return duck.frame(self.con, query, asked).rows()

    @cached_property
    def catalogue(self) -> Mapping[str, About]:
        return open_book(self.con, dt.date.max).catalogue

    @cached_property
    def months(self) -> Mapping[tuple[str, str, dt.date], tuple[dt.date, dt.date]]:
        return {(indicator, grain, period): (first, last) for indicator, grain, period, first, last in self.rows(_PERIODS)}

    @cached_property
    def sendings(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        return {name: [(dataset, service) for _, dataset, service in rows] for name, rows in groupby(self.rows(_SENDINGS), key=_first)}

    @cached_property
    def revised(self) -> Mapping[Figure, Revision]:
        return {one.figure: one for one in map(revision_of, self.rows(REVISED))}

    @cached_property
    def deliveries(self) -> Mapping[tuple[str, str], Sequence[Counted]]:
        told = (Counted(*row) for row in self.rows(_DELIVERIES))
        return {key: list(rows) for key, rows in groupby(told, key=attrgetter("dataset", "service"))}

    @cached_property
    def lacking(self) -> Sequence[Lacking]:
        return [Lacking(*row) for row in self.rows(_LACKING)]

    @cached_property
    def retold(self) -> frozenset[str]:
        return frozenset(dataset for dataset, _ in self.deliveries) - monthly_datasets(self.con)

    @cached_property
    def services(self) -> Mapping[str, str]:
        return dict(self.rows("select distinct system, service from core.benefit where system is not null"))

    @cached_property
    def targets(self) -> Sequence[tuple[Any, ...]]:
        return self.rows(TARGETS)

    @cached_property
    def record(self) -> Mapping[Figure, list[Published]]:
        return published_of(self.rows(RECORD))


def _explained(warehouse: _Warehouse, *cells: Any) -> Explained:
    *cell, numerator, denominator, value, complete, mature, reason, reading, datasets, dimensions, number, valid_from, value_before = cells
    figure = Figure(*cell)
    about = warehouse.catalogue.get(figure.indicator, UNKNOWN)
    first, last = warehouse.months[figure.indicator, figure.grain, figure.period]
    lists = {name: code_list for name, _, code_list in (text.strip().partition(" = ") for text in dimensions.split(","))}
    of = scope(figure, code_list=lists[figure.dimension], of_deliveries=not datasets, services=warehouse.services)
    sends = [send for send in warehouse.sendings.get(figure.indicator, ()) if of in (ALL, *send)]
    counted = [Sending(*send, tuple(_speaking(warehouse.deliveries.get(send, ()), first, last, within=not datasets))) for send in sends]
    # A figure on the deliveries themselves counts those of its own months, and none tells anew of another.
    retold = tuple(sorted({dataset for dataset, _ in sends} & warehouse.retold)) if datasets else ()
    after = [one for send in sends if send[0] in retold for one in warehouse.deliveries.get(send, ()) if one.period > last]
    return Explained(
        figure=figure,
        value=Value(about, figure, figure.period, numerator, denominator, value, complete, mature, reason),
        reading=reading,
        code_list=lists[figure.dimension] or figure.dimension,
        reads_from=None if first == EVER else first,
        reads_to=last,
        sendings=tuple(sending for sending in counted if sending.deliveries),
        lacking=tuple(one for one in _speaking(warehouse.lacking, first, last, within=not datasets) if (one.dataset, one.service) in sends),
        retold=retold,
        later=max(after, key=received, default=None),
        target=next_target(warehouse.targets, figure, last),
        record=tuple(warehouse.record.get(figure, ())),
        version=Version(number, valid_from, value_before),
        revised=warehouse.revised.get(figure),
    )


def scope(figure: Figure, *, code_list: str, of_deliveries: bool, services: Mapping[str, str]) -> str:
    """The service or dataset whose deliveries alone count for a figure, as in `mart.figure_basis`; else all that its indicator reads."""
    if code_list == SENDER or (of_deliveries and figure.dimension in ("service", "dataset")):
        return figure.member
    return services.get(figure.member, ALL) if code_list == SYSTEM else ALL


def _speaking(deliveries: Sequence[Any], first: dt.date, last: dt.date, *, within: bool) -> Iterator[Any]:
    """The deliveries that speak of one of the months; those that speak `within` them, of no other."""
    end = Period(last).last
    for one in deliveries:
        if one.period <= end and one.last_day >= first and (not within or (one.period >= first and one.last_day <= end)):
            yield one


def published_of(rows: Iterable[tuple[Any, ...]]) -> dict[Figure, list[Published]]:
    """The figures of record by the figure they stand beside."""
    found: dict[Figure, list[Published]] = {}
    for *cell, qualifier, published, matches, source in rows:
        found.setdefault(Figure(*cell), []).append(Published(qualifier, published, matches, source))
    return found


def next_target(targets: Sequence[tuple[Any, ...]], figure: Figure, last: dt.date) -> Target | None:
    """The next target of the indicator and member from the end of its months on."""
    cell = (figure.indicator, figure.member)
    return next((Target(*rest) for indicator, member, *rest in targets if (indicator, member) == cell and rest[0] >= last), None)


def _first(row: tuple[Any, ...]) -> Any:
    return row[0]
