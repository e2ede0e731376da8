"""The files people open: the reports of a month, the yearly sheets of its mixed measures, and the list of all of them."""

import base64
import datetime as dt
import hashlib
import html
import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from pipelines import duck
from pipelines.contracts.export import Period
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, open_book
from pipelines.reports.content import Chart, Panels, Series
from pipelines.reports.figures import figure
from pipelines.reports.files import GP_CII, REPORTS, SHEETS, report_path, sheet_name, sheets_due
from pipelines.reports.measures import STARRED
from pipelines.reports.pages import pages
from pipelines.reports.svg import drawing, sparkline
from pipelines.reports.tables import alternative, remarks, table_of
from pipelines.reports.yearly_sheet import Sheet, yearly_sheets

_TITLE = re.compile("<title>(.*?)</title>")
_HEAD = 2000  # characters within which a file says its title


def write_reports(con: duck.Connection, out: Path, *, period: dt.date, sample: bool, before: duck.Connection | None = None) -> list[Path]:
    """Write the reports of a month, its sheets and the list of all reports under `out`; the files written."""
    book = open_book(con, period, before=before)
    texts = {out / report_path(period, report): render(book, sample=sample, report=report) for report in REPORTS}
    folder = out / f"{period:%Y-%m}" / SHEETS
    for sheet in yearly_sheets(book, sheets_due(con, period)):
        texts[folder / sheet_name(sheet.measure_id, sheet.year)] = render_sheet(book, sheet, sample=sample)
    for path, text in texts.items():
        _write(path, text)
    return [*texts, write_index(out, sample=sample)]


def write_index(out: Path, *, sample: bool) -> Path:
    """Write the list of the reports and sheets that lie under `out`, latest first."""
    months = sorted({path.parent.name for path in out.glob("*-*/*.fr.html")}, reverse=True)
    listed = [(formats.month(dt.date.fromisoformat(f"{name}-01")), _reports_in(out / name), _sheets_in(out / name)) for name in months]
    text = _environment().get_template("index.html.j2").render(months=listed, sample=sample, style=_file("report.css"), policy=_policy())
    _write(out / "index.html", text)
    return out / "index.html"


def _reports_in(folder: Path) -> list[tuple[str, str]]:
    files = {f"{report}.fr.html": title for report, title in REPORTS.items()}
    return [(f"{folder.name}/{file}", title) for file, title in files.items() if (folder / file).exists()]


def _sheets_in(folder: Path) -> list[tuple[str, str]]:
    """The sheets by the titles they bear: the list is made of files, whatever the tables hold by now."""
    found = []
    for path in sorted(folder.glob(f"{SHEETS}/*.html")):
        with path.open(encoding="utf-8") as text:
            title = _TITLE.search(text.read(_HEAD))
        found.append((f"{folder.name}/{SHEETS}/{quote(path.name)}", html.unescape(title[1]) if title else path.stem))
    return sorted(found, key=lambda one: one[1])


def render(book: Book, *, sample: bool, report: str = GP_CII) -> str:
    """A report as one file that asks nothing of anyone."""
    scripts = [Markup(get_plotlyjs()), _file("report.js")]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=REPORTS[report],
            pages=[(page, page.build(book)) for page in pages() if page.report == report],
            theme=_json({"template": theme.TEMPLATE, "locale": formats.LOCALE}),
            scripts=scripts,
            policy=_policy(*scripts),
            **_frame(book, sample=sample),
        )
    )


def render_sheet(book: Book, sheet: Sheet, *, sample: bool) -> str:
    """The yearly sheet of a measure: one page, without scripts."""
    template = _environment().get_template("yearly_sheet.html.j2")
    return template.render(sheet=sheet, starred=STARRED, policy=_policy(), **_frame(book, sample=sample))


def _frame(book: Book, *, sample: bool) -> dict[str, Any]:
    """What every file says of itself."""
    received = book.rows("select max(received_at)::date from stg.delivery").item()
    return {
        "month": formats.month(book.period),
        "last_day": formats.day(Period(book.period).last),
        "received": formats.day(received) if received else "",
        "sample": sample,
        "style": _file("report.css"),
    }


def _policy(*scripts: str) -> str:
    """Nothing may be fetched, sent or framed, and no script run but these; plotly sets styles as it draws."""
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes) or "'none'"
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipelines.reports", ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "kind": lambda block: type(block).__name__,
        "spec": lambda chart: _json(figure(chart)),
        "legend": _legend,
        "labelled": _labelled,
        "compared": _compared,
        "table_of": table_of,
        "remarks": remarks,
        "alternative": alternative,
        "sparkline": sparkline,
        "drawing": drawing,
    }
    return environment


def _labelled(chart: Chart) -> bool:
    """Whether every series is named at its end: lines are, where there are more than one."""
    kinds = [series.kind for series in chart.series if not series.aside]
    return "bar" not in kinds and kinds.count("line") + kinds.count("area") > 1


def _legend(chart: Chart) -> list[Series]:
    """The series a key is needed for: one alone is named by the title, and diamonds by a remark."""
    named = [series for series in chart.series if not series.aside]
    return named if len(named) > 1 else []


def _compared(panels: Panels) -> list[Series]:
    """What stands beside the lines of several panels, once."""
    return list({series.name: series for chart in panels.charts for series in chart.series if series.aside}.values())


def _json(value: Any) -> Markup:
    """JSON that no closing tag in it can break out of."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))


def _file(name: str) -> Markup:
    return Markup((resources.files(__package__) / name).read_text(encoding="utf-8"))


def _write(path: Path, text: str) -> None:
    """Put the file in place whole, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f".{path.name}.tmp")
    draft.touch(mode=0o600)
    draft.chmod(0o600)
    draft.write_bytes(text.encode())
    draft.replace(path)
