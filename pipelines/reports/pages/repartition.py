"""Sharing out the places: what each service reserved and used, what it cost against its budget, and where the year would end."""

import datetime as dt
from collections.abc import Iterable

from pipelines.contracts.plan import months
from pipelines.contracts.registry import EXPORTS
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, latest, value_at, values
from pipelines.reports.cells import change_cell, number_cell, share_cell
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.content import Block, Cell, Filter, Page, Table, Text, heads
from pipelines.reports.files import COORDINATION
from pipelines.reports.language import later, tr
from pipelines.reports.measures import STAR, STARRED, lacking_sentences, named, names, written
from pipelines.reports.series import point
from pipelines.reports.shares import MONTHS_A_YEAR, Share, budgets, shares, told_shares
from pipelines.reports.value import HIDDEN, REASONS

_NOT_KNOWN = later("Pas calculé")
_PACE = later(
    "Fin d'année à ce rythme: le coût depuis janvier, divisé par les mois écoulés, fois douze. C'est un calcul linéaire, pas une "
    "prévision; il n'est fait que là où toutes les livraisons des mois écoulés sont reçues."
)


def _build(book: Book) -> tuple[Block, ...]:
    span = months(book.period.replace(month=1), book.period)
    found = told_shares(book, span) if book.controlled else shares(book, span)
    if not found:
        nothing = tr("{year}: ni budget ni participation n'est reçu; il n'y a rien à répartir.", year=book.period.year)
        return (Text((nothing,)),)
    known = names(book)
    if book.controlled:
        return (
            Text(_said(book, span, found)),
            _used_at_the_end(book, found),
            _spent_chart(book, found),
            _spent(book, found, known),
            _reserved(book),
        )
    return (
        Text(_said(book, span, found)),
        *(_places(book, share.service, span) for share in found if share.measure_id is None and share.reserved is not None),
        _used(book, found, known),
        _spent_chart(book, found),
        _spent(book, found, known),
    )


def _said(book: Book, span: list[dt.date], found: list[Share]) -> tuple[str, ...]:
    year = book.period.year
    senders = [service.upper() for service, owed in EXPORTS["budgets"].services.items() if owed]
    without = [share.service for share in found if share.measure_id is None and share.budget is None and share.service in senders]
    ended = formats.counted(len(span), "mois écoulé", "mois écoulés")
    lacking = tr(
        "Aucun budget {year} reçu: {services}. Leurs places réservées et leurs écarts manquent.", year=year, services=", ".join(without)
    )
    return (
        tr(
            "{year}, de janvier à {month}: {ended} sur {months}.",
            year=year,
            month=formats.month(book.period),
            ended=ended,
            months=MONTHS_A_YEAR,
        ),
        *lacking_sentences(book, span[0], span[-1]),
        *((lacking,) if without else ()),
        *_all_services(book),
    )


def _all_services(book: Book) -> tuple[str, ...]:
    used = value_at(book, "measure_budget_used")
    if used.value is None or used.numerator is None or used.denominator is None:
        return ()
    flags = f" ({', '.join(used.flags)})" if used.flags else ""
    spent, budget = formats.number(used.numerator, 0), formats.number(used.denominator, 0)
    said = tr(
        "Là où il y a un budget, {share} en sont utilisés: CHF {spent} sur CHF {budget}{flags}.",
        share=used.text,
        spent=spent,
        budget=budget,
        flags=flags,
    )
    return (said,)


def _places(book: Book, service: str, span: list[dt.date]) -> Chart:
    """Bars for what is used, a line for what is reserved."""
    used, reserved = (_points(book, indicator, service, span=span) for indicator in ("measure_participants", "measure_reserved_places"))
    series = (Series(tr("Participations en cours"), theme.nth(0), used, "bar"), Series(tr("Places réservées"), theme.nth(1), reserved))
    return Chart(
        slug=f"places_{service.lower()}",
        title=tr("{service}: places réservées et utilisées en {year}", service=service, year=book.period.year),
        about=book.about("measure_reserved_places", "measure_participants"),
        series=series,
    )


def _points(book: Book, indicator: str, service: str, *, span: list[dt.date]) -> tuple[Point, ...]:
    return tuple(point(value) for value in values(book, indicator, "service").get(service, ()) if value.period in span)


def _used(book: Book, found: list[Share], known: dict[str, str]) -> Table:
    rows = tuple(
        (
            *_heading(share, known),
            number_cell(share.reserved),
            *(number_cell(used, after=_star(share, month)) for month, used in share.used.items()),
            _gap(share, book.period),
        )
        for share in found
    )
    months_so_far = (formats.short_month_name(month) for month in found[0].used)
    return Table(
        slug="used",
        title=tr("Places réservées et utilisées par service et mesure, {year}", year=book.period.year),
        columns=heads((tr("Mesure"), tr("Service")), (tr("Réservées"), *months_so_far, tr("Écart"))),
        rows=rows,
        notes=(
            tr(
                "Utilisées: participations en cours au dernier jour du mois. Écart: utilisées à fin {month} moins réservées.",
                month=formats.month(book.period),
            ),
            tr(STARRED),
        ),
        about=book.about("measure_reserved_places", "measure_participants"),
        filters=_by_service(share.service for share in found),
    )


