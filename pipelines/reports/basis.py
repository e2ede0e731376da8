"""What a page rests on, in sentences: its period, and what of it did not come."""

from pipelines.contracts.registry import EXPORTS
from pipelines.reports import formats
from pipelines.reports.book import Book, under_way, values
from pipelines.reports.value import Grain, Value

_NOUNS = {"month": ("mois", "mois"), "quarter": ("trimestre", "trimestres"), "year": ("année", "années")}


def basis(book: Book, indicator: str, *, dataset: str, grain: Grain = "month") -> tuple[str, ...]:
    """The period of an indicator's figures and their completeness; one sentence where nothing of the dataset has come."""
    title = EXPORTS[dataset].title
    known = values(book, indicator, grain=grain).get("total", ())
    if not known:
        return (f"{title}: aucun envoi en vigueur jusqu'à fin {formats.month(book.period)}; ce qui en dépend reste vide.",)
    span = formats.span(*(formats.period(value.period, grain) for value in (known[0], known[-1])))
    return (f"{title}: {span}. {_completeness(book, known, grain)}",)


def _completeness(book: Book, known: tuple[Value, ...], grain: Grain) -> str:
    past = [value for value in known if not under_way(book, value.period, grain)]
    lacking = [value for value in past if value.reason == "NOT_RECEIVED"]
    partial = [value for value in past if "incomplet" in value.flags]
    said = [
        f"{formats.counted(len(found), *_NOUNS[grain])} {words}: {_listed(found, grain)}."
        for found, words in ((lacking, "sans envoi"), (partial, "à compléter"))
        if found
    ]
    still = [f"{formats.period(value.period, grain)}: en cours." for value in known if value not in past]
    return " ".join((*(said or ["Rien ne manque."]), *still))


def _listed(found: list[Value], grain: Grain) -> str:
    dates = [value.period for value in found]
    return formats.several_months(dates) if grain == "month" else ", ".join(formats.period(date, grain) for date in dates)
