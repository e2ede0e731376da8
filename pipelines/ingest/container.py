"""What the bytes of a file are, whatever its name says: a workbook, a text, or something to refuse by its name."""

import io
import re

import msoffcrypto
import olefile
import polars as pl

from pipelines.contracts.export import Export
from pipelines.contracts.limits import Limits
from pipelines.contracts.rules import Both
from pipelines.ingest.delimited import read_delimited
from pipelines.ingest.findings import Refused, finding
from pipelines.ingest.package import Package, damaged, opened, unpacked
from pipelines.ingest.sheet import Sheet
from pipelines.ingest.workbook import read_workbook

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # Office files until 2003, and XLSX behind a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BEGINNING = 2048

_SAVE = Both(
    "Ouvrez-le dans Excel ou LibreOffice, enregistrez-le au format «Classeur Excel (.xlsx)»",
    "Öffnen Sie sie in Excel oder LibreOffice, speichern Sie sie im Format «Excel-Arbeitsmappe (.xlsx)»",
)
_UNPACK = Both("Décompressez-le, sortez-en le tableau", "Entpacken Sie sie, nehmen Sie die Tabelle heraus")
_EXPORT = Both(
    "Prenez l'export du système, ni imprimé, ni copié dans un texte ou une image",
    "Nehmen Sie den Export des Systems, weder gedruckt noch in einen Text oder ein Bild kopiert",
)

# By the first bytes.
_MAGIC = {
    b"%PDF-": (Both("un PDF", "ein PDF"), _EXPORT),
    b"\x89PNG": (Both("une image (PNG)", "ein Bild (PNG)"), _EXPORT),
    b"\xff\xd8\xff": (Both("une image (JPEG)", "ein Bild (JPEG)"), _EXPORT),
    b"GIF8": (Both("une image (GIF)", "ein Bild (GIF)"), _EXPORT),
    b"{\\rtf": (Both("un texte mis en forme (RTF)", "ein formatierter Text (RTF)"), _EXPORT),
    b"\x1f\x8b": (Both("une archive (GZIP)", "ein Archiv (GZIP)"), _UNPACK),
    b"7z\xbc\xaf\x27\x1c": (Both("une archive (7Z)", "ein Archiv (7Z)"), _UNPACK),
    b"Rar!\x1a\x07": (Both("une archive (RAR)", "ein Archiv (RAR)"), _UNPACK),
    b"BZh91AY&SY": (Both("une archive (BZIP2)", "ein Archiv (BZIP2)"), _UNPACK),
    b"\xfd7zXZ": (Both("une archive (XZ)", "ein Archiv (XZ)"), _UNPACK),
}
# By the beginning of a text.
_MARKUP = (
    (
        rb"<[\s\S]*urn:schemas-microsoft-com:office:spreadsheet",
        Both("un tableau XML d'Excel 2003", "eine XML-Tabelle von Excel 2003"),
        _SAVE,
    ),
    (rb"<\?xml\s", Both("un fichier XML", "eine XML-Datei"), _SAVE),
    (rb"<(!doctype\s+html|html|head|meta|body|table|style|div)[\s>]", Both("une page web (HTML)", "eine Webseite (HTML)"), _SAVE),
    (rb"MIME-Version:", Both("une page web (MHTML)", "eine Webseite (MHTML)"), _SAVE),
)
# By a name within a ZIP.
_HELD = (
    (r"xl/workbook\.bin", Both("un classeur binaire (XLSB)", "eine binäre Arbeitsmappe (XLSB)"), _SAVE),
    (r"xl/vbaproject\.bin", Both("un classeur avec macros (XLSM)", "eine Arbeitsmappe mit Makros (XLSM)"), _SAVE),
    (r"word/.*", Both("un texte Word (DOCX)", "ein Word-Text (DOCX)"), _EXPORT),
    (r"ppt/.*", Both("une présentation (PPTX)", "eine Präsentation (PPTX)"), _EXPORT),
    (r"index/.*\.iwa", Both("un document Apple (Numbers)", "ein Apple-Dokument (Numbers)"), _SAVE),
)
_MACROS = _HELD[1][1]
_SHEET = Both("un tableur OpenDocument (ODS)", "eine OpenDocument-Tabelle (ODS)")
_ARCHIVE = Both("une archive (ZIP)", "ein Archiv (ZIP)")
# By a stream within an OLE file.
_STREAMS = (
    ("Workbook", Both("un classeur Excel d'avant 2007 (XLS)", "eine Excel-Arbeitsmappe von vor 2007 (XLS)"), _SAVE),
    ("Book", Both("un classeur Excel d'avant 1997 (XLS)", "eine Excel-Arbeitsmappe von vor 1997 (XLS)"), _SAVE),
    ("WordDocument", Both("un texte Word (DOC)", "ein Word-Text (DOC)"), _EXPORT),
    ("PowerPoint Document", Both("une présentation (PPT)", "eine Präsentation (PPT)"), _EXPORT),
    ("__properties_version1.0", Both("un message Outlook (MSG)", "eine Outlook-Nachricht (MSG)"), _EXPORT),
)


