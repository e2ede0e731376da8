"""Case management for vocational training: stock, flow, solutions, rates and how long it takes."""

from dataclasses import replace
from itertools import groupby
from operator import itemgetter

import polars as pl

from pipelines.contracts.export import Period
from pipelines.contracts.registry import COLUMNS
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, in_list_order, label, latest_period
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.content import Block, Page
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.language import labelled, later, tr
from pipelines.reports.paths import HALF_YEARS, cohorts
from pipelines.reports.record import counted, published, published_until, record
from pipelines.reports.sentences import changed
from pipelines.reports.series import by_code, total
from pipelines.reports.value import REASONS, About

_STOCK = {"cm_fp_announced": 6, "cm_fp_closed": 2, "cm_fp_open": 0, "cm_fp_vanished": 5}
# What the page opens with: how many are open, what came of the others, and how long that took.
_LEAD = ("cm_fp_open", "cm_fp_solutions", "cm_fp_solution_rate", "cm_fp_median_days")
_LATEST = later("En couleur les deux dernières années d'annonce qui ont douze mois de recul, en gris les autres.")
_SINCE = later("Mois écoulés depuis l'annonce")
_RATES = {"cm_fp_eligible_solution_rate": 0, "cm_fp_training_or_job_rate": 2, "cm_fp_solution_rate": 1}


def _build(book: Book) -> tuple[Block, ...]:
    # The movements of a month, and curves that move with every delivery, are not told to everybody.
    moving, still = ((), (_solved,)) if book.controlled else ((_flow,), (_by_outcome, _by_cohort))
    parts = (_stock, *moving, _record, _solutions, _rates, _duration, *still)
    return published_until(book, (changed(book, *_LEAD), *(part(book) for part in parts)), family="cm_fp")


def _stock(book: Book) -> Chart:
    lines = {indicator: total(book, indicator, colour=theme.nth(place)) for indicator, place in _STOCK.items()}
    marks = [published(book, indicator, label=line.label, colour=line.colour) for indicator, line in lines.items()]
    series = (*lines.values(), *(mark for mark in marks if mark.points))
    return Chart(slug="stock", title=tr("Dossiers annoncés, clos et ouverts"), about=book.about(*_STOCK), series=series)


def _flow(book: Book) -> Chart:
    series = (
        total(book, "cm_fp_entries", colour=theme.nth(0), kind="bar"),
        total(book, "cm_fp_exits", colour=theme.nth(1), kind="bar"),
    )
    title = tr("Annonces et clôtures par mois")
    return Chart(slug="flow", title=title, about=book.about("cm_fp_entries", "cm_fp_exits"), series=series)


def _record(book: Book) -> Chart:
    rows = [
        row
        for row in record(book, "cm_fp_solutions", "cm_fp_out_of_criteria")
        if row["grain"] == "month" and (row["dimension"] == "outcome" or row["indicator"] == "cm_fp_out_of_criteria")
    ]
    from_rows = tuple(replace(_figure_point(row, row["computed"]), shows=counted(book, row)) for row in rows)
    printed = tuple(_figure_point(row, row["published"]) for row in rows)
    months = sorted({row["period"] for row in rows})
    return Chart(
        slug="record",
        title=tr("Clôtures par motif: comptées et publiées"),
        about=book.about("cm_fp_solutions", "cm_fp_out_of_criteria"),
        series=(Series(tr("Compté dans les lignes"), theme.nth(0), from_rows, "bar"), Series(tr("Publié"), theme.nth(1), printed, "mark")),
        axis="category",
        notes=tuple(tr("État à fin {month}, mois des chiffres publiés.", month=formats.month(month)) for month in months),
    )


def _figure_point(row: dict, value: float | None) -> Point:
    return Point(tr(row["figure"]).split(": ")[-1], value, formats.known(value, absent=tr(REASONS["NOT_RECEIVED"])))


def _solutions(book: Book) -> Chart:
    series = by_code(book, "cm_fp_solutions", "outcome", code_list="cm_fp_outcome")
    title = tr("Solutions par issue, cumulées depuis 2009")
    return Chart(slug="solutions", title=title, about=book.about("cm_fp_solutions"), series=series)


def _rates(book: Book) -> Chart:
    series = tuple(total(book, indicator, colour=theme.nth(place)) for indicator, place in _RATES.items())
    return Chart(slug="rates", title=tr("Taux de solutions, cumulés depuis 2009"), about=book.about(*_RATES), series=series)


