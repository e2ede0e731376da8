"""Finds all words of the reports that are to be told in another language, and brings its catalogue up to date: `make words`."""

import ast
import csv
import re
from collections.abc import Iterator
from importlib import resources
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from pipelines.contracts.query import read_query
from pipelines.contracts.registry import COLUMNS, EXPORTS
from pipelines.indicators.catalogue import is_indicator
from pipelines.reports.data_package import FIELDS
from pipelines.reports.formats import one_of
from pipelines.settings import ROOT

REPORTS = ROOT / "pipelines" / "reports"
CATALOGUE = REPORTS / "de.po"
# Where the words stand among what each is given: first, or as the two forms behind a number.
TELL = {"tr": slice(0, 1), "later": slice(0, 1), "agreeing": slice(1, 3), "counted": slice(1, 3)}
_COLUMN = re.compile(r'COLUMNS\["(\w+)"\]\.meaning')
_HEADER = ("definition", "numerator", "denominator", "source", "reading")
# Texts of reference tables; what was printed in French is quoted by its title.
_REFERENCE = {"published_figure.csv": "figure", "reference_value.csv": "population", "parameter.csv": "source"}
_PRINTED = "GP CII, "

# Without days and addresses: the same words give the same file.
_HEAD = r"""# The words of the reports in German, of the French in modules, templates, headers of indicators and reference tables.
# `make words` brings it up to date: what is new stands there without a translation, and a test asks for one.
msgid ""
msgstr ""
"Language: de\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""

Message = str | tuple[str, str]


def collected() -> Catalog:
    """All that is to be told, each message with the files it stands in and without any translation."""
    found = Catalog(locale="de")
    for message, path in (*_written(), *_of_indicators(), *_of_tables()):
        found.add(message, locations=[(str(path.relative_to(ROOT)), 0)])
    return found


def _written() -> Iterator[tuple[Message, Path]]:
    """What modules and templates of the reports say."""
    for path in sorted(REPORTS.rglob("*.py")):
        for call, name in told(path):
            words = tuple(one.value for one in call.args[TELL[name]] if isinstance(one, ast.Constant))
            if words:
                yield (words[0] if len(words) == 1 else words), path
    for path in sorted(REPORTS.glob("*.j2")):
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, ["tr"], [], {}):
                # With placeholders, what fills them is listed behind the message; what is no literal is none.
                first = message[0] if isinstance(message, tuple) else message
                if first:
                    yield first, path


def told(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """The calls of a module that tell words, each with its name. (Babel's own finder takes any text within one for a message.)"""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in TELL:
                yield node, name


def _of_indicators() -> Iterator[tuple[Message, Path]]:
    """What the headers of the indicators say, and their units in one and in several."""
    for path in sorted((ROOT / "assets" / "mart").glob("*.sql")):
        query = read_query(path)
        if not is_indicator(query):
            continue
        for text in (query.about, *(query.header.get(key, "") for key in _HEADER)):
            if text:
                yield text, path
        unit = query.header["unit"]
        yield (one_of(unit), unit), path


def _of_tables() -> Iterator[tuple[Message, Path]]:
    """What the reports say of columns, datasets and the lines of reference tables."""
    named = {found for path in sorted(REPORTS.rglob("*.py")) for found in _COLUMN.findall(path.read_text(encoding="utf-8"))}
    columns = ROOT / "pipelines" / "contracts" / "columns"
    for name in sorted(named | set(FIELDS)):
        yield COLUMNS[name].meaning, columns
    for export in EXPORTS.values():
        yield export.title, ROOT / "pipelines" / "contracts" / "exports"
    for file, column in _REFERENCE.items():
        reference = resources.files("pipelines.reference") / file
        for line in csv.DictReader(reference.read_text(encoding="utf-8").splitlines()):
            if not line[column].startswith(_PRINTED):
                yield line[column], ROOT / "pipelines" / "reference" / file


def read() -> Catalog:
    """The catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="de")


def brought_up_to_date(catalogue: Catalog) -> bytes:
    """The catalogue with what is told now: new messages without a translation, and none that nothing says any more."""
    catalogue.update(collected(), no_fuzzy_matching=True)
    file = BytesIO()
    write_po(file, catalogue, width=140, omit_header=True, ignore_obsolete=True, include_lineno=False, sort_by_file=True)
    return _HEAD.encode() + file.getvalue()


if __name__ == "__main__":
    CATALOGUE.write_bytes(brought_up_to_date(read() if CATALOGUE.exists() else Catalog(locale="de")))
