"""Files that are something else than their name says, and files larger than the settings allow."""

from pipelines.contracts.limits import Limits
from tests.corpus.clean import DOSSIERS, PLACES
from tests.corpus.formats import compound, csv, lines, packed, parts, rewritten, xlsx
from tests.corpus.trap import Trap, as_bytes, as_csv, setting

_TEXT = lines(DOSSIERS.texts())
_CSV = csv(_TEXT)
_BOOK = xlsx(DOSSIERS.cells())

# The first bytes of a BIFF8 workbook, and how Office says that a package is encrypted.
_BIFF8 = bytes.fromhex("0908100000060500" + "5a4fcd07c9000100" + "06080000") + bytes(64)
_ENCRYPTION = bytes.fromhex("04000400" + "40000000") + b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><encryption/>'
_ODS = {
    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": (
        b'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        b'office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Feuil1"><table:table-row><table:table-cell '
        b'office:value-type="string"><text:p>No dossier</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>'
        b"</office:body></office:document-content>"
    ),
    "META-INF/manifest.xml": b'<?xml version="1.0" encoding="UTF-8"?><manifest/>',
}
_MACRO = parts(
    rewritten(
        _BOOK,
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        (
            '<Default Extension="xml"',
            '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default Extension="xml"',
        ),
        part="[Content_Types].xml",
    )
) | {"xl/vbaProject.bin": compound([("VBA", b"")])}
_BINARY = {name.replace("workbook.xml", "workbook.bin"): part for name, part in parts(_BOOK).items()}
_HTML = "<html><head><meta charset='utf-8'></head><body><table>" + "".join(
    "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in DOSSIERS.grid
)
_PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


def _refused(name: str, what: str, content: bytes, rule: str = "file.format", *, ending: str = "xlsx", **expected: object) -> Trap:
    says = ("CSV", "XLSX") if rule == "file.format" else ()
    return as_bytes(name, what, content, (None, None, rule), refused=rule, ending=ending, says=says, **expected)


def _too_large(name: str, what: str, content: bytes, *, read: int = 0, **limits: int) -> Trap:
    return _refused(name, what, content, "file.too_large", ending="csv", read=read, limits=Limits(**limits))


_LONG = lines(setting({(5, "provider"): "x" * 101}, PLACES)(PLACES.texts()))

TRAPS: tuple[Trap, ...] = (
    _refused(
        "password",
        "A workbook behind a password.",
        compound([("EncryptionInfo", _ENCRYPTION), ("EncryptedPackage", bytes(range(250)))]),
        "file.encrypted",
    ),
    _refused(
        "password_named_csv",
        "The same, named .csv.",
        compound([("EncryptionInfo", _ENCRYPTION), ("EncryptedPackage", bytes(range(250)))]),
        "file.encrypted",
        ending="csv",
    ),
    _refused("xls_named_xlsx", "An old XLS named .xlsx.", compound([("Workbook", _BIFF8)])),
    _refused("xls_named_csv", "An old XLS named .csv.", compound([("Workbook", _BIFF8)]), ending="csv"),
    _refused("macros", "A workbook with macros named .xlsx.", packed(_MACRO)),
    _refused("xlsb", "A binary workbook (XLSB) named .xlsx.", packed(_BINARY)),
    _refused("ods", "A sheet of LibreOffice (ODS) named .xlsx.", packed(_ODS)),
    _refused("ods_named_csv", "A sheet of LibreOffice named .csv.", packed(_ODS), ending="csv"),
    _refused("zip", "A ZIP with the CSV in it, named .xlsx.", packed({"cm_fp_dossiers_2013-02.csv": _CSV})),
    _refused("zip_named_csv", "A ZIP with the CSV in it, named .csv.", packed({"cm_fp_dossiers_2013-02.csv": _CSV}), ending="csv"),
    _refused("html_named_xlsx", "A web page with a table named .xlsx, as some systems export «Excel».", _HTML.encode()),
    _refused("html_named_csv", "A web page with a table named .csv.", _HTML.encode(), ending="csv"),
    _refused("pdf_named_csv", "A PDF named .csv.", _PDF, ending="csv"),
    _refused("pdf_named_xlsx", "A PDF named .xlsx.", _PDF),
    _refused("csv_named_xlsx", "A CSV named .xlsx.", _CSV, "file.unreadable"),
    _refused("zip_of_nothing", "An empty ZIP named .xlsx.", packed({}), "file.unreadable"),
    _refused("garbage_named_xlsx", "The first four bytes of a ZIP, and then text.", b"PK\x03\x04" + _CSV, "file.unreadable"),
    _refused("empty_xlsx", "No byte at all, named .xlsx.", b"", "file.empty"),
    as_bytes("xlsx_named_csv", "A workbook named .csv is read by what it is.", _BOOK, (None, None, "file.ending")),
    _too_large("csv_too_large", "More bytes than the settings allow.", _CSV, file_bytes=500),
    _too_large("csv_too_long", "More rows than the settings allow.", _CSV, rows=11),
    _too_large("csv_too_wide", "More columns than the settings allow.", _CSV, columns=9),
    as_csv(
        "csv_just_right",
        "As many bytes, rows and columns as the settings allow.",
        _TEXT,
        limits=Limits(file_bytes=len(_CSV), rows=12, columns=10),
    ),
    as_csv(
        "cell_too_long",
        "A text longer than the settings allow.",
        _LONG,
        (5, None, "cell.too_long"),
        clean=PLACES,
        limits=Limits(cell_length=100),
    ),
    as_csv(
        "cell_as_long_as_may_be",
        "A text as long as the settings allow.",
        _LONG,
        clean=PLACES,
        limits=Limits(cell_length=101),
        reads={(5, "provider"): "x" * 101},
    ),
)
