"""The legislature year by year: the key figures of every family, and beside them what was published and what the rows give."""

from collections.abc import Iterable

from pipelines.reports import formats
from pipelines.reports.book import Book, under_way, values
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.files import LEGISLATURE
from pipelines.reports.language import later, tr
from pipelines.reports.measures import STARRED, written
from pipelines.reports.record import agreement, record, record_table
from pipelines.reports.value import Grain, Value

# The movements of a month have no year to stand for: those who came and went are read from what has added up.
_FAMILIES = {
    later("Parcours entre les services"): (
        "system_recipients",
        "system_multiple_share",
        "revolving_door_rate",
        "orp_reregistration_rate",
        "youth_state",
        "cii_share_of_jobseekers",
    ),
    later("Case management formation professionnelle (CM-FP)"): (
        "cm_fp_announced",
        "cm_fp_open",
        "cm_fp_closed",
        "cm_fp_solutions",
        "cm_fp_solution_rate",
        "cm_fp_eligible_solution_rate",
        "cm_fp_median_days",
    ),
    later("Programmes d'emploi temporaire (PSET)"): ("pset_places", "pset_places_social_aid", "pset_occupancy"),
    later("Mesures"): (
        "measure_places",
        "measure_participants",
        "measure_occupancy",
        "measure_entries",
        "measure_placement_rate",
        "measure_mixed_share",
        "measure_cost",
    ),
    later("Réseau CII NE"): ("reseau_detected", "reseau_open", "reseau_days_to_plan", "reseau_reinsertion_rate"),
    later("Entreprises sociales productives (NE-ESO)"): ("ne_eso_candidacies", "ne_eso_hired", "ne_eso_posts", "ne_eso_left_social_aid"),
    later("Intervention précoce"): ("early_intervention_open", "early_intervention_load"),
    later("Axes et conventions"): ("axis_actions", "agreements_in_force"),
}
# A sum of the year, and what is counted by year of entry: of a year that goes on, a report of the past would know too much.
_BY_YEAR = ("revolving_door_rate", "orp_reregistration_rate", "measure_entries", "measure_cost", "axis_actions", "agreements_in_force")
_DECEMBER = 12
_NOTES = (
    later(
        "Un stock et un nombre cumulé sont ceux de fin décembre, une somme celle de l'année, un taux ou une durée ceux de l'année ou des "
        "douze mois jusqu'à fin décembre."
    ),
    later("–: non applicable, ces données n'existaient pas encore; ou ce qui décide de l'année n'est pas encore connu."),
    STARRED,
)


def _build(book: Book) -> tuple[Block, ...]:
    published = record(book)
    state = tr("État à fin {month}.", month=formats.month(book.period))
    return (Text((state, *agreement(published))), _table(book), record_table(book, published))


def _table(book: Book) -> Table:
    families = {family: [one for one in indicators if _told(book, one)] for family, indicators in _FAMILIES.items()}
    shown = [indicator for indicators in families.values() for indicator in indicators]
    first = min((min(_told(book, indicator)) for indicator in shown), default=book.period.year)
    years = range(first, book.period.year + 1)
    rows: list[tuple[Cell, ...]] = []
    for family, indicators in families.items():
        if indicators:
            rows += [(Cell(tr(family)),), *(_row(book, indicator, years) for indicator in indicators)]
    return Table(
        slug="years",
        title=tr("Chiffres clés par année"),
        columns=heads((tr("Indicateur"),), (_head(book, year) for year in years)),
        rows=tuple(rows),
        notes=tuple(map(tr, _NOTES)),
        about=book.about(*shown),
        empty=tr("Aucun chiffre n'est connu."),
    )


def _told(book: Book, indicator: str) -> list[int]:
    """The years of which there is a figure, shown or hidden."""
    return [year for year, value in _line(book, indicator).items() if value.value is not None or value.hidden]


def _line(book: Book, indicator: str) -> dict[int, Value]:
    """What is told of each year, or why it is not: of the year itself once all of it is known, or of the month with which it ends."""
    if indicator in _BY_YEAR:
        known = [value for value in _total(book, indicator, "year") if value.mature and not under_way(book, value.period, "year")]
    else:
        known = [value for value in _total(book, indicator, "month") if value.period.month == _DECEMBER or value.period == book.period]
    return {value.period.year: value for value in known}


def _total(book: Book, indicator: str, grain: Grain) -> tuple[Value, ...]:
    return values(book, indicator, grain=grain).get("total", ())


def _row(book: Book, indicator: str, years: Iterable[int]) -> tuple[Cell, ...]:
    (about,) = book.about(indicator)
    line = _line(book, indicator)
    return (Cell(about.label, about.shown_unit, kind="text name"), *(_cell(line.get(year)) for year in years))


def _cell(value: Value | None) -> Cell:
    if value is None:
        return Cell("–")
    return Cell(written(value), value.detail if value.about.share else "", shows=value)


def _head(book: Book, year: int) -> str:
    going_on = year == book.period.year and book.period.month < _DECEMBER
    return tr("Fin {month}", month=formats.short_month(book.period)) if going_on else str(year)


PAGE = Page(slug="annees", title=later("Année par année"), order=5, build=_build, packs=(LEGISLATURE,), annex=False)
