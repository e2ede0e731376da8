"""Figures that are not what was released of them any more: what was said, what is so now, and what changed it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines.reports import formats
from pipelines.reports.formats import Amount
from pipelines.reports.language import later, tr
from pipelines.reports.value import About, Figure, Value

# Totals first, what speaks of the deliveries themselves after the rest, the latest month first.
REVISED = """
select r.indicator, r.grain, r.period, r.dimension, r.member, r.release, x.released_on,
  r.numerator_said, r.denominator_said, r.value_said, r.numerator, r.denominator, r.value, r.reason,
  (select coalesce(list({'cause': e.cause, 'effect': e.effect} order by e.cause), [])
   from mart.revision_effect e
   where e.indicator = r.indicator and e.grain = r.grain and e.period = r.period and e.dimension = r.dimension and e.member = r.member)
from mart.revision r join core.release x on x.release = r.release join mart.indicator i on i.indicator = r.indicator
where r.revised
order by r.dimension <> 'total', i.datasets is null, r.period desc, r.indicator, r.grain, r.dimension, r.member
"""
_CAUSES = {
    "NEW_DATA": later("livraison nouvelle"),
    "CORRECTED_DATA": later("livraison corrigée"),
    "RULE": later("règle, référence ou réglage"),
    "DEFINITION": later("nouvelle définition"),
    "LINK": later("services reliés"),
    "RULE_OR_LINK": later("règle ou services reliés"),
    "UNKNOWN": later("cause inconnue"),
}

# Numerator, denominator and value.
Amounts = tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class Revision:
    """A figure that changed since it was released.

    Attributes:
        figure: which one.
        release: the number of the last release that said it.
        released_on: its day.
        said: what it said.
        now: what is so now.
        reason: why there is no value now, where there is none.
        effects: what changed it, each cause with by how much, as far as that is known.
    """

    figure: Figure
    release: int
    released_on: dt.date
    said: Amounts
    now: Amounts
    reason: str | None
    effects: tuple[tuple[str, float | None], ...]

    @property
    def told(self) -> str:
        """Which release said it."""
        return tr("diffusion no {number}, {day}", number=self.release, day=formats.day(self.released_on))

    def before(self, about: About) -> Value:
        """What was said, as a value; it is none that the tables hold."""
        return Value(about, None, self.figure.period, *self.said, complete=True, mature=True, reason=None)

    def after(self, about: About) -> Value:
        """What is so now, as a value."""
        return Value(about, self.figure, self.figure.period, *self.now, complete=True, mature=True, reason=self.reason)

    def change(self, about: About) -> Amount | None:
        """By how much it changed; None where it is known no more."""
        (*_, before), (*_, after) = self.said, self.now
        return None if before is None or after is None else formats.moved(after - before, share=about.share)

    def causes(self, about: About) -> str:
        """What changed it, each cause with its part where there are several."""
        several = len(self.effects) > 1
        parts = [(tr(_CAUSES[cause]), effect) for cause, effect in self.effects] or [(tr(_CAUSES["UNKNOWN"]), None)]
        return "; ".join(
            f"{words} ({formats.moved(effect, share=about.share).text})" if several and effect is not None else words
            for words, effect in parts
        )

    def sentence(self, about: About) -> str:
        """All of it in one line."""
        before = self.before(about)
        grounds, causes = before.grounds(self.told), self.causes(about)
        return tr("{value} ({grounds}); depuis: {causes}", value=before.text, grounds=grounds, causes=causes)


def revision_of(row: tuple[Any, ...]) -> Revision:
    """A revision from a row of the query."""
    effects = tuple((one["cause"], one["effect"]) for one in row[14])
    return Revision(Figure(*row[:5]), row[5], row[6], row[7:10], row[10:13], row[13], effects)


def revisions(rows: pl.DataFrame) -> list[Revision]:
    """The revisions from the rows of the query."""
    return [revision_of(row) for row in rows.iter_rows()]
