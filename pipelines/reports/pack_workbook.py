"""A pack as a workbook: the list of its tables with links in front, a sheet per table, and behind them what to know of the figures."""

import datetime as dt
from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from pipelines.reports.edition import Edition
from pipelines.reports.formats import day
from pipelines.reports.language import later, tr
from pipelines.reports.measures import STAR
from pipelines.reports.sheets import opened, sheet, text
from pipelines.reports.table_sheet import CONTENTS, NOTES, Pen, height, link, sheet_name, table_sheet
from pipelines.reports.tabulated import Tabulated, tabulated
from pipelines.reports.theme import GRID
from pipelines.reports.value import REASONS, About

_WIDTHS = {CONTENTS: (7.0, 84.0, 46.0, 26.0), NOTES: (38.0, 16.0, 84.0, 40.0, 24.0)}
# What the words in place of a figure mean, for `tr`; those of hidden ones the pack says itself.
_WORDS = (
    (REASONS["NOT_RECEIVED"], later("une livraison qu'il faudrait n'est pas en vigueur.")),
    (REASONS["NOT_APPLICABLE"], later("il n'y a pas de chiffre: rien à compter, ou pas encore assez de recul.")),
    (REASONS["NOT_LINKED"], later("le chiffre rapproche des services qu'aucune base légale ne permet de relier.")),
    (STAR, later("incomplet ou provisoire: une livraison due manque, ou les mois qui en décident ne sont pas tous connus.")),
    (later("• sans mot"), later("compté et comparé au chiffre publié, mais pas montré.")),
)
_OF_NOTES = later("Marques, sources et définitions")
_BESIDE = later(
    "Les mêmes chiffres que dans le rapport HTML du même nom; ce qui y est petit sous un chiffre est ici dans la colonne qui suit."
)
_VERSIONS = "select indicator, definition_version, valid_from from mart.indicator"


def pack_workbook(edition: Edition) -> bytes:
    """The workbook's bytes; the same for the same pack."""
    title = f"{edition.title}, {edition.masthead.month}"
    book, file, look = opened(title=title, language=edition.language)
    book.set_custom_property("Language", edition.language)
    pen, tables = Pen(book, look), tabulated(edition)
    _contents(pen, edition, tables, title=title)
    for one in tables:
        table_sheet(pen, one, stamps=edition.masthead.stamps, marks=edition.masthead.hiding)
    _notes(pen, edition, tables)
    book.close()
    return file.getvalue()


def _contents(pen: Pen, edition: Edition, tables: Sequence[Tabulated], *, title: str) -> None:
    """The list of the tables by page, each leading to its sheet."""
    made = sheet(pen.book, tr(CONTENTS), widths=_WIDTHS[CONTENTS])
    made.write_string(0, 0, text(title), pen.look.title)
    made.set_row(0, 24)
    for row, said in enumerate(_standing(edition), 1):
        made.write_string(row, 0, text(said), pen.look.quiet)
    _line(pen, made, row + 2, (tr("No"), tr("Tableau"), tr("Page"), tr("Unité")), head=True, widths=_WIDTHS[CONTENTS])
    made.freeze_panes(row + 3, 0)
    made.repeat_rows(row + 2)
    for place, one in enumerate(tables, row + 3):
        _line(pen, made, place, (one.number, "", one.stands_on, one.unit), widths=_WIDTHS[CONTENTS])
        target = f"internal:'{sheet_name(one)}'!A1"
        made.write_url(place, 1, target, string=text(one.table.title), cell_format=pen.format(font_color="#0b5c94", underline=1))
    last = row + 3 + len(tables)
    made.write_url(last, 1, f"internal:'{tr(NOTES)}'!A1", string=tr(_OF_NOTES), cell_format=link(pen))
    made.ignore_errors({"number_stored_as_text": f"A1:A{last}"})


def _standing(edition: Edition) -> Iterator[str]:
    """What the pack says of itself, line by line."""
    yield from edition.masthead.said
    yield tr(_BESIDE)


def _notes(pen: Pen, edition: Edition, tables: Sequence[Tabulated]) -> None:
    """What the marks mean, and what each indicator is and where it comes from."""
    made = sheet(pen.book, tr(NOTES), widths=_WIDTHS[NOTES])
    made.write_string(0, 0, tr(_OF_NOTES), pen.look.title)
    made.set_row(0, 24)
    made.write_url(1, 0, f"internal:'{tr(CONTENTS)}'!A1", string=f"← {tr(CONTENTS)}", cell_format=link(pen))
    row = 3
    _line(pen, made, row, (tr("Marque"), "", tr("Ce qu'elle veut dire")), head=True, widths=_WIDTHS[NOTES])
    words = ((mark if mark == STAR else tr(mark), tr(meaning)) for mark, meaning in _WORDS)
    for mark, meaning in (*(said.split(": ", 1) for said in edition.masthead.hiding), *words):
        row += 1
        _line(pen, made, row, (mark, "", meaning), widths=_WIDTHS[NOTES])
    row += 2
    _line(pen, made, row, (tr("Indicateur"), tr("Unité"), tr("Définition"), tr("Source"), tr("Version")), head=True, widths=_WIDTHS[NOTES])
    versions = _versions(edition)
    for about in dict.fromkeys(about for one in tables for about in one.table.about):
        row += 1
        said = (about.label, about.shown_unit, _definition(about), about.source, versions.get(about, ""))
        _line(pen, made, row, said, widths=_WIDTHS[NOTES])


def _definition(about: About) -> str:
    return " ".join(filter(None, (about.definition, about.denominator and about.basis, about.services)))


def _versions(edition: Edition) -> dict[About, str]:
    """Which definition each indicator has, and since when."""
    rows = edition.book.rows(_VERSIONS).iter_rows()
    return {edition.book.catalogue[name]: _version(number, since) for name, number, since in rows}


def _version(number: int, since: dt.date | None) -> str:
    return tr("{number}, dès le {day}", number=number, day=day(since)) if since else str(number)


def _line(pen: Pen, made: Worksheet, row: int, /, texts: Sequence[str], *, widths: Sequence[float], head: bool = False) -> None:
    """Write texts side by side, and make the row high enough for them."""
    look = pen.words(bold=True, bg_color=GRID) if head else pen.words()
    for place, words in enumerate(texts):
        made.write_string(row, place, text(words), look)
    made.set_row(row, height(zip(texts, widths, strict=False)))
