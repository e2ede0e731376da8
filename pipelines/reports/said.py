"""How what stands behind a figure is said, the same on the command line and in the packs."""

import datetime as dt

from pipelines.reports.explained import Published, Target, Version
from pipelines.reports.formats import day, number, percent, short_month
from pipelines.reports.record import QUALIFIED
from pipelines.reports.value import About, Value

_SMALLEST = 0.001  # share of lines, as it is written


def months_read(first: dt.date | None, last: dt.date) -> str:
    """The months a figure reads; all up to the last, where there is no first."""
    if first is None:
        return f"tous jusqu'à {short_month(last)}"
    return short_month(last) if first == last else f"{short_month(first)} à {short_month(last)}"


def version(one: Version, about: About) -> str:
    """Which definition counted a figure, and what the one before it gives, where there was one."""
    said = f"{one.number}, en usage depuis le {day(one.valid_from)}"
    if one.number == 1:
        return said
    given = "ne donnait pas de chiffre" if one.value_before is None else f"donnait {amount(about, one.value_before)}"
    return f"{said}; la version {one.number - 1} {given}"


def state(value: Value, *, lacking: bool) -> str:
    """What keeps a figure from being final, as in the reports."""
    owed = "incomplet: il manque des livraisons dues" if lacking else "incomplet"
    final = "complet" if value.complete else owed
    return final if value.mature else f"{final}; provisoire: sa fenêtre dépasse les mois livrés"


def target(one: Target, about: About) -> str:
    """What is aimed at, by when, and who says so."""
    return f"{amount(about, one.value)} au {day(one.date)} ({one.source})"


def published(one: Published, about: About) -> str:
    """What was published, and whether the rows give it."""
    verdict = {True: "concorde", False: "NE CONCORDE PAS", None: "pas encore comparable"}[one.matches]
    return f"{QUALIFIED[one.qualifier]}{amount(about, one.published)}, {verdict} ({one.source})"


def rejected(count: int, share: float | None) -> str:
    """How many lines were rejected, and their share; a few among very many are not none."""
    if not count or share is None:
        return number(count)
    return f"{number(count)} ({f'< {percent(_SMALLEST)}' if share < _SMALLEST else percent(share)})"


def amount(about: About, value: float) -> str:
    """A value of an indicator as it is written."""
    return percent(value) if about.share else number(value)
