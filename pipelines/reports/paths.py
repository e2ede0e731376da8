"""What the pages on people's paths share: what is lacking, the states people are in, and what other populations give."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipelines.contracts.codes import SERVICES
from pipelines.reports import formats, theme
from pipelines.reports.basis import basis
from pipelines.reports.book import Book, label, linked_services, under_way, values
from pipelines.reports.chart import Chart, Panels, Point, Series
from pipelines.reports.content import Block, Cell, Table, Text, charts, heads
from pipelines.reports.language import later, tr
from pipelines.reports.measures import at, written
from pipelines.reports.moves import Flow
from pipelines.reports.series import ELSEWHERE
from pipelines.reports.value import About, Grain, Value

DATASET = "prestations"
_EMPHASISED = 2
_GREY = "#b4bcc6"
GAP, NONE = "GAP", "NONE"
# The order in which states are drawn: those that share a system or a service stand together, nowhere comes last.
SYSTEMS = ("AC", "AC+AS", "AS", "AI+AS", "AI", "AC+AI", "AC+AI+AS", NONE)
_NOWHERE = {GAP: later("Sans service, entre deux"), NONE: later("Aucun")}
_REFERENCES = "select member, value, population, source from mart.reference_value where indicator = $indicator order by member"
_INVENTED = later("Données d'exemple, personnes inventées.")
_NO_PROOF = later("Données d'exemple, personnes inventées: qu'elles soient proches ou loin des valeurs de l'OFS ne prouve rien.")
# The systems by their initials, words for `tr`.
SHORT = {"AC": later("AC"), "AI": later("AI"), "AS": later("AS")}
HALF_YEARS = later(
    "Un point par semestre, et seulement là où personne ou assez de personnes sont parties depuis le point d'avant; une année n'y est "
    "que lorsque toutes ses entrées ont ce recul."
)
STARRED = later("* incomplet ou provisoire: une livraison due manque, ou les mois qui en décident ne sont pas tous connus.")


@dataclass(frozen=True)
class Reference:
    """What was published of an indicator for another population, in words whom it speaks of and by whom."""

    value: float
    population: str
    source: str

    @property
    def text(self) -> str:
        """The value as it is read."""
        return formats.percent(self.value)


def references(book: Book, indicator: str) -> dict[str, Reference]:
    """What was published elsewhere, by member."""
    return {member: Reference(*cells) for member, *cells in book.rows(_REFERENCES, indicator=indicator).iter_rows()}


def compared_with(known: Mapping[str, Reference]) -> tuple[str, ...]:
    """Whom the references speak of, and who says so."""
    told = dict.fromkeys((one.population, one.source) for one in known.values())
    return tuple(
        tr("{population}: {source}; pour comparaison, ce ne sont pas des valeurs du canton.", population=tr(population), source=source)
        for population, source in told
    )


def opening(book: Book, indicator: str) -> Text:
    """The period of the page and its completeness, and whose persons may be linked."""
    linked = linked_services(book.con)
    if named := ", ".join(service for service in SERVICES if service in linked):
        said = tr("Services dont les personnes peuvent être reliées entre elles: {services}.", services=named)
    else:
        said = tr("Services dont les personnes peuvent être reliées entre elles: aucun.")
    return Text((*basis(book, indicator, dataset=DATASET), said))


def came(book: Book, *indicators: str) -> bool:
    """Whether any delivery came that these indicators read."""
    return any(indicator in {key[0] for key in book.cells} for indicator in indicators)


def lacking(book: Book, indicator: str, dimension: str = "total", *, grain: Grain = "month") -> tuple[Text, ...]:
    """One sentence where an indicator has nothing to show: the services are not linked, nothing came, or nobody is counted."""
    known = [value for found in values(book, indicator, dimension, grain=grain).values() for value in found]
    (about,) = book.about(indicator)
    if any(value.reason == "NOT_LINKED" for value in known):
        return (Text((_not_linked(about),)),)
    if any(value.value is not None for value in known):
        return ()
    said = tr(
        "{indicator}: rien à montrer jusqu'à fin {month}, faute d'envois ou de cas. Source: {source}.",
        indicator=about.label,
        month=formats.month(book.period),
        source=about.source,
    )
    return (Text((said,)),)


def _not_linked(about: About) -> str:
    """Whose persons may not be linked, where an indicator needs those of several services."""
    match [service for service in about.rests_on if service in SERVICES]:
        case []:
            return tr(
                "{indicator}: non lié. Il y faut les personnes de deux services au moins qu'une base légale permette de relier; ici aucun.",
                indicator=about.label,
            )
        case [service]:
            return tr(
                "{indicator}: non lié. Il y faut les personnes de deux services au moins qu'une base légale permette de relier; ici un "
                "seul: {service}.",
                indicator=about.label,
                service=service,
            )
    return tr(
        "{indicator}: non lié; les personnes qu'il compte sont celles d'un service qu'aucune base légale ne permet de relier (sans base "
        "légale: {services}).",
        indicator=about.label,
        services=", ".join(about.left_out),
    )


def noted(book: Book, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, where charts and tables of invented persons say so."""
    if not book.sample:
        return blocks
    return tuple(
        replace(block, notes=(*block.notes, tr(_NO_PROOF) if _compares(block) else tr(_INVENTED)))
        if isinstance(block, Chart | Panels | Flow | Table)
        else block
        for block in blocks
    )


