"""Productive social enterprises (NE-ESO): from candidacy to leaving social aid, who fails which criterion, and the posts."""

from pipelines.reports import formats, theme
from pipelines.reports.basis import basis
from pipelines.reports.book import Book, in_list_order, label, latest, value_at, values
from pipelines.reports.cards import cards
from pipelines.reports.chart import Chart, Series
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.funnel import funnel
from pipelines.reports.language import later, tr
from pipelines.reports.record import record, record_table
from pipelines.reports.series import by_member, point, total

_STEPS = {
    "ne_eso_candidacies": later("Candidatures"),
    "ne_eso_eligible": later("Admissibles"),
    "ne_eso_trials": later("Stages"),
    "ne_eso_hired": later("Engagements"),
    "ne_eso_left_social_aid": later("Sorties de l'aide sociale"),
}
_BOUNDS = """
    select parameter, valid_from, value from core.parameter
    where starts_with(parameter, 'ne_eso_') and valid_from <= $period order by parameter, valid_from
"""


def _build(book: Book) -> tuple[Block, ...]:
    rests_on = Text(basis(book, "ne_eso_posts", dataset="ne_eso_candidatures"))
    if not values(book, "ne_eso_posts"):
        return (rests_on,)
    return (
        rests_on,
        cards(book, tr("Chiffres clés"), indicators=("ne_eso_posts", "ne_eso_candidacies", "ne_eso_hired", "ne_eso_left_social_aid")),
        funnel(book, _STEPS, title=tr("Candidatures, du dépôt à la sortie de l'aide sociale")),
        _ineligible(book),
        _criteria(book),
        _posts(book),
        _activities(book),
        _left(book),
        record_table(book, record(book, "ne_eso")),
    )


def _ineligible(book: Book) -> Chart:
    found = latest(book, "ne_eso_ineligible", "criterion")
    points = tuple(point(found[code], label("criterion", code)) for code in in_list_order("criterion", found))
    whole = formats.inside(value_at(book, "ne_eso_ineligible").text)
    notes = (
        tr("Cumulé jusqu'à fin {month}.", month=formats.month(book.period)),
        tr("Une candidature peut ne pas remplir plusieurs critères à la fois; candidatures hors critères en tout: {whole}.", whole=whole),
    )
    title = tr("Candidatures hors critères, par critère")
    series = (Series(title, theme.nth(1), points, "bar"),)
    return Chart(slug="ineligible", title=title, about=book.about("ne_eso_ineligible"), series=series, axis="category", notes=notes)


def _criteria(book: Book) -> Table:
    """The rules by criterion, with the day from which they hold."""
    bounds: dict[str, list[tuple[str, float | None]]] = {}
    for parameter, valid_from, value in book.rows(_BOUNDS).iter_rows():
        bounds.setdefault(parameter.removeprefix("ne_eso_"), []).append((formats.day(valid_from), value))
    rules = {
        "PRODUCTIVITE": _between(bounds, "productivity", unit="%"),
        "CHARGE_DE_FAMILLE": tr("aucune"),
        "PROBLEMATIQUE": tr("aucune"),
        "DETTES": _between(bounds, "debt", unit=tr("francs")),
        "AGE": _between(bounds, "age", unit=tr("ans")),
    }
    rows = tuple((Cell(label("criterion", code), kind="text"), Cell(rule, kind="text long")) for code, rule in rules.items())
    notes = (tr("Une candidature est jugée selon les règles en vigueur le jour de son dépôt."),)
    columns = heads((tr("Critère"), tr("Règle")))
    return Table(slug="criteria", title=tr("Critères d'admission"), columns=columns, rows=rows, notes=notes)


def _between(bounds: dict[str, list[tuple[str, float | None]]], name: str, *, unit: str) -> str:
    """`60 à 90 %`, and how it changed: `50 ans et plus; dès le 01.07.2012: 30 à 65 ans`."""
    lower, upper = (dict(bounds.get(f"{name}_{end}", ())) for end in ("from", "to"))
    spans = [(day, _span(lower.get(day), upper.get(day), formats.HARD_SPACE + unit)) for day in dict.fromkeys((*lower, *upper))]
    if not spans:
        return tr("sans limite connue")
    return "; ".join([spans[0][1], *(tr("dès le {day}: {rule}", day=day, rule=span) for day, span in spans[1:])])


def _span(low: float | None, high: float | None, unit: str) -> str:
    if low is not None and high is not None:
        return f"{formats.span(formats.number(low), formats.number(high))}{unit}"
    if low is not None:
        return tr("{limit} et plus", limit=f"{formats.number(low)}{unit}")
    return tr("sans limite") if high is None else tr("{limit} au plus", limit=f"{formats.number(high)}{unit}")


def _posts(book: Book) -> Chart:
    series = (total(book, "ne_eso_posts", tr("Total"), colour=theme.INK), *by_member(book, "ne_eso_posts", "enterprise"))
    return Chart(slug="posts", title=tr("Postes par entreprise"), about=book.about("ne_eso_posts"), series=series)


def _activities(book: Book) -> Chart:
    found = latest(book, "ne_eso_posts", "activity")
    points = tuple(point(value, label("activity", activity)) for activity, value in found.items() if value.value or value.hidden)
    title = tr("Postes par secteur d'activité, fin {month}", month=formats.month(book.period))
    series = (Series(title, theme.nth(0), points, "bar"),)
    return Chart(slug="activities", title=title, about=book.about("ne_eso_posts"), series=series, axis="category")


def _left(book: Book) -> Table:
    """Those who left social aid, by how far and in which activity; cumulated."""
    extents = latest(book, "ne_eso_left_social_aid", "exit_extent")
    activities = latest(book, "ne_eso_left_social_aid", "activity")
    by_extent = {label("exit_extent", code): extents[code] for code in in_list_order("exit_extent", extents)}
    by_activity = {label("activity", name): value for name, value in activities.items()}
    rows = (
        (Cell(tr("En tout"), kind="text"), Cell((whole := value_at(book, "ne_eso_left_social_aid")).text, shows=whole)),
        (Cell(tr("Par ampleur"), kind="text"),),
        *((Cell(name, kind="text"), Cell(value.text, value.stood, shows=value)) for name, value in by_extent.items()),
        (Cell(tr("Par secteur d'activité"), kind="text"),),
        *((Cell(name, kind="text"), Cell(value.text, value.stood, shows=value)) for name, value in by_activity.items()),
    )
    return Table(
        slug="left",
        title=tr("Sorties de l'aide sociale, cumulées jusqu'à fin {month}", month=formats.month(book.period)),
        columns=heads(("",), (tr("Personnes"),)),
        rows=rows,
        about=book.about("ne_eso_left_social_aid"),
    )


PAGE = Page(slug="ne_eso", title=later("Entreprises sociales productives (NE-ESO)"), order=60, build=_build, packs=(GP_CII, LEGISLATURE))
