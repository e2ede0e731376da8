"""The dashboard of the mixed programmes: what each offers, who uses it, what comes of it and what it costs, month by month."""

import datetime as dt
from dataclasses import replace

from pipelines.contracts.export import Period
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, in_list_order, label, latest, under_way, value_at, values
from pipelines.reports.cards import cards
from pipelines.reports.cells import day_cell, number_cell
from pipelines.reports.chart import Chart, Series
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.files import COORDINATION, SHEETS, sheet_name, sheets_due
from pipelines.reports.language import later, tr
from pipelines.reports.measures import (
    SPARK_MONTHS,
    STARRED,
    Measure,
    at,
    cell,
    filters,
    in_order,
    lacking_sentences,
    measures,
    named,
    names,
    uses,
    written,
)
from pipelines.reports.series import by_code, yearly
from pipelines.reports.value import REASONS, Value

_INDICATORS = (
    "measure_places",
    "measure_occupancy",
    "measure_participants",
    "measure_placed",
    "measure_placement_rate",
    "measure_cost",
    "measure_budget_used",
)
_BUDGETS = """
select measure_id, sum(budget)::double from core.budget where year(period) = year($period::date) group by measure_id
"""
_NOT_TOLD = later(
    "Les participants par mesure et service, et le coût par mesure, ne sont pas montrés: divisé par le prix d'une place, le coût dirait "
    "combien de personnes l'ont suivie. Les coûts par service sont à la page suivante."
)
_OVERDUE = """
select measure_id, action, decided_by, opened_on, due_on, date_diff('day', due_on, $last_day) as days
from core.corrective_action
where due_on < $last_day and coalesce(closed_on > $last_day, true) and coalesce(vanished_on >= $last_day, true)
order by due_on, action_id
"""


def _build(book: Book) -> tuple[Block, ...]:
    found = measures(book)
    mixed = cards(book, tr("Mesures mixtes"), indicators=_INDICATORS, dimension="mixed", member="OUI")
    table = _standing(book, found) if book.controlled else _table(book, found)
    return (Text(_said(book, found)), mixed, table, _overdue(book), _occupancy(book))


def _said(book: Book, found: list[Measure]) -> tuple[str, ...]:
    month = formats.month(book.period)
    if not found:
        nothing = tr(
            "{month}: aucune mesure n'est connue pour ce mois; ni inventaire ni participation n'est reçu.", month=formats.opening(month)
        )
        return (nothing,)
    all_of_them = (
        formats.counted(len(found), "mesure ouverte", "mesures ouvertes")
        if book.controlled
        else formats.counted(len(found), "mesure ouverte ou utilisée", "mesures ouvertes ou utilisées")
    )
    late = value_at(book, "corrective_actions_overdue")
    return (
        tr(
            "{month}: {mixed} sur {measures}. Mixte: utilisée par deux services ou plus dans les douze mois jusqu'à celui-ci.",
            month=formats.opening(month),
            mixed=formats.counted(sum(measure.mixed for measure in found), "mesure mixte", "mesures mixtes"),
            measures=all_of_them,
        ),
        *((tr("Actions correctives en retard à fin {month}: {count}.", month=month, count=late.text),) if late.value is not None else ()),
        *lacking_sentences(book, book.period, book.period),
        *_inventory(book),
    )


def _inventory(book: Book) -> tuple[str, ...]:
    if value_at(book, "measure_places").value is not None:
        return ()
    return (tr("Inventaire des mesures, {month}: non reçu. Les places manquent.", month=formats.month(book.period)),)


def _table(book: Book, found: list[Measure]) -> Table:
    known = {indicator: values(book, indicator, "measure") for indicator in _INDICATORS}
    last_uses = uses(book, book.period, book.period)
    years = dict(sheets_due(book.con, book.period))
    rows = []
    for measure in found:
        of = {indicator: known[indicator].get(measure.measure_id, ()) for indicator in _INDICATORS}
        used = {use.service: use.ongoing for use in last_uses if use.measure_id == measure.measure_id and use.ongoing}
        participants, placed = (at(of[indicator], book.period) for indicator in ("measure_participants", "measure_placed"))
        rows.append(
            (
                _head(measure, year=years.get(measure.measure_id)),
                cell(of["measure_places"], book.period),
                cell(of["measure_occupancy"], book.period, spark=True, base=True),
                Cell(" · ".join(f"{service} {formats.number(used[service])}" for service in in_order(used)) or "–", _all(participants)),
                Cell(written(placed), _rate(at(of["measure_placement_rate"], book.period)), shows=placed),
                cell(of["measure_cost"], book.period, spark=True),
                cell(of["measure_budget_used"], book.period, base=True),
            )
        )
    return _of_the_month(book, found, tuple(rows))


def _of_the_month(book: Book, found: list[Measure], rows: tuple[tuple[Cell, ...], ...]) -> Table:
    numbers = (
        tr("Places"),
        tr("Occupation"),
        tr("Participants par service"),
        tr("Placements du mois"),
        tr("Coût du mois, CHF"),
        tr("Budget utilisé"),
    )
    return Table(
        slug="measures",
        title=tr("Les mesures en {month}", month=formats.month(book.period)),
        columns=heads((tr("Mesure"),), numbers),
        rows=rows,
        notes=(
            tr(
                "Courbes: les {months} derniers mois, zéro au pied; bande grise: mois sans valeur. "
                "Sous les placements: le taux de placement, sur douze mois.",
                months=SPARK_MONTHS,
            ),
            tr(STARRED),
            tr("Le nom d'une mesure mixte mène à sa fiche annuelle."),
        ),
        about=book.about(*_INDICATORS),
        filters=filters(found, chosen="OUI"),
        empty=tr("Aucune mesure n'est connue pour ce mois."),
    )


