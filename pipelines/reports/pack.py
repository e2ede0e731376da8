"""The files people open: the report of a month, and the list of all reports."""

import base64
import datetime as dt
import hashlib
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from pipelines import duck
from pipelines.contracts.export import Period
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, open_book
from pipelines.reports.content import Chart, Series
from pipelines.reports.figures import figure
from pipelines.reports.pages import pages
from pipelines.reports.tables import alternative, remarks, table_of

REPORT = "gp-cii.fr.html"


def write_reports(con: duck.Connection, out: Path, *, period: dt.date, sample: bool, before: duck.Connection | None = None) -> list[Path]:
    """Write the report of a month and the list of all reports under `out`; the files written."""
    report = out / f"{period:%Y-%m}" / REPORT
    _write(report, render(open_book(con, period, before=before), sample=sample))
    return [report, write_index(out, sample=sample)]


def write_index(out: Path, *, sample: bool) -> Path:
    """Write the list of the reports that lie under `out`, latest first."""
    found = sorted((path.parent.name for path in out.glob(f"*-*/{REPORT}")), reverse=True)
    reports = [(f"{name}/{REPORT}", formats.month(dt.date.fromisoformat(f"{name}-01"))) for name in found]
    text = _environment().get_template("index.html.j2").render(reports=reports, sample=sample, style=_file("report.css"), policy=_policy())
    _write(out / "index.html", text)
    return out / "index.html"


def render(book: Book, *, sample: bool) -> str:
    """The report as one file that asks nothing of anyone."""
    scripts = [Markup(get_plotlyjs()), _file("report.js")]
    received = book.rows("select max(received_at)::date from stg.delivery").item()
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            month=formats.month(book.period),
            last_day=formats.day(Period(book.period).last),
            received=formats.day(received) if received else "",
            sample=sample,
            pages=[(page, page.build(book)) for page in pages()],
            style=_file("report.css"),
            theme=_json({"template": theme.TEMPLATE, "locale": formats.LOCALE}),
            scripts=scripts,
            policy=_policy(*scripts),
        )
    )


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
        "labelled": lambda chart: any(series.kind == "line" for series in chart.series),
        "table_of": table_of,
        "remarks": remarks,
        "alternative": alternative,
    }
    return environment


def _legend(chart: Chart) -> list[Series]:
    """The series a key is needed for: one alone is named by the title, and diamonds by a remark."""
    named = [series for series in chart.series if not series.aside]
    return named if len(named) > 1 else []


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