def read_file(content: bytes, file: str, *, export: Export, limits: Limits) -> Sheet:
    """The table of a file, read as what its bytes are.

    Args:
        content: the bytes.
        file: its name; only its ending counts.
        export: the contract.
        limits: how much is read.

    Raises:
        Refused: the file is no text and no workbook, or says something else by its name.
    """
    if len(content) > limits.file_bytes:
        raise Refused(finding("file.too_large", what=Both("octets", "Bytes"), limit=limits.file_bytes))
    ending = file.lower().rpartition(".")[2]
    if content.startswith(_ZIP):
        package = opened(content)
        _refuse_other_than_workbook(package)
        return read_workbook(package, export, limits=limits, found=[finding("file.ending")] if ending == "csv" else [])
    if content.startswith(_OLE):
        raise Refused(_ole(content))
    _refuse_known(content)
    if ending == "xlsx" and content:
        raise Refused(finding("file.unreadable", why=Both("ce n'est pas un classeur XLSX", "keine XLSX-Arbeitsmappe")))
    return read_delimited(content, export, limits=limits)


def _refuse_known(content: bytes) -> None:
    """Refuse what its first bytes tell, in a text of any width."""
    for magic, (kind, send) in _MAGIC.items():
        if content.startswith(magic):
            raise Refused(finding("file.format", kind=kind, send=send))
    beginning = content[:_BEGINNING].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    for mark, kind, send in _MARKUP:
        if re.match(mark, beginning, re.IGNORECASE):
            raise Refused(finding("file.format", kind=kind, send=send))


def _refuse_other_than_workbook(package: Package) -> None:
    if not package.parts:
        raise damaged()
    names = "\n".join(package.parts)
    for pattern, kind, send in _HELD:
        if re.search(rf"(?m)^{pattern}$", names):
            raise Refused(finding("file.format", kind=kind, send=send))
    if "mimetype" in package.parts and unpacked(package, "mimetype").startswith(b"application/vnd.oasis.opendocument"):
        raise Refused(finding("file.format", kind=_SHEET, send=_SAVE))
    types = "[content_types].xml"
    if types not in package.parts and "xl/workbook.xml" not in package.parts:
        raise Refused(finding("file.format", kind=_ARCHIVE, send=_UNPACK))
    if types in package.parts and b"macroEnabled" in unpacked(package, types):
        raise Refused(finding("file.format", kind=_MACROS, send=_SAVE))


def _ole(content: bytes) -> pl.DataFrame:
    """Why an OLE file is refused: behind a password, of an older Office, or damaged."""
    if _ENCRYPTED in content:
        return finding("file.encrypted")
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            kind, send = next(((kind, send) for stream, kind, send in _STREAMS if ole.exists(stream)), (None, None))
    except Exception:
        # Whatever a library meets in a damaged file, the file is damaged.
        kind = send = None
    if kind is None:
        return finding("file.unreadable", why=Both("document d'une ancienne version d'Office", "Dokument einer alten Office-Version"))
    return finding("file.encrypted") if _locked(content) else finding("file.format", kind=kind, send=send)


def _locked(content: bytes) -> bool:
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except Exception:
        # An old document that cannot be read further is refused as what it is.
        return False
