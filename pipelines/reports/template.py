"""The workbook that a service fills in: the headers asked for, lists of codes, formats, and a sheet of notes."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Field, Period
from pipelines.contracts.registry import EXPORTS
from pipelines.errors import CiiError
from pipelines.reports.fieldnotes import needed, rule_of, write_notes
from pipelines.reports.sheets import Look, hand_over, is_workbook, line, opened, sheet

_LAST_ROW = 1_048_575
_LISTS = "_listes"
_BOTH = (0, 1)
_YES_NO = ("OUI", "NON")
# As text: identifiers and AVS numbers, of which Excel would eat digits and zeros, and what a code or a number stands for.
_FORMATS = {
    Kind.DATE: "dd.mm.yyyy",
    Kind.BIRTH_DATE: "dd.mm.yyyy",
    Kind.WHOLE: "0",
    Kind.NUMBER: "General",
    Kind.AMOUNT: "0.00",
}
_MONTH = Period(dt.date(2013, 2, 1))


def write_template(dataset: str, *, service: str | None, period: str | None, out: Path | None) -> Path:
    """Write the template of a dataset; where it lies.

    Args:
        dataset: the dataset's name.
        service: the service that sends it.
        period: the month, or year, that the file will speak of.
        out: the file, or a folder; the current folder by default.

    Raises:
        CiiError: there is no such dataset, service or period, or the file is there already or cannot be written.
    """
    export = EXPORTS.get(dataset)
    if not export:
        raise CiiError(f"«{dataset}» n'est pas un jeu de données; ceux qui existent: {', '.join(sorted(EXPORTS))}.")
    if service and service.lower() not in export.services:
        raise CiiError(f"«{service}» n'envoie pas {dataset}; services qui l'envoient: {', '.join(sorted(export.services))}.")
    spoken_of = _period(period, export) if period else None
    name = f"{dataset}_{spoken_of}.xlsx" if spoken_of else f"modele_{dataset}.xlsx"
    path = out if out and is_workbook(out) else (out or Path()) / name
    if path.exists():
        raise CiiError(f"{path.name} existe déjà, et peut-être est-il rempli: déplacez-le, ou indiquez un autre nom par --out.")
    hand_over(path, template(export, service=service, period=spoken_of))
    return path


def template(export: Export, *, service: str | None = None, period: Period | None = None) -> bytes:
    """The template's bytes; the same for the same contract."""
    senders = [service.lower()] if service else list(export.services)
    export = export.sent_by(*senders)
    book, file, look = opened(title=f"{export.title} ({', '.join(senders).upper()})", language="fr-de")
    # The reader takes the sheet named like the dataset, so the notes and lists beside it are never read.
    filled = sheet(book, export.name, widths=[max(14.0, len(field.header) + 4.0) for field in export.fields])
    line(
        filled,
        0,
        [(field.header, look.required if field.required else look.head) for field in export.fields],
        widths=[255] * len(export.fields),
    )
    filled.freeze_panes(1, 0)
    filled.repeat_rows(0)
    lists = _lists(export)
    for column, field in enumerate(export.fields):
        written = book.add_format({"num_format": _FORMATS.get(field.kind, "@"), "font_name": "Arial", "font_size": 10})
        filled.set_column(column, column, max(14.0, len(field.header) + 4.0), written)
        filled.data_validation(1, column, _LAST_ROW, column, _validation(field, export, lists=lists))
    # Two titles alone would pass for data; what else is to be said stands in the notes.
    write_notes(book, look, export, languages=_BOTH, sample=False, examples=examples(export, period or _MONTH))
    _write_lists(book, lists, look)
    book.close()
    return file.getvalue()


def examples(export: Export, period: Period) -> list[str]:
    """An invented row that the contract accepts, in the order of the columns."""
    demanded = {name: code for field in export.fields if field.only_with for name, code in (field.only_with,)}
    return [_example(field, period, demanded.get(field.name)) for field in export.fields]


def _example(field: Field, period: Period, demanded: str | None) -> str:
    if field.example:
        return field.example
    if field.codes:
        return demanded or field.codes.codes[0].code
    day = period.first + dt.timedelta(days=13)
    low = field.minimum or 0
    number = min(low + 12, field.maximum) if field.maximum is not None else low + 12
    return {
        Kind.TEXT: "2013-014" if field.key or field.coded else "Exemple",
        Kind.DATE: f"{day:%d.%m.%Y}",
        Kind.BIRTH_DATE: "05.07.1994",
        Kind.WHOLE: str(number),
        Kind.NUMBER: str(number),
        Kind.AMOUNT: f"{number}.50",
        Kind.YES_NO: "OUI",
        Kind.MUNICIPALITY: "6458",
        Kind.AVS: "756.1234.5678.97",
    }[field.kind]


def _period(text: str, export: Export) -> Period:
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", text, re.ASCII)
    if not match or int(match[1]) < dt.MINYEAR or (export.cadence == "monthly") != bool(match[2]):
        wanted = "un mois, par exemple 2013-02" if export.cadence == "monthly" else "une année, par exemple 2013"
        raise CiiError(f"--period «{text}»: {export.name} attend {wanted}.")
    return Period(dt.date(int(match[1]), int(match[2] or 1), 1), export.cadence)


def _lists(export: Export) -> dict[str, tuple[str, ...]]:
    """The choices of each column that has some. On a sheet, for a list inside a cell's rule may hold 255 characters only."""
    chosen = {field.name: tuple(one.code for one in field.codes.codes) for field in export.fields if field.codes}
    return chosen | {field.name: _YES_NO for field in export.fields if field.kind is Kind.YES_NO}


def _validation(field: Field, export: Export, *, lists: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """What Excel offers and says where somebody fills in the column; only a choice from a list is insisted on."""
    rule, when = rule_of(field, export), needed(field)
    said = {"input_title": field.header[:32], "input_message": f"{when.fr}. {rule.fr}"[:255], "ignore_blank": True}
    if choices := lists.get(field.name):
        place = xl_range_abs(0, list(lists).index(field.name), len(choices) - 1, list(lists).index(field.name))
        return said | {"validate": "list", "source": f"='{_LISTS}'!{place}", "error_title": field.header[:32], "error_message": _CHOOSE}
    if field.kind in (Kind.DATE, Kind.BIRTH_DATE):
        span = {"criteria": "between", "minimum": dt.date(1900, 1, 1), "maximum": dt.date(2199, 12, 31)}
        return said | span | {"validate": "date", "error_type": "warning", "error_message": _WRITE_A_DAY}
    return said | {"validate": "any"}


_CHOOSE = "Choisissez une valeur de la liste. / Wählen Sie einen Wert der Liste."
_WRITE_A_DAY = "Écrivez un jour, par exemple 31.12.2012. / Schreiben Sie einen Tag, zum Beispiel 31.12.2012."


def _write_lists(book: xlsxwriter.Workbook, lists: dict[str, tuple[str, ...]], look: Look) -> None:
    if not lists:
        return
    made: Worksheet = book.add_worksheet(_LISTS)
    made.hide()
    for column, choices in enumerate(lists.values()):
        for row, choice in enumerate(choices):
            made.write_string(row, column, choice, look.body)
