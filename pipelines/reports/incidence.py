"""How courses end, and after how many months: every end, and those that still wait, add up to all who entered."""

from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from pipelines.contracts.registry import COLUMNS
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, in_list_order, label
from pipelines.reports.cells import share_cell
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.content import Block, Cell, Table, heads
from pipelines.reports.language import labelled, later, tr
from pipelines.reports.measures import STAR
from pipelines.reports.value import HIDDEN, About

WAITING = later("Attend encore")
_READ_AT, _LEAST, _LONGEST = 24, 12, 36
_ALL, _WAITING = "ALL", "WAITING"
_TOLD = "select cohort, outcome, incidence, entered, reason from mart.end_share where process = $process order by cohort, outcome"
# By the end and not by its place in a list: what leads to a system has the colour of that system.
_COLOURS = {
    "EMPLOI": theme.nth(0),
    "FORMATION": theme.nth(7),
    "AIDE_SOCIALE": theme.system("AS"),
    "AI": theme.system("AI"),
    "RENTE_AI": theme.system("AI"),
    "FIN_DE_DROIT": theme.nth(4),
    "DEPART_CANTON": theme.nth(3),
    "RETRAITE": theme.nth(5),
    "DECES": theme.INK,
    "MESURE": theme.nth(4),
    "ABANDON": theme.nth(5),
    "NON_RETENU": theme.nth(3),
}
# The latest year of entry of which two years are known of everybody, or else as much as of any.
_COHORT = """
    select cohort, max(months) as months from mart.outcome_incidence
    where process = $process and cohort <> 'ALL' and mature and months <= $longest
    group by cohort having max(months) >= $least order by least(max(months), $read_at) desc, cohort desc limit 1
"""
_SHARES = """
    select outcome, months, incidence, waiting, at_risk from mart.outcome_incidence
    where process = $process and cohort = $cohort and months <= $months order by outcome, months
"""
_READ = """
    select i.cohort, e.entered, i.outcome, i.incidence, i.naive, i.waiting, i.mature from mart.outcome_incidence i
    join (select cohort, max(at_risk) as entered from mart.outcome_incidence where process = $process and months = 0 group by cohort) e
      on e.cohort = i.cohort
    where i.process = $process and i.cohort in ($cohort, 'ALL') and i.months = $months order by i.cohort, i.outcome
"""
_WHY = later(
    "Part naïve: issues connues divisées par toutes les entrées. Qui attend encore à la fin des données, ou en a disparu, y compte comme "
    "sans issue: elle est donc trop basse pour les entrées récentes; l'incidence cumulée ne divise que par ceux que l'on suit encore."
)


def ends(book: Book, process: str, *, outcomes: str, rests_on: str, services: str) -> tuple[Block, ...]:
    """The ends of a year's entries month by month, and beside them the naive shares; nothing where no year is known for long enough.

    Args:
        book: what is read.
        process: the kind of course.
        outcomes: the code list of its ends.
        rests_on: an indicator of the same source.
        services: an indicator of the same services.
    """
    if book.controlled:
        return _told(book, process, outcomes=outcomes, rests_on=rests_on, services=services)
    found = book.rows(_COHORT, process=process, longest=_LONGEST, least=_LEAST, read_at=_READ_AT).rows()
    if not found:
        return ()
    ((cohort, months),) = found
    about = _about(book, process, rests_on=rests_on, services=services)
    return (
        _chart(book, about, process=process, outcomes=outcomes, cohort=cohort, months=months),
        _table(book, about, process=process, outcomes=outcomes, cohort=cohort, months=min(_READ_AT, months)),
    )


def _about(book: Book, process: str, *, rests_on: str, services: str) -> About:
    (source,), (linked,) = book.about(rests_on), book.about(services)
    return replace(
        linked,
        label=tr("{process}: incidence cumulée", process=label("process", process)),
        definition=tr(COLUMNS["incidence"].meaning),
        unit="part",
        source=source.source,
        numerator="",
        denominator="",
    )


