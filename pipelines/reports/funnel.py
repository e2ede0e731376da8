"""Steps that cases go through, each counted from the beginning, with its share of the step before."""

from collections.abc import Mapping

from pipelines.reports import formats, theme
from pipelines.reports.book import Book, value_at
from pipelines.reports.chart import Chart, Series
from pipelines.reports.language import later, tr
from pipelines.reports.series import point
from pipelines.reports.value import Value

# What a step is a share of, by whether it stands apart.
_OF = {False: later("{share} de l'étape précédente"), True: later("{share} de la première étape")}


def funnel(book: Book, steps: Mapping[str, str], *, title: str, apart: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> Chart:
    """The steps as bars, first to last.

    Args:
        book: what is read.
        steps: the indicators in order, each with the name of its bar, which is told here.
        title: what goes through them.
        apart: the steps that need not follow the one before: a share of the first.
        notes: what a reader must know.
    """
    known = {indicator: value_at(book, indicator) for indicator in steps}
    points = tuple(
        point(known[indicator], tr(steps[indicator]), beside=tr(_OF[indicator in apart], share=share) if share else "")
        for indicator, share in shares_of(known, apart=apart).items()
    )
    said = (tr("Cumulé jusqu'à fin {month}.", month=formats.month(book.period)), *notes)
    series = (Series(title, theme.nth(0), points, "bar"),)
    return Chart(slug="funnel", title=title, about=book.about(*steps), series=series, axis="category", notes=said)


def shares_of(known: Mapping[str, Value], *, apart: tuple[str, ...] = ()) -> dict[str, str]:
    """What each step is of the one before it, or of the first; nothing for the first, and where there is nothing to divide."""
    names = list(known)
    before = dict(zip(names[1:], names, strict=False)) | dict.fromkeys(apart, names[0])
    return {name: _share(value, known[before[name]]) if name in before else "" for name, value in known.items()}


def _share(step: Value, base: Value) -> str:
    return "" if step.value is None or not base.value else formats.percent(step.value / base.value)
