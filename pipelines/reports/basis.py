"""What a page rests on, in sentences: its period, and what of it did not come."""

from pipelines.contracts.registry import EXPORTS
from pipelines.reports import formats
from pipelines.reports.book import Book, under_way, values
from pipelines.reports.language import later, tr
from pipelines.reports.value import Grain, Value

_LACKING, _PARTIAL = later("{periods} sans envoi: {listed}."), later("{periods} à compléter: {listed}.")


def basis(book: Book, indicator: str, *, dataset: str, grain: Grain = "month") -> tuple[str, ...]:
    """The period of an indicator's figures and their completeness; one sentence where nothing of the dataset has come."""
    title = tr(EXPORTS[dataset].title)
    known = values(book, indicator, grain=grain).get("total", ())
    if not known:
        until = formats.month(book.period)
        return (tr("{title}: aucun envoi en vigueur jusqu'à fin {until}; ce qui en dépend reste vide.", title=title, until=until),)
    span = formats.span(*(formats.period(value.period, grain) for value in (known[0], known[-1])))
    return (f"{title}: {span}. {_completeness(book, known, grain)}",)


def _completeness(book: Book, known: tuple[Value, ...], grain: Grain) -> str:
    past = [value for value in known if not under_way(book, value.period, grain)]
    lacking = [value for value in past if value.reason == "NOT_RECEIVED"]
    partial = [value for value in past if value.value is not None and not value.complete]
    said = [
        tr(words, periods=_counted(len(found), grain), listed=_listed(found, grain))
        for found, words in ((lacking, _LACKING), (partial, _PARTIAL))
        if found
    ]
    still = [tr("{period}: en cours.", period=formats.period(value.period, grain)) for value in known if value not in past]
    return " ".join((*(said or [tr("Rien ne manque.")]), *still))


def _counted(count: int, grain: Grain) -> str:
    if grain == "month":
        return formats.counted(count, "mois", "mois")
    return formats.counted(count, "trimestre", "trimestres") if grain == "quarter" else formats.counted(count, "année", "années")


def _listed(found: list[Value], grain: Grain) -> str:
    dates = [value.period for value in found]
    return formats.several_months(dates) if grain == "month" else ", ".join(formats.period(date, grain) for date in dates)
