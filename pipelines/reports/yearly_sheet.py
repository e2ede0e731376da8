"""The yearly sheet of a mixed measure: what one page of paper says of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.contracts.export import Period
from pipelines.contracts.registry import CODE_LISTS, EXPORTS
from pipelines.reports import formats
from pipelines.reports.book import About, Book, Value, label
from pipelines.reports.content import Cell, Chart, Table, Text
from pipelines.reports.measures import STAR, UNLISTED, in_order, written
from pipelines.reports.yearly_facts import FLOWS, STOCKS, Facts, facts
from pipelines.reports.yearly_use import unsaid, use_by_month

_LISTED = 4
# What a service says of a year, whichever of its months are there.
_BUDGETED = ("budget", "reserved")
_PERSONS = About(
    "Personnes",
    "Personnes distinctes qui ont participé à un moment de l'année, service par service: qui participe pour deux compte dans chacun.",
    "personnes",
    "",
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A measure's year, ready to be laid out on a page.

    Attributes:
        title: the measure with its number, and the year.
        described: what it is.
        state: whether the year is over.
        figures: the year beside the one before.
        services: who used it.
        outcomes: how participations ended.
        progress: what the observation grid tells.
        chart: participations by month.
        actions: the corrective actions.
        unsaid: what the data cannot say.
        about: the definitions of all figures.
        trace: what the figures were made from.
    """

    measure_id: str
    year: int
    title: str
    described: str
    state: str
    figures: Table
    services: Table
    outcomes: Table
    progress: Table
    chart: Chart
    actions: Table
    unsaid: Text
    about: tuple[About, ...]
    trace: str


def yearly_sheets(book: Book, due: list[tuple[str, int]]) -> Iterator[Sheet]:
    """The sheets of measures and years."""
    if due:
        known = facts(book, first=min(year for _, year in due))
        for measure_id, year in due:
            yield _sheet(book, known, measure_id, year=year)


def _sheet(book: Book, known: Facts, measure_id: str, *, year: int) -> Sheet:
    last = min(book.period, dt.date(year, 12, 1))
    row = known.about[(measure_id, year)]
    over = last.month == 12
    span = str(year) if over else f"janvier à {formats.month(last)}"
    return Sheet(
        measure_id=measure_id,
        year=year,
        title=f"{row['name'] or UNLISTED} ({measure_id}), {year}",
        described=_described(row),
        state=f"Année {year}, terminée."
        if over
        else f"Année en cours: {span}; ses chiffres sont provisoires, {year - 1} est l'année entière.",
        figures=_figures(known, measure_id, last=last),
        services=_services(known, measure_id, last=last),
        outcomes=_outcomes(known, measure_id, year=year),
        progress=_progress(known, measure_id, year=year),
        chart=use_by_month(book, known, measure_id, last=last),
        actions=_actions(known.actions.get(measure_id, []), last=last, today=Period(book.period).last),
        unsaid=Text(tuple(unsaid(known, measure_id, last=last))),
        about=(_PERSONS, *book.about(*STOCKS, *FLOWS)),
        trace=", ".join(f"{EXPORTS[name].title} ({formats.number(count)})" for name, count in known.trace.get(year, [])),
    )


def _described(row: dict) -> str:
    parts = (
        row["provider"],
        f"répond: {row['lead_service']}" if row["lead_service"] else "",
        label("measure_kind", row["kind"]) if row["kind"] else "",
        f"branche {row['branch']}, {label('branch', row['branch'])}" if row["branch"] else "",
        f"public: {row['target_group']}" if row["target_group"] else "",
        f"depuis le {formats.day(row['starts_on'])}" if row["starts_on"] else "",
        f"jusqu'au {formats.day(row['ends_on'])}" if row["ends_on"] else "",
    )
    return " · ".join(filter(None, parts))


def _figures(known: Facts, measure_id: str, *, last: dt.date) -> Table:
    """A row per indicator: this year and the one before."""
    year = last.year
    shown = [
        (name, _of(known, name, measure_id, last=last), _of(known, name, measure_id, last=dt.date(year - 1, 12, 1)))
        for name in (*STOCKS, *FLOWS)
    ]
    rows = tuple(
        (Cell(known_one.about.label, kind="text"), *(Cell(written(value), value.detail if value else "") for value in (now, then)))
        for _, now, then in shown
        if (known_one := now or then)
    )
    return _table(
        "figures",
        "Chiffres de l'année",
        heads=("", str(year) if last.month == 12 else f"{year}, à fin {formats.MONTHS[last.month - 1]}", str(year - 1)),
        rows=rows,
    )


def _of(known: Facts, name: str, measure_id: str, *, last: dt.date) -> Value | None:
    """The year's value; of a year that goes on, a stock is that of its last month."""
    if name in STOCKS and last.month < 12:
        return next((value for value in known.months[name].get(measure_id, ()) if value.period == last), None)
    return next((value for value in known.years[name].get(measure_id, ()) if value.period.year == last.year), None)


