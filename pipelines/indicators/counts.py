"""What an indicator's counts are: of persons or of other things, and which counts of other indicators they equal.

Disclosure control asks both. A count of persons may have to be hidden; hidden, it still follows from a sister table that shows
the same number, or numbers that add up to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

Shape = Literal["count", "ratio", "median", "mean"]
Side = Literal["numerator", "denominator"]
Movement = Literal["none", "stock", "flow", "window", "cumulated"]

# The counts that the cells of an indicator hold; a median or mean has none but the number it rests on.
COUNTS: Mapping[Shape, tuple[Side, ...]] = {
    "count": ("numerator",),
    "ratio": ("numerator", "denominator"),
    "median": ("denominator",),
    "mean": ("denominator",),
}

# In place of a member: all of the dimension together.
EVERY = "*"
SUM = "sum"
PUBLIC = "public"
TOTAL = "total"

_EQUALITY = re.compile(r"(numerator|denominator)(?: in (month|quarter|year))?(?: by ([a-z_]+))? = (\S.*)")
_TERM = re.compile(r"([a-z][a-z0-9_]*)(\.denominator)?(?:\[([a-z_]+)=([^\]\s]+)\])?(?:@-(\d+)(?:\.\.(0|-\d+))?)?")
# How counts of persons may move, where what the figure reads says it.
_MOVES: Mapping[str, tuple[Movement, ...]] = {"cumulated": ("cumulated",), "trailing": ("window",), "since": ("window",)}


@dataclass(frozen=True)
class Persons:
    """Which counts of an indicator are of persons; what stands for one, as a case or an episode, counts as one.

    Where both are, the numerator counts some of those of the denominator: their difference is a count of persons too.

    Attributes:
        movement: `stock` (those there on a day), `flow` (those of the period alone, as a cohort), `window` (several months, the
            next period's among them), `cumulated` (since the beginning); `none` where there are no persons.
        numerator: whether it counts persons.
        denominator: whether it counts persons; of a median or mean, what it rests on.
        public: whether it tells of a list rather than of those on it, so that few are no secret.
    """

    movement: Movement
    numerator: bool
    denominator: bool
    public: bool = False


@dataclass(frozen=True)
class Term:
    """A count that an equality adds, or takes away.

    Attributes:
        indicator: whose.
        side: which of its two.
        sign: 1 or -1.
        dimension: that of `member`; none: the cell's own.
        member: one member, or `EVERY` of the dimension; none: the cell's own.
        months: of which months, from and to, counted from the cell's own: (0, 0) is the same one, (-11, 0) a sum of twelve.
    """

    indicator: str
    side: Side = "numerator"
    sign: int = 1
    dimension: str | None = None
    member: str | None = None
    months: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Equality:
    """What a count of an indicator equals, in every cell that all its terms have.

    Attributes:
        side: which count.
        terms: what adds up to it.
        grain: of which periods; none: all.
        dimension: in which breakdown, `total` for the totals; none: all, the totals among them.
    """

    side: Side
    terms: tuple[Term, ...]
    grain: str | None = None
    dimension: str | None = None


def persons_of_header(text: str, *, shape: Shape, reads: str) -> Persons:
    """What `persons:` of a header says: how the counts move, which of two is one of persons where only that one is, and `public`.

    Raises:
        ValueError: it has no meaning for an indicator of that shape, or contradicts what the indicator reads.
    """
    movement, *words = text.split()
    public = words[-1:] == [PUBLIC]
    only = words[:-1] if public else words
    moves = ("none", *_MOVES.get(reads.split()[0], ("stock", "flow", "window")))
    if movement not in moves:
        raise ValueError(f"persons is one of {', '.join(moves)} where a figure reads {reads}, not {movement}")
    if movement == "none" and words:
        raise ValueError("persons: none says all: nothing stands behind it")
    if only and (len(only) > 1 or only[0] not in COUNTS["ratio"] or shape != "ratio"):
        raise ValueError("persons names a count where only that one of two counts persons")
    counted = [] if movement == "none" else only or COUNTS[shape]
    return Persons(movement, "numerator" in counted, "denominator" in counted, public)


def equalities(text: str, *, indicator: str) -> tuple[Equality, ...]:
    """What `equals:` of an indicator's header says: `<side> [in <grain>] [by <dimension>] = <terms>; …`.

    Raises:
        ValueError: it is not said like this.
    """
    return tuple(_equality(part.strip(), indicator=indicator) for part in text.split(";")) if text else ()


def _equality(text: str, *, indicator: str) -> Equality:
    match = _EQUALITY.fullmatch(text)
    if not match:
        raise ValueError(f"equals: {text or 'nothing'} is not <side> [in <grain>] [by <dimension>] = <terms>")
    side, grain, dimension, told = match.groups()
    if told == SUM and dimension and dimension != TOTAL and side == "denominator":
        terms: tuple[Term, ...] = (Term(indicator, dimension=dimension, member=EVERY),)
    else:
        signs_and_names = ["+", *re.split(r" ([+-]) ", told)]
        terms = tuple(_term(sign, name) for sign, name in zip(signs_and_names[::2], signs_and_names[1::2], strict=True))
    if dimension != TOTAL and any(term.member not in (None, EVERY) for term in terms):
        raise ValueError(f"equals: {text}: one member of another breakdown equals a total: say by total")
    if grain != "month" and any(term.months != (0, 0) for term in terms):
        raise ValueError(f"equals: {text}: other months are those of a month: say in month")
    return Equality(cast(Side, side), terms, grain, dimension)


def _term(sign: str, text: str) -> Term:
    match = _TERM.fullmatch(text)
    if not match or text == SUM:
        raise ValueError(
            f"equals: {text} is no count: name, name.denominator, name[dimension=MEMBER], name@-1; or sum alone, by a dimension"
        )
    name, denominator, dimension, member, first, last = match.groups()
    months = (-int(first or 0), int(last or -int(first or 0)))
    if months[0] > months[1]:
        raise ValueError(f"equals: {text} ends before it begins")
    return Term(name, "denominator" if denominator else "numerator", 1 if sign == "+" else -1, dimension, member, months)
