"""How what stands behind a figure is said, the same on the command line and in the packs."""

import datetime as dt

from pipelines.reports.explained import Published, Target, Version
from pipelines.reports.formats import day, number, percent, short_month, span
from pipelines.reports.language import tr
from pipelines.reports.record import QUALIFIED
from pipelines.reports.value import About, Value

_SMALLEST = 0.001  # share of lines, as it is written


def months_read(first: dt.date | None, last: dt.date) -> str:
    """The months a figure reads; all up to the last, where there is no first."""
    if first is None:
        return tr("tous jusqu'à {month}", month=short_month(last))
    return span(short_month(first), short_month(last))


def version(one: Version, about: About) -> str:
    """Which definition counted a figure, and what the one before it gives, where there was one."""
    said = tr("{number}, en usage depuis le {day}", number=one.number, day=day(one.valid_from))
    if one.number == 1:
        return said
    before = one.number - 1
    if one.value_before is None:
        return tr("{said}; la version {number} ne donnait pas de chiffre", said=said, number=before)
    return tr("{said}; la version {number} donnait {amount}", said=said, number=before, amount=amount(about, one.value_before))


def state(value: Value, *, lacking: bool) -> str:
    """What keeps a figure from being final, as in the reports."""
    owed = tr("incomplet: il manque des livraisons dues") if lacking else tr("incomplet")
    final = tr("complet") if value.complete else owed
    return final if value.mature else tr("{state}; provisoire: sa fenêtre dépasse les mois livrés", state=final)


def target(one: Target, about: About) -> str:
    """What is aimed at, by when, and who says so."""
    return tr("{amount} au {day} ({source})", amount=amount(about, one.value), day=day(one.date), source=one.source)


def published(one: Published, about: About) -> str:
    """What was published, and whether the rows give it."""
    verdict = {True: tr("concorde"), False: tr("NE CONCORDE PAS"), None: tr("pas encore comparable")}[one.matches]
    # No message is empty: in a catalogue that one is its heading.
    qualifier = tr(QUALIFIED[one.qualifier])
    return f"{qualifier}{amount(about, one.published)}, {verdict} ({one.source})"


def rejected(count: int, share: float | None) -> str:
    """How many lines were rejected, and their share; a few among very many are not none."""
    if not count or share is None:
        return number(count)
    return f"{number(count)} ({f'< {percent(_SMALLEST)}' if share < _SMALLEST else percent(share)})"


def amount(about: About, value: float) -> str:
    """A value of an indicator as it is written."""
    return percent(value) if about.share else number(value)
