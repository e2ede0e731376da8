"""A value as pages read it: what the catalogue says of its indicator, and the words for its absence."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipelines.reports import formats
from pipelines.reports.formats import Amount

Grain = Literal["month", "quarter", "year"]

REASONS = {"NOT_RECEIVED": "Non reçu", "NOT_APPLICABLE": "Non applicable", "NOT_LINKED": "Non lié"}
# Why a figure that is known is not shown.
BULLET = "•"
HIDDEN = {"BELOW_THRESHOLD": f"{BULLET} seuil", "PROTECTED": f"{BULLET} protégé", "HELD_BACK": f"{BULLET} retenu"}


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
        linked: whether it joins what several services say of a person.
        rests_on: the services whose deliveries count, where the indicator names them.
        left_out: those of them that may not be linked, where that is asked for: what they send does not count.
        persons: whether it counts persons.
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

    @property
    def share(self) -> bool:
        """Whether its values are shares, from 0 to 1."""
        return self.unit == "part"

    @property
    def shown_unit(self) -> str:
        """The unit as its values are written: shares are written in per cent."""
        return "en %" if self.share else self.unit

    @property
    def basis(self) -> str:
        """What its values rest on, in words."""
        if self.share:
            return f"Numérateur: {self.numerator}. Dénominateur: {self.denominator}."
        return f"Calculé sur: {self.denominator}."

    @property
    def services(self) -> str:
        """The services it rests on, in words; nothing where it names none."""
        if not self.rests_on:
            return ""
        counted = ", ".join(self.rests_on)
        if not self.linked:
            return f"Services: {counted}, chaque service pour lui-même."
        without = f"; sans base légale pour relier, donc sans: {', '.join(self.left_out)}" if self.left_out else ""
        return f"Personnes reliées entre services: {counted or 'aucun'}{without}."


UNKNOWN = About("Indicateur inconnu", "Le catalogue ne connaît pas cet indicateur.", "", "–")


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
            return REASONS[self.reason or "NOT_APPLICABLE"]
        return formats.percent(self.value) if self.about.share else formats.number(self.value)

    @property
    def amount(self) -> Amount | None:
        """The value as a program counts with it; None where there is none."""
        return None if self.value is None else Amount(self.value, "share" if self.about.share else "number")

    @property
    def hidden(self) -> str:
        """Why it is hidden, in words; empty where it is not."""
        return HIDDEN.get(self.reason or "", "") if self.value is None else ""

    @property
    def detail(self) -> str:
        """What it rests on: both counts of a rate, the number behind a median; and when it was, if not now."""
        return " · ".join(filter(None, (self._counts, self.stood)))

    @property
    def _counts(self) -> str:
        if self.denominator is None:
            return ""
        if self.numerator is None:
            return f"n = {formats.number(self.denominator)}"
        return f"{formats.number(self.numerator)} / {formats.number(self.denominator)}"

    @property
    def flags(self) -> tuple[str, ...]:
        """What keeps it from being final."""
        if self.value is None:
            return ()
        return (() if self.complete else ("incomplet",)) + (() if self.mature else ("provisoire",))

    def grounds(self, *more: str) -> str:
        """What it rests on, what keeps it from being final, and what else there is to say of it."""
        return " · ".join(filter(None, (self.detail, *self.flags, *more)))
