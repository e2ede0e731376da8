"""What the pages and sheets on measures read: which measures there are, which service uses them, and what is lacking."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipelines.contracts.codes import SERVICE
from pipelines.contracts.export import Period
from pipelines.contracts.plan import months
from pipelines.reports import formats
from pipelines.reports.book import Book, in_list_order, label, values
from pipelines.reports.content import Cell, Filter, Spark
from pipelines.reports.formats import Amount
from pipelines.reports.language import later, tr
from pipelines.reports.svg import spoken
from pipelines.reports.value import Value

# Marks a value that is not final; the sentence under a table says so.
STAR = "*"
STARRED = later("* incomplet ou provisoire: une livraison due manque, ou la période n'est pas terminée.")
SPARK_MONTHS = 13
# What is told of a pack whose breakdowns stand.
STANDS = later(
    "Pour protéger les personnes, ce qui est compté par mesure ou par service est celui de la fin de la dernière année, et ne bouge pas de "
    "mois en mois."
)
# The services' own breakdown of this one tells which of them sent what is known of the use of measures.
_USE = "measure_participants"
UNLISTED = later("Mesure absente de l'inventaire")

_MEASURES = """
select p.measure_id, coalesce(i.measure, p.measure) as name, coalesce(i.provider, m.provider) as provider, p.lead_service, p.branch, p.kind,
  coalesce(i.target_group, m.target_group) as target_group, p.mixed = 'OUI' as mixed, coalesce(p.services, '') as used_by
from core.measure_period p
left join core.measure m on m.measure_id = p.measure_id
left join core.measure_month i on i.measure_id = p.measure_id and i.period = $period
where p.grain = 'month' and p.period = $period and (i.open_at_end or list_contains($used, p.measure_id))
order by p.mixed desc, strip_accents(lower(name)), p.measure_id
"""
# Which measures somebody is in is known of no table of a pack that hides something.
_USED = "select distinct measure_id from core.measure_use where period = $period and (in_use > 0 or cost > 0)"
_USES = """
select measure_id, service, period, ongoing, entries, exits, placed, cost::double as cost from core.measure_use
where period between $first and $last order by measure_id, service, period
"""
# Who sends what an indicator reads, and owes none of it.
_OPTIONAL = """
select s.service from core.sending s join mart.indicator i on list_contains(string_split(i.datasets, ', '), s.dataset)
where i.indicator = $indicator group by s.service having max(s.owed_from) is null
"""


@dataclass(frozen=True)
class Measure:
    """A measure as it was in the month of the report: open at its end, or used in it.

    Attributes:
        measure_id: its number.
        name: its name in that month; None where no inventory lists it.
        mixed: whether two services or more used it in the twelve months up to then.
        used_by: these services, joined with `+`.
    """

    measure_id: str
    name: str | None
    provider: str | None
    lead_service: str | None
    branch: str | None
    kind: str | None
    target_group: str | None
    mixed: bool
    used_by: str

    @property
    def services(self) -> tuple[str, ...]:
        """The services that used it in the twelve months up to then."""
        return tuple(filter(None, self.used_by.split("+")))

    @property
    def shown(self) -> str:
        """Its name, or the word for its absence."""
        return self.name or tr(UNLISTED)

    @property
    def marks(self) -> dict[str, str]:
        """What the filters of a table of measures look at."""
        services = " ".join(self.services)
        return {"service": services, "branch": self.branch or "", "kind": self.kind or "", "mixed": "OUI" if self.mixed else "NON"}


class Use(NamedTuple):
    """What a service used of a measure in a month."""

    measure_id: str
    service: str
    period: dt.date
    ongoing: int
    entries: int
    exits: int
    placed: int
    cost: float


def measures(book: Book) -> list[Measure]:
    """The measures of the month of the report, mixed ones first."""
    used = [] if book.controlled else book.rows(_USED)["measure_id"].to_list()
    return [Measure(*row) for row in book.rows(_MEASURES, used=used).iter_rows()]


def uses(book: Book, first: dt.date, last: dt.date) -> list[Use]:
    """The use of all measures by service and month."""
    return [Use(*row) for row in book.rows(_USES, first=first, last=last).iter_rows()]


def names(book: Book) -> dict[str, str]:
    """The names of the measures, as known now."""
    return dict(book.rows("select measure_id, measure from core.measure").iter_rows())


def named(known: dict[str, str], measure_id: str) -> str:
    """A measure's name with its number, or its number alone where no inventory lists it."""
    return f"{known[measure_id]} ({measure_id})" if measure_id in known else f"{tr(UNLISTED)} ({measure_id})"


