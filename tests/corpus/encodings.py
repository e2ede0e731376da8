"""Bytes to text: what is read, what is refused with its place, and what was already mangled before it came."""

import codecs

from tests.corpus.clean import DOSSIERS, PLACES
from tests.corpus.formats import csv, lines
from tests.corpus.trap import Trap, as_bytes, as_csv, both, moved, setting

_TEXT = lines(DOSSIERS.texts())
_PLACES = lines(PLACES.texts())
_FILE = csv(_TEXT)
_MANGLED = "Fondation de Neuchâtel".encode().decode("cp1252")


def _spoilt(at_line: int, byte: bytes, *, encoding: str = "cp1252", clean: list[str] = _TEXT) -> tuple[bytes, tuple[str, str]]:
    """The file with a byte put before a line that Windows-1252 does not know, and its offset and line as the sentence says them."""
    before = csv(clean[: at_line - 1], encoding=encoding, last=at_line > 1)
    return before + byte + csv(clean[at_line - 1 :], encoding=encoding), (f"octet {len(before)}", f"ligne {at_line}")


def _refused(name: str, what: str, content: bytes, *says: str, **expected: object) -> Trap:
    return as_bytes(name, what, content, (None, None, "file.encoding"), refused="file.encoding", says=says, **expected)


_IN_ROW, _WHERE_ROW = _spoilt(5, b"\x81")
_IN_HEADER, _WHERE_HEADER = _spoilt(1, b"\x9d")

TRAPS: tuple[Trap, ...] = (
    as_csv("utf8", "The clean delivery itself, in UTF-8.", _TEXT),
    as_csv("utf8_places", "The clean places, with œ, ’, – and « in UTF-8.", _PLACES, clean=PLACES),
    as_bytes("utf8_bom", "UTF-8 with a byte order mark, as Excel saves it.", csv(_TEXT, mark=codecs.BOM_UTF8)),
    as_bytes("utf8_bom_twice", "UTF-8 with two byte order marks: a system added its own.", csv(_TEXT, mark=codecs.BOM_UTF8 * 2)),
    as_bytes("cp1252", "Windows-1252.", csv(_TEXT, encoding="cp1252")),
    as_bytes("cp1252_places", "Windows-1252 with œ, ’ and –, which Latin-1 does not have.", csv(_PLACES, encoding="cp1252"), clean=PLACES),
    as_bytes(
        "cp1252_euro",
        "Windows-1252 with a euro sign in a text.",
        csv(lines(setting({(4, "provider"): "Le Phare, 5 €"}, PLACES)(PLACES.texts())), encoding="cp1252"),
        clean=PLACES,
        reads={(4, "provider"): "Le Phare, 5 €"},
    ),
    as_bytes(
        "utf16le_bom",
        "UTF-16, little end first, with a mark: Excel's «Unicode text».",
        csv(_TEXT, encoding="utf-16-le", mark=codecs.BOM_UTF16_LE),
    ),
    as_bytes("utf16be_bom", "UTF-16, big end first, with a mark.", csv(_TEXT, encoding="utf-16-be", mark=codecs.BOM_UTF16_BE)),
    as_bytes(
        "utf16le_tab_places",
        "UTF-16 with a mark and tabs between the cells.",
        csv(lines(PLACES.texts(), "\t"), encoding="utf-16-le", mark=codecs.BOM_UTF16_LE),
        clean=PLACES,
    ),
    as_bytes(
        "accents_apart",
        "Accents written as signs of their own behind the letter, as a Mac does.",
        csv([line.replace("é", "e\u0301").replace("ô", "o\u0302") for line in _TEXT]),
    ),
    _refused("byte_of_no_encoding", "A byte in a row that no allowed encoding knows; offset and line are said.", _IN_ROW, *_WHERE_ROW),
    _refused("byte_of_no_encoding_header", "The same before the header, at offset 0 and line 1.", _IN_HEADER, *_WHERE_HEADER),
    _refused(
        "utf8_bom_belied",
        "A mark of UTF-8 before text in Windows-1252.",
        csv(_TEXT, encoding="cp1252", mark=codecs.BOM_UTF8),
        f"octet {_FILE.index('é'.encode()) + len(codecs.BOM_UTF8)}",
        "ligne 1",
    ),
    _refused(
        "utf16_cut",
        "UTF-16 cut within a sign.",
        csv(_TEXT, encoding="utf-16-le", mark=codecs.BOM_UTF16_LE)[:-1],
        "ligne 13",
    ),
    _refused(
        "utf16_half_pair",
        "UTF-16 with half a surrogate pair in line 4.",
        csv(_TEXT, encoding="utf-16-le", mark=codecs.BOM_UTF16_LE).replace(
            "CM-103".encode("utf-16-le"), b"\x3d\xd8" + "M-103".encode("utf-16-le")
        ),
        "ligne 4",
    ),
    _refused("utf16le_no_mark", "UTF-16 without its mark.", csv(_TEXT, encoding="utf-16-le")),
    _refused("utf32", "UTF-32, which no service was offered.", csv(_TEXT, encoding="utf-32-le", mark=codecs.BOM_UTF32_LE)),
    _refused(
        "two_encodings",
        "UTF-8 with one line in Windows-1252: two files were put together.",
        csv(_PLACES[:4]) + csv(_PLACES[4:5], encoding="cp1252") + csv(_PLACES[5:]),
        f"octet {len(csv(_PLACES[:4])) + _PLACES[4].index('é')}",
        "ligne 5",
        clean=PLACES,
    ),
    as_csv(
        "header_mangled",
        "The header was decoded as Windows-1252 though it was UTF-8: «Date de clÃ´ture».",
        [_TEXT[0].encode().decode("cp1252"), *_TEXT[1:]],
        (1, None, "header.mangled"),
        refused="header.mangled",
        read=12,
    ),
    *[
        as_bytes(name, what, csv(_TEXT, encoding=name), (1, None, "header.mangled"), refused="header.mangled", read=12)
        for name, what in (("cp850", "The alphabet of DOS, which reads as Windows-1252."), ("mac_roman", "The alphabet of old Macs."))
    ],
    *both(
        "text_mangled",
        "A text that was mangled before: «NeuchÃ¢tel».",
        setting({(4, "provider"): _MANGLED}, PLACES),
        (4, "provider", "text.mangled"),
        clean=PLACES,
        reads={(4, "provider"): _MANGLED},
    ),
    *both(
        "text_lost",
        "A text whose accent became the sign for «unknown».",
        setting({(4, "provider"): "Fondation de Neuch\ufffdtel"}, PLACES),
        (4, "provider", "text.mangled"),
        clean=PLACES,
        reads={(4, "provider"): "Fondation de Neuch\ufffdtel"},
    ),
    as_csv(
        "marks_between_files",
        "Two exports glued together, each with its mark and its header.",
        [*_TEXT, "\ufeff" + _TEXT[0], *[line.replace("CM-1", "CM-2") for line in _TEXT[1:3]]],
        (14, None, "header.repeated"),
        refused="header.repeated",
        read=15,
    ),
    as_bytes(
        "utf8_bom_and_sep",
        "A mark, then «sep=;».",
        csv(["sep=;", *_TEXT], mark=codecs.BOM_UTF8),
        at=moved(1),
    ),
)
