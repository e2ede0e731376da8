"""The files people open: the packs of a month, the yearly sheets of its mixed measures, and the list of all of them."""

import base64
import datetime as dt
import gzip
import hashlib
import html as markup
import json
import re
from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from pipelines.reports import formats, theme
from pipelines.reports.book import Book
from pipelines.reports.chart import Panels, Series
from pipelines.reports.edition import INVENTED, Edition, edition, masthead, telling
from pipelines.reports.facts import Facts
from pipelines.reports.figures import figure
from pipelines.reports.files import (
    COORDINATION,
    GP_CII,
    PACKS,
    SHEETS,
    beside,
    drop_forms_of_another,
    report_path,
    sheet_name,
    sheets_due,
    told_title,
)
from pipelines.reports.forms import NAMED, Making
from pipelines.reports.keys import ended, keys, letters_of_bars
from pipelines.reports.language import Language, language, tr
from pipelines.reports.measures import STARRED
from pipelines.reports.svg import drawing, sparkline
from pipelines.reports.tables import alternative, nothing_drawn, remarks, table_of
from pipelines.reports.written import cell
from pipelines.reports.yearly_sheet import Sheet, edition_of, yearly_sheets

_TITLE = re.compile("<title>(.*?)</title>")
_STAMP = re.compile('<p class="stamps"><span>(.*?)</span>')
_HEAD = 50_000  # characters within which a file says its title and its stamps, behind its style


def write_pack(book: Book, out: Path, pack: str, *, sample: bool, forms: Collection[Making] = (), language: Language = "fr") -> list[Path]:
    """Write a pack of the book's month under `out`, and the sheets that go with it; the files written.

    In another language than French, the French HTML is written too: it is known by it whether what lies beside it says the same.

    Args:
        book: what it is made from.
        out: the folder of all reports.
        pack: its name.
        sample: whether its persons are invented.
        forms: what makes its forms besides HTML.
        language: in which it is told.
    """
    path = out / report_path(book.period, pack, internal=book.internal)
    put_report(path, html_of(edition(book, pack, sample=sample)).encode())
    written = [path, *write_beside(book, path, pack, sample=sample, forms=forms, language=language)]
    if pack == COORDINATION and book.internal:
        folder = path.parent / SHEETS
        written += _write_sheets(book, folder, sample=sample, forms=forms if language == "fr" else ())
        if language != "fr":
            with telling(book, language) as told:
                written += _write_sheets(told, folder, sample=sample, forms=forms)
    return written


def write_beside(
    book: Book, french: Path, pack: str, /, *, sample: bool, forms: Collection[Making] = (), language: Language = "fr"
) -> list[Path]:
    """Write what is asked for beside the French HTML of a pack: its forms, or the pack in another language with its; the files written."""
    if language == "fr" and not forms:
        return []
    with telling(book, language) as told:
        made = edition(told, pack, sample=sample)
        if language == "fr":
            return write_forms(made, french, forms)
        path = french.with_name(french.name.replace(".fr.", f".{language}."))
        put_report(path, html_of(made).encode())
        return [path, *write_forms(made, path, forms)]


def _write_sheets(book: Book, folder: Path, *, sample: bool, forms: Collection[Making]) -> list[Path]:
    """Write the yearly sheets of the book's month in the forms of the pack they go with; the files written."""
    written = []
    for sheet in yearly_sheets(book, sheets_due(book.con, book.period)):
        path = folder / sheet_name(sheet.measure_id, sheet.year)
        put_report(path, render_sheet(book, sheet, sample=sample).encode())
        written += [path, *write_forms(edition_of(book, sheet, sample=sample), path, forms)]
    return written


def write_forms(made: Edition, html: Path, forms: Iterable[Making]) -> list[Path]:
    """Write other forms of a pack beside its HTML; the files written."""
    contents = {beside(html, ending): content for make in forms for ending, content in make(made, html).items()}
    for path, content in contents.items():
        put_file(path, content)
    return list(contents)


def write_index(out: Path, *, sample: bool) -> Path:
    """Write the list of the packs and sheets that lie under `out`, latest first."""
    months = sorted({path.parent.name for path in out.glob("*-*/*.fr.html")}, reverse=True)
    listed = [(formats.month(dt.date.fromisoformat(f"{name}-01")), _packs_in(out / name), _sheets_in(out / name)) for name in months]
    stamps = (INVENTED,) if sample else ()
    text = _environment().get_template("index.html.j2").render(months=listed, stamps=stamps, style=_file("report.css"), policy=_policy())
    put_file(out / "index.html", text.encode())
    return out / "index.html"


