"""The tables of a yearly sheet: the year beside the one before."""

import datetime as dt

from pipelines.contracts.export import Period
from pipelines.contracts.registry import CODE_LISTS
from pipelines.reports import formats
from pipelines.reports.book import in_list_order, label
from pipelines.reports.cells import change_cell, day_cell, number_cell
from pipelines.reports.content import Cell, Table, heads
from pipelines.reports.language import labelled, later, tr
from pipelines.reports.measures import STAR, at, in_order, written
from pipelines.reports.value import Value
from pipelines.reports.yearly_facts import FLOWS, STOCKS, Facts

_LISTED = 4
_EMPTY = later("Rien à montrer.")
_BY_SERVICE = {
    "persons": later("Personnes"),
    "entries": later("Entrées"),
    "exits": later("Sorties"),
    "placed": later("Placements"),
    "ongoing": later("En cours à la fin"),
    "cost": later("Coût, CHF"),
    "budget": later("Budget, CHF"),
    "reserved": later("Places réservées"),
}
# What rests on the inventory alone.
_OFFERED = "measure_places"
# What a service says of a year, whichever of its months are there.
_BUDGETED = ("budget", "reserved")


def figures(known: Facts, measure_id: str, *, last: dt.date) -> Table:
    """A row per indicator."""
    rows = tuple(filter(None, (_figure(known, name, measure_id, last=last) for name in (*STOCKS, *FLOWS))))
    this_year = str(last.year) if last.month == 12 else tr("{year}, à fin {month}", year=last.year, month=formats.month_name(last))
    columns = heads(("",), (this_year, str(last.year - 1)))
    return Table(slug="figures", title=tr("Chiffres de l'année"), columns=columns, rows=rows, empty=tr(_EMPTY))


def _figure(known: Facts, name: str, measure_id: str, *, last: dt.date) -> tuple[Cell, ...] | None:
    """What the indicator is, and its values of both years; None where it has none."""
    values = [(_of(known, name, measure_id, last=end), end) for end in _ends(last)]
    about = next((value.about for value, _ in values if value), None)
    if about is None:
        return None
    label = tr("{label}, CHF", label=about.label) if about.unit == "CHF" else about.label
    told = (written(value) if name == _OFFERED else _told(known, value, measure_id, last=end) for value, end in values)
    cells = (Cell(text, value.detail if value else "", shows=value) for text, (value, _) in zip(told, values, strict=True))
    return (Cell(label, kind="text"), *cells)


def _told(known: Facts, value: Value | None, measure_id: str, *, last: dt.date) -> str:
    """A value that is as little final as the least known of the services whose use makes it up."""
    partly = any(_lacks(known, service, last) for service in _by_service(known, measure_id, last=last))
    final = value and value.value is not None and not value.flags
    return written(value) + (STAR if final and partly else "")


def _lacks(known: Facts, service: str, last: dt.date) -> bool:
    """Whether a month of the service's participations is not there, in the year up to its last month."""
    return any(month.year == last.year and month <= last for month in known.gaps.get(service, []))


def _ends(last: dt.date) -> tuple[dt.date, dt.date]:
    """The last month of the year as far as it went, and that of the year before."""
    return last, dt.date(last.year - 1, 12, 1)


def _of(known: Facts, name: str, measure_id: str, *, last: dt.date) -> Value | None:
    """The year's value; of a year that goes on, a stock is that of its last month."""
    if name in STOCKS and last.month < 12:
        return at(known.months[name].get(measure_id, ()), last)
    return at(known.years[name].get(measure_id, ()), last.replace(month=1))