def _told(book: Book, process: str, *, outcomes: str, rests_on: str, services: str) -> tuple[Block, ...]:
    """What passed the control: the ends two years after the entry, by year of entry."""
    rows = book.rows(_TOLD, process=process).rows(named=True)
    # A year of which nothing may be told has no column.
    cohorts = {row["cohort"]: row["entered"] for row in rows if row["entered"]}
    if not cohorts:
        return ()
    read = {(row["cohort"], row["outcome"]): _told_cell(row) for row in rows}
    codes = {code: label(outcomes, code) for code in in_list_order(outcomes, {row["outcome"] for row in rows})} | {_WAITING: tr(WAITING)}
    return (
        Table(
            slug=f"ends_{process.lower()}",
            title=tr("{process}: issues deux ans après l'entrée, par année d'entrée", process=label("process", process)),
            columns=heads((tr("Issue"),), (f"{cohort} ({formats.number(entered)})" for cohort, entered in cohorts.items())),
            rows=tuple((Cell(name, kind="text name"), *(read[cohort, code] for cohort in cohorts)) for code, name in codes.items()),
            notes=(tr("Les années dont toutes les entrées ont deux ans de recul; chaque colonne fait 100 %."),),
            about=(_about(book, process, rests_on=rests_on, services=services),),
        ),
    )


def _told_cell(row: dict) -> Cell:
    if row["incidence"] is None:
        return Cell(tr(HIDDEN[row["reason"]]))
    return share_cell(row["incidence"], data={"value": repr(row["incidence"])})


def _chart(book: Book, about: About, *, process: str, outcomes: str, cohort: str, months: int) -> Chart:
    """The ends as bands on top of each other, and on top of them those that wait: together all who entered."""
    rows = book.rows(_SHARES, process=process, cohort=cohort, months=months).rows()
    grouped = {outcome: list(group) for outcome, group in groupby(rows, key=itemgetter(0))}
    bands = {outcome: tuple(_share(month, share, at_risk) for _, month, share, _, at_risk in group) for outcome, group in grouped.items()}
    waiting = tuple(_share(month, share, at_risk) for _, month, _, share, at_risk in next(iter(grouped.values())))
    happened = [code for code in in_list_order(outcomes, bands) if any(point.value for point in bands[code])]
    never = [formats.inside(label(outcomes, code)) for code in in_list_order(outcomes, bands) if code not in happened]
    return Chart(
        slug=f"ends_{process.lower()}",
        title=tr("{process}: ce qui y met fin, entrées de {year}", process=label("process", process), year=cohort),
        about=(about,),
        series=(
            *(Series(label(outcomes, code), _COLOURS.get(code, theme.QUIET), bands[code], "area") for code in happened),
            Series(tr(WAITING), theme.RULE, waiting, "area"),
        ),
        axis="number",
        axis_title=tr("Mois écoulés depuis l'entrée"),
        stacked=True,
        notes=(
            tr(
                "{year} est la dernière année dont toutes les entrées ont le recul montré; les bandes font ensemble {whole}.",
                year=cohort,
                whole=formats.percent(1),
            ),
            *((tr("Sans cas: {ends}.", ends=", ".join(never)),) if never else ()),
        ),
    )


def _share(months: int, share: float, at_risk: int) -> Point:
    return Point(months, share, formats.percent(share), f"{formats.inside(labelled(COLUMNS['at_risk']))}: {formats.number(at_risk)}")


def _table(book: Book, about: About, *, process: str, outcomes: str, cohort: str, months: int) -> Table:
    """Each end after so many months, of this year's entries and of all: the incidence, and the share that takes no waiting into account."""
    rows = book.rows(_READ, process=process, cohort=cohort, months=months).rows(named=True)
    read = {(row["cohort"], row["outcome"]): row for row in rows}
    groups = {
        cohort: tr("Entrées de {year} ({count})", year=cohort, count=formats.number(read[cohort, rows[0]["outcome"]]["entered"])),
        _ALL: tr("Toutes les entrées ({count})", count=formats.number(read[_ALL, rows[0]["outcome"]]["entered"])),
    }
    codes = in_list_order(outcomes, {outcome for _, outcome in read})
    lines = [(label(outcomes, code), [_cell(read[one, code], name) for one in groups for name in ("incidence", "naive")]) for code in codes]
    lines += [(tr(WAITING), [cell for one in groups for cell in (_cell(read[one, codes[0]], "waiting"), Cell("–"))])]
    return Table(
        slug=f"naive_{process.lower()}",
        title=tr("{process}: issues à {months} mois, avec et sans l'attente", process=label("process", process), months=months),
        columns=heads((tr("Issue"),), (f"{group}: {name}" for group in groups.values() for name in (tr("incidence"), tr("part naïve")))),
        rows=tuple((Cell(name, kind="text name"), *cells) for name, cells in lines),
        notes=(tr(_WHY), tr("* provisoire: toutes les entrées n'ont pas encore ce recul.")),
        about=(about,),
    )


def _cell(row: dict, name: str) -> Cell:
    return share_cell(row[name], after="" if row["mature"] else STAR, data={"value": repr(row[name])})
