"""Workbooks as packages: written by other programs, damaged, or made to take all memory; always a verdict, never a crash."""

import zipfile
from collections.abc import Callable

import pytest

from pipelines.contracts.limits import Limits
from pipelines.ingest import workbook
from pipelines.ingest.intake import Intake, take_in
from tests.corpus.formats import packed, parts, rewritten
from tests.unit.ingest_cases import PERIOD, PSET, PSEUDONYMS, found, right_row, table, taken, xlsx

LINES = table(PSET, [right_row(PSET, 1), right_row(PSET, 2)])
BOOK = xlsx(LINES)
PARTS = parts(BOOK)
SHEET, TEXTS, MAIN, RELATIONS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
OURS, STRICT = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"


def _with(**changed: bytes) -> bytes:
    names = {"sheet": SHEET, "texts": TEXTS, "main": MAIN, "relations": RELATIONS}
    return packed(PARTS | {names[name]: part for name, part in changed.items()}, method=zipfile.ZIP_DEFLATED)


def _rows(*rows: bytes) -> bytes:
    """The clean sheet with rows below its last."""
    return PARTS[SHEET].replace(b"</sheetData>", b"".join(rows) + b"</sheetData>")


def _limited(content: bytes, **limits: int) -> Intake:
    return take_in(content, "x.xlsx", export=PSET, period=PERIOD, pseudonyms=PSEUDONYMS, limits=Limits(**limits))


# -- as other programs write them -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        rewritten(BOOK, ('Target="worksheets/sheet1.xml"', 'Target="/xl/worksheets/sheet1.xml"'), part=RELATIONS),
        packed(
            {("xl/Feuille 1.xml" if name == SHEET else name): part for name, part in PARTS.items()}
            | {RELATIONS: PARTS[RELATIONS].replace(b"worksheets/sheet1.xml", b"Feuille%201.xml")}
        ),
        packed({name.replace("/", "\\"): part for name, part in PARTS.items()}),
        packed({name.upper(): part for name, part in PARTS.items()}),
        packed({name: part for name, part in PARTS.items() if name != "_rels/.rels"}),
        packed(
            {name: part for name, part in PARTS.items() if name not in ("xl/styles.xml", "docProps/app.xml")}
            | {RELATIONS: PARTS[RELATIONS].replace(b"/styles", b"/other")}
        ),
        packed(
            {
                name: part.replace(OURS.encode(), STRICT.encode()).replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
                for name, part in PARTS.items()
            }
        ),
        _with(sheet=PARTS[SHEET].replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?").replace(b"xmlns=", b"xmlns:x=")),
        _with(sheet=PARTS[SHEET].replace(b' r="1"', b"").replace(b' r="A1"', b"").replace(b' r="B1"', b"")),
        _with(sheet=PARTS[SHEET].replace(b'"', b"'").replace(b"<row", b"\n  <row").replace(b"<c ", b"\n<c\n")),
        _with(sheet=PARTS[SHEET].replace(b"<sheetData>", b"<!-- <c r='XFD1'> --><sheetData>")),
    ],
    ids=[
        "absolute",
        "encoded",
        "backslashes",
        "capitals",
        "no relations",
        "no styles",
        "strict",
        "prefixes",
        "no references",
        "quotes and lines",
        "comment",
    ],
)
def test_a_package_written_in_another_way_is_read_the_same(content: bytes) -> None:
    intake = taken(content, PSET, file="x.xlsx")
    assert found(intake) == []
    assert intake.rows["programme_id"].to_list() == [line[0] for line in LINES[1:]]


# -- damaged --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [MAIN, SHEET, TEXTS, RELATIONS])
def test_a_part_that_is_missing_makes_the_file_unreadable(name: str) -> None:
    content = packed({path: part for path, part in PARTS.items() if path != name})
    assert taken(content, PSET, file="x.xlsx").reason in ("file.unreadable", "file.empty")
    assert not taken(content, PSET, file="x.xlsx").accepted


