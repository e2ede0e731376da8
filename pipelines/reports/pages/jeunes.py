"""Young people's paths: which services support them month by month, where the gaps between supports are, and who moves where."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from pipelines.contracts.codes import SERVICES
from pipelines.contracts.export import Period
from pipelines.contracts.registry import CODE_LISTS
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, in_list_order, label, values
from pipelines.reports.cells import number_cell
from pipelines.reports.chart import Chart, Series
from pipelines.reports.content import Block, Cell, Page, Table, heads
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.language import later, tr
from pipelines.reports.measures import written
from pipelines.reports.paths import GAP, STARRED, came, lacking, moves, noted, opening, state
from pipelines.reports.series import point, yearly
from pipelines.reports.value import Value

_KEY_FIGURES = ("youth_state", "youth_gap_months")
_SEVERAL = later("Plusieurs services")
_YEAR = 12
_SECTIONS = {
    "all": "",
    "service_before": later("Après quel service"),
    "service_after": later("Avant quel service"),
    "age_group": later("Âge au retour"),
    "region": later("Région"),
    "from_to": later("D'un service à l'autre"),
}
# Gaps by where they are, in the twelve months up to the report's and in the twelve before: how many, how long on average, the longest.
_GAPS = """
    with gap as (
      select g.gap_length, if(g.period > $period - interval 12 month, 0, 1) as years_back,
        'total' as all, g.service_before, g.service_after,
        g.service_before || '>' || g.service_after as from_to, a.age_group, coalesce(g.region, 'NON_RENSEIGNE') as region
      from core.support_gap g
      join core.age_group a on g.age between a.age_from and a.age_to
      where g.age between 18 and 34 and g.gap_length <= 24 and g.period <= $period and g.period > $period - interval 24 month
    ),
    placed as (
      unpivot gap on "all", service_before, service_after, from_to, age_group, region into name section value member
    )
    select section, member, years_back, count(*) as gaps, avg(gap_length) as mean, max(gap_length) as longest
    from placed group by all order by section, member, years_back