def _packs_in(folder: Path) -> list[tuple[Path, str, str, list[tuple[Path, str, str]]]]:
    """The packs of a month by file, title, what their pages are stamped, and other forms; those that hide nothing after the others."""
    period = dt.date.fromisoformat(f"{folder.name}-01")
    files = {
        report_path(period, pack.name, internal=internal): (told_title(pack), internal)
        for internal in (False, True)
        for pack in PACKS.values()
    }
    return [
        (
            file,
            f"{title}, usage interne" if internal else title,
            "" if internal else _said(folder.parent / file, _STAMP),
            _forms_of(file, folder.parent),
        )
        for file, (title, internal) in files.items()
        if (folder.parent / file).exists()
    ]


def _forms_of(html: Path, out: Path) -> list[tuple[Path, str, str]]:
    """The other forms of a pack that lie beside it, with their names and languages."""
    german = html.with_name(html.name.replace(".fr.", ".de."))
    named = [(beside(html, ending), name, "fr") for ending, name in NAMED.items()]
    named += [(german, "Deutsch", "de"), *((beside(german, ending), f"{name} (Deutsch)", "de") for ending, name in NAMED.items())]
    return [one for one in named if (out / one[0]).exists()]


def _sheets_in(folder: Path) -> list[tuple[str, str]]:
    """The French sheets by the titles they bear; a pack in another language leads to its own."""
    files = [path for path in folder.glob(f"{SHEETS}/*.html") if not path.name.endswith(".de.html")]
    found = [(f"{folder.name}/{SHEETS}/{quote(path.name)}", _said(path, _TITLE) or path.stem) for path in files]
    return sorted(found, key=lambda one: (one[1], one[0]))


def _said(path: Path, what: re.Pattern[str]) -> str:
    """What a file says of itself: the list is made of files, whatever the tables and the register hold by now."""
    with path.open(encoding="utf-8") as text:
        found = what.search(text.read(_HEAD))
    return markup.unescape(found[1]) if found else ""


def render(book: Book, *, sample: bool, pack: str = GP_CII) -> str:
    """A pack as one file that asks nothing of anyone."""
    return html_of(edition(book, pack, sample=sample))


def html_of(made: Edition) -> str:
    """The HTML of a pack."""
    script = _file("report.js")
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=made.title,
            language=made.language,
            parts=made.parts,
            theme=_json({"template": theme.TEMPLATE, "locale": formats.for_plotly()}),
            plotly=packed_plotly(),
            script=script,
            policy=_policy(get_plotlyjs(), script),
            facts=Facts(made.book),
            style=_file("report.css"),
            **vars(made.masthead),
        )
    )


def render_sheet(book: Book, sheet: Sheet, *, sample: bool) -> str:
    """The yearly sheet of a measure: one page, without scripts."""
    template = _environment().get_template("yearly_sheet.html.j2")
    return template.render(
        sheet=sheet,
        starred=STARRED,
        language=language(),
        policy=_policy(),
        facts=None,
        style=_file("report.css"),
        **vars(masthead(book, sample=sample)),
    )


@cache
def packed_plotly() -> str:
    """The charts' library as the browser unpacks it: a third of the file that it would make plain."""
    return base64.b64encode(gzip.compress(get_plotlyjs().encode(), mtime=0)).decode()


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
    environment.globals["tr"] = _told
    environment.filters |= {
        "cell": cell,
        "kind": lambda block: type(block).__name__,
        "spec": lambda chart: _json(figure(chart)),
        "json": _json,
        "keys": keys,
        "ended": ended,
        "compared": _compared,
        "table_of": table_of,
        "remarks": remarks,
        "nothing_drawn": nothing_drawn,
        "alternative": alternative,
        "sparkline": sparkline,
        "drawing": drawing,
        "letters_of_bars": letters_of_bars,
    }
    return environment


def _told(message: str, **words: object) -> Markup:
    """A message of ours in the language of now, as markup: what it is filled with is no markup."""
    return Markup(tr(message)).format(**words)


def _compared(panels: Panels) -> list[Series]:
    """What stands beside the lines of several panels, once."""
    return list({series.name: series for chart in panels.charts for series in chart.series if series.aside}.values())


def _json(value: Any) -> Markup:
    """JSON that no closing tag in it can break out of."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))


def _file(name: str) -> Markup:
    return Markup((resources.files(__package__) / name).read_text(encoding="utf-8"))


def put_report(path: Path, html: bytes) -> None:
    """Put the HTML of a pack in place; forms that were made of another one go first, so that none stands beside it unnoticed."""
    drop_forms_of_another(path, html)
    put_file(path, html)


def put_file(path: Path, content: bytes) -> None:
    """Put the file in place whole, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f".{path.name}.tmp")
    draft.touch(mode=0o600)
    draft.chmod(0o600)
    draft.write_bytes(content)
    draft.replace(path)
