"""How numbers, shares and dates are written in the language of the report.

CLDR gives fr-CH a narrow no-break space between thousands. The canton, like the Confederation, writes an apostrophe, and
so does this project: `1’234`, `61,3 %`, 28.02.2013; in German `1’234`, `61.3 %`, 28.02.2013.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipelines.contracts.months import FRENCH, GERMAN
from pipelines.reports.language import Language, agreeing, language, later, tr

_LISTED = 6
_PLURAL = re.compile(r"\b(?!mois\b|cas\b|fois\b)(\w+)s\b")
HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class _Manner:
    """How a language writes: its region, its decimal sign, the names of months and days."""

    region: str
    point: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]


_MANNERS: dict[Language, _Manner] = {
    "fr": _Manner(
        "fr-CH",
        ",",
        FRENCH,
        ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
        ("dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"),
        ("dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."),
    ),
    "de": _Manner(
        "de-CH",
        ".",
        GERMAN,
        ("Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
        ("Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"),
        ("So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"),
    ),
}


def _manner() -> _Manner:
    return _MANNERS[language()]


_QUARTERS = (later("1er trimestre {year}"), later("2e trimestre {year}"), later("3e trimestre {year}"), later("4e trimestre {year}"))


def number(value: float, decimals: int | None = None) -> str:
    """`1’234`; a decimal only where there is one and the number is below a thousand, unless their count is given."""
    digits = decimals_of(value) if decimals is None else decimals
    text = f"{abs(value):,.{digits}f}".replace(",", "’").replace(".", _manner().point)
    return f"{MINUS}{text}" if value < 0 and text.strip("0,.") else text


def decimals_of(value: float) -> int:
    """How many decimals a number is written with, unless their count is given."""
    return int(round(value, 1) % 1 != 0 and abs(value) < 1000)


def percent(share: float, decimals: int = 1) -> str:
    """`61,3 %` for 0.613."""
    return f"{number(share * 100, decimals)}{HARD_SPACE}%"


def signed(value: float, decimals: int | None = None) -> str:
    """`+3`, `−2`, or `0`."""
    text = number(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0,.") else text


def known(value: float | None, decimals: int | None = None, *, absent: str = "–") -> str:
    """The number, or what stands where there is none."""
    return absent if value is None else number(value, decimals)


def day(date: dt.date | None) -> str:
    """`28.02.2013`; a dash where there is none."""
    return date.strftime("%d.%m.%Y") if date else "–"


def month(date: dt.date) -> str:
    """`février 2013`."""
    return f"{month_name(date)} {date.year}"


def month_name(date: dt.date) -> str:
    """`février`."""
    return _manner().months[date.month - 1]


def short_month_name(date: dt.date) -> str:
    """`févr.`."""
    return _manner().short_months[date.month - 1]


def short_month(date: dt.date) -> str:
    """`févr. 2013`."""
    return f"{short_month_name(date)}{HARD_SPACE}{date.year}"


def period(date: dt.date, grain: str) -> str:
    """`févr. 2013`, `1er trimestre 2013` or `2013`, by the period that begins on that day."""
    if grain == "year":
        return str(date.year)
    if grain == "month":
        return short_month(date)
    quarter = (date.month + 2) // 3
    return tr(_QUARTERS[quarter - 1], year=date.year)


def span(first: str, last: str) -> str:
    """`mars à mai`, or the one of two equal ends."""
    return first if first == last else tr("{first} à {last}", first=first, last=last)


def several_months(dates: Sequence[dt.date]) -> str:
    """The months by name where they are few, else the first, the last and their count."""
    names = [short_month(date) for date in dates]
    if len(names) <= _LISTED:
        return ", ".join(names)
    return f"{span(names[0], names[-1])}, {counted(len(names), 'mois', 'mois')}"


def inside(title: str) -> str:
    """A title as it stands within a sentence: `dossiers du Réseau CII NE`; German nouns keep their capital."""
    return title[:1].lower() + title[1:] if language() == "fr" else title


def opening(words: str) -> str:
    """Words that open a sentence."""
    return words[:1].upper() + words[1:]


def counted(count: float, singular: str, plural: str) -> str:
    """`1 ligne`, `2 lignes`; a language in which the number does not stand first says `{n}` where it does."""
    words = agreeing(count, singular, plural)
    return words.format(n=number(count)) if "{n}" in words else f"{number(count)} {words}"


def of_points(points: float) -> str:
    """What the change of a share is counted in, `1 point de pourcentage`; those of the observation grid are other points."""
    return agreeing(points, "point de pourcentage", "points de pourcentage")


def of_unit(value: float, unit: str) -> str:
    """`1 dossier`, `2 dossiers`: the catalogue names units in the French plural."""
    return counted(value, one_of(unit), unit)


def several(unit: str) -> str:
    """A unit as it stands beside figures, whatever they are."""
    return agreeing(2, one_of(unit), unit)


def one_of(unit: str) -> str:
    """The French singular of a unit."""
    return _PLURAL.sub(r"\1", unit)


@dataclass(frozen=True)
class Amount:
    """A number or a day as a program counts with it, and how it is written.

    Attributes:
        value: shares are from 0 to 1.
        kind: a number, a share in per cent, a change with its sign, a day, the month or the year that begins on it, or a number that
            names, as that of a line does.
        decimals: how many, where that does not follow from the number.
        before: the words before it.
        after: what follows it, as a star does.
    """

    value: float | dt.date
    kind: Literal["number", "share", "change", "day", "month", "year", "name"] = "number"
    decimals: int | None = None
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The amount as it is read."""
        return f"{self.before}{self._written}{self.after}"

    @property
    def _written(self) -> str:
        if isinstance(self.value, dt.date):
            return day(self.value) if self.kind == "day" else period(self.value, self.kind)
        if self.kind == "name":
            return str(self.value)
        if self.kind == "share":
            return percent(self.value, 1 if self.decimals is None else self.decimals)
        return signed(self.value, self.decimals) if self.kind == "change" else number(self.value, self.decimals)


def moved(change: float, *, share: bool) -> Amount:
    """By how much a figure changed: a share by so many points."""
    if not share:
        return Amount(change, "change")
    return Amount(round(100 * change, 6), "change", 2, after=f" {of_points(round(100 * change, 2))}")


def for_plotly() -> dict[str, Any]:
    """What plotly needs to write as this module does; plotly.js ships English only."""
    manner = _manner()
    return {
        "name": manner.region,
        "separators": f"{manner.point}’",
        "format": {
            "months": [opening(name) for name in manner.months],
            "shortMonths": list(manner.short_months),
            "days": list(manner.days),
            "shortDays": list(manner.short_days),
            "date": "%d.%m.%Y",
        },
    }
