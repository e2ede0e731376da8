"""Sharing out the places: what each service reserved and used, what it cost against its budget, and where the year would end."""

import datetime as dt
from dataclasses import dataclass

from pipelines.contracts.plan import months
from pipelines.contracts.registry import EXPORTS
from pipelines.reports import formats, theme
from pipelines.reports.book import REASONS, Book, Value, value_at, values
from pipelines.reports.content import Block, Cell, Chart, Filter, Page, Point, Series, Table, Text
from pipelines.reports.files import COORDINATION
from pipelines.reports.measures import STAR, STARRED, in_order, lacking, lacking_sentences, named, names, uses
from pipelines.reports.series import point

_MONTHS_A_YEAR = 12
_ABOUT = ("measure_reserved_places", "measure_participants", "measure_cost", "measure_budget_used")
_BUDGETS = """
select service, measure_id, budget::double as budget, reserved_places from core.budget
where year(period) = year($period::date) order by service, measure_id
"""
_NOT_KNOWN = "Pas calculé"
_PACE = (
    "Fin d'année à ce rythme: le coût depuis janvier, divisé par les mois écoulés, fois douze. C'est un calcul linéaire, pas une "
    "prévision; il n'est fait que là où toutes les livraisons des mois écoulés sont reçues."
)


@dataclass(frozen=True)
class Share:
    """What a service has of a measure in the year of the report; of all its measures together, where `measure_id` is None.

    Attributes:
        budget: of the year, in francs; None where there is none.
        reserved: places it keeps; None where there is no budget.
        used: participations going on at the end of each month, in order.
        cost: since January, in francs.
        whole: whether every month of it is known.
    """

    service: str
    measure_id: str | None
    budget: float | None
    reserved: int | None
    used: tuple[int, ...]
    cost: float
    whole: bool

    @property
    def pace(self) -> float | None:
        """The cost of the year if it goes on like this; None where a month is not known."""
        return self.cost / len(self.used) * _MONTHS_A_YEAR if self.whole else None


def _build(book: Book) -> tuple[Block, ...]:
    span = months(book.period.replace(month=1), book.period)
    shares = _shares(book, span)
    if not shares:
        year = book.period.year
        return (Text((f"{year}: ni budget ni participation n'est reçu; il n'y a rien à répartir.",)),)
    return (
        Text(_said(book, span, shares)),
        *(_places(book, service, span) for service in in_order(share.service for share in shares if share.reserved is not None)),
        _used(book, shares, span),
        _spent_chart(book, shares),
        _spent(book, shares),
    )


def _shares(book: Book, span: list[dt.date]) -> list[Share]:
    """A share per service and measure, and one per service for all of them, which comes first."""
    budgets = {(service, measure_id): (budget, reserved) for service, measure_id, budget, reserved in book.rows(_BUDGETS).iter_rows()}
    used: dict[tuple[str, str], dict[dt.date, int]] = {}
    cost: dict[tuple[str, str], float] = {}
    for use in uses(book, span[0], span[-1]):
        place = (use.service, use.measure_id)
        used.setdefault(place, {})[use.period] = use.ongoing
        cost[place] = cost.get(place, 0) + use.cost
    gaps = lacking(book, span[0], span[-1])
    shares = []
    for service in in_order(service for service, _ in (*budgets, *used)):
        own = [
            Share(
                service,
                measure_id,
                *budgets.get((service, measure_id), (None, None)),
                tuple(used.get((service, measure_id), {}).get(month, 0) for month in span),
                cost.get((service, measure_id), 0),
                service not in gaps,
            )
            for measure_id in sorted({measure_id for sender, measure_id in (*budgets, *used) if sender == service})
        ]
        shares += [_together(service, own), *own]
    return shares


def _together(service: str, own: list[Share]) -> Share:
    """All that a service has; a budget only where it sent one."""
    budgets = [share.budget for share in own if share.budget is not None]
    reserved = [share.reserved for share in own if share.reserved is not None]
    return Share(
        service,
        None,
        sum(budgets) if budgets else None,
        sum(reserved) if reserved else None,
        tuple(map(sum, zip(*(share.used for share in own), strict=True))),
        sum(share.cost for share in own),
        own[0].whole,
    )


def _said(book: Book, span: list[dt.date], shares: list[Share]) -> tuple[str, ...]:
    year = book.period.year
    senders = [service.upper() for service, owed in EXPORTS["budgets"].services.items() if owed]
    without = [share.service for share in shares if share.measure_id is None and share.budget is None and share.service in senders]
    ended = formats.counted(len(span), "mois écoulé", "mois écoulés")
    return (
        f"{year}, de janvier à {formats.month(book.period)}: {ended} sur {_MONTHS_A_YEAR}.",
        *lacking_sentences(book, span[0], span[-1]),
        *((f"Aucun budget {year} reçu: {', '.join(without)}. Leurs places réservées et leurs écarts manquent.",) if without else ()),
        *_all_services(book, shares),
    )


def _all_services(book: Book, shares: list[Share]) -> tuple[str, ...]:
    used = value_at(book, "measure_budget_used")
    if used.value is None or used.numerator is None or used.denominator is None:
        return ()
    flags = f" ({', '.join(used.flags)})" if used.flags else ""
    spent, budget = formats.number(used.numerator, 0), formats.number(used.denominator, 0)
    return (f"Là où il y a un budget, {used.text} en sont utilisés: CHF {spent} sur CHF {budget}{flags}.",)