def _services(known: Facts, measure_id: str, *, last: dt.date) -> Table:
    """A row per service that used the measure, or has a budget for it, in either year."""
    now, then = (_by_service(known, measure_id, last=day) for day in (last, dt.date(last.year - 1, 12, 1)))
    nothing = dict.fromkeys(next(iter((*now.values(), *then.values())), {}), None)
    rows = []
    for service in in_order((*now, *then)):
        here, before = now.get(service, nothing), then.get(service, nothing)
        lacks = {month.year for month in known.gaps.get(service, []) if month <= last}
        rows.append(
            (
                Cell(service, kind="text"),
                *(
                    Cell(
                        _starred(here[what], last.year in lacks and what not in _BUDGETED),
                        f"{last.year - 1}: {_starred(before[what], last.year - 1 in lacks and what not in _BUDGETED)}",
                    )
                    for what in here
                ),
            )
        )
    heads = (
        "Service",
        "Personnes",
        "Entrées",
        "Sorties",
        "Placements",
        "En cours à la fin",
        "Coût, CHF",
        "Budget, CHF",
        "Places réservées",
    )
    return _table("services", "Par service", heads=heads, rows=tuple(rows))


def _starred(value: float | None, lacking: bool, /) -> str:
    return f"{formats.number(value, 0)}{STAR if lacking else ''}" if value is not None else "–"


def _by_service(known: Facts, measure_id: str, *, last: dt.date) -> dict[str, dict[str, float | None]]:
    key = (measure_id, last.year)
    used = [use for use in known.uses.get(measure_id, []) if use.period.year == last.year and use.period <= last]
    people = {row["service"]: row["persons"] for row in known.people.get(key, [])}
    budgets = {row["service"]: row for row in known.budgets.get(key, [])}
    found = {}
    for service in {*people, *budgets, *(use.service for use in used)}:
        own = [use for use in used if use.service == service]
        budget = budgets.get(service, {})
        found[service] = {
            "persons": people.get(service, 0),
            "entries": sum(use.entries for use in own),
            "exits": sum(use.exits for use in own),
            "placed": sum(use.placed for use in own),
            "ongoing": sum(use.ongoing for use in own if use.period == last),
            "cost": sum(use.cost for use in own),
            "budget": budget.get("budget"),
            "reserved": budget.get("reserved_places"),
        }
    return found


def _outcomes(known: Facts, measure_id: str, *, year: int) -> Table:
    counts = {one: {row["outcome"]: row["exits"] for row in known.outcomes.get((measure_id, one), [])} for one in (year, year - 1)}
    # Before the first delivery nothing is known, which is not 0.
    told = {one: (measure_id, one) in known.about for one in counts}
    rows = tuple(
        (
            Cell(code.label, kind="text"),
            *(_share(found.get(code.code, 0), sum(found.values())) if told[one] else Cell("–") for one, found in counts.items()),
        )
        for code in CODE_LISTS["participation_outcome"].codes
    )
    return _table("outcomes", "Sorties par issue", heads=("Issue", str(year), str(year - 1)), rows=rows)


def _share(count: int, whole: int) -> Cell:
    return Cell(formats.number(count), formats.percent(count / whole) if whole else "")


def _progress(known: Facts, measure_id: str, *, year: int) -> Table:
    found = {one: {row["grid_dimension"]: row for row in known.progress.get((measure_id, one), [])} for one in (year, year - 1)}
    rows = tuple(
        (Cell(code.label, kind="text"), *(_mean(found[one].get(code.code)) for one in found))
        for code in CODE_LISTS["grid_dimension"].codes
        if any(code.code in found[one] for one in found)
    )
    empty = "Aucune participation terminée n'a été observée deux fois."
    return _table(
        "progress", "Progression selon la grille, en points", heads=("Dimension", str(year), str(year - 1)), rows=rows, empty=empty
    )


def _mean(row: dict | None) -> Cell:
    return Cell("–") if row is None else Cell(formats.signed(row["progress"], 1), f"n = {formats.number(row['observed'])}")


def _actions(actions: list[dict], *, last: dt.date, today: dt.date) -> Table:
    """The actions open at a moment of the year, those still open first."""
    first = last.replace(month=1)
    open_then = [
        one
        for one in actions
        if one["opened_on"] <= Period(last).last and not any(day and day < first for day in (one["closed_on"], one["vanished_on"]))
    ]
    rows = tuple(
        (
            Cell(one["action"], kind="text long"),
            Cell(formats.day(one["opened_on"])),
            Cell(formats.day(one["due_on"])),
            Cell(_standing(one, today), kind="text"),
        )
        for one in open_then[:_LISTED]
    )
    more = len(open_then) - _LISTED
    notes = (f"{formats.counted(more, 'autre action', 'autres actions')} dans la liste de la coordination.",) if more > 0 else ()
    heads = ("Action", "Ouverte le", "Échéance", "État")
    return _table(
        "actions", "Actions correctives", heads=heads, rows=rows, empty="Aucune action corrective connue pour cette année.", notes=notes
    )


def _standing(one: dict, today: dt.date) -> str:
    if one["closed_on"] and one["closed_on"] <= today:
        return f"close le {formats.day(one['closed_on'])}"
    if one["vanished_on"] and one["vanished_on"] < today:
        return "disparue de la liste"
    return "en retard" if one["due_on"] < today else "en cours"


def _table(
    slug: str,
    title: str,
    /,
    *,
    heads: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    empty: str = "Rien à montrer.",
    notes: tuple[str, ...] = (),
) -> Table:
    """A table whose first column is text."""
    columns = tuple(Cell(head, kind=kind) for head, kind in zip(heads, _kinds(rows, len(heads)), strict=True))
    return Table(slug=slug, title=title, columns=columns, rows=rows, notes=notes, empty=empty)


def _kinds(rows: tuple[tuple[Cell, ...], ...], count: int) -> tuple[str, ...]:
    return tuple(one.kind for one in rows[0]) if rows else ("text", *(["number"] * (count - 1)))
