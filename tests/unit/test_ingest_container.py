"""Files that are something else than their name says: each is called by its name, with what to send instead."""

import bz2
import gzip
import io
import lzma

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from pipelines.contracts.limits import Limits
from pipelines.ingest.intake import take_in
from tests.corpus.formats import compound, packed, parts
from tests.unit.ingest_cases import PERIOD, PSET, PSEUDONYMS, csv, found, right_row, table, taken, xlsx

LINES = table(PSET, [right_row(PSET, 1), right_row(PSET, 2)])
BOOK = xlsx(LINES)
CSV = csv(LINES)
TYPES = "[Content_Types].xml"
# The first records of a BIFF8 workbook: its beginning, and that it is locked.
XLS = bytes.fromhex("0908100000060500") + bytes(12)
LOCKED = bytes.fromhex("2F0006000100") + bytes(600)

FOREIGN = {
    "PDF": b"%PDF-1.7\n",
    "PNG": b"\x89PNG\r\n\x1a\n",
    "JPEG": b"\xff\xd8\xff\xe0",
    "GIF": b"GIF89a",
    "RTF": b"{\\rtf1\\ansi Rochat}",
    "GZIP": gzip.compress(CSV),
    "7Z": b"7z\xbc\xaf\x27\x1c\x00\x04",
    "RAR": b"Rar!\x1a\x07\x01\x00",
    "BZIP2": bz2.compress(CSV),
    "XZ": lzma.compress(CSV),
    "Excel 2003": b'\xef\xbb\xbf<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
    "XML": b'<?xml version="1.0"?><export/>',
    "HTML": b"\r\n<!DOCTYPE html><html><table><tr><td>No dossier</td></tr></table>",
    "(HTML)": "\ufeff<table border=1><tr>".encode("utf-16-le"),
    "MHTML": b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
    "XLSB": packed({TYPES: b"<Types/>", "xl/workbook.bin": b""}),
    "XLSM": packed(parts(BOOK) | {TYPES: parts(BOOK)[TYPES].replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")}),
    "macros": packed(parts(BOOK) | {"xl/vbaProject.bin": b""}),
    "DOCX": packed({TYPES: b"<Types/>", "word/document.xml": b"<document/>"}),
    "PPTX": packed({TYPES: b"<Types/>", "ppt/presentation.xml": b"<presentation/>"}),
    "Numbers": packed({"Index/Document.iwa": b"", "preview.jpg": b""}),
    "ODS": packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
    "ZIP": packed({"Rochat.csv": CSV}),
    "2007 (XLS)": compound([("Workbook", XLS + bytes(600))]),
    "1997 (XLS)": compound([("Book", XLS)]),
    "DOC": compound([("WordDocument", b"Rochat")]),
    "PPT": compound([("PowerPoint Document", b"Rochat")]),
    "MSG": compound([("__properties_version1.0", b"Rochat")]),
}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_file_is_refused_by_its_own_name_with_what_to_send(kind: str, ending: str) -> None:
    intake = taken(FOREIGN[kind], PSET, file=f"semp/pset_places_2013-02.{ending}")
    assert found(intake) == [(None, None, "file.format")]
    told = intake.findings.row(0, named=True)
    assert kind in told["message"]
    assert "nvoyez" in told["remedy"] and "send" in told["remedy_de"].lower()
    assert "Rochat" not in str(told)


def test_the_remedy_fits_the_kind() -> None:
    def remedy(kind: str) -> str:
        return str(taken(FOREIGN[kind], PSET).findings["remedy"][0])

    assert "enregistrez-le" in remedy("ODS") and "enregistrez-le" in remedy("XLSM") and "enregistrez-le" in remedy("HTML")
    assert "Décompressez" in remedy("ZIP") and "Décompressez" in remedy("GZIP")
    assert "l'export du système" in remedy("PDF") and "l'export du système" in remedy("DOCX")


def test_a_text_that_only_begins_like_one_of_them_is_read() -> None:
    assert taken(csv([["<Places> du programme"], *LINES]), PSET).rows_loaded == 2
    assert taken(csv([["MIME"], *LINES]), PSET).rows_loaded == 2


def test_a_workbook_that_excel_locked_is_refused_as_such_under_any_ending() -> None:
    file = io.BytesIO()
    OOXMLFile(io.BytesIO(BOOK)).encrypt("mot de passe", file)
    for ending in ("csv", "xlsx"):
        assert found(taken(file.getvalue(), PSET, file=f"pset_places_2013-02.{ending}")) == [(None, None, "file.encrypted")]


def test_an_old_workbook_behind_a_password_is_refused_for_the_password() -> None:
    assert taken(compound([("Workbook", XLS + LOCKED)]), PSET).reason == "file.encrypted"


def test_an_old_document_that_nobody_knows_is_unreadable() -> None:
    assert taken(compound([("Contents", b"Rochat")]), PSET).reason == "file.unreadable"


def test_a_workbook_named_csv_is_read_and_told_so() -> None:
    intake = taken(BOOK, PSET, file="semp/pset_places_2013-02.CSV")
    assert found(intake) == [(None, None, "file.ending")]
    assert intake.rows_loaded == 2
    assert found(taken(BOOK, PSET, file="semp/pset_places_2013-02.xlsx")) == []


def test_a_csv_named_xlsx_is_refused_and_an_empty_file_is_empty() -> None:
    assert taken(CSV, PSET, file="pset_places_2013-02.xlsx").reason == "file.unreadable"
    assert taken(b"", PSET, file="pset_places_2013-02.xlsx").reason == "file.empty"
    assert taken(packed({}), PSET, file="pset_places_2013-02.xlsx").reason == "file.unreadable"


@pytest.mark.parametrize("content", [BOOK, CSV, FOREIGN["PDF"]])
def test_a_file_of_more_bytes_than_the_settings_allow_is_not_looked_at(content: bytes) -> None:
    def reason(most: int) -> str | None:
        limits = Limits(file_bytes=most)
        return take_in(content, "x", export=PSET, period=PERIOD, pseudonyms=PSEUDONYMS, limits=limits).reason

    assert reason(len(content) - 1) == "file.too_large"
    assert reason(len(content)) != "file.too_large"
