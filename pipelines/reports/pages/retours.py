"""How long people stay in a system, whether they come back, by which profiles, and what ends a registration at the employment office."""

import datetime as dt
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from pipelines.contracts.registry import COLUMNS
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, in_list_order, label, values
from pipelines.reports.cards import cards
from pipelines.reports.chart import Chart, Panels, Point, Series
from pipelines.reports.content import Block, Cell, Page, Table, heads
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.incidence import ends
from pipelines.reports.language import labelled, later, tr
from pipelines.reports.measures import at, written
from pipelines.reports.paths import HALF_YEARS, SHORT, came, cohorts, compared_with, final, lacking, level, noted, opening, references
from pipelines.reports.series import ELSEWHERE, point, yearly
from pipelines.reports.value import REASONS, About, Value

_KEY_FIGURES = ("system_entries", "system_lasting_exit_12")
_RETENTION = {12: "system_retention_12", 24: "system_retention_24"}
_RETURNS = {later("12 mois"): "system_return_12", later("6 mois"): "system_return_6"}
_LONGEST = 36
# Not those of the systems: a profile is none of them.
_PROFILES = {"ONE_STABLE": theme.nth(5), "ONE_RETURN": theme.nth(7), "SEVERAL_STABLE": theme.nth(4), "REVOLVING": theme.nth(3)}
# Only what all of a year's entries have had the time to reach.
_SURVIVAL = """
    select system, cohort, months, at_risk, retention from mart.system_survival
    where mature and months <= $longest and cohort::integer <= year($period) order by system, cohort, months
"""
_FOLLOWED = "select valid_from, value from core.parameter where parameter = 'reregistration_months' order by valid_from"


def _build(book: Book) -> tuple[Block, ...]:
    start = opening(book, "system_entries")
    if not came(book, *_KEY_FIGURES):
        return (start,)
    return noted(
        book,
        (
            start,
            cards(book, tr("Chiffres clés"), indicators=_KEY_FIGURES),
            *_retention(book),
            *(lacking(book, "system_return_12", "system", grain="year") or (_returns(book),)),
            *(lacking(book, "trajectory_profile_24", "profile", grain="year") or (_profiles(book), _revolving(book))),
            *ends(book, "CHOMAGE", outcomes="registration_outcome", rests_on="cii_share_of_jobseekers", services="system_recipients"),
            *(lacking(book, "orp_reregistration_rate", grain="year") or (_reregistrations(book),)),
        ),
    )


def _retention(book: Book) -> tuple[Block, ...]:
    rows = book.rows(_SURVIVAL, longest=_LONGEST)
    curves: dict[str, dict[str, tuple[Point, ...]]] = {}
    for (system, cohort), group in groupby(rows.iter_rows(), key=itemgetter(0, 1)):
        points = tuple(_at_month(*cells) for _, _, *cells in group)
        if any(one.value is not None for one in points):
            curves.setdefault(system, {})[cohort] = points
    if not curves:
        return lacking(book, "system_entries", "system")
    elsewhere = {months: references(book, indicator) for months, indicator in _RETENTION.items()}
    about = (
        About(tr("Encore dans le système"), tr(COLUMNS["retention"].meaning), "part", book.catalogue["system_entries"].source),
        *book.about(*_RETENTION.values()),
    )
    panels = tuple(
        Chart(
            slug=f"retention_{system.lower()}",
            title=f"{label('system', system)} ({tr(SHORT[system])})",
            about=about,
            series=(*cohorts(curves[system], colour=theme.system(system)), *_elsewhere(elsewhere, system)),
            axis="number",
            axis_title=tr("{months} depuis l'entrée", months=labelled(COLUMNS["months"])),
            compact=True,
            highest=1.0,
        )
        for system in in_list_order("system", curves)
    )
    notes = (
        *((tr(HALF_YEARS),) if book.controlled else ()),
        tr(
            "Une ligne par année d'entrée; en couleur les deux dernières dont toutes les entrées ont douze mois de recul, en gris les "
            "autres. Une durée que toutes les entrées de l'année n'ont pas encore eu le temps d'atteindre n'est pas montrée: elle serait "
            "provisoire."
        ),
        *(tr("Losange – {reference}", reference=one) for one in compared_with(elsewhere[12])),
    )
    title = tr("Combien sont encore dans le système, par année d'entrée")
    return (Panels(slug="retention", title=title, about=about, charts=panels, notes=notes),)


def _at_month(months: int, at_risk: int, retention: float | None) -> Point:
    text = tr(REASONS["NOT_APPLICABLE"]) if retention is None else formats.percent(retention)
    return Point(months, retention, text, f"{formats.inside(labelled(COLUMNS['at_risk']))}: {formats.number(at_risk)}")


