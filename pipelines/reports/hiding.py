"""Why a figure is hidden from those who know the persons, in words, and what the packs tell of it instead."""

import polars as pl

from pipelines import duck
from pipelines.contracts.export import Period
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.shown import shown
from pipelines.errors import CiiError
from pipelines.reports import formats
from pipelines.reports.book import MONTHS_IN, latest_period, open_book, value_at
from pipelines.reports.language import later, tr
from pipelines.reports.value import HIDDEN, Figure

# What the marks mean that are the same whatever the thresholds; words for `tr`.
OF_ANY_THRESHOLD = {
    "PROTECTED": later("un chiffre sous le seuil s'en déduirait"),
    "HELD_BACK": later("ce qui bouge de mois en mois montrerait une personne"),
}


def reasons(thresholds: Thresholds) -> dict[str, str]:
    """What each mark of a hidden figure means."""
    return {
        "BELOW_THRESHOLD": tr(
            "moins de {count} personnes, une part sur moins de {share}, une médiane sur moins de {median}",
            count=thresholds.count,
            share=thresholds.share,
            median=thresholds.median,
        ),
        **{code: tr(words) for code, words in OF_ANY_THRESHOLD.items()},
    }


def told_instead(con: duck.Connection, figure: Figure, *, thresholds: Thresholds, told: pl.DataFrame | None = None) -> str | None:
    """What the packs of the month with which its period ends say in place of a figure; None where they tell the figure itself.

    The control decides over all that says the same numbers, so that the answer does not depend on who asks; `told` is what releases
    told last.
    """
    ends = Period(figure.period).months_before(1 - MONTHS_IN[figure.grain])
    month = min(ends, latest_period(con) or ends)
    asked = {(figure.indicator, figure.dimension, figure.grain)}
    try:
        database = shown(con, month, asking=lambda _: asked, thresholds=thresholds, told=told)
    except CiiError as error:
        return str(error)
    with database:
        book = open_book(database, month, standing="provisional", thresholds=thresholds)
        instead = value_at(book, figure.indicator, dimension=figure.dimension, member=figure.member, grain=figure.grain)
    if instead.figure == figure and not instead.hidden and not instead.stood:
        return None
    if instead.stood:
        return f"{tr(HIDDEN['HELD_BACK'])}: {reasons(thresholds)['HELD_BACK']}; les rapports montrent {instead.text}, {instead.stood}"
    reason = instead.reason if instead.hidden and instead.reason else "HELD_BACK"
    return f"{tr(HIDDEN[reason])}: {reasons(thresholds)[reason]} ({formats.month(month)})"
