"""What differs between two published copies: deliveries, rows, and values of indicators with what changed them."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import duck
from pipelines.errors import CiiError
from pipelines.reports import formats
from pipelines.reports.book import REASONS
from pipelines.reports.causes import Cause, Suspects, causes_of, monthly_datasets, other_causes
from pipelines.reports.changed_deliveries import DeliveryChange, content_changes, delivery_changes, read_ledger
from pipelines.reports.changed_rows import Difference, TableChange, difference, table_change

_KEY = ("indicator", "grain", "period", "dimension", "member")
_SAID = ("numerator", "denominator", "value", "reason")
_AMOUNTS = (*_SAID, "complete", "mature")

_NO_VALUES = "* from (select " + ", ".join(f"null::varchar as {name}" for name in (*_KEY, *_AMOUNTS)) + ") where false"

Amounts = Mapping[str, Any]


@dataclass(frozen=True)
class Measure:
    """What the catalogue of a copy says of an indicator."""

    label: str
    unit: str
    datasets: tuple[str, ...]

    def text(self, amounts: Amounts | None) -> str:
        """A value as it is read, with the counts of a rate; or the word for its absence."""
        if amounts is None:
            return "–"
        if amounts["value"] is None:
            return REASONS[amounts["reason"] or "NOT_APPLICABLE"]
        value = formats.percent(amounts["value"]) if self.unit == "part" else formats.number(amounts["value"])
        parts = [amounts[name] for name in ("numerator", "denominator")]
        return value if None in parts else f"{value} ({formats.number(parts[0])} / {formats.number(parts[1])})"


@dataclass(frozen=True, kw_only=True)
class ValueChange:
    """A value of an indicator that came, went, or changed.

    Attributes:
        what: `added`, `removed` or `changed`.
        past: whether the first copy had this month for this indicator; another value is simply new.
        measure: what is known of the indicator.
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
    measure: Measure
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
        old, new = self.measure.text(self.before), self.measure.text(self.after)
        if old == new and self.before and self.after and self.before["value"] != self.after["value"]:
            return repr(self.before["value"]), repr(self.after["value"])
        return old, new


@dataclass(frozen=True)
class Changes:
    """All that differs between two copies.

    Attributes:
        deliveries: what happened to deliveries.
        tables: the tables that were compared, or could not be.
        values: the values of indicators that differ.
        remarks: what must be known of the comparison as a whole.
        files: the file of every delivery of both copies, by id.
    """

    deliveries: tuple[DeliveryChange, ...]
    tables: tuple[TableChange, ...]
    values: tuple[ValueChange, ...]
    remarks: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def none(self) -> bool:
        """Whether nothing differs."""
        return not (self.deliveries or self.values or any(table.differs or table.not_compared for table in self.tables))

    @property
    def revised(self) -> tuple[ValueChange, ...]:
        """The values that an earlier report gave otherwise."""
        return tuple(value for value in self.values if value.revised)


def open_copy(path: Path) -> duck.Connection:
    """A read-only connection to a published copy.

    Raises:
        CiiError: it is not there, does not open, or is something else.
    """
    if not path.is_file():
        raise CiiError(f"«{path}» n'existe pas: indiquez une copie publiée (.duckdb), un jour (AAAA-MM-JJ) ou «publie».")
    try:
        con = duck.open_published(path)
    except CiiError:
        raise CiiError(f"«{path.name}» ne s'ouvre pas comme copie publiée: ce fichier est abîmé, ou il est autre chose.") from None
    if lacking := [table for table in ("stg.delivery", "stg.fingerprint") if not duck.exists(con, table)]:
        con.close()
        raise CiiError(f"«{path.name}» n'est pas une copie publiée par «cii run»: il y manque {lacking[0]}.")
    return con


def compare(before: duck.Connection, after: duck.Connection, *, tables: Collection[str] | None = None, limit: int | None = None) -> Changes:
    """What differs between two copies.

    Args:
        before: the first copy.
        after: the second copy.
        tables: the tables whose rows are compared; None: those of `core`, and those of `mart` that are no indicator.
        limit: how many rows are told by table; None: all. Counts are exact whatever the limit.
    """
    old, new = read_ledger(before), read_ledger(after)
    deliveries = delivery_changes(old, new)
    parts = _fingerprints(before), _fingerprints(after)
    content = content_changes(deliveries, before=old, after=new)
    suspects = Suspects(deliveries, content, monthly_datasets(before, after), other_causes(*parts))
    measures = _measures(before) | _measures(after)
    left, right = duck.layouts(before), duck.layouts(after)
    names = tables if tables is not None else _compared(left, right, indicators=measures)
    rows = [table_change(name, before, after, sides=(left.get(name), right.get(name)), limit=limit) for name in names]
    frames, apart = _values(before, after)
    values = tuple(sorted(_value_changes(*frames, suspects=suspects, measures=measures), key=_place))
    files = {one.delivery_id: one.file or one.delivery_id for one in (*old.values(), *new.values())}
    return Changes(deliveries, tuple(rows), values, (*_remarks(*parts), *apart), files)