@pytest.mark.parametrize("share", range(5, 100, 5))
def test_a_workbook_cut_anywhere_is_unreadable(share: int) -> None:
    assert taken(BOOK[: len(BOOK) * share // 100], PSET, file="x.xlsx").reason == "file.unreadable"


@pytest.mark.parametrize(
    "sheet",
    [
        PARTS[SHEET][:-60],
        PARTS[SHEET].replace(b"</sheetData>", b""),
        PARTS[SHEET].decode().encode("utf-16"),
        PARTS[SHEET].replace(b"<worksheet", b'<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet', 1),
        _rows(b'<row r="4"><c r="A4" t="str"><v><![CDATA[lost]]></v></c></row>'),
        _rows(b'<row r="2"><c r="A2"><v>1</v></c></row>'),
        _rows(b'<row r="4"><c r="A4"><v>1</v></c><c r="A4"><v>2</v></c></row>'),
        _rows(b'<row r="4"><c r="A5"><v>1</v></c></row>'),
        _rows(b'<row r="4"><c r="4"><v>1</v></c></row>'),
        _rows(b'<row r="4"><c r="AAAA4"><v>1</v></c></row>'),
        _rows(b'<row r="4"><c r="XFE4"><v>1</v></c></row>'),
        _rows(b'<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
        _rows(b'<row r="0"><c r="A0"><v>1</v></c></row>'),
        _rows(b'<row r="4"><c r="A4" t="s"><v>9999</v></c></row>'),
        PARTS[SHEET].replace(b"</worksheet>", b'<mergeCells><mergeCell ref="A:B"/></mergeCells></worksheet>'),
    ],
    ids=["cut", "not closed", "UTF-16", "entities", "CDATA", "a row twice", "a cell twice", "a cell of another row", "no column", "no such column", "a column too far", "a row too far", "row 0", "no such text", "merged without rows"],
)  # fmt: skip
def test_a_sheet_that_does_not_hold_together_is_unreadable_and_no_value_of_it_lost_in_silence(sheet: bytes) -> None:
    assert found(taken(_with(sheet=sheet), PSET, file="x.xlsx")) == [(None, None, "file.unreadable")]


def test_shared_texts_that_break_off_make_the_file_unreadable() -> None:
    assert taken(_with(texts=PARTS[TEXTS][:-40]), PSET).reason == "file.unreadable"


@pytest.mark.parametrize("where", ["texts", "main", "relations"])
def test_entities_are_not_unfolded_in_any_part(where: str) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>'
    assert taken(_with(**{where: laughs}), PSET).reason == "file.unreadable"


def test_a_panic_of_the_library_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    class Library:
        @staticmethod
        def from_filelike(file: object) -> None:
            raise PanicException("Jeanne Rochat")

    monkeypatch.setattr(workbook, "CalamineWorkbook", Library)
    assert taken(BOOK, PSET).reason == "file.unreadable"


# -- larger than it looks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["XFD1048576", "XFD99999", "AZ999999"])
def test_one_cell_in_the_far_corner_does_not_take_the_memory_of_all_between(cell: str) -> None:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    intake = taken(_with(sheet=_rows(f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'.encode())), PSET)
    assert intake.reason == "file.too_large"
    assert cell in intake.findings["message"][0]


def test_a_far_cell_without_a_value_takes_nothing() -> None:
    assert taken(_with(sheet=_rows(b'<row r="1048576"><c r="XFD1048576" s="0"/></row>')), PSET).rows_loaded == 2


def test_what_a_part_unpacks_to_is_counted_and_not_believed() -> None:
    content = _with(sheet=PARTS[SHEET].replace(b"<sheetData>", b" " * 3_000_000 + b"<sheetData>"))
    assert len(content) < 20_000
    assert _limited(content, unpacked_bytes=2_000_000).reason == "file.too_large"
    assert _limited(content, unpacked_bytes=4_000_000).accepted
    size = (len(PARTS[SHEET]) + 3_000_000).to_bytes(4, "little")
    assert _limited(content.replace(size, (900).to_bytes(4, "little")), unpacked_bytes=2_000_000).reason in (
        "file.too_large",
        "file.unreadable",
    )


def test_sheet_and_texts_share_one_limit() -> None:
    content = _with(
        sheet=PARTS[SHEET].replace(b"<sheetData>", b" " * 600_000 + b"<sheetData>"),
        texts=PARTS[TEXTS].replace(b"<si>", b" " * 600_000 + b"<si>", 1),
    )
    assert _limited(content, unpacked_bytes=1_000_000).reason == "file.too_large"
    assert _limited(content, unpacked_bytes=1_500_000).accepted


def test_other_sheets_and_pictures_are_not_even_unpacked() -> None:
    assert _limited(
        packed(PARTS | {"xl/media/image1.png": bytes(3_000_000)}, method=zipfile.ZIP_DEFLATED), unpacked_bytes=1_000_000
    ).accepted


def test_a_long_text_in_every_cell_is_weighed_before_it_is_read() -> None:
    texts = PARTS[TEXTS].replace(b"</sst>", b"<si><t>" + b"x" * 30_000 + b"</t></si></sst>")
    last = texts.count(b"<si>") - 1
    rows = [f'<row r="{row}"><c r="A{row}" t="s"><v>{last}</v></c></row>'.encode() for row in range(4, 104)]
    assert _limited(_with(sheet=_rows(*rows), texts=texts), unpacked_bytes=1_000_000).reason == "file.too_large"
    assert _limited(_with(sheet=_rows(*rows[:20]), texts=texts), unpacked_bytes=1_000_000).reason != "file.too_large"
    short = [row.replace(f">{last}<".encode(), b">0<") for row in rows]
    assert _limited(_with(sheet=_rows(*short), texts=texts), unpacked_bytes=1_000_000).reason != "file.too_large", (
        "one long text stands in no cell"
    )


@pytest.mark.parametrize(
    "content",
    [
        lambda: _with(texts=PARTS[TEXTS].replace(b"</sst>", b"<si/>" * 20_000 + b"</sst>")),
        lambda: _with(sheet=PARTS[SHEET].replace(b"<sheetData>", b"<a>" * 70_000 + b"</a>" * 70_000 + b"<sheetData>")),
    ],
    ids=["texts", "nested elements"],
)
def test_a_part_of_too_many_pieces_is_too_large(content: Callable[[], bytes]) -> None:
    assert _limited(content(), unpacked_bytes=1_000_000).reason == "file.too_large"


def test_too_many_files_in_the_zip_and_too_many_merged_cells_are_no_workbook() -> None:
    assert taken(packed(PARTS | {f"x/{number}": b"" for number in range(20_001)}), PSET).reason == "file.unreadable"
    merged = b"<mergeCells>" + b'<mergeCell ref="J90:K91"/>' * 100_002 + b"</mergeCells></worksheet>"
    assert taken(_with(sheet=PARTS[SHEET].replace(b"</worksheet>", merged)), PSET).reason == "file.unreadable"


@pytest.mark.parametrize(
    ("limits", "reason"), [({"rows": 1}, "file.too_large"), ({"rows": 2}, None), ({"columns": 7}, "file.too_large"), ({"columns": 8}, None)]
)
def test_rows_and_columns_have_their_limits(limits: dict[str, int], reason: str | None) -> None:
    assert _limited(BOOK, **limits).reason == reason
