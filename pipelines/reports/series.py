"""From values of indicators to the series of a chart."""

from pipelines.contracts.codes import NOT_STATED
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, in_list_order, label, under_way, values
from pipelines.reports.chart import Kind, Point, Series
from pipelines.reports.language import later, tr
from pipelines.reports.value import REASONS, Value

# What stands beside a line: figures printed elsewhere, what is aimed at, and what another population gives. They are told where they are
# read: a chart is drawn by them.
PRINTED, AIM, ELSEWHERE = later("publié"), later("cible"), later("OFS")


def point(value: Value, x: str = "", *, beside: str = "") -> Point:
    """The point of a value at its month, or at the category named; `beside` is what else a reader wants to know of it."""
    detail = " · ".join(filter(None, (value.detail, beside, *value.flags)))
    return Point(x or value.period.isoformat(), value.value, value.text, detail, bool(value.flags), value)


def total(book: Book, indicator: str, label: str = "", *, colour: str = theme.PALETTE[0], kind: Kind = "line") -> Series:
    """The monthly totals of an indicator, under its own label unless another is given."""
    points = tuple(point(value) for value in values(book, indicator).get("total", ()))
    return Series(label or book.about(indicator)[0].label, colour, points, kind)


def yearly(book: Book, indicator: str, dimension: str = "total", member: str = "total") -> tuple[Point, ...]:
    """The points of an indicator's years that have ended."""
    known = values(book, indicator, dimension, grain="year").get(member, ())
    return tuple(point(value) for value in known if not under_way(book, value.period, "year"))


def by_code(book: Book, indicator: str, dimension: str, *, code_list: str, kind: Kind = "line") -> tuple[Series, ...]:
    """The monthly values of an indicator by code of a closed list, in its order and colours."""
    members = values(book, indicator, dimension)
    codes = [*in_list_order(code_list, members), *({NOT_STATED.code} & members.keys())]
    return tuple(
        Series(label(code_list, code), theme.colour(code_list, code), tuple(point(value) for value in members[code]), kind)
        for code in codes
    )


def by_member(book: Book, indicator: str, dimension: str) -> tuple[Series, ...]:
    """The monthly values of an indicator by member of an open list, under the members' own names."""
    members = values(book, indicator, dimension).items()
    return tuple(
        Series(label(dimension, name), theme.nth(position), tuple(point(value) for value in found))
        for position, (name, found) in enumerate(members)
    )


def targets(book: Book, indicator: str, *, member: str, label: str, colour: str) -> Series:
    """The targets of an indicator, as marks in the month they fall in."""
    rows = book.rows(
        "select date, value from mart.target where indicator = $indicator and member = $member order by date",
        indicator=indicator,
        member=member,
    )
    points = tuple(
        Point(date.replace(day=1).isoformat(), value, formats.number(value), tr("cible au {day}", day=formats.day(date)))
        for date, value in rows.iter_rows()
    )
    return Series(label, colour, points, "mark", AIM)


def not_received(series: tuple[Series, ...]) -> tuple[str, ...]:
    """The x at which a delivery is lacking."""
    return tuple(sorted({str(point.x) for one in series for point in one.points if point.text == tr(REASONS["NOT_RECEIVED"])}))
