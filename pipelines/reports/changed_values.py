"""Which values of indicators two copies tell differently, each with what changed it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines import duck
from pipelines.reports import formats
from pipelines.reports.causes import Cause, Suspects, causes_of
from pipelines.reports.changed_rows import Difference, difference
from pipelines.reports.formats import Amount
from pipelines.reports.language import tr
from pipelines.reports.value import REASONS

_KEY = ("indicator", "grain", "period", "dimension", "member")
_SAID = ("numerator", "denominator", "value", "reason")
_AMOUNTS = (*_SAID, "complete", "mature")

Amounts = Mapping[str, Any]


@dataclass(frozen=True)
class Indicator:
    """What the catalogue of a copy says of an indicator."""

    label: str
    unit: str
    datasets: tuple[str, ...]

    @property
    def share(self) -> bool:
        """Whether its values are shares, from 0 to 1."""
        return self.unit == "part"

    def amount(self, amounts: Amounts | None) -> Amount | None:
        """A value as a program counts with it; None where there is none."""
        value = (amounts or {}).get("value")
        return None if value is None else Amount(value, "share" if self.share else "number")

    def text(self, amounts: Amounts | None) -> str:
        """A value as it is read, with the counts of a rate; or the word for its absence."""
        if amounts is None:
            return "–"
        if not (value := self.amount(amounts)):
            return tr(REASONS[amounts["reason"] or "NOT_APPLICABLE"])
        parts = [amounts[name] for name in ("numerator", "denominator")]
        return value.text if None in parts else f"{value.text} ({formats.number(parts[0])} / {formats.number(parts[1])})"


@dataclass(frozen=True, kw_only=True)
class ValueChange:
    """A value of an indicator that came, went, or changed.

    Attributes:
        what: `added`, `removed` or `changed`.
        past: whether the first copy had this month for this indicator; another value is simply new.
        about: what is known of the indicator.
        before: numerator, denominator, value, reason, complete and mature in the first copy; None where it has no such value.
        after: the same in the second copy.
        causes: what changed it, the nearest first.
    """

    what: str
    past: bool
    indicator: str
    grain: str
    period: dt.date
    dimension: str
    member: str
    about: Indicator
    before: Amounts | None
    after: Amounts | None
    causes: tuple[Cause, ...]

    @property
    def revised(self) -> bool:
        """Whether a reader of an earlier report finds another figure: more than a state, and more than a new name for 0."""
        if not self.past:
            return False
        if self.before and self.after:
            return any(self.before[name] != self.after[name] for name in _SAID)
        return bool((self.before or self.after or {}).get("value"))

    @property
    def texts(self) -> tuple[str, str]:
        """Old and new value as they are read; with all their digits where they would read alike."""
        old, new = self.about.text(self.before), self.about.text(self.after)
        if old == new and self.before and self.after and self.before["value"] != self.after["value"]:
            return repr(self.before["value"]), repr(self.after["value"])
        return old, new

    @property
    def change(self) -> Amount | None:
        """By how much the value changed; None where there was none, or is none."""
        old, new = ((amounts or {}).get("value") for amounts in (self.before, self.after))
        return None if old is None or new is None else formats.moved(new - old, share=self.about.share)


def indicators(con: duck.Connection) -> dict[str, Indicator]:
    """The catalogue; an older copy may know less of it."""
    if not duck.exists(con, "mart.indicator"):
        return {}
    rows = duck.frame(con, "select * from mart.indicator").iter_rows(named=True)
    told = {row["indicator"]: [row.get(name) or "" for name in ("label", "unit", "datasets")] for row in rows}
    return {
        name: Indicator(tr(label or name), unit, tuple(filter(None, datasets.split(", "))))
        for name, (label, unit, datasets) in told.items()
    }


def value_changes(
    before: duck.Connection, after: duck.Connection, *, suspects: Suspects, known: Mapping[str, Indicator]
) -> tuple[tuple[ValueChange, ...], tuple[str, ...]]:
    """The values that differ, each with its causes, and what of them could not be compared."""
    left, right, apart = _values(before, after)
    return tuple(sorted(_with_causes(left, right, suspects=suspects, known=known), key=_place)), apart


def _with_causes(left: pl.DataFrame, right: pl.DataFrame, *, suspects: Suspects, known: Mapping[str, Indicator]) -> Iterator[ValueChange]:
    latest = dict(left.group_by("indicator").agg(pl.col("period").max()).iter_rows())
    found: dict[tuple[object, ...], tuple[Cause, ...]] = {}
    for what, key, old, new in _told(difference(left, right, _KEY)):
        about = known.get(key["indicator"], Indicator(key["indicator"], "", ()))
        asked = {"datasets": about.datasets, **{name: key[name] for name in ("period", "dimension", "member")}}
        if (place := tuple(asked.values())) not in found:
            found[place] = causes_of(suspects, **asked)
        past = what != "added" or key["period"] <= latest.get(key["indicator"], dt.date.min)
        yield ValueChange(what=what, past=past, about=about, before=old, after=new, causes=found[place], **key)


Told = tuple[str, dict[str, Any], Amounts | None, Amounts | None]


def _told(found: Difference) -> Iterator[Told]:
    sides: tuple[tuple[str, pl.DataFrame, tuple[str | None, str | None]], ...] = (
        ("changed", found.changed, ("_left", "_right")),
        ("added", found.added, (None, "")),
        ("removed", found.removed, ("", None)),
    )
    for what, frame, ends in sides:
        for row in frame.iter_rows(named=True):
            old, new = (None if end is None else {name: row[name + end] for name in _AMOUNTS} for end in ends)
            yield what, {name: row[name] for name in _KEY}, old, new


def _place(value: ValueChange) -> tuple[Any, ...]:
    """Totals come first, and what speaks of the deliveries themselves last."""
    breakdown = (value.dimension != "total", not value.about.datasets)
    return (*breakdown, value.indicator, value.dimension, value.member, value.grain, value.period, value.what)


def _values(before: duck.Connection, after: duck.Connection) -> tuple[pl.DataFrame, pl.DataFrame, tuple[str, ...]]:
    """All values of both copies, and what of them cannot be compared: it is empty on both sides."""
    held = [duck.columns(con, "mart.indicator_value") for con in (before, after)]
    asked = (*_KEY, *_AMOUNTS)
    lacking = [name for name in asked if not all(name in columns for columns in held)]
    source = "mart.indicator_value"
    apart = tuple(
        tr("Valeurs d'indicateurs: une des copies n'a pas la colonne {column}, qui n'est pas comparée.", column=name) for name in lacking
    )
    if set(_KEY) & set(lacking):
        lacking, source = list(asked), "(select 1) where false"
        apart = (tr("Les valeurs des indicateurs ne se comparent pas: une des copies n'a pas mart.indicator_value sous cette forme."),)
    select = ", ".join(f"null::varchar as {name}" if name in lacking else name for name in asked)
    left, right = (duck.frame(con, f"select {select} from {source}") for con in (before, after))
    return left, right, apart