"""


def _build(book: Book) -> tuple[Block, ...]:
    start = opening(book, "youth_state")
    if not came(book, *_KEY_FIGURES):
        return (start,)
    return noted(
        book,
        (
            start,
            *(lacking(book, "youth_state") or (_states(book), _all_states(book))),
            *(lacking(book, "youth_gap_months", grain="year") or _interruptions(book)),
            *(
                lacking(book, "youth_transition", grain="year")
                or (
                    moves(book, "youth_transition", slug="transitions", title=tr("Passages des jeunes d'un décembre à l'autre, par année")),
                )
            ),
        ),
    )


def _states(book: Book) -> Chart:
    """A line per service alone, one for all that are combined, and one for those in a gap."""
    members = values(book, "youth_state", "state")
    lines = {service: (service, theme.colour("service", service), members[service]) for service in SERVICES if service in members}
    joined = [found for member, found in members.items() if "+" in member]
    lines |= {_SEVERAL: (tr(_SEVERAL), theme.nth(7), _together(joined))} if joined else {}
    lines |= {GAP: (state(GAP), theme.INK, members[GAP])} if GAP in members else {}
    # A gap that is not yet known for one would pull its line down to zero: the table below tells it.
    points = {code: tuple(point(value) for value in found) for code, (_, _, found) in lines.items()}
    points |= {GAP: tuple(one for one in points.get(GAP, ()) if not one.provisional)}
    return Chart(
        slug="states",
        title=tr("Jeunes de 18 à 34 ans par service"),
        about=book.about("youth_state"),
        series=tuple(Series(name, colour, points[code]) for code, (name, colour, _) in lines.items() if points[code]),
        notes=(
            tr(
                "«{several}» réunit toutes les combinaisons, le tableau suivant les distingue. «{gap}» n'est dessiné que là où les 24 mois "
                "d'avant et d'après sont connus; ailleurs il serait trop bas.",
                several=tr(_SEVERAL),
                gap=state(GAP),
            ),
        ),
    )


def _together(joined: Iterable[tuple[Value, ...]]) -> tuple[Value, ...]:
    """The sums of counts of which nobody is in two."""
    return tuple(
        next((part for part in parts if part.value is None), replace(parts[0], figure=None, value=sum(part.value or 0.0 for part in parts)))
        for parts in zip(*joined, strict=True)
    )


def _all_states(book: Book) -> Table:
    """A row per month, the latest first, and a column per combination."""
    members = values(book, "youth_state", "state")
    order = sorted(members, key=lambda member: (member == GAP, member.count("+"), member))
    months = [value.period for value in members[order[0]]]
    rows = [
        (Cell(formats.short_month(month), kind="text"), *(Cell(written(value := members[member][place]), shows=value) for member in order))
        for place, month in enumerate(months)
    ]
    return Table(
        slug="combinations",
        title=tr("Jeunes par combinaison de services"),
        columns=heads((tr("Mois"),), [state(member) for member in order]),
        rows=tuple(reversed(rows)),
        notes=(tr(STARRED),),
        about=book.about("youth_state"),
        folded=True,
    )


def _interruptions(book: Book) -> tuple[Block, ...]:
    """How long the gaps last; where they are is told of too few."""
    return (_gap_months(book),) if book.controlled else (_gap_months(book), _gaps(book))


def _gap_months(book: Book) -> Chart:
    return Chart(
        slug="gap_months",
        title=tr("Durée moyenne des interruptions dont on revient"),
        about=book.about("youth_gap_months"),
        series=(Series(tr("Durée moyenne"), theme.INK, yearly(book, "youth_gap_months")),),
        axis="year",
    )


def _gaps(book: Book) -> Table:
    """Where the gaps are: after and before which service, at which age, in which region."""
    rows: list[tuple[Cell, ...]] = []
    by_section = {section: list(group) for section, group in groupby(book.rows(_GAPS).iter_rows(), key=itemgetter(0))}
    for section, title in _SECTIONS.items():
        found: dict[str, dict[int, tuple[int, float, int]]] = {}
        for _, member, years_back, *cells in by_section.get(section, ()):
            found.setdefault(member, {})[years_back] = (cells[0], cells[1], cells[2])
        rows += [(Cell(tr(title), kind="text"),)] if title and found else []
        order = [*in_list_order(section, found)] if section in CODE_LISTS else sorted(found, key=lambda one: -found[one].get(0, (0,))[0])
        rows += [_where(section, member, found[member]) for member in [*order, *sorted(found.keys() - set(order))]]
    first = Period(book.period).months_before(_YEAR - 1)
    now, before = (
        tr("Interruptions, {months} mois à fin {month}", months=_YEAR, month=formats.short_month(last))
        for last in (book.period, Period(first).months_before(1))
    )
    mean = tr("Durée moyenne, mois")
    return Table(
        slug="gaps",
        title=tr("Où sont les interruptions"),
        columns=heads(("",), (now, mean, tr("La plus longue"), before, mean)),
        rows=tuple(rows),
        notes=(tr("Comptées au mois du retour; de 24 mois au plus. Une interruption dont personne ne revient n'y est pas."),),
        about=book.about("youth_gap_months"),
        empty=tr("Aucune interruption terminée dans ces deux ans."),
    )


def _where(section: str, member: str, years: dict[int, tuple[int, float, int]]) -> tuple[Cell, ...]:
    name = tr("Ensemble") if section == "all" else " → ".join(state(one) for one in member.split(">"))
    if section in CODE_LISTS:
        name = label(section, member)
    gaps, mean, longest = years.get(0, (0, None, None))
    gaps_before, mean_before, _ = years.get(1, (0, None, None))
    return (
        Cell(name, kind="text name"),
        number_cell(gaps),
        number_cell(mean, 1),
        number_cell(longest),
        number_cell(gaps_before),
        number_cell(mean_before, 1),
    )


PAGE = Page(slug="jeunes", title=later("Parcours des jeunes"), order=16, build=_build, packs=(GP_CII, LEGISLATURE))
