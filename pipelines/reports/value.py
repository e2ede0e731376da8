"""A value as pages read it: what the catalogue says of its indicator, and the words for its absence."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipelines.reports import formats
from pipelines.reports.formats import Amount
from pipelines.reports.language import later, tr

# The normal distribution's 97.5th percentile, and below how many persons a share is told with its interval.
_NORMAL, _FEW = 1.959963984540054, 100
_ON_FEW = later("IC: intervalle de confiance à 95 % (Wilson), là où le dénominateur est plus petit que {few}.")

Grain = Literal["month", "quarter", "year"]

# Words for `tr`.
REASONS = {"NOT_RECEIVED": later("Non reçu"), "NOT_APPLICABLE": later("Non applicable"), "NOT_LINKED": later("Non lié")}
# Why a figure that is known is not shown.
BULLET = "•"
HIDDEN = {"BELOW_THRESHOLD": later("• seuil"), "PROTECTED": later("• protégé"), "HELD_BACK": later("• retenu")}


class Figure(NamedTuple):
    """Which figure is meant: one cell of an indicator."""

    indicator: str
    grain: Grain
    period: dt.date
    dimension: str = "total"
    member: str = "total"


@dataclass(frozen=True)
class About:
    """What the catalogue says of an indicator.

    Attributes:
        unit: what its values count, in the French plural, whatever the language of the rest.
        linked: whether it joins what several services say of a person.
        rests_on: the services whose deliveries count, where the indicator names them.
        left_out: those of them that may not be linked, where that is asked for: what they send does not count.
        persons: whether it counts persons.
        among: whether its numerator counts some of the persons of its denominator.
        redefined: the day from which its definition is in use, where another was in use before.
    """

    label: str
    definition: str
    unit: str
    source: str
    numerator: str = ""
    denominator: str = ""
    linked: bool = False
    rests_on: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    persons: bool = False
    among: bool = False
    redefined: dt.date | None = None

    @property
    def share(self) -> bool:
        """Whether its values are shares, from 0 to 1."""
        return self.unit == "part"

    @property
    def varies(self) -> bool:
        """Whether its values are shares of persons, which chance moves where these are few; places are none."""
        return self.share and self.among

    @property
    def shown_unit(self) -> str:
        """The unit as its values are written: shares are written in per cent."""
        return tr("en %") if self.share else formats.several(self.unit)

    @property
    def basis(self) -> str:
        """What its values rest on, in words."""
        if self.share:
            of = tr("Numérateur: {numerator}. Dénominateur: {denominator}.", numerator=self.numerator, denominator=self.denominator)
            return f"{of} {tr(_ON_FEW, few=_FEW)}" if self.varies else of
        return tr("Calculé sur: {denominator}.", denominator=self.denominator)

    @property
    def meaning(self) -> str:
        """What it is, what its values rest on where that is to be said, and on which services."""
        return " ".join(filter(None, (self.definition, self.denominator and self.basis, self.services)))

    @property
    def services(self) -> str:
        """The services it rests on, in words; nothing where it names none."""
        if not self.rests_on:
            return ""
        counted = ", ".join(self.rests_on)
        if not self.linked:
            return tr("Services: {services}, chaque service pour lui-même.", services=counted)
        if not self.left_out:
            return tr("Personnes reliées entre services: {services}.", services=counted)
        return tr(
            "Personnes reliées entre services: {services}; sans base légale pour relier, donc sans: {left_out}.",
            services=counted or tr("aucun"),
            left_out=", ".join(self.left_out),
        )


def wilson(numerator: float, denominator: float) -> tuple[float, float]:
    """The 95 % confidence interval of a share, after Wilson (1927): it stays within 0 and 1, however few there are."""
    share, spread = numerator / denominator, _NORMAL**2 / denominator
    middle = share + spread / 2
    reach = _NORMAL * math.sqrt((share * (1 - share) + spread / 4) / denominator)
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


UNKNOWN = About(later("Indicateur inconnu"), later("Le catalogue ne connaît pas cet indicateur."), "", "–")


@dataclass(frozen=True)
class Value:
    """A value of an indicator in a period, ready to be written.

    Attributes:
        figure: which one it is; None where the indicator has no row for it.
        stood: the period it is of, where a later one was asked for that may not be shown.
    """

    about: About
    figure: Figure | None
    period: dt.date
    numerator: float | None
    denominator: float | None
    value: float | None
    complete: bool
    mature: bool
    reason: str | None
    stood: str = ""

    @property
    def text(self) -> str:
        """The value as it is read, or the word for its absence."""
        if self.hidden:
            return self.hidden
        if self.value is None:
            return tr(REASONS[self.reason or "NOT_APPLICABLE"])
        if self._rounded:
            return formats.percent(self.value, 0) if self.value else tr("moins de {share}", share=formats.percent(0.01, 0))
        return formats.percent(self.value) if self.about.share else formats.number(self.value)

    @property
    def amount(self) -> Amount | None:
        """The value as a program counts with it; None where there is none, or where it is only known to be small."""
        if self.value is None or (self._rounded and not self.value):
            return None
        return Amount(self.value, "share" if self.about.share else "number", 0 if self._rounded else None)

    @property
    def _rounded(self) -> bool:
        """Whether it is a share of which control leaves whole per cent: what it counts is not told with it."""
        return self.about.share and self.numerator is None and self.denominator is None

    @property
    def hidden(self) -> str:
        """Why it is hidden, in words; empty where it is not."""
        return tr(HIDDEN.get(self.reason or "", "")) if self.value is None else ""

    @property
    def detail(self) -> str:
        """What it rests on: both counts of a rate, the number behind a median; and when it was, if not now."""
        return " · ".join(filter(None, (self.counts, self._interval, self.stood)))

    @property
    def counts(self) -> str:
        """Both counts of a rate, or the number behind a median, in words."""
        if self.denominator is None:
            return ""
        if self.numerator is None:
            return f"n = {formats.number(self.denominator)}"
        return f"{formats.number(self.numerator)} / {formats.number(self.denominator)}"

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between what a share of few persons may lie by chance alone; None where there are many, or none."""
        if self.value is None or self.numerator is None or not self.denominator:
            return None
        if not self.about.varies or self.denominator >= _FEW or not 0 <= self.numerator <= self.denominator:
            return None
        return wilson(self.numerator, self.denominator)

    @property
    def _interval(self) -> str:
        if self.interval is None:
            return ""
        low, high = (formats.number(100 * end, 0) for end in self.interval)
        return tr("IC {low}–{high}", low=low, high=f"{high}{formats.HARD_SPACE}%")

    @property
    def flags(self) -> tuple[str, ...]:
        """What keeps it from being final."""
        if self.value is None:
            return ()
        return (() if self.complete else (tr("incomplet"),)) + (() if self.mature else (tr("provisoire"),))

    def grounds(self, *more: str) -> str:
        """What it rests on, what keeps it from being final, and what else there is to say of it."""
        return " · ".join(filter(None, (self.detail, *self.flags, *more)))
