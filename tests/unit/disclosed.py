"""Figures of the smallest kind, for the tests of the disclosure control."""

import datetime as dt

from pipelines.disclosure.cells import TOTAL, Cell, Counted, Place
from pipelines.indicators.counts import equalities, persons_of_header

READS = {"cumulated": "cumulated", "window": "trailing 12"}


def tables_of(rows, *indicators):
    """What a pack asks for that shows all breakdowns of these indicators."""
    return {one for one in rows.select("indicator", "dimension", "grain").unique().rows() if one[0] in indicators}


def counted(persons="stock", shape="count", *, equals="", overlapping=(), by_year=False, name="one"):
    """What the catalogue says of an indicator, as its header says it."""
    read = persons_of_header(persons, shape=shape, reads=READS.get(persons.split()[0], "month"))
    return Counted(shape, read, frozenset(overlapping), equalities(equals, indicator=name), by_year)


def at(month, indicator="one", *, grain="month", dimension=TOTAL, member=TOTAL):
    """The place of a figure: `2019-12` is its month, or the first of its quarter or year."""
    return Place(indicator, grain, dt.date.fromisoformat(f"{month}-01"), dimension, member)


def by(month, member, indicator="one", *, grain="month", dimension="sex"):
    """The place of a member of a breakdown."""
    return at(month, indicator, grain=grain, dimension=dimension, member=member)


def cell(place, numerator, denominator=None, *, value=None, reason=None):
    """A figure; its value follows from its counts unless it is said."""
    if value is None and numerator is not None:
        value = numerator if denominator is None else numerator / denominator
    return Cell(place, numerator, denominator, value, True, True, reason)
