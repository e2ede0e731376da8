"""A service's own figures: what rests on its deliveries alone, and its part in what several services send."""

import re
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from pipelines.reports import formats
from pipelines.reports.book import Book, label, value_at, values
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.files import OWN
from pipelines.reports.language import later, tr
from pipelines.reports.measures import STARRED, recent, written
from pipelines.reports.value import REASONS, About, Grain, Value

_TARGET = """
select date, value from mart.target where indicator = $indicator and member = 'total' and date >= $period order by date limit 1
"""
# Sources name the tables behind them, for analysts.
_TABLE_NAME = re.compile(r" \([\w.]+\)")


class _Own(NamedTuple):
    """Where a figure of the service stands."""

    about: About
    indicator: str
    dimension: str
    member: str
    grain: Grain


def _build(book: Book) -> tuple[Block, ...]:
    found = _found(book)
    known = [one for one in found if any(value.value is not None for value in _values(book, one))]
    return (Text(_said(book, known, [one for one in found if one not in known])), _table(book, known))


def _found(book: Book) -> list[_Own]:
    """The figures of the book, those of what it sends alone first: the whole, else the part of the service."""
    places = (("total", "total"), ("service", book.service or ""))
    grains: tuple[Grain, ...] = ("month", "year")
    found: dict[str, _Own] = {}
    for indicator, about in sorted(book.catalogue.items()):
        for grain in grains:
            for dimension, member in places:
                if member in values(book, indicator, dimension, grain=grain):
                    found.setdefault(indicator, _Own(about, indicator, dimension, member, grain))
    return sorted(found.values(), key=lambda one: (one.dimension != "total", _TABLE_NAME.findall(one.about.source)))


def _values(book: Book, one: _Own) -> tuple[Value, ...]:
    return values(book, one.indicator, one.dimension, grain=one.grain)[one.member]


def _said(book: Book, known: list[_Own], unknown: list[_Own]) -> tuple[str, ...]:
    named = ", ".join(formats.inside(one.about.label) for one in unknown)
    return (
        tr(
            "{service}, {month}: ce qui ne repose que sur vos envois, et votre part de ce que plusieurs services envoient. Rien n'y est "
            "masqué: ces chiffres sont les vôtres, et ne sont que pour vous.",
            service=label("service", book.service or ""),
            month=formats.month(book.period),
        ),
        tr("Aucun chiffre d'un autre service n'y figure, ni aucun qui relie vos personnes à celles d'un autre service."),
        *((tr("Faute d'envois ou de cas, pas encore de valeur: {indicators}.", indicators=named),) if unknown else ()),
    )


def _table(book: Book, known: list[_Own]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for source, group in groupby(known, key=attrgetter("about.source")):
        rows += [(Cell(_TABLE_NAME.sub("", source)),), *(_row(book, one) for one in group)]
    return Table(
        slug="figures",
        title=tr("Vos chiffres"),
        columns=heads((tr("Indicateur"),), (formats.opening(formats.month(book.period)), tr("Un mois avant"), tr("Un an avant"))),
        rows=tuple(rows),
        notes=(tr("Courbes: les treize derniers mois, zéro au pied; bande grise: mois sans valeur."), tr(STARRED)),
        about=tuple(one.about for one in known),
        empty=tr("Aucun chiffre ne repose sur vos envois."),
    )


def _row(book: Book, one: _Own) -> tuple[Cell, ...]:
    now, month_before, year_before = (
        value_at(book, one.indicator, months_before=months, dimension=one.dimension, member=one.member, grain=one.grain)
        for months in (0, 1, 12)
    )
    monthly = one.grain == "month"
    return (
        Cell(one.about.label, " · ".join((one.about.shown_unit, *_target(book, one))), kind="text name"),
        Cell(written(now), now.detail, spark=recent(_values(book, one), book.period) if monthly else None, shows=now),
        # What is counted by year has no month before.
        Cell(written(month_before), month_before.detail, shows=month_before) if monthly else Cell(tr(REASONS["NOT_APPLICABLE"])),
        Cell(written(year_before), year_before.detail, shows=year_before),
    )


def _target(book: Book, one: _Own) -> tuple[str, ...]:
    """The next target, which is one of the whole."""
    found = book.rows(_TARGET, indicator=one.indicator).rows() if one.dimension == "total" else []
    return tuple(tr("cible: {target} au {day}", target=formats.number(value), day=formats.day(date)) for date, value in found)


PAGE = Page(slug="service_chiffres", title=later("Vos chiffres"), order=10, build=_build, packs=OWN, annex=False)
