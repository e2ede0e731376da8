"""People's paths between the systems: who is in which, who goes from one to another within a year, and with what joint file."""

import datetime as dt
from dataclasses import replace

from pipelines.reports import formats, theme
from pipelines.reports.book import Book, in_list_order, label, value_at, values
from pipelines.reports.cards import cards
from pipelines.reports.chart import Chart, Panels, Series
from pipelines.reports.content import Block, Page, Text
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.flows import HIDDEN_MOVES
from pipelines.reports.language import agreeing, later, tr
from pipelines.reports.moves import Flow, State
from pipelines.reports.paths import NONE, SHORT, SYSTEMS, came, final, lacking, moves, noted, opening, state
from pipelines.reports.series import point, total

_KEY_FIGURES = ("system_recipients", "system_multiple_share", "uncoordinated_transfer_rate", "cii_share_of_jobseekers")
_NOWHERE = "#aab3bd"
# With fewer figures than that a chart shows nothing but where something is hidden.
_TOLD = 12
_FILE_FROM = "select date, source from core.parameter where parameter = 'transfer_file_from' order by valid_from desc limit 1"


def _build(book: Book) -> tuple[Block, ...]:
    start = opening(book, "system_recipients")
    if not came(book, *_KEY_FIGURES):
        return (start,)
    return noted(
        book,
        (
            Text((*start.sentences, *_said(book))),
            cards(book, tr("Chiffres clés"), indicators=_KEY_FIGURES),
            *(lacking(book, "system_recipients") or (_recipients(book),)),
            *(lacking(book, "system_transition", grain="year") or _year_on_year(book)),
            *(lacking(book, "uncoordinated_transfer_rate") or (_transfers(book),)),
            *(lacking(book, "cii_share_of_jobseekers") or (_jobseekers(book),)),
        ),
    )


def _said(book: Book) -> tuple[str, ...]:
    one, several = value_at(book, "system_recipients"), value_at(book, "system_multiple_share")
    if one.value is None or several.numerator is None:
        return ()
    said = agreeing(
        one.value,
        "En {month}, {persons} de 18 à 64 ans est dans un système au moins: assurance-chômage (AC), assurance-invalidité (AI, rente) ou "
        "aide sociale (AS); dans plusieurs à la fois: {several}.",
        "En {month}, {persons} de 18 à 64 ans sont dans un système au moins: assurance-chômage (AC), assurance-invalidité (AI, rente) ou "
        "aide sociale (AS); dans plusieurs à la fois: {several}.",
    )
    persons, month = formats.of_unit(one.value, "personnes"), formats.month(book.period)
    return (said.format(month=month, persons=persons, several=formats.number(several.numerator)),)


def _recipients(book: Book) -> Panels | Chart:
    """Those in one system, and beside, on an axis of its own, the few in several; the first alone where next to none may be told."""
    alone = _in_systems(book, "recipients_alone", tr("Dans un seul système"), joined=False)
    several = _in_systems(book, "recipients_several", tr("Dans plusieurs systèmes à la fois"), joined=True)
    title, about = tr("Bénéficiaires par système"), alone.about
    if book.controlled and sum(bool(point.value) for series in several.series for point in series.points) < _TOLD:
        notes = (tr("Qui est dans un seul système; trop peu de personnes sont dans plusieurs à la fois pour que leur nombre soit montré."),)
        return replace(alone, slug="recipients", title=title, compact=False, notes=notes)
    notes = (tr("Les deux échelles diffèrent: peu de personnes sont dans plusieurs systèmes."),)
    return Panels(slug="recipients", title=title, about=about, charts=(alone, several), notes=notes)


def _in_systems(book: Book, slug: str, title: str, *, joined: bool) -> Chart:
    """A line per system, or per combination of several."""
    members = values(book, "system_recipients", "system_combination")
    codes = [code for code in in_list_order("system_combination", members) if ("+" in code) == joined]
    lines = (Series(label("system_combination", code), theme.system(code), tuple(map(point, members[code]))) for code in codes)
    return Chart(slug=slug, title=title, about=book.about("system_recipients"), compact=True, series=tuple(lines))


