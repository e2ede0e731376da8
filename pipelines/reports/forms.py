"""The forms that a pack takes besides HTML: all from the same pages, so that no figure is made twice."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from pipelines.reports.data_package import data_package
from pipelines.reports.edition import Edition
from pipelines.reports.pack_workbook import pack_workbook
from pipelines.reports.pdf import browser_of, printed

# What a reader opens of each form, by ending, under its name.
NAMED = {
    "pdf": "PDF",
    "xlsx": "XLSX",
    "data/indicator_value.csv": "CSV",
    "data/indicator_value.parquet": "Parquet",
    "data/datapackage.json": "Description",
}
# From a pack and its HTML in place, which of a released one is the kept file, to the files of a form by what their names have in
# place of `html`.
Making = Callable[[Edition, Path], Mapping[str, bytes]]


def makers(names: Iterable[str], *, chromium: Path | None) -> tuple[Making, ...]:
    """How the forms of these names are made.

    Args:
        names: `pdf`, `xlsx`, `csv`.
        chromium: the browser that prints; None is the one that is installed.

    Raises:
        CiiError: a PDF is asked for, and there is no Chromium.
    """
    return tuple(partial(_pdf, browser=browser_of(chromium)) if name == "pdf" else FORMS[name] for name in names)


def _pdf(edition: Edition, html: Path, *, browser: Path) -> Mapping[str, bytes]:
    return {"pdf": printed(html, browser, language=edition.language)}


def _xlsx(edition: Edition, _: Path) -> Mapping[str, bytes]:
    return {"xlsx": pack_workbook(edition)}


def _csv(edition: Edition, _: Path) -> Mapping[str, bytes]:
    return {f"data/{name}": content for name, content in data_package(edition).items()}


# Those that need nothing but the pages.
FORMS: Mapping[str, Making] = {"xlsx": _xlsx, "csv": _csv}
