"""The monthly data that the services owe to the dashboards of the mixed programmes: who delivered, and who is late."""

import datetime as dt
from typing import NamedTuple

from pipelines.contracts.export import Period
from pipelines.contracts.plan import months
from pipelines.contracts.registry import EXPORTS
from pipelines.reports import formats
from pipelines.reports.book import Book, label
from pipelines.reports.content import Block, Cell, Page, Table, Text
from pipelines.reports.files import COORDINATION
from pipelines.reports.language import later, tr
from pipelines.reports.states import legend, month_head, state_cell, state_rows

_SERVICES = ("SEMP", "SASO", "SMIG")
_DATASETS = ("participations", "mesures", "prestations", "observations", "budgets")
_MONTHS = 13
_YEARS = 3
_LATE = ("missing", "rejected", "held", "withdrawn")
_OWED = """
    select service, dataset, cadence, period, state, correction, days_late, owed, in_force from core.delivery_month
    where list_contains($datasets, dataset) and list_contains($services, service) and period <= $period
    order by service, dataset, period
"""
_NOTHING_OWED = (
    later("Le SFPO et l'OAI ne doivent rien ici: ce qu'ils envoient pour ces programmes est repris quand il vient."),
    later("Les données se livrent à la personne de référence du SEMP, jusqu'au 10 du mois suivant ou au jour ouvrable qui suit."),
)


class _Owed(NamedTuple):
    """What a service sends of a dataset for a period, and how that stands."""

    service: str
    dataset: str
    cadence: str
    period: dt.date
    state: str
    correction: str | None
    days_late: int | None
    owed: bool
    in_force: bool

    @property
    def late(self) -> bool:
        """Whether it is owed, its day has passed or it did not hold, and nothing is in force."""
        return self.owed and self.state in _LATE


def _build(book: Book) -> tuple[Block, ...]:
    found = [_Owed(*row) for row in book.rows(_OWED, datasets=list(_DATASETS), services=list(_SERVICES)).iter_rows()]
    return (
        Text((*_delivered(book, found), *_who_is_late(book, found), *map(tr, _NOTHING_OWED))),
        _matrix(book, found),
        _yearly(book, found),
    )


def _delivered(book: Book, found: list[_Owed]) -> tuple[str, ...]:
    owed = [one for one in found if one.owed and one.cadence == "monthly" and one.period == book.period]
    if not owed:
        return ()
    there = formats.counted(sum(one.in_force for one in owed), "envoi en vigueur", "envois en vigueur")
    due = formats.counted(len(owed), "dû", "dus")
    return (tr("Pour {month}: {there} sur {due}.", month=formats.month(book.period), there=there, due=due),)


def _who_is_late(book: Book, found: list[_Owed]) -> tuple[str, ...]:
    """A sentence per service that owes something, or one for all."""
    since = Period(book.period).months_before(_MONTHS - 1)
    late = [one for one in found if one.late and (one.cadence == "yearly" or one.period >= since)]
    if not any(one.owed for one in found):
        return (tr("Jusqu'à {month}, aucune de ces données n'était due.", month=formats.month(book.period)),)
    if not late:
        month = formats.month(book.period)
        return (tr("Aucun des trois services n'est en retard pour {month} ni pour les douze mois d'avant.", month=month),)
    by_service = {service: [one for one in late if one.service == service] for service in _SERVICES}
    return tuple(tr("{service}, en retard: {late}.", service=service, late=_told(ones)) for service, ones in by_service.items() if ones)


def _told(late: list[_Owed]) -> str:
    """`participations aux mesures, févr. 2017 (manquant)`, by dataset and state."""
    kinds = dict.fromkeys((one.dataset, one.state) for one in late)
    return "; ".join(
        f"{formats.inside(tr(EXPORTS[dataset].title))}, {_periods([one for one in late if (one.dataset, one.state) == (dataset, state)])}"
        f" ({formats.inside(label('state', state))})"
        for dataset, state in kinds
    )


def _periods(ones: list[_Owed]) -> str:
    if ones[0].cadence == "yearly":
        return ", ".join(str(one.period.year) for one in ones)
    return formats.several_months([one.period for one in ones])


def _matrix(book: Book, found: list[_Owed]) -> Table:
    """A row per service and dataset, the last thirteen months as columns."""
    periods = months(Period(book.period).months_before(_MONTHS - 1), book.period)
    columns = (Cell(tr("Service"), tr("ce qu'il livre"), kind="text"), *(month_head(period) for period in periods))
    notes = (legend(), tr("Le nombre après ◐: jours de retard."))
    title = tr("Livraisons mensuelles des treize derniers mois")
    return Table(slug="matrix", title=title, columns=columns, rows=_rows(found, periods, "monthly"), notes=notes, kind="matrix")


def _yearly(book: Book, found: list[_Owed]) -> Table:
    """The same for what is due once a year."""
    periods = [dt.date(book.period.year - before, 1, 1) for before in reversed(range(_YEARS))]
    columns = (Cell(tr("Service"), tr("ce qu'il livre"), kind="text"), *(Cell(str(period.year)) for period in periods))
    notes = (tr("Dû le 31 janvier de l'année suivante ou le jour ouvrable qui suit."),)
    title = tr("Livraisons annuelles")
    return Table(slug="yearly", title=title, columns=columns, rows=_rows(found, periods, "yearly"), notes=notes)


def _rows(found: list[_Owed], periods: list[dt.date], cadence: str) -> tuple[tuple[Cell, ...], ...]:
    states = {(one.service, one.dataset, one.period): state_cell(one.state, one.correction, days_late=one.days_late) for one in found}
    sent = {
        (service, dataset): formats.inside(tr(EXPORTS[dataset].title))
        for service in _SERVICES
        for dataset in _DATASETS
        if EXPORTS[dataset].cadence == cadence and service.lower() in EXPORTS[dataset].services
    }
    return state_rows(sent, periods, states)


PAGE = Page(slug="donnees_dues", title=later("Données mensuelles dues"), order=100, build=_build, packs=(COORDINATION,), annex=False)