def table_named(name: str, *copies: duck.Connection) -> str:
    """The qualified name of a table that one of the copies holds.

    Raises:
        CiiError: none holds it.
    """
    known = sorted({table for con in copies for table in duck.layouts(con)})
    spelled = {spelling: table for table in reversed(known) for spelling in (table.split(".")[1], table)}
    if name not in spelled:
        near = "".join(f"; la plus proche est «{one}»" for one in get_close_matches(name, spelled, n=1))
        raise CiiError(f"Aucune des deux copies n'a de table «{name}»{near}.")
    return spelled[name]


def _compared(left: Mapping[str, duck.Layout], right: Mapping[str, duck.Layout], *, indicators: Collection[str]) -> list[str]:
    """The tables of `core` and `mart`; the indicators' own are compared as values."""
    own = {f"mart.{name}" for name in indicators}
    return sorted(name for name in left.keys() | right.keys() if name.startswith(("core.", "mart.")) and name not in own)


def _fingerprints(con: duck.Connection) -> Mapping[str, str]:
    return dict(con.execute("select part, sha256 from stg.fingerprint").fetchall())


def _remarks(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    if before.get("origin") != after.get("origin"):
        yield "Une copie est faite de données d'exemple, l'autre de vrais envois."
    if before.get("key") != after.get("key"):
        yield "Les deux copies ont été faites avec des clés différentes: leurs pseudonymes ne se comparent pas."
    if not (before.get("code") and after.get("code")):
        yield "Une des copies ne dit pas avec quel code elle a été faite: un changement de code reste partout une cause possible."


def _measures(con: duck.Connection) -> dict[str, Measure]:
    """The catalogue; an older copy may know less of it."""
    if not duck.exists(con, "mart.indicator"):
        return {}
    rows = duck.frame(con, "select * from mart.indicator").iter_rows(named=True)
    told = {row["indicator"]: [row.get(name) or "" for name in ("label", "unit", "datasets")] for row in rows}
    return {name: Measure(label or name, unit, tuple(filter(None, datasets.split(", ")))) for name, (label, unit, datasets) in told.items()}


def _value_changes(
    left: pl.DataFrame, right: pl.DataFrame, *, suspects: Suspects, measures: Mapping[str, Measure]
) -> Iterator[ValueChange]:
    """The values that differ, each with its causes."""
    latest = dict(left.group_by("indicator").agg(pl.col("period").max()).iter_rows())
    found: dict[tuple[object, ...], tuple[Cause, ...]] = {}
    for what, key, old, new in _told(difference(left, right, _KEY)):
        measure = measures.get(key["indicator"], Measure(key["indicator"], "", ()))
        about = (measure.datasets, key["period"], key["dimension"], key["member"])
        if about not in found:
            found[about] = causes_of(suspects, datasets=about[0], period=about[1], dimension=about[2], member=about[3])
        past = what != "added" or key["period"] <= latest.get(key["indicator"], dt.date.min)
        yield ValueChange(what=what, past=past, measure=measure, before=old, after=new, causes=found[about], **key)


Told = tuple[str, dict[str, Any], Amounts | None, Amounts | None]


def _told(found: Difference) -> Iterator[Told]:
    for what, frame in (("changed", found.changed), ("added", found.added), ("removed", found.removed)):
        for row in frame.iter_rows(named=True):
            old, new = ({name: row[name + end] for name in _AMOUNTS} for end in _ENDS[what])
            yield what, {name: row[name] for name in _KEY}, old if what != "added" else None, new if what != "removed" else None


_ENDS = {"changed": ("_left", "_right"), "added": ("", ""), "removed": ("", "")}


def _place(value: ValueChange) -> tuple[Any, ...]:
    """Totals come first, and what speaks of the deliveries themselves last."""
    breakdown = (value.dimension != "total", not value.measure.datasets)
    return (*breakdown, value.indicator, value.dimension, value.member, value.grain, value.period, value.what)


def _values(before: duck.Connection, after: duck.Connection) -> tuple[tuple[pl.DataFrame, pl.DataFrame], tuple[str, ...]]:
    """All values of both copies, and what of them cannot be compared: it is empty on both sides."""
    held = [duck.columns(con, "mart.indicator_value") for con in (before, after)]
    lacking = [name for name in (*_KEY, *_AMOUNTS) if not all(name in columns for columns in held)]
    comparable = not set(_KEY) & set(lacking)
    select = ", ".join(f"null::varchar as {name}" if name in lacking else name for name in (*_KEY, *_AMOUNTS))
    query = f"select {select} from mart.indicator_value" if comparable else f"select {_NO_VALUES}"
    frames = duck.frame(before, query), duck.frame(after, query)
    if not comparable:
        return frames, ("Les valeurs des indicateurs ne se comparent pas: une des copies n'a pas mart.indicator_value sous cette forme.",)
    return frames, tuple(f"Valeurs d'indicateurs: une des copies n'a pas la colonne {name}, qui n'est pas comparée." for name in lacking)