def in_order(services: Iterable[str]) -> list[str]:
    """The services in the order of their list."""
    order = [code.code for code in SERVICE.codes]
    return sorted(set(services), key=lambda service: (order.index(service) if service in order else len(order), service))


def lacking(book: Book, first: dt.date, last: dt.date) -> dict[str, list[dt.date]]:
    """By service, the months of which its use of the measures is not wholly known."""
    found = {
        service: [value.period for value in known if first <= value.period <= last and (value.value is None or not value.complete)]
        for service, known in values(book, _USE, "service").items()
    }
    return {service: found[service] for service in in_order(found) if found[service]}


def lacking_sentences(book: Book, first: dt.date, last: dt.date) -> tuple[str, ...]:
    """What the lack of deliveries means for the figures of these months."""
    span = formats.span(formats.month(first), formats.month(last))
    if book.controlled:
        return (_lacking_in_all(book, first, last, span=span), tr(STANDS))
    if not any(first <= value.period <= last for known in values(book, _USE, "service").values() for value in known):
        return (tr("Participations, {span}: non reçu. Les participants, les placements et les coûts manquent.", span=span),)
    optional = set(book.rows(_OPTIONAL, indicator=_USE)["service"])
    gaps = lacking(book, first, last)
    told = {
        service: tr("rien reçu") if len(found) == len(months(first, last)) > 1 else formats.several_months(found)
        for service, found in gaps.items()
    }
    owed = ", ".join(f"{service} ({what})" for service, what in told.items() if service not in optional)
    free = ", ".join(f"{service} ({what})" for service, what in told.items() if service in optional)
    said = (
        tr("Participations non reçues: {services}; ce qui a été utilisé alors est incomplet.", services=owed)
        if owed
        else tr("Participations, {span}: tout ce qui est dû est reçu.", span=span)
    )
    unknown = tr("Non livré, sans que ce soit dû: {services}; ce qui a été utilisé alors n'est pas connu.", services=free)
    return (said, unknown) if free else (said,)


def _lacking_in_all(book: Book, first: dt.date, last: dt.date, *, span: str) -> str:
    """The same where no service is told apart."""
    known = [value for value in values(book, _USE).get("total", ()) if first <= value.period <= last]
    if gaps := [value.period for value in known if value.value is None or not value.complete]:
        return tr("Participations incomplètes ou non reçues: {months}.", months=formats.several_months(gaps))
    return (
        tr("Participations, {span}: tout ce qui est dû est reçu.", span=span)
        if known
        else tr("Participations, {span}: non reçu.", span=span)
    )


def written(value: Value | None) -> str:
    """A value as a table shows it, with a star where it is not final."""
    if value is None:
        return "–"
    return f"{value.text}{STAR}" if value.flags else value.text


def at(known: tuple[Value, ...], period: dt.date) -> Value | None:
    """The value of a period among those of a measure; None where there is none."""
    return next((value for value in known if value.period == period), None)


def cell(known: tuple[Value, ...], period: dt.date, *, spark: bool = False, base: bool = False) -> Cell:
    """The value of a month, with the months that led to it."""
    value = at(known, period)
    return Cell(written(value), value.detail if value and base else "", spark=recent(known, period) if spark else None, shows=value)


def recent(known: tuple[Value, ...], period: dt.date) -> Spark | None:
    """The months up to this one as a line; none where nothing is known of them."""
    span = [Period(period).months_before(before) for before in reversed(range(SPARK_MONTHS))]
    found = [at(known, month) for month in span]
    amounts = {month: _amount(value) for month, value in zip(span, found, strict=True)}
    if not any(amounts.values()):
        return None
    return Spark(amounts, spoken([(month, written(value)) for month, value in zip(span, found, strict=True)]))


def _amount(value: Value | None) -> Amount | None:
    """A value as a program counts with it, with a star where it is not final."""
    return replace(value.amount, after=STAR if value.flags else "") if value and value.amount else None


def filters(found: list[Measure], *, chosen: str = "") -> tuple[Filter, ...]:
    """The choices among measures: by service, branch, kind, and whether they are mixed."""
    return (
        Filter("mixed", tr("Mesures"), (("OUI", tr("mixtes seulement")),), chosen),
        Filter("service", tr("Service"), tuple((one, one) for one in in_order(one for measure in found for one in measure.services))),
        *(
            Filter(key, name, tuple((code, label(code_list, code)) for code in codes))
            for key, name, code_list, codes in (
                ("branch", tr("Branche"), "branch", sorted({one.branch for one in found if one.branch})),
                ("kind", tr("Type"), "measure_kind", in_list_order("measure_kind", {one.kind for one in found})),
            )
        ),
    )
