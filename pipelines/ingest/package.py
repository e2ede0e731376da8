"""An XLSX file as a package of parts: unpacked within limits, its sheets told apart, one of them packed anew.

A file may lie about what it holds: names twice, sizes in its directory, sheets under other paths. So the parts that
matter are unpacked here with a counter, looked at, and handed on as a small package of our own: what was looked at is what
is read.
"""

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from xml.parsers import expat

from pipelines.contracts.rules import Both
from pipelines.ingest.findings import Refused, finding

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENTRIES = 20_000
_CHUNK = 1 << 20
_DESCRIPTION = 16 << 20  # bytes of a part that only describes others; a sheet and its texts have the limit of the settings
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, ValueError, ArithmeticError, RuntimeError)
# No program that saves sheets writes these, and what reads them does so in different ways.
_FOREIGN = (b"<!DOCTYPE", b"<!ENTITY", b"<![CDATA[", b"\0")
_UNPACKED = Both("octets une fois décompressé", "Bytes nach dem Entpacken")
_PERCENT = {"9", "10"}  # formats that Excel knows by number only
_QUOTED = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')
_SAVED = "http://schemas.openxmlformats.org/"
_RELATED = f"{_SAVED}officeDocument/2006/relationships"
_BOOK = (
    f'<workbook xmlns="{_SAVED}spreadsheetml/2006/main" xmlns:r="{_RELATED}"><workbookPr date1904="{{:d}}"/>'
    '<sheets><sheet name="s" sheetId="1" r:id="worksheet"/></sheets></workbook>'
)
_PATHS = {"worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml", "styles": "styles.xml"}


@dataclass(frozen=True)
class Package:
    """A ZIP file with its parts by plain path."""

    archive: zipfile.ZipFile
    parts: Mapping[str, zipfile.ZipInfo]


@dataclass(frozen=True)
class Tab:
    """A worksheet: its name, whether it is shown, and the path of its part."""

    name: str
    shown: bool
    part: str


@dataclass(frozen=True)
class Book:
    """What the part of the workbook says.

    Attributes:
        tabs: the worksheets in order; charts and dialogs are none.
        since_1904: whether dates count from 1904.
        others: the path of the part of each other type, `styles` and `sharedStrings` among them.
    """

    tabs: tuple[Tab, ...]
    since_1904: bool
    others: Mapping[str, str]


def damaged() -> Refused:
    """The refusal of a workbook that does not hold together, without what a library says: it may quote the file."""
    return Refused(finding("file.unreadable", why=Both("le classeur est endommagé", "die Arbeitsmappe ist beschädigt")))


def opened(content: bytes) -> Package:
    """The directory of a ZIP file."""
    if content.count(_DIRECTORY_ENTRY) > _ENTRIES:
        raise damaged()
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE:
        raise damaged() from None
    return Package(archive, {_path(info.filename): info for info in archive.infolist()})


def unpacked(package: Package, path: str, *, limit: int = _DESCRIPTION) -> bytes:
    """A part, unpacked with a counter: the size in the directory is only said."""
    info = package.parts.get(_path(path)) or package.parts.get(_path(unquote(path)))
    if info is None:
        raise damaged()
    content = bytearray()
    try:
        with package.archive.open(info) as part:
            while chunk := part.read(_CHUNK):
                content += chunk
                if len(content) > limit:
                    raise Refused(finding("file.too_large", what=_UNPACKED, limit=limit))
    except _DAMAGE:
        raise damaged() from None
    if any(mark in content for mark in _FOREIGN):
        raise damaged()
    return bytes(content)


def parsed(part: bytes, start: Callable[[str, dict[str, str]], object] | None = None) -> None:
    """Walk a part to its end, so that a cut one is seen; `start` hears of each element."""
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise damaged() from None


def elements(part: bytes, names: set[str]) -> list[tuple[str, dict[str, str]]]:
    """The elements of these names in order, with their attributes, all without prefixes."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if (local := plain_name(name)) in names:
            found.append((local, {plain_name(key): value for key, value in attributes.items()}))

    parsed(part, start)
    return found


def plain_name(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def book_of(package: Package) -> Book:
    """The worksheets of a workbook, and where its texts and formats lie."""
    main = next((target for kind, target in _related(package, "").values() if kind == "officeDocument"), "xl/workbook.xml")
    related = _related(package, main)
    tabs, since_1904 = [], False
    for name, attributes in elements(unpacked(package, main), {"workbookPr", "sheet"}):
        if name == "workbookPr":
            since_1904 = attributes.get("date1904", "0") in ("1", "true")
            continue
        kind, target = related.get(attributes.get("id", ""), ("", ""))
        if kind == "worksheet":
            tabs.append(Tab(attributes.get("name", ""), attributes.get("state", "visible") == "visible", target))
    return Book(tuple(tabs), since_1904, {kind: target for kind, target in related.values() if kind != "worksheet"})


def percent_styles(styles: bytes) -> frozenset[str]:
    """The numbers of the cell styles that show a number as a percentage."""
    percent, cells, place, found = set(_PERCENT), False, 0, set()
    for name, attributes in elements(styles, {"numFmt", "cellXfs", "cellStyles", "dxfs", "xf"}):
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            percent.add(attributes.get("numFmtId", ""))
        elif name == "xf" and cells:
            if attributes.get("numFmtId") in percent:
                found.add(str(place))
            place += 1
        elif name != "xf":
            cells = name == "cellXfs"
    return frozenset(found)


def packed(parts: Mapping[str, bytes], *, since_1904: bool) -> bytes:
    """A workbook of one sheet; `parts` by the type of their relation: `worksheet`, `sharedStrings`, `styles`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("_rels/.rels", _relations({"officeDocument": "xl/workbook.xml"}))
        archive.writestr("xl/_rels/workbook.xml.rels", _relations({kind: _PATHS[kind] for kind in parts}))
        archive.writestr("xl/workbook.xml", _BOOK.format(since_1904))
        for kind, part in parts.items():
            archive.writestr(f"xl/{_PATHS[kind]}", part)
    return file.getvalue()


def _relations(targets: Mapping[str, str]) -> str:
    related = (f'<Relationship Id="{kind}" Type="{_RELATED}/{kind}" Target="{target}"/>' for kind, target in targets.items())
    return f'<Relationships xmlns="{_SAVED}package/2006/relationships">{"".join(related)}</Relationships>'


def _path(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").casefold()


def _related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The type and the path of what a part relates to, by the id of the relation."""
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels".lstrip("/")
    if _path(path) not in package.parts:
        return {}
    found = elements(unpacked(package, path), {"Relationship"})
    return {
        one.get("Id", ""): (one.get("Type", "").rpartition("/")[2], posixpath.join("/", folder, one.get("Target", ""))) for _, one in found
    }