def _duration(book: Book) -> Chart:
    series = (total(book, "cm_fp_median_days"),)
    title = tr("Durée médiane jusqu'à une solution")
    return Chart(slug="duration", title=title, about=book.about("cm_fp_median_days"), series=series)


def _incidence(book: Book) -> About:
    return About(tr("Incidence cumulée"), tr(COLUMNS["incidence"].meaning), "part", book.catalogue["cm_fp_closed"].source)


def _incidence_chart(book: Book, slug: str, *, title: str, series: tuple[Series, ...]) -> Chart:
    last = latest_period(book.con, dataset="cm_fp_dossiers") or book.period
    notes = (
        tr("Pointillé: provisoire, tous les dossiers de la cohorte n'ont pas encore atteint cette durée."),
        tr("Les dossiers ouverts comptent jusqu'à la fin du dernier mois livré ({day}).", day=formats.day(Period(last).last)),
    )
    axis_title = tr(_SINCE)
    return Chart(slug=slug, title=title, about=(_incidence(book),), series=series, axis="number", axis_title=axis_title, notes=notes)


def _by_outcome(book: Book) -> Chart:
    """All cohorts together, an outcome per line."""
    rows = book.rows(
        """
        select outcome, months, incidence, at_risk, mature from mart.outcome_incidence
        where process = 'CM_FP' and cohort = 'ALL' and at_risk > 0 order by outcome, months
        """
    )
    by_outcome = _incidence_points(rows)
    series = tuple(
        Series(label("cm_fp_outcome", code), theme.colour("cm_fp_outcome", code), by_outcome[code])
        for code in in_list_order("cm_fp_outcome", by_outcome)
    )
    title = tr("Incidence cumulée de chaque issue, toutes années d'annonce")
    return _incidence_chart(book, "incidence_outcome", title=title, series=series)


def _by_cohort(book: Book) -> Chart:
    """All solutions together, a year of announcement per line: incidences of competing outcomes add up."""
    rows = book.rows(
        """
        select i.cohort, i.months, round(sum(i.incidence), 9) as incidence, min(i.at_risk) as at_risk, bool_and(i.mature) as mature
        from mart.outcome_incidence i
        join core.code c on c.list = 'cm_fp_solution' and c.code = i.outcome
        where i.process = 'CM_FP' and i.cohort <> 'ALL' and i.at_risk > 0
        group by i.cohort, i.months order by i.cohort, i.months
        """
    )
    series = cohorts(_incidence_points(rows), colour=theme.nth(0), named=True)
    title = tr("Incidence cumulée d'une solution, par année d'annonce")
    return _incidence_chart(book, "incidence_cohort", title=title, series=series)


def _solved(book: Book) -> Chart:
    """All solutions together, a year of announcement per line, at the half-years that may be told."""
    rows = book.rows("select cohort, months, incidence, entered from mart.cm_fp_solved order by cohort, months")
    lines = {
        cohort: tuple(Point(months, share, formats.percent(share), f"n = {formats.number(entered)}") for _, months, share, entered in group)
        for cohort, group in groupby(rows.iter_rows(), key=itemgetter(0))
    }
    return Chart(
        slug="solved",
        title=tr("Part des dossiers avec une solution, par année d'annonce"),
        about=book.about("cm_fp_solution_rate"),
        # Of whom only the beginning may be told, there is no line.
        series=cohorts({cohort: points for cohort, points in lines.items() if len(points) > 1}, colour=theme.nth(0), named=True),
        axis="number",
        axis_title=tr(_SINCE),
        notes=(tr(HALF_YEARS), tr(_LATEST)),
    )


def _incidence_points(rows: pl.DataFrame) -> dict[str, tuple[Point, ...]]:
    """The points of each line; the rows of a line stand together."""
    at_risk_label = formats.inside(labelled(COLUMNS["at_risk"]))
    return {
        line: tuple(
            Point(months, incidence, formats.percent(incidence), f"{at_risk_label}: {formats.number(at_risk)}", not mature)
            for _, months, incidence, at_risk, mature in group
        )
        for line, group in groupby(rows.iter_rows(), key=itemgetter(0))
    }


PAGE = Page(
    slug="cm_fp",
    title=later("Case management formation professionnelle (CM-FP)"),
    order=20,
    build=_build,
    packs=(GP_CII, LEGISLATURE),
    annex=False,
)
