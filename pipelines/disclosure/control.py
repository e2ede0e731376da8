"""The last step before a pack is written: its figures, with those left out that would show what became of a person."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

import polars as pl

from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.cells import TOTAL, Cell, Counted, Place, cells_of, families
from pipelines.disclosure.figures import system_of
from pipelines.disclosure.growth import protect_over_time, touching
from pipelines.disclosure.model import Breach, Protection
from pipelines.disclosure.over_time import Before, in_view, not_moved
from pipelines.errors import CiiError

BELOW_THRESHOLD, PROTECTED = "BELOW_THRESHOLD", "PROTECTED"
_DECEMBER = 12

# An indicator, its dimension and its grain.
Shown = tuple[str, str, str]


def controlled(
    rows: pl.DataFrame,
    counted: Mapping[str, Counted],
    *,
    period: dt.date,
    asked: Collection[Shown],
    before: Before,
    thresholds: Thresholds,
) -> pl.DataFrame:
    """The rows of `mart.indicator_value` that a pack may show; where a value is hidden, its reason stands instead.

    What is hidden is decided over all that says the same numbers, whoever asks for it: two packs hide the same.

    Args:
        rows: the values up to the month of the pack.
        counted: what is known of the counts of each indicator.
        period: the month of the pack.
        asked: what it shows: indicator, dimension and grain.
        before: what is printed elsewhere and what releases told: it stays, as it was told where the new one may not be.
        thresholds: how few persons may be told of.

    Raises:
        CiiError: something hidden would follow from what is shown; nothing may be written.
    """
    of_persons = {name for name, one in counted.items() if one.persons.movement != "none"}
    kin = families(counted)
    names = {name for name, _, _ in asked}
    looked_at = {relative for name in of_persons & names for relative in kin[name]}
    found = cells_of(_worth_a_look(rows, looked_at, period, before))
    cells = in_view(found, counted, period=period, before=before, threshold=thresholds.count)
    stands = not_moved(cells, before.told, kin=kin, threshold=thresholds.count)
    out = {*before.printed, *(cell.place for cell in cells if _same(cell, before.told.get(cell.place)))}
    told = {cell.place for cell in cells if (cell.place.indicator, cell.place.dimension, cell.place.grain) in asked}
    system = touching(system_of(cells, counted, published=out, withheld=stands, thresholds=thresholds), told)
    protection, breaches = protect_over_time(system, thresholds.count)
    if breaches:
        raise CiiError(_said(breaches))
    shown = [stands.get(cell.place) or _decided(cell, protection) for cell in cells if cell.place in told]
    things = rows.filter(pl.col("indicator").is_in(list(names - of_persons)))
    return pl.concat([things, _rows(shown, rows)])


def _worth_a_look(rows: pl.DataFrame, indicators: Collection[str], period: dt.date, before: Before) -> pl.DataFrame:
    """The rows that may be in view: a breakdown by month is, at most, at a year's end, in the month of the pack, or out already."""
    at = (pl.col("period").dt.month() == _DECEMBER) | (pl.col("period") == period)
    always = (pl.col("dimension") == TOTAL) | (pl.col("grain") != "month") | at
    names = list(Place._fields[:-1])
    out = {*before.told_rows, *(place[:-1] for place in before.printed)}
    known = pl.DataFrame(list(out), schema={name: rows.schema[name] for name in names}, orient="row")
    asked = rows.filter(pl.col("indicator").is_in(list(indicators)))
    return pl.concat([asked.filter(always), asked.filter(~always).join(known, on=names, how="semi")])


def _said(breaches: Iterable[Breach]) -> str:
    named = sorted({f"{breach.quantity.place.indicator} ({breach.quantity.place.dimension})" for breach in breaches})
    return (
        f"Le contrôle de confidentialité n'est pas passé: ce qui est masqué se déduirait dans {', '.join(named)}. "
        "Rien n'a été écrit; relevez les seuils dans le fichier de réglages ([disclosure]), ou signalez-le à l'équipe cii-monitor."
    )


def _same(cell: Cell, told: Cell | None) -> bool:
    """Whether a figure is what was told of it."""
    return told is not None and cell[1:4] == told[1:4]


def _decided(cell: Cell, protection: Protection) -> Cell:
    role = protection.hidden.get(cell.place)
    return cell if role is None else cell.without_value(PROTECTED if role in ("secondary", "row") else BELOW_THRESHOLD)


def _rows(cells: Iterable[Cell], like: pl.DataFrame) -> pl.DataFrame:
    flat = [(*cell.place, *cell[1:]) for cell in cells]
    names = [*Place._fields, *Cell._fields[1:]]
    return pl.DataFrame(flat, schema={name: like.schema[name] for name in names}, orient="row").select(like.columns)