def _spent(book: Book, found: list[Share], known: dict[str, str]) -> Table:
    rows = tuple(
        (
            *_heading(share, known),
            number_cell(share.budget, 0),
            number_cell(share.cost, 0, absent=tr(HIDDEN["BELOW_THRESHOLD"]), after="" if share.whole else STAR),
            _part(share),
            number_cell(share.pace, 0, absent=tr(_NOT_KNOWN)),
            change_cell(None if share.pace is None or share.budget is None else share.pace - share.budget, 0),
        )
        for share in found
    )
    numbers = (
        tr("Budget, CHF"),
        tr("Coût depuis janvier, CHF"),
        tr("Utilisé"),
        tr("Fin d'année à ce rythme, CHF"),
        tr("Écart au budget, CHF"),
    )
    year = book.period.year
    return Table(
        slug="spent",
        title=tr("Coût et budget par service, {year}", year=year)
        if book.controlled
        else tr("Coût et budget par service et mesure, {year}", year=year),
        columns=heads((tr("Mesure"), tr("Service")), numbers),
        rows=rows,
        notes=(tr(_PACE), tr(STARRED)),
        about=book.about("measure_cost", "measure_budget_used"),
        filters=() if book.controlled else _by_service(share.service for share in found),
    )


def _cost(share: Share) -> str:
    return formats.known(share.cost, 0, absent=tr(HIDDEN["BELOW_THRESHOLD"]))


def _part(share: Share) -> Cell:
    """The part of the budget that is used."""
    if not share.budget:
        return Cell("–")
    return share_cell(None if share.cost is None else share.cost / share.budget, absent=tr(HIDDEN["BELOW_THRESHOLD"]))


def _used_at_the_end(book: Book, found: list[Share]) -> Table:
    """What each service reserved, and what it used as far as that is told."""
    used = latest(book, "measure_participants", "service")
    rows = tuple(
        (
            Cell(share.service, kind="text"),
            number_cell(share.reserved, absent=tr(REASONS["NOT_RECEIVED"])),
            Cell(written(value), value.detail, shows=value) if (value := used.get(share.service)) else Cell(tr(REASONS["NOT_APPLICABLE"])),
        )
        for share in found
    )
    return Table(
        slug="used",
        title=tr("Places réservées en {year} et participations en cours, par service", year=book.period.year),
        columns=heads((tr("Service"),), (tr("Places réservées"), tr("Participations en cours"))),
        rows=rows,
        notes=(tr("Les participations par mesure et service ne sont pas montrées."), tr(STARRED)),
        about=book.about("measure_reserved_places", "measure_participants"),
    )


def _reserved(book: Book) -> Table:
    """What each service reserved of each measure: places and money, not persons."""
    known, found = names(book), budgets(book)
    rows = tuple(
        (
            Cell(named(known, measure_id), data={"service": service}, kind="text name"),
            Cell(service, kind="text"),
            number_cell(reserved),
            number_cell(budget, 0),
        )
        for service, measure_id, budget, reserved in found
    )
    return Table(
        slug="reserved",
        title=tr("Places réservées et budget par service et mesure, {year}", year=book.period.year),
        columns=heads((tr("Mesure"), tr("Service")), (tr("Réservées"), tr("Budget, CHF"))),
        rows=rows,
        notes=(tr("Le coût par mesure n'est pas montré: divisé par le prix d'une place, il dirait combien de personnes l'ont suivie."),),
        about=book.about("measure_reserved_places"),
        filters=_by_service([service for service, *_ in found]) if found else (),
        empty=tr("Aucun budget n'est reçu."),
    )


def _spent_chart(book: Book, found: list[Share]) -> Chart:
    """The services beside each other, all their measures together."""
    whole = [share for share in found if share.measure_id is None]
    cost = tuple(Point(share.service, share.cost, _cost(share), provisional=not share.whole, decimals=0) for share in whole)
    pace = tuple(Point(share.service, share.pace, formats.known(share.pace, 0, absent=tr(_NOT_KNOWN)), decimals=0) for share in whole)
    budget = tuple(
        Point(share.service, share.budget, formats.known(share.budget, 0, absent=tr(REASONS["NOT_RECEIVED"])), decimals=0)
        for share in whole
    )
    return Chart(
        slug="spent_by_service",
        title=tr("Coût et budget par service, {year}", year=book.period.year),
        about=book.about("measure_cost", "measure_budget_used"),
        series=(
            Series(tr("Coût depuis janvier"), theme.nth(0), cost, "bar"),
            Series(tr("Fin d'année à ce rythme"), theme.nth(7), pace, "bar"),
            Series(tr("Budget de l'année"), theme.nth(1), budget, "mark"),
        ),
        axis="category",
        notes=(tr(_PACE), *((tr("Hachures: coût incomplet."),) if any(point.provisional for point in cost) else ())),
    )


def _gap(share: Share, month: dt.date) -> Cell:
    return change_cell(None if share.reserved is None else share.used[month] - share.reserved, after=_star(share, month))


def _star(share: Share, month: dt.date) -> str:
    return STAR if month in share.gaps else ""


def _heading(share: Share, known: dict[str, str]) -> tuple[Cell, Cell]:
    """The measure, or all of them, and the service that the filter looks at."""
    marks, service = {"service": share.service}, Cell(share.service, kind="text")
    if share.measure_id is None:
        return Cell(tr("{service}: toutes les mesures", service=share.service), data=marks, kind="text name whole"), service
    return Cell(named(known, share.measure_id), data=marks, kind="text name"), service


def _by_service(found: Iterable[str]) -> tuple[Filter, ...]:
    services = list(dict.fromkeys(found))
    # All services together are too many rows to begin with.
    return (Filter("service", tr("Service"), tuple((service, service) for service in services), chosen=services[0]),)


PAGE = Page(
    slug="repartition", title=later("Répartition des places et budgets"), order=20, build=_build, packs=(COORDINATION,), annex=False
)
