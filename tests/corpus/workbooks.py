"""What only a workbook has: sheets, merged cells, and a ZIP that may be damaged."""

import zipfile

from pipelines.contracts.limits import Limits
from tests.corpus.clean import ATELIERS, DOSSIERS, PLACES
from tests.corpus.formats import book, lines, packed, parts, rewritten, xlsx
from tests.corpus.trap import Trap, as_xlsx, finished, moved

_CELLS = DOSSIERS.cells()
_BOOK = xlsx(_CELLS)
_OTHER = [["Programme", "Public"], ["brouillon", "x"]]
_SHEET = "xl/worksheets/sheet1.xml"


def _refused(name: str, what: str, content: bytes, rule: str, *, at: int | None = None, read: int = 0, **expected: object) -> Trap:
    return as_xlsx(name, what, content, (at, None, rule), refused=rule, read=read, **expected)


def _hidden(first: str, how: str, second: str) -> bytes:
    """Two sheets, the first of them hidden and without a delivery."""
    return rewritten(
        book({first: _OTHER, second: _CELLS}),
        (f'name="{first}" sheetId="1"', f'name="{first}" sheetId="1" state="{how}"'),
        part="xl/workbook.xml",
    )


def _bomb(shown: int | None = None) -> bytes:
    """A workbook with a part of nothing but blanks; `shown` is the size the ZIP claims for it."""
    held = parts(_BOOK)
    blanks = b" " * 3_000_000
    content = packed(held | {_SHEET: held[_SHEET].replace(b"<sheetData>", blanks + b"<sheetData>")}, method=zipfile.ZIP_DEFLATED)
    if shown is None:
        return content
    true = (len(held[_SHEET]) + len(blanks)).to_bytes(4, "little")
    return content.replace(true, shown.to_bytes(4, "little"))


_SHEETS = (
    as_xlsx("sheet", "The clean delivery itself: dates as dates, numbers as numbers.", _BOOK),
    as_xlsx("sheet_texts", "Every cell a text, as an export of a database has it.", xlsx(DOSSIERS.texts())),
    as_xlsx("sheet_places", "The clean places.", xlsx(PLACES.cells()), clean=PLACES),
    as_xlsx("sheet_ateliers", "A contract with every kind of column.", xlsx(ATELIERS.cells()), clean=ATELIERS),
    as_xlsx("sheet_second", "The first sheet is hidden: the first visible one is read.", _hidden("Brouillon", "hidden", "Feuil1")),
    as_xlsx(
        "sheet_very_hidden",
        "The first sheet is hidden so that Excel does not offer to show it.",
        _hidden("Brouillon", "veryHidden", "Feuil1"),
    ),
    as_xlsx("sheet_named", "The sheet named like the dataset comes last.", book({"Lisez-moi": _OTHER, "CM FP Dossiers": _CELLS})),
    as_xlsx(
        "sheet_named_hidden",
        "The sheet named like the dataset is hidden, and read all the same.",
        rewritten(
            book({"Lisez-moi": _OTHER, "cm_fp_dossiers": _CELLS}), ('sheetId="2"', 'sheetId="2" state="hidden"'), part="xl/workbook.xml"
        ),
    ),
    _refused(
        "sheet_hidden_only",
        "The delivery is on a hidden sheet and the visible one is blank.",
        rewritten(book({"Données": _CELLS, "Feuil1": []}), ('sheetId="1"', 'sheetId="1" state="hidden"'), part="xl/workbook.xml"),
        "file.empty",
    ),
    _refused("sheet_blank", "A blank sheet.", xlsx([]), "file.empty"),
    _refused("sheet_without_header", "Rows without a header.", xlsx(_CELLS[1:]), "header.missing"),
    _refused(
        "sheet_wrong_first",
        "Two visible sheets without the dataset's name, and the table is on the second.",
        book({"Lisez-moi": [["Envoi de février"]], "Feuil2": _CELLS}),
        "file.sheet",
    ),
    _refused(
        "sheet_named_twice",
        "Two sheets are named like the dataset.",
        book({"CM FP Dossiers": _CELLS, "cm_fp_dossiers": _CELLS}),
        "file.sheet",
    ),
    _refused(
        "csv_in_first_column",
        "The lines of a CSV in the first column of a sheet.",
        xlsx([[text] for text in lines(DOSSIERS.texts())]),
        "header.missing",
    ),
    as_xlsx("sheet_first_of_two", "Two visible sheets: the first is read.", book({"Feuil1": _CELLS, "Feuil2": _OTHER})),
    as_xlsx("corner", "The table begins in C3.", xlsx([[], [], *[["", "", *row] for row in _CELLS]]), at=moved(2)),
    as_xlsx(
        "rows_hidden",
        "Rows hidden by a filter are rows.",
        finished(lambda _, tab: [tab.set_row(row, None, None, {"hidden": True}) for row in (4, 5)]),
    ),
    as_xlsx("columns_hidden", "A hidden column is a column.", finished(lambda _, tab: tab.set_column(3, 4, None, None, {"hidden": True}))),
    as_xlsx(
        "blank_formatted",
        "Two hundred formatted rows without a value below the last.",
        finished(lambda made, tab: [tab.write_blank(row, 3, None, made.add_format({"bold": True})) for row in range(13, 213)]),
    ),
    as_xlsx(
        "comment",
        "A comment beside a cell.",
        finished(lambda _, tab: tab.write_comment("D5", "à vérifier", {"author": "SFPO"})),
    ),
    as_xlsx(
        "list_of_values",
        "A list of values that Excel offers in the cells.",
        finished(lambda _, tab: tab.data_validation("D2:D99", {"validate": "list", "source": ["1", "2", "3"]})),
    ),
    as_xlsx("filter", "A filter over the header.", finished(lambda _, tab: tab.autofilter(0, 0, 12, 9))),
    as_xlsx(
        "table_object",
        "The rows are an Excel table.",
        finished(lambda _, tab: tab.add_table(0, 0, 12, 9, {"columns": [{"header": name} for name in _CELLS[0]]})),
    ),
    as_xlsx(
        "value_beyond",
        "A value right of the last named column.",
        xlsx([*_CELLS[:4], [*_CELLS[4], "", "à voir"], *_CELLS[5:]]),
        (5, None, "line.beyond"),
    ),
    as_xlsx(
        "row_shifted",
        "A row shifted by one cell.",
        xlsx([*_CELLS[:4], ["", *_CELLS[4]], *_CELLS[5:]]),
        *[
            (5, name, rule)
            for name, rule in (
                ("case_id", "value.required"),
                ("avs13", "avs.format"),
                ("birth_date", "date.format"),
                ("sex", "code.unknown"),
                ("referrer", "code.unknown"),
                ("announced_on", "date.format"),
                ("closed_on", "end.too_early"),
                ("outcome", "given.missing"),
            )
        ],
    ),
)