def _places(book: Book, service: str, span: list[dt.date]) -> Chart:
    """Bars for what is used, a line for what is reserved."""
    used, reserved = (_points(book, indicator, service, span=span) for indicator in ("measure_participants", "measure_reserved_places"))
    series = (Series("Participations en cours", theme.nth(0), used, "bar"), Series("Places réservées", theme.nth(1), reserved))
    return Chart(
        slug=f"places_{service.lower()}",
        title=f"{service}: places réservées et utilisées en {book.period.year}",
        about=book.about("measure_reserved_places", "measure_participants"),
        series=series,
    )


def _points(book: Book, indicator: str, service: str, *, span: list[dt.date]) -> tuple[Point, ...]:
    known: tuple[Value, ...] = values(book, indicator, "service").get(service, ())
    return tuple(point(value) for value in known if value.period in span)


def _used(book: Book, shares: list[Share], span: list[dt.date]) -> Table:
    known, gaps = names(book), lacking(book, span[0], span[-1])
    rows = tuple(
        (
            _head(share, known),
            Cell(share.service, kind="text"),
            Cell(_number(share.reserved)),
            *(
                Cell(formats.number(used) + (STAR if month in gaps.get(share.service, ()) else ""))
                for month, used in zip(span, share.used, strict=True)
            ),
            Cell(_gap(share, final=span[-1] not in gaps.get(share.service, ()))),
        )
        for share in shares
    )
    heads = ("Réservées", *(formats.SHORT_MONTHS[month.month - 1] for month in span), "Écart")
    return Table(
        slug="used",
        title=f"Places réservées et utilisées par service et mesure, {book.period.year}",
        columns=(Cell("Mesure", kind="text"), Cell("Service", kind="text"), *(Cell(head) for head in heads)),
        rows=rows,
        notes=(
            f"Utilisées: participations en cours au dernier jour du mois. Écart: utilisées à fin {formats.month(span[-1])} moins "
            "réservées.",
            STARRED,
        ),
        about=book.about("measure_reserved_places", "measure_participants"),
        filters=_by_service(shares),
    )


def _spent(book: Book, shares: list[Share]) -> Table:
    known = names(book)
    rows = tuple(
        (
            _head(share, known),
            Cell(share.service, kind="text"),
            Cell(_number(share.budget)),
            Cell(_number(share.cost) + ("" if share.whole else STAR)),
            Cell(formats.percent(share.cost / share.budget) if share.budget else "–"),
            Cell(_number(share.pace, absent=_NOT_KNOWN)),
            Cell("–" if share.pace is None or share.budget is None else formats.signed(share.pace - share.budget, 0)),
        )
        for share in shares
    )
    heads = ("Budget, CHF", "Coût depuis janvier, CHF", "Utilisé", "Fin d'année à ce rythme, CHF", "Écart au budget, CHF")
    return Table(
        slug="spent",
        title=f"Coût et budget par service et mesure, {book.period.year}",
        columns=(Cell("Mesure", kind="text"), Cell("Service", kind="text"), *(Cell(head) for head in heads)),
        rows=rows,
        notes=(_PACE, STARRED),
        about=book.about("measure_cost", "measure_budget_used"),
        filters=_by_service(shares),
    )


def _spent_chart(book: Book, shares: list[Share]) -> Chart:
    """The services beside each other, all their measures together."""
    whole = [share for share in shares if share.measure_id is None]
    cost = tuple(Point(share.service, share.cost, _number(share.cost), provisional=not share.whole) for share in whole)
    pace = tuple(Point(share.service, share.pace, _number(share.pace, absent=_NOT_KNOWN)) for share in whole)
    budget = tuple(Point(share.service, share.budget, _number(share.budget, absent=REASONS["NOT_RECEIVED"])) for share in whole)
    return Chart(
        slug="spent_by_service",
        title=f"Coût et budget par service, {book.period.year}",
        about=book.about("measure_cost"),
        series=(
            Series("Coût depuis janvier", theme.nth(0), cost, "bar"),
            Series("Fin d'année à ce rythme", theme.nth(7), pace, "bar"),
            Series("Budget de l'année", theme.nth(1), budget, "mark"),
        ),
        axis="category",
        notes=(_PACE, *(("Hachures: coût incomplet.",) if any(point.provisional for point in cost) else ())),
    )


def _gap(share: Share, *, final: bool) -> str:
    if share.reserved is None:
        return "–"
    return formats.signed(share.used[-1] - share.reserved) + ("" if final else STAR)


def _head(share: Share, known: dict[str, str]) -> Cell:
    marks = {"service": share.service}
    if share.measure_id is None:
        return Cell(f"{share.service}: toutes les mesures", data=marks, kind="text name whole")
    return Cell(named(known, share.measure_id), data=marks, kind="text name")


def _by_service(shares: list[Share]) -> tuple[Filter, ...]:
    services = in_order(share.service for share in shares)
    # All services together are too many rows to begin with.
    return (Filter("service", "Service", tuple((service, service) for service in services), chosen=services[0]),)


def _number(value: float | None, *, absent: str = "–") -> str:
    return absent if value is None else formats.number(value, 0)


PAGE = Page(slug="repartition", title="Répartition des places et budgets", order=20, build=_build, report=COORDINATION)