def _year_on_year(book: Book) -> tuple[Block, ...]:
    """The latest pair of Decembers that is final as a diagram, and all years as a table."""
    pairs = moves(book, "system_transition", slug="transitions", title=tr("Tous les passages d'un décembre à l'autre, par année"))
    known = final(values(book, "system_transition", grain="year")["total"])
    return (*((_flow(book, known[-1].period),) if known else ()), pairs)


def _flow(book: Book, year: dt.date) -> Flow:
    moved = {
        (before, after): value
        for member, found in values(book, "system_transition", "from_to", grain="year").items()
        for before, after in (member.split(">"),)
        for value in found
        if value.period == year
    }
    counts = {pair: int(value.value) for pair, value in moved.items() if value.value is not None}
    hidden = {pair: value.hidden for pair, value in moved.items() if value.hidden}
    there = {code for pair, count in counts.items() if count for code in pair}
    states = tuple(State(code, state(code), _NOWHERE if code == NONE else theme.system(code)) for code in SYSTEMS if code in there)
    return Flow(
        slug="flow",
        title=tr("D'un décembre à l'autre: {before} à {year}", before=year.year - 1, year=year.year),
        about=book.about("system_transition"),
        dates=(tr("Décembre {year}", year=year.year - 1), tr("Décembre {year}", year=year.year)),
        states=states,
        counts={pair: count for pair, count in counts.items() if count},
        hidden=hidden,
        shows={pair: value for pair, value in moved.items() if pair in counts or pair in hidden},
        notes=(
            *((tr(HIDDEN_MOVES),) if hidden else ()),
            tr("À gauche d'où l'on vient, à droite où l'on est un an après, retours compris; chaque bande a la couleur de son départ."),
            tr(
                "«Aucun»: dans aucun des trois systèmes en décembre, donc entrées à gauche et sorties à droite; qui n'y est à aucune des "
                "deux dates n'est pas compté, ni qui n'a pas de 18 à 64 ans aux deux."
            ),
        ),
    )


def _transfers(book: Book) -> Chart:
    since, source = book.rows(_FILE_FROM).row(0)
    members = values(book, "uncoordinated_transfer_rate", "from_to")
    lines = {"total": (tr("Tous les passages"), theme.INK, values(book, "uncoordinated_transfer_rate")["total"])}
    # A transfer is from a system to another, whatever else is drawn beside.
    lines |= {member: (_between(member), theme.nth(place), found) for place, (member, found) in enumerate(members.items())}
    series = tuple(
        Series(name, colour, tuple(point(value) for value in found if value.period >= since)) for name, colour, found in lines.values()
    )
    return Chart(
        slug="transfers",
        title=tr("Passages d'un système à un autre sans dossier commun, douze mois"),
        about=book.about("uncoordinated_transfer_rate"),
        series=tuple(one for one in series if any(place.value is not None for place in one.points)),
        notes=(tr("Ce taux existe dès {month} ({source}).", month=formats.month(since), source=formats.inside(tr(source))),),
    )


def _between(from_to: str) -> str:
    """`AC → AS` for `AC>AS`: the name of a line has little room."""
    return " → ".join(tr(SHORT.get(system, system)) for system in from_to.split(">"))


def _jobseekers(book: Book) -> Chart:
    return Chart(
        slug="jobseekers",
        title=tr("Demandeurs d'emploi suivis aussi par un autre service"),
        about=book.about("cii_share_of_jobseekers"),
        series=(total(book, "cii_share_of_jobseekers"),),
    )


PAGE = Page(slug="parcours", title=later("Parcours entre les services"), order=12, build=_build, annex=False, packs=(GP_CII, LEGISLATURE))