def _merged(name: str, what: str, area: str, text: str, hidden: str) -> Trap:
    """A header of which two cells are one, so that the column of a field has no name."""
    content = finished(lambda made, tab: tab.merge_range(area, text, made.add_format()))
    also = ((1, hidden, "header.column_missing"), (1, None, "header.unnamed"))
    return as_xlsx(name, what, content, (1, None, "header.merged"), *also, refused="header.merged", read=12)


_MERGED = (
    _merged("header_merged", "Two header cells are one: which column is which is unclear.", "C1:D1", "Date de naissance", "sex"),
    _merged("header_merged_first", "The first two header cells are one, under a word that is a name.", "A1:B1", "Dossier", "avs13"),
    as_xlsx(
        "header_merged_down",
        "Every header cell is merged with the blank one below: all is clear.",
        xlsx(
            [_CELLS[0], [], *_CELLS[1:]],
            finish=lambda made, tab: [tab.merge_range(0, place, 1, place, name, made.add_format()) for place, name in enumerate(_CELLS[0])],
        ),
        at=moved(1, start=2),
    ),
    as_xlsx(
        "title_merged",
        "A title over all columns.",
        xlsx([["Dossiers CM-FP"], *_CELLS], finish=lambda made, tab: tab.merge_range("A1:J1", "Dossiers CM-FP", made.add_format())),
        at=moved(1),
    ),
    as_xlsx(
        "cells_merged",
        "One value over two rows: the lower cell is empty.",
        finished(lambda made, tab: tab.merge_range("F4:F5", "ECOLE", made.add_format())),
        (5, "referrer", "value.required"),
        reads={(4, "referrer"): "ECOLE"},
    ),
)

_DAMAGE = (
    _refused("zip_cut", "A workbook cut in the middle.", _BOOK[: len(_BOOK) // 2], "file.unreadable"),
    _refused("zip_without_end", "A workbook without its last bytes.", _BOOK[:-30], "file.unreadable"),
    _refused(
        "zip_flipped",
        "A byte of the sheet is another: its sum does not match.",
        _BOOK.replace(b"<sheetData>", b"<sheetDatb>", 1),
        "file.unreadable",
    ),
    _refused(
        "zip_sheet_missing",
        "The part with the sheet is missing.",
        packed({name: part for name, part in parts(_BOOK).items() if name != _SHEET}),
        "file.unreadable",
    ),
    _refused(
        "zip_sheet_broken",
        "The sheet breaks off within its XML.",
        packed(parts(_BOOK) | {_SHEET: parts(_BOOK)[_SHEET][:900]}),
        "file.unreadable",
    ),
    _refused(
        "zip_bomb",
        "A part unpacks to a thousand times its size: more than the settings allow.",
        _bomb(),
        "file.too_large",
        limits=Limits(unpacked_bytes=1_000_000),
    ),
    _refused(
        "zip_bomb_lying",
        "The same, and the ZIP claims it were small.",
        _bomb(5_000),
        "file.unreadable",
        limits=Limits(unpacked_bytes=1_000_000),
    ),
    _refused(
        "cell_far_away",
        "One cell in the last corner of the sheet, so that all cells before it would have to be held.",
        rewritten(_BOOK, ("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')),
        "file.too_large",
    ),
    _refused("sheet_too_long", "More rows than the settings allow.", _BOOK, "file.too_large", limits=Limits(rows=11)),
    _refused("sheet_too_wide", "More columns than the settings allow.", _BOOK, "file.too_large", limits=Limits(columns=9)),
    as_xlsx("sheet_just_right", "As many rows and columns as the settings allow.", _BOOK, limits=Limits(rows=12, columns=10)),
)

TRAPS: tuple[Trap, ...] = (*_SHEETS, *_MERGED, *_DAMAGE)
