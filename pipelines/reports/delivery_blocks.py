"""The tables on deliveries that several readers get: each of the deliveries that its book knows."""

from pipelines.contracts.plan import months
from pipelines.reports.book import Book, label
from pipelines.reports.cells import number_cell
from pipelines.reports.content import Cell, Table, heads
from pipelines.reports.deliveries import punctuality
from pipelines.reports.formats import Amount
from pipelines.reports.language import tr
from pipelines.reports.states import legend, month_head, state_cell, state_rows

# What is older has been answered, or counts as it is: every finding is in the correction workbooks and in mart.finding.
RECENT = "(d.period is null or d.period between $period - interval 12 months and $period)"


def matrix(book: Book) -> Table:
    """A row per service and dataset, a column per month: the table is the picture."""
    rows = book.rows(
        """
        select service, dataset, period, state, correction from core.delivery_month
        where cadence = 'monthly' and period <= $period order by service, dataset, period
        """
    )
    states = {(service, dataset, period): state_cell(state, correction) for service, dataset, period, state, correction in rows.iter_rows()}
    periods = months(min((period for *_, period in states), default=book.period), book.period)
    body = state_rows({(service, dataset): dataset for service, dataset, _ in states}, periods, states)
    columns = (_head(), *(month_head(period) for period in periods))
    return Table(slug="matrix", title=tr("Livraisons par mois"), columns=columns, rows=body, notes=(legend(),), kind="matrix")


def yearly(book: Book) -> tuple[Table, ...]:
    """The same for what is sent once a year, where anything is."""
    rows = book.rows(
        """
        select service, dataset, period, state, correction from core.delivery_month
        where cadence = 'yearly' and period <= $period order by service, dataset, period
        """
    )
    states = {(service, dataset, period): state_cell(state, correction) for service, dataset, period, state, correction in rows.iter_rows()}
    if not states:
        return ()
    periods = sorted({period for *_, period in states})
    columns = (_head(), *(Cell(str(period.year), kind="state") for period in periods))
    body = state_rows({(service, dataset): dataset for service, dataset, _ in states}, periods, states)
    return (Table(slug="yearly", title=tr("Livraisons par année"), columns=columns, rows=body, notes=(legend(),)),)


def kept_dates(book: Book) -> Table:
    """How a service keeps its dates, a row per service and dataset."""
    rows = tuple(
        (
            Cell(one.service, one.dataset, kind="text"),
            number_cell(one.received),
            number_cell(one.in_time),
            number_cell(one.usually_late),
            number_cell(one.most_late),
        )
        for one in punctuality(book.con, until=book.period)
    )
    numbers = (tr("Périodes reçues"), tr("À temps"), tr("Jours de retard, médiane des retards"), tr("Plus grand retard, jours"))
    notes = (
        tr("Première version non rejetée, comparée à l'échéance: le 10 du mois suivant ou le 31 janvier, ou le jour ouvrable qui suit."),
    )
    columns = (_head(), *heads((), numbers))
    return Table(slug="punctuality", title=tr("Ponctualité"), columns=columns, rows=rows, notes=notes)


def _head() -> Cell:
    """The head over the rows of services and their datasets."""
    return Cell(tr("Service"), tr("jeu de données"), kind="text")


def finding_cells(severity: str, line: int | None, header: str | None, *, cell: str | None, message: str) -> tuple[Cell, ...]:
    """What a remark on a line of a file says, without the file."""
    return (
        Cell(label("severity", severity), kind="text"),
        Cell(tr("fichier")) if line is None else Cell(str(line), amount=Amount(line, "name")),
        Cell(header or "–", kind="text"),
        Cell(cell or "–", kind="text written"),
        Cell(message, kind="text long"),
    )
