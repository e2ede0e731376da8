"""The dashboard of the mixed programmes: what each offers, who uses it, what comes of it and what it costs, month by month."""

from pipelines.contracts.export import Period
from pipelines.reports import formats
from pipelines.reports.book import Book, Value, label, value_at, values
from pipelines.reports.cards import cards
from pipelines.reports.content import Block, Cell, Chart, Page, Table, Text, heads
from pipelines.reports.files import COORDINATION, SHEETS, sheet_name, sheets_due
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
from pipelines.reports.series import by_code

_INDICATORS = (
    "measure_places",
    "measure_occupancy",
    "measure_participants",
    "measure_placed",
    "measure_placement_rate",
    "measure_cost",
    "measure_budget_used",
)
_OVERDUE = """
select measure_id, action, decided_by, opened_on, due_on, date_diff('day', due_on, $last_day) as days
from core.corrective_action
where due_on < $last_day and coalesce(closed_on > $last_day, true) and coalesce(vanished_on >= $last_day, true)
order by due_on, action_id
"""


def _build(book: Book) -> tuple[Block, ...]:
    found = measures(book)
    mixed = cards(book, "Mesures mixtes", indicators=_INDICATORS, dimension="mixed", member="OUI")
    return (Text(_said(book, found)), mixed, _table(book, found), _overdue(book), _occupancy(book))


def _said(book: Book, found: list[Measure]) -> tuple[str, ...]:
    month = formats.month(book.period)
    if not found:
        return (f"{month.capitalize()}: aucune mesure n'est connue pour ce mois; ni inventaire ni participation n'est reçu.",)
    mixed = sum(measure.mixed for measure in found)
    counted = formats.counted(mixed, "mesure mixte", "mesures mixtes")
    all_of_them = formats.counted(len(found), "mesure ouverte ou utilisée", "mesures ouvertes ou utilisées")
    late = value_at(book, "corrective_actions_overdue")
    return (
        f"{month.capitalize()}: {counted} sur {all_of_them}. "
        "Mixte: utilisée par deux services ou plus dans les douze mois jusqu'à celui-ci.",
        *((f"Actions correctives en retard à fin {month}: {late.text}.",) if late.value is not None else ()),
        *lacking_sentences(book, book.period, book.period),
        *_inventory(book),
    )


def _inventory(book: Book) -> tuple[str, ...]:
    listed = value_at(book, "measure_places")
    return () if listed.value is not None else (f"Inventaire des mesures, {formats.month(book.period)}: non reçu. Les places manquent.",)


def _table(book: Book, found: list[Measure]) -> Table:
    known = {indicator: values(book, indicator, "measure") for indicator in _INDICATORS}
    last_uses = uses(book, book.period, book.period)
    years = dict(sheets_due(book.con, book.period))
    rows = []
    for measure in found:
        of = {indicator: known[indicator].get(measure.measure_id, ()) for indicator in _INDICATORS}
        used = {use.service: use.ongoing for use in last_uses if use.measure_id == measure.measure_id and use.ongoing}
        participants = at(of["measure_participants"], book.period)
        rows.append(
            (
                _head(measure, year=years.get(measure.measure_id)),
                cell(of["measure_places"], book.period),
                cell(of["measure_occupancy"], book.period, spark=True, base=True),
                Cell(" · ".join(f"{service} {formats.number(used[service])}" for service in in_order(used)) or "–", _all(participants)),
                Cell(written(at(of["measure_placed"], book.period)), _rate(at(of["measure_placement_rate"], book.period))),
                cell(of["measure_cost"], book.period, spark=True),
                cell(of["measure_budget_used"], book.period, base=True),
            )
        )
    numbers = ("Places", "Occupation", "Participants par service", "Placements du mois", "Coût du mois, CHF", "Budget utilisé")
    return Table(
        slug="measures",
        title=f"Les mesures en {formats.month(book.period)}",
        columns=heads(("Mesure",), numbers),
        rows=tuple(rows),
        notes=(
            f"Courbes: les {SPARK_MONTHS} derniers mois, zéro au pied; bande grise: mois sans valeur. "
            "Sous les placements: le taux de placement, sur douze mois.",
            STARRED,
            "Le nom d'une mesure mixte mène à sa fiche annuelle.",
        ),
        about=book.about(*_INDICATORS),
        filters=filters(found, chosen="OUI"),
        empty="Aucune mesure n'est connue pour ce mois.",
    )


def _head(measure: Measure, *, year: int | None) -> Cell:
    kind = label("measure_kind", measure.kind) if measure.kind else ""
    lead = f"répond: {measure.lead_service}" if measure.lead_service else ""
    detail = " · ".join(filter(None, (measure.measure_id, kind, lead, "mixte" if measure.mixed else "")))
    href = f"{SHEETS}/{sheet_name(measure.measure_id, year, link=True)}" if year else ""
    return Cell(measure.shown, detail, measure.marks, "text name", href)


def _all(participants: Value | None) -> str:
    return f"en tout {written(participants)}" if participants and participants.value is not None else written(participants)


def _rate(rate: Value | None) -> str:
    return f"taux {written(rate)} ({rate.detail})" if rate and rate.value is not None else ""


def _overdue(book: Book) -> Table:
    known = names(book)
    rows = tuple(
        (
            Cell(named(known, measure_id), kind="text name"),
            Cell(action, kind="text long"),
            Cell(label("decided_by", decided_by), kind="text"),
            Cell(formats.day(opened_on)),
            Cell(formats.day(due_on)),
            Cell(formats.number(days)),
        )
        for measure_id, action, decided_by, opened_on, due_on, days in book.rows(_OVERDUE, last_day=Period(book.period).last).iter_rows()
    )
    received = value_at(book, "corrective_actions_overdue").value is not None
    return Table(
        slug="overdue",
        title=f"Actions correctives en retard à fin {formats.month(book.period)}",
        columns=heads(("Mesure", "Action", "Décidée par"), ("Ouverte le", "Échéance", "Jours de retard")),
        rows=rows,
        about=book.about("corrective_actions_overdue"),
        empty="Aucune action corrective n'est en retard." if received else "La liste des actions correctives n'est pas reçue.",
    )


def _occupancy(book: Book) -> Chart:
    series = by_code(book, "measure_occupancy", "mixed", code_list="mixed")
    return Chart(
        slug="occupancy", title="Occupation des mesures mixtes et des autres", about=book.about("measure_occupancy"), series=series
    )


PAGE = Page(slug="tableau_de_bord", title="Tableau de bord des mesures mixtes", order=10, build=_build, report=COORDINATION)