def services(known: Facts, measure_id: str, *, last: dt.date) -> Table:
    """A row per service that used the measure, or has a budget for it, in either year."""
    found = {end: _by_service(known, measure_id, last=end) for end in _ends(last)}

    def cell(service: str, end: dt.date, what: str, *, detail: str = "") -> Cell:
        lacks = what not in _BUDGETED and _lacks(known, service, end)
        return number_cell(found[end].get(service, {}).get(what), 0, after=STAR if lacks else "", detail=detail)

    now, then = found
    rows = tuple(
        (
            Cell(service, kind="text"),
            *(cell(service, now, what, detail=f"{then.year}: {cell(service, then, what).text}") for what in _BY_SERVICE),
        )
        for service in in_order((*found[now], *found[then]))
    )
    columns = heads((tr("Service"),), map(tr, _BY_SERVICE.values()))
    return Table(slug="services", title=tr("Par service"), columns=columns, rows=rows, empty=tr(_EMPTY))


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


def outcomes(known: Facts, measure_id: str, *, year: int) -> Table:
    """A row per way a participation may end."""
    counts = {one: {row["outcome"]: row["exits"] for row in known.outcomes.get((measure_id, one), [])} for one in (year, year - 1)}
    # Before the first delivery nothing is known, which is not 0.
    told = {one: (measure_id, one) in known.about for one in counts}
    rows = tuple(
        (
            Cell(labelled(code), kind="text"),
            *(_share(found.get(code.code, 0), sum(found.values())) if told[one] else Cell("–") for one, found in counts.items()),
        )
        for code in CODE_LISTS["participation_outcome"].codes
    )
    columns = heads((tr("Issue"),), map(str, counts))
    return Table(slug="outcomes", title=tr("Sorties par issue"), columns=columns, rows=rows, empty=tr(_EMPTY))


def _share(count: int, whole: int) -> Cell:
    return number_cell(count, detail=formats.percent(count / whole) if whole else "")


def progress(known: Facts, measure_id: str, *, year: int) -> Table:
    """A row per dimension of the grid that was observed twice."""
    found = {one: {row["grid_dimension"]: row for row in known.progress.get((measure_id, one), [])} for one in (year, year - 1)}
    observed = in_list_order("grid_dimension", set().union(*found.values()))
    return Table(
        slug="progress",
        title=tr("Progression selon la grille, en points"),
        columns=heads((tr("Dimension"),), map(str, found)),
        rows=tuple(
            (Cell(label("grid_dimension", code), kind="text"), *(_mean(found[one].get(code)) for one in found)) for code in observed
        ),
        empty=tr("Aucune participation terminée n'a été observée deux fois."),
    )


def _mean(row: dict | None) -> Cell:
    return Cell("–") if row is None else change_cell(row["progress"], 1, detail=f"n = {formats.number(row['observed'])}")


def actions(known: Facts, measure_id: str, *, last: dt.date, today: dt.date) -> Table:
    """The corrective actions open at a moment of the year, those still open first."""
    first = last.replace(month=1)
    open_then = [
        one
        for one in known.actions.get(measure_id, [])
        if one["opened_on"] <= Period(last).last and not any(day and day < first for day in (one["closed_on"], one["vanished_on"]))
    ]
    more = formats.counted(len(open_then) - _LISTED, "autre action", "autres actions")
    return Table(
        slug="actions",
        title=tr("Actions correctives"),
        columns=heads((tr("Action"),), (tr("Ouverte le"), tr("Échéance")), (tr("État"),)),
        rows=tuple(
            (
                Cell(one["action"], kind="text long"),
                day_cell(one["opened_on"]),
                day_cell(one["due_on"]),
                Cell(_standing(one, today), kind="text"),
            )
            for one in open_then[:_LISTED]
        ),
        notes=(tr("{more} dans la liste de la coordination.", more=more),) if len(open_then) > _LISTED else (),
        empty=tr("Aucune action corrective connue pour cette année."),
    )


def _standing(one: dict, today: dt.date) -> str:
    if one["closed_on"] and one["closed_on"] <= today:
        return tr("close le {day}", day=formats.day(one["closed_on"]))
    if one["vanished_on"] and one["vanished_on"] < today:
        return tr("disparue de la liste")
    return tr("en retard") if one["due_on"] < today else tr("en cours")