def _elsewhere(known: dict[int, dict], system: str) -> tuple[Series, ...]:
    """What was published for another population, by whom it speaks of."""
    found = [(months, known[months][system]) for months in known if system in known[months]]
    return tuple(
        Series(tr(population), theme.INK, tuple(Point(months, one.value, one.text, one.source) for months, one in group), "mark", ELSEWHERE)
        for population, group in ((name, list(items)) for name, items in groupby(found, key=lambda item: item[1].population))
    )


def _returns(book: Book) -> Panels:
    systems = in_list_order("system", values(book, "system_return_12", "system", grain="year"))
    about = book.about(*_RETURNS.values())
    panels = tuple(
        Chart(
            slug=f"returns_{system.lower()}",
            title=f"{label('system', system)} ({tr(SHORT[system])})",
            about=about,
            series=tuple(
                Series(tr(name), colour, yearly(book, indicator, "system", system))
                for (name, indicator), colour in zip(_RETURNS.items(), (theme.system(system), theme.QUIET), strict=True)
            ),
            axis="year",
            compact=True,
        )
        for system in systems
    )
    notes = (tr("Année: celle où les six ou douze mois après la sortie sont passés."),)
    title = tr("Qui revient dans le même système, dans les six et les douze mois")
    return Panels(slug="returns", title=title, about=about, charts=level(panels), notes=notes)


def _years(book: Book, indicator: str, dimension: str) -> tuple[dict[str, tuple[Value, ...]], list[dt.date], tuple[str, ...]]:
    """The values of an indicator by year of entry, the years that are final, and the sentence on those that are not."""
    known = values(book, indicator, dimension, grain="year")
    years = sorted({value.period for found in known.values() for value in final(found)})
    others = sorted({value.period for found in known.values() for value in found if value.value is not None} - set(years))
    named = ", ".join(str(one.year) for one in others)
    said = tr("Entrées non montrées, car les 24 mois d'après, ou les mois d'avant, ne sont pas tous connus: {years}.", years=named)
    return known, years, (said,) if others else ()


def _profiles(book: Book) -> Chart:
    known, years, withheld = _years(book, "trajectory_profile_24", "profile")
    elsewhere = references(book, "trajectory_profile_24")
    codes = in_list_order("profile", known)
    cantonal = tuple(
        Series(label("profile", code), _PROFILES[code], tuple(_of_year(value) for value in known[code] if value.period in years), "bar")
        for code in codes
    )
    published = tuple(
        Series(label("profile", code), _PROFILES[code], (Point(tr(one.population), one.value, one.text, one.source),), "bar", ELSEWHERE)
        for code in codes
        if (one := elsewhere.get(code))
    )
    return Chart(
        slug="profiles",
        title=tr("Ce que contiennent les deux ans après l'entrée, par année d'entrée"),
        about=book.about("trajectory_profile_24"),
        series=(*cantonal, *published) if years else cantonal,
        axis="category",
        stacked=True,
        notes=(*withheld, *compared_with(elsewhere)),
    )


def _of_year(value: Value) -> Point:
    return replace(point(value), x=str(value.period.year))


def _revolving(book: Book) -> Table:
    """The whole and each age group, a column per year of entry."""
    known, years, withheld = _years(book, "revolving_door_rate", "age_group")
    whole = values(book, "revolving_door_rate", grain="year")["total"]
    lines = {tr("Ensemble"): whole} | {label("age_group", code): known[code] for code in in_list_order("age_group", known)}
    return Table(
        slug="revolving",
        title=tr("Effet tourniquet par année d'entrée"),
        columns=heads((tr("Âge à l'entrée"),), [str(year.year) for year in years]),
        rows=tuple(
            (
                Cell(name, kind="text"),
                *(Cell(written(value := at(found, year)), value.detail if value else "", shows=value) for year in years),
            )
            for name, found in lines.items()
            if any(value.denominator for value in found)
        ),
        notes=withheld,
        about=book.about("revolving_door_rate"),
    )


def _reregistrations(book: Book) -> Chart:
    followed_for = book.rows(_FOLLOWED).rows()
    spans = [tr("{number} dès {month}", number=formats.number(value), month=formats.month(day)) for day, value in followed_for]
    followed = tr(
        "Mois pendant lesquels une réinscription est cherchée: {spans}. Avant et après ne se comparent pas.", spans="; ".join(spans)
    )
    return Chart(
        slug="reregistrations",
        title=tr("Réinscriptions à l'ORP"),
        about=book.about("orp_reregistration_rate"),
        series=(Series(tr("Réinscriptions à l'ORP"), theme.nth(0), yearly(book, "orp_reregistration_rate")),),
        axis="year",
        notes=(followed,) if spans else (),
        parted=tuple((day, tr("{number} mois de recherche", number=formats.number(value))) for day, value in followed_for[1:]),
    )


PAGE = Page(slug="retours", title=later("Durées, sorties et retours"), order=14, build=_build, packs=(GP_CII, LEGISLATURE))