def _standing(book: Book, found: list[Measure]) -> Table:
    """What may be told of each measure: what it offers now, and its persons as they stood at the end of a year."""
    stock, flow = ("measure_participants", "measure_occupancy", "measure_placement_rate"), "measure_placed"
    stood = {indicator: latest(book, indicator, "measure") for indicator in stock}
    placed = {member: _last_ended(book, known) for member, known in values(book, flow, "measure", grain="year").items()}
    places, budgets = values(book, "measure_places", "measure"), dict(book.rows(_BUDGETS).iter_rows())
    at_end = max((value.period for value in stood["measure_participants"].values()), default=None)
    in_year = max((value.period for value in placed.values() if value), default=None)
    rows = tuple(
        (
            _head(measure, year=None),
            cell(places.get(measure.measure_id, ()), book.period),
            *(_stood(stood[indicator].get(measure.measure_id), at_end) for indicator in stock),
            _stood(placed.get(measure.measure_id), in_year),
            number_cell(budgets.get(measure.measure_id), 0),
        )
        for measure in found
    )
    return Table(
        slug="measures",
        title=tr("Les mesures ouvertes en {month}", month=formats.month(book.period)),
        columns=heads((tr("Mesure"),), _heads_standing(book.period, at_end, in_year)),
        rows=rows,
        notes=(tr(_NOT_TOLD), tr(STARRED)),
        about=book.about("measure_places", *stock, flow),
        filters=filters(found, chosen="OUI"),
        empty=tr("Aucune mesure n'est connue pour ce mois."),
    )


def _heads_standing(period: dt.date, at_end: dt.date | None, in_year: dt.date | None) -> tuple[str, ...]:
    """The heads of the numbers, with the dates of those that stand."""
    end = formats.short_month(at_end) if at_end else formats.month_name(period.replace(month=12))
    return (
        tr("Places"),
        tr("Participants, fin {month}", month=end),
        tr("Occupation, fin {month}", month=end),
        tr("Taux de placement, {month}", month=end),
        tr("Placements {year}", year=in_year.year) if in_year else tr("Placements de l'année"),
        tr("Budget {year}, CHF", year=period.year),
    )


def _last_ended(book: Book, known: tuple[Value, ...]) -> Value | None:
    return next((value for value in reversed(known) if not under_way(book, value.period, "year")), None)


def _stood(value: Value | None, at_end: dt.date | None) -> Cell:
    """A figure with what it rests on, and its own date where that is another one than the column's."""
    if value is None:
        return Cell(tr(REASONS["NOT_APPLICABLE"]))
    same = value.period == at_end
    return Cell(written(value), (replace(value, stood="") if same else value).detail, shows=value)


def _head(measure: Measure, *, year: int | None) -> Cell:
    kind = label("measure_kind", measure.kind) if measure.kind else ""
    lead = tr("répond: {service}", service=measure.lead_service) if measure.lead_service else ""
    detail = " · ".join(filter(None, (measure.measure_id, kind, lead, tr("mixte") if measure.mixed else "")))
    href = f"{SHEETS}/{sheet_name(measure.measure_id, year, link=True)}" if year else ""
    return Cell(measure.shown, detail, measure.marks, "text name", href)


def _all(participants: Value | None) -> str:
    told = written(participants)
    return tr("en tout {number}", number=told) if participants and participants.value is not None else told


def _rate(rate: Value | None) -> str:
    return tr("taux {rate} ({grounds})", rate=written(rate), grounds=rate.detail) if rate and rate.value is not None else ""


def _overdue(book: Book) -> Table:
    known = names(book)
    rows = tuple(
        (
            Cell(named(known, measure_id), kind="text name"),
            Cell(action, kind="text long"),
            Cell(label("decided_by", decided_by), kind="text"),
            day_cell(opened_on),
            day_cell(due_on),
            number_cell(days),
        )
        for measure_id, action, decided_by, opened_on, due_on, days in book.rows(_OVERDUE, last_day=Period(book.period).last).iter_rows()
    )
    received = value_at(book, "corrective_actions_overdue").value is not None
    return Table(
        slug="overdue",
        title=tr("Actions correctives en retard à fin {month}", month=formats.month(book.period)),
        columns=heads((tr("Mesure"), tr("Action"), tr("Décidée par")), (tr("Ouverte le"), tr("Échéance"), tr("Jours de retard"))),
        rows=rows,
        about=book.about("corrective_actions_overdue"),
        empty=tr("Aucune action corrective n'est en retard.") if received else tr("La liste des actions correctives n'est pas reçue."),
    )


def _occupancy(book: Book) -> Chart:
    """Month by month, or at the ends of the years where no more may be told."""
    about = book.about("measure_occupancy")
    if not book.controlled:
        title = tr("Occupation des mesures mixtes et des autres")
        series = by_code(book, "measure_occupancy", "mixed", code_list="mixed")
        return Chart(slug="occupancy", title=title, about=about, series=series)
    ends = tuple(
        Series(label("mixed", code), theme.colour("mixed", code), yearly(book, "measure_occupancy", "mixed", code))
        for code in in_list_order("mixed", values(book, "measure_occupancy", "mixed", grain="year"))
    )
    title = tr("Occupation des mesures mixtes et des autres, à la fin des années")
    return Chart(slug="occupancy", title=title, about=about, series=ends, axis="year")


PAGE = Page(
    slug="tableau_de_bord", title=later("Tableau de bord des mesures mixtes"), order=10, build=_build, packs=(COORDINATION,), annex=False
)