def _compares(block: Block) -> bool:
    """Whether it shows what was published elsewhere."""
    return any(series.aside == ELSEWHERE for chart in charts((block,)) for series in chart.series)


def level(panels: tuple[Chart, ...]) -> tuple[Chart, ...]:
    """The charts with axes of the same height."""
    highest = max((point.value or 0 for chart in panels for series in chart.series for point in series.points), default=0.0)
    return tuple(replace(chart, highest=highest) for chart in panels)


def final(known: tuple[Value, ...]) -> list[Value]:
    """The values that are there and final."""
    return [value for value in known if value.value is not None and not value.flags]


def state(code: str) -> str:
    """The name of a combination of systems or services, of a gap or of nowhere."""
    if code in _NOWHERE:
        return tr(_NOWHERE[code])
    return label("system_combination", code) if code in SYSTEMS else code.replace("+", " + ")


def cohorts(curves: Mapping[str, tuple[Point, ...]], *, colour: str, named: bool = False) -> tuple[Series, ...]:
    """A line per year of entry, the latest that a year has passed for in colour, the others in the background.

    Args:
        curves: by year of entry, what became of it by months elapsed.
        colour: of the latest ones.
        named: whether those in the background are named too.
    """
    settled = [cohort for cohort, points in curves.items() if any(one.x == 12 and one.value is not None for one in points)]
    shown = settled[-_EMPHASISED:]
    behind = theme.QUIET if named else _GREY
    return tuple(
        Series(cohort, colour if cohort in shown else behind, points, quiet=not named and cohort not in shown)
        for cohort, points in curves.items()
    )


def move(from_to: str) -> str:
    """`AC seule → AS seule` for `AC>AS`."""
    return " → ".join(state(code) for code in from_to.split(">"))


def moves(book: Book, indicator: str, *, slug: str, title: str, notes: tuple[str, ...] = ()) -> Table:
    """A row per move and a column per year, the most frequent of the latest year first."""
    known = values(book, indicator, "from_to", grain="year")
    total = values(book, indicator, grain="year")["total"]
    years = [value.period for value in total if value.value is not None and not under_way(book, value.period, "year")]
    last = {member: found[-1].value if (found := final(members)) else None for member, members in known.items()}
    order = sorted(known, key=lambda member: (-(last[member] or 0), member))
    second = tr("Année: celle du second décembre.")
    rows = [
        (
            Cell(name, kind="text"),
            *(Cell(written(value := at(found, year)), data={"move": member, "year": str(year.year)}, shows=value) for year in years),
        )
        for name, member, found in ((tr("Ensemble"), "total", total), *((move(member), member, known[member]) for member in order))
    ]
    return Table(
        slug=slug,
        title=title,
        columns=heads((tr("De l'état d'avant à celui d'après"),), [str(year.year) for year in years]),
        rows=tuple(rows),
        notes=(second, tr(STARRED), *notes),
        about=book.about(indicator),
        folded=True,
    )
