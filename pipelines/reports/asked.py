"""Which figure somebody means: the words they typed, held against what the copy has."""

import datetime as dt
from collections.abc import Sequence
from typing import get_args

from rapidfuzz import fuzz, process

from pipelines import duck
from pipelines.errors import CiiError
from pipelines.reports.book import first_of
from pipelines.reports.formats import number, period
from pipelines.reports.value import Figure, Grain

_BY = {"month": "mois", "quarter": "trimestre", "year": "année"}
_LIKE = 60  # of 100: how much of a word must be like another to be suggested
_LISTED = 12

_CATALOGUE = "select indicator, label, string_split(grains, ', ') from mart.indicator order by indicator"
_PERIODS = "select min(period), max(period) from mart.figure_period where indicator = $indicator and grain = $grain"
_MEMBERS = """
select dimension, member from mart.indicator_value where indicator = $indicator and grain = $grain and period = $period order by all
"""


def figure_asked(
    con: duck.Connection,
    indicator: str,
    day: dt.date,
    *,
    grain: str | None = None,
    dimension: str | None = None,
    member: str | None = None,
) -> Figure:
    """The figure that is meant.

    Args:
        con: the published copy.
        indicator: its name in the catalogue.
        day: a day of the period.
        grain: month, quarter or year; the finest that the indicator has, unless said.
        dimension: the breakdown; the total, unless said.
        member: the code of the member.

    Raises:
        CiiError: there is no such figure; says what there is, and what was likely meant.
    """
    by = _grain(con, indicator, grain)
    first = first_of(day, by)
    _refuse_a_period_without_figures(con, indicator, first, grain=by)
    members: dict[str, list[str]] = {}
    for each, one in duck.frame(con, _MEMBERS, {"indicator": indicator, "grain": by, "period": first}).iter_rows():
        members.setdefault(each, []).append(one)
    dimension = dimension or (None if member else "total")
    if dimension is None or dimension not in members:
        raise CiiError(f"«{indicator}» {_not_by(dimension, member=member)}: {_offered(dimension or '', list(members), 'ventilation')}.")
    member = member or ("total" if dimension == "total" else None)
    if member not in members[dimension]:
        missing = f"n'a pas de modalité «{member}» par {dimension}" if member else f"se lit par {dimension} avec --member"
        raise CiiError(f"«{indicator}» {missing}: {_offered(member or '', members[dimension], 'modalité')}.")
    return Figure(indicator, by, first, dimension, member)


def _grain(con: duck.Connection, indicator: str, asked: str | None) -> Grain:
    catalogue = {name: (label, grains) for name, label, grains in con.execute(_CATALOGUE).fetchall()}
    if indicator not in catalogue:
        spelled = {spelling: name for name, (label, _) in catalogue.items() for spelling in (name, label.lower())}
        near = dict.fromkeys(spelled[one] for one in _nearest(indicator.lower(), list(spelled)))
        told = ", ".join(f"«{name}» ({catalogue[name][0]})" for name in near)
        guess = f" Les plus proches: {told}." if told else ""
        listed = f"«cii dictionary» et la table mart.indicator listent les {len(catalogue)} qu'il y a"
        raise CiiError(f"Il n'y a pas d'indicateur «{indicator}».{guess} {listed}.")
    label, grains = catalogue[indicator]
    if asked and asked not in grains:
        raise CiiError(
            f"«{indicator}» ({label}) ne se lit pas par {_BY[asked]}: il se lit par {' et par '.join(_BY[one] for one in grains)}."
        )
    finest: Grain = next(one for one in get_args(Grain) if one in grains and asked in (None, one))
    return finest


def _refuse_a_period_without_figures(con: duck.Connection, indicator: str, first: dt.date, *, grain: Grain) -> None:
    ends = con.execute(_PERIODS, {"indicator": indicator, "grain": grain}).fetchone() or (None, None)
    if ends[0] is None:
        raise CiiError(f"«{indicator}» n'a encore aucun chiffre: aucune livraison dont il a besoin n'est en vigueur.")
    if not ends[0] <= first <= ends[1]:
        of = [period(one, grain) for one in (first, *ends)]
        raise CiiError(f"«{indicator}» n'a pas de chiffre pour {of[0]}: il en a de {of[1]} à {of[2]}.")


def _not_by(dimension: str | None, *, member: str | None) -> str:
    if dimension is None:
        return f"ne dit pas de quelle ventilation «{member}» est une modalité: ajoutez --dimension"
    return "n'a pas de total: choisissez --dimension" if dimension == "total" else f"n'a pas de ventilation «{dimension}»"


def _offered(word: str, there: Sequence[str], kind: str) -> str:
    """What there is: all where it is little, else what is most like the word."""
    if len(there) <= _LISTED:
        return f"il y a {', '.join(there)}"
    near = _nearest(word, there) or list(there[:_LISTED])
    return f"il y a {number(len(there))} {kind}s, dont {', '.join(near)}"


def _nearest(word: str, among: Sequence[str]) -> list[str]:
    found: list[tuple[str, float, int]] = process.extract(word, among, scorer=fuzz.WRatio, score_cutoff=_LIKE, limit=3)
    return [text for text, _, _ in found]
