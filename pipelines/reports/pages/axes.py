"""The seven axes of the programme: their actions, how far they are, and what is measured of them today."""

from itertools import groupby
from operator import itemgetter

from pipelines.contracts.codes import Code
from pipelines.contracts.exports.actions_axes import AXIS
from pipelines.reports import formats, theme
from pipelines.reports.basis import basis
from pipelines.reports.book import Book, in_list_order, label, under_way, values
from pipelines.reports.chart import Chart, Series
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.language import labelled, later, tr
from pipelines.reports.series import point
from pipelines.reports.value import REASONS, Grain

# An action is known by the list of the year; where it stood the year before is told beside it.
_ACTIONS = """
    with listed as (select max(period) as period from core.axis_action where period <= $period)
    select a.axis, a.sub_axis, a.action, a.service, a.status, a.started_on, a.indicator, b.status as before
    from listed l
    join core.axis_action a on a.period = l.period
    left join core.axis_action b on b.action_id = a.action_id and b.period = l.period - interval 1 year
    order by a.axis, a.sub_axis, a.action_id
"""
_COUNTED = "select count(value) > 0 from mart.indicator_value where indicator = $indicator and period <= $period"
_LISTED = "select max(period) from core.axis_action where period <= $period"


def _build(book: Book) -> tuple[Block, ...]:
    rests_on = Text(basis(book, "axis_actions", dataset="actions_axes", grain="year"))
    if not values(book, "axis_actions", grain="year"):
        return (rests_on,)
    return (rests_on, _actions(book), _states(book))


def _actions(book: Book) -> Table:
    """The axes as headings, an action per row."""
    listed = book.rows(_LISTED).item()
    rows = book.rows(_ACTIONS).rows(named=True)
    by_axis = {str(axis): list(group) for axis, group in groupby(rows, key=itemgetter("axis"))}
    return Table(
        slug="actions",
        title=tr("Actions par axe, liste de {year}", year=listed.year) if listed else tr("Actions par axe"),
        columns=heads(
            (tr("Sous-axe"), tr("Action"), tr("Service"), tr("État"), tr("Début"), tr("Ce qui est mesuré")), (tr("Dernière valeur"),)
        ),
        rows=tuple(row for axis in AXIS.codes for row in _section(book, axis, by_axis.get(axis.code, []))),
        notes=(tr("La dernière valeur est celle du dernier mois, trimestre ou année où l'indicateur en a une, jusqu'au mois du rapport."),),
        about=book.about(*(row["indicator"] for row in rows if row["indicator"] in book.catalogue)),
    )


def _section(book: Book, axis: Code, actions: list[dict]) -> tuple[tuple[Cell, ...], ...]:
    count = formats.counted(len(actions), "action", "actions") if actions else tr("aucune action annoncée")
    head = tr("Axe {number} – {axis}: {actions}", number=axis.code, axis=labelled(axis), actions=count)
    return ((Cell(head, kind="text"),), *(_row(book, action) for action in actions))


def _row(book: Book, action: dict) -> tuple[Cell, ...]:
    before = action["before"]
    stood = formats.inside(label("action_status", before)) if before not in (None, action["status"]) else ""
    moved = tr("l'année d'avant: {status}", status=stood) if stood else ""
    return (
        Cell(action["sub_axis"], kind="text"),
        Cell(action["action"], kind="text long"),
        Cell(action["service"], kind="text"),
        Cell(label("action_status", action["status"]), moved, kind="text"),
        Cell(formats.short_month(action["started_on"]) if action["started_on"] else "–", kind="text"),
        *_measured(book, action["indicator"]),
    )


def _measured(book: Book, indicator: str | None) -> tuple[Cell, Cell]:
    """What the action names as its measure, and its latest value; a name nobody knows is said as it was written."""
    if indicator is None:
        return Cell("–", kind="text"), Cell("–")
    if indicator not in book.catalogue:
        return Cell(tr("Indicateur inconnu"), tr("annoncé: «{indicator}»", indicator=indicator), kind="text wrong"), Cell("–")
    about = Cell(book.catalogue[indicator].label, book.catalogue[indicator].shown_unit, kind="text short")
    grains: tuple[Grain, ...] = ("month", "quarter", "year")
    known = [
        (value, grain) for grain in grains for value in values(book, indicator, grain=grain).get("total", ()) if value.value is not None
    ]
    if not known:
        counted = book.rows(_COUNTED, indicator=indicator).item()
        return about, Cell(tr("Sans total") if counted else tr(REASONS["NOT_RECEIVED"]))
    value, grain = max(known, key=lambda one: one[0].period)
    return about, Cell(value.text, value.grounds(formats.period(value.period, grain)), shows=value)


def _states(book: Book) -> Chart:
    """How many actions stand where, year by year."""
    members = values(book, "axis_actions", "status", grain="year")
    series = tuple(
        Series(
            label("action_status", code),
            theme.colour("action_status", code),
            tuple(point(value, str(value.period.year)) for value in members[code] if not under_way(book, value.period, "year")),
            "bar",
        )
        for code in in_list_order("action_status", members)
    )
    about = book.about("axis_actions")
    return Chart(slug="states", title=tr("Actions par état, fin d'année"), about=about, series=series, axis="category", stacked=True)


PAGE = Page(slug="axes", title=later("Les sept axes et leurs actions"), order=80, build=_build, packs=(GP_CII, LEGISLATURE))
