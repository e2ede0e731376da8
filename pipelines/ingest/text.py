"""Bytes to text, the plain form in which headers and codes are compared, and text that was decoded wrongly before it came."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import polars as pl
from charset_normalizer import from_bytes

from pipelines.contracts.rules import Both
from pipelines.ingest.findings import Refused, finding

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SPELT_OUT = str.maketrans({"°": "o", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_PASSED_OVER = re.compile(r"[\s.\-_'’‘`\u00ad\u200b\u2010-\u2015\ufeff]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_END_OF_FILE = "\x1a"  # DOS programs close a text with it

# What old machines write where neither UTF-8 nor Windows-1252 fits; only ever named, never read.
_OLD = {"cp850": "DOS (cp850)", "mac_roman": "Mac OS Roman"}
_AROUND = 50_000

_LOST = "\ufffd"
# What was read, and what it was: UTF-8 taken for another encoding, and Windows-1252 taken for Latin-1.
_SLIPS = (("cp1252", "utf-8"), ("mac_roman", "utf-8"), ("cp850", "utf-8"), ("latin-1", "cp1252"))
_FOREIGN = (("cp1252", "cp850"), ("cp1252", "mac_roman"))
# How UTF-8 begins in these; wide and cheap, for a first look at a whole column.
MAY_BE_MANGLED = r"[Â-Åâ√¬‚├┬Ô\x{80}-\x{9f}\x{fffd}]"
# Letters and signs of western and central Europe: what else comes out of turning text back was never meant.
_EUROPEAN = re.compile("[\x00-\x7f\u00a0-\u017f\u0192\u0218-\u021b\u02c6\u02dc\u2010-\u203a\u20ac\u2122]*")
_AS_BYTES = {"cp1252": {ord(sign): byte for byte in range(0x80, 0xA0) if (sign := bytes([byte]).decode("cp1252", "ignore"))}}


def decoded(content: bytes) -> str:
    """The text of a file: as its byte order mark says, else UTF-8, else Windows-1252."""
    return _decoded(content).removesuffix(_END_OF_FILE)


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """The text without case, accents, spaces, points, dashes, underscores and apostrophes: `N° AVS` and `no_avs` are one."""
    letters = unicodedata.normalize("NFKD", text.translate(_SPELT_OUT)).casefold()
    return _PASSED_OVER.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def is_mangled(text: str) -> bool:
    """Whether letters were lost, or replaced by others, when somebody decoded the text before."""
    return _LOST in text or mended(text) is not None


def mended(text: str) -> str | None:
    """The text as it was before it was decoded wrongly: `NeuchÃ¢tel` was `Neuchâtel`; None where nothing says that it was.

    The whole text must turn back into letters of Europe, so capitals before a quotation mark or `São` and `JOÃO` are left alone.
    """
    found = next((back for back in _turned_back(text, _SLIPS) if back != text and _EUROPEAN.fullmatch(back)), None)
    # A text may have gone through it twice.
    return found and (mended(found) or found)


def readings(text: str) -> Iterator[str]:
    """What a header may have been: mended, or decoded as an old machine writes; for a look into a list of names only."""
    if (found := mended(text)) is not None:
        yield found
    yield from _turned_back(text, _FOREIGN)


def _turned_back(text: str, slips: tuple[tuple[str, str], ...]) -> Iterator[str]:
    if text.isascii():
        return
    for taken_for, encoding in slips:
        try:
            # Five bytes mean nothing in Windows-1252 and pass as they are.
            content = text.translate(_AS_BYTES[taken_for]).encode("latin-1") if taken_for in _AS_BYTES else text.encode(taken_for)
            yield content.decode(encoding)
        except UnicodeError:
            continue


def _decoded(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content, encoding, start=len(mark))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        # UTF-8 up to here, with accents: Windows-1252 would read the rest and mangle all.
        if not before.isascii() and _EUROPEAN.fullmatch(before.decode("utf-8")):
            raise Refused(_no_encoding(content, error.start, encoding="utf-8")) from None
        # Five bytes mean nothing in Windows-1252; Latin-1 would swallow anything, and lose œ and €.
        return _strictly(content, "cp1252")
    return _without_gaps(content, text, encoding="utf-8")


def _strictly(content: bytes, encoding: str, *, start: int = 0) -> str:
    try:
        text = content[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(_no_encoding(content, start + error.start, encoding=encoding, start=start)) from None
    return _without_gaps(content, text, encoding=encoding)


def _without_gaps(content: bytes, text: str, *, encoding: str) -> str:
    """The text, unless every second sign or more is NUL: two or four bytes a letter, taken for fewer."""
    if text.count("\0") * 3 > len(text):
        raise Refused(_no_encoding(content, content.index(b"\0"), encoding=encoding))
    return text


def _no_encoding(content: bytes, offset: int, *, encoding: str, start: int = 0) -> pl.DataFrame:
    before = content[start:offset].decode(encoding, "replace")
    # Where UTF-16 breaks off, half a line feed may be all that is missing.
    before = before.removesuffix("\r") if encoding.startswith("utf-16") else before
    return finding("file.encoding", offset=offset, line=1 + len(_LINE_END.findall(before)), likely=_likely(content, offset))


def _likely(content: bytes, offset: int) -> Both:
    """What the encoding may be, for the sentence."""
    around = content[max(0, offset - _AROUND) : offset + _AROUND]
    if around.count(b"\0") * 3 > len(around):
        return Both("; il semble être en UTF-16 sans sa marque, ou en UTF-32", "; es scheint UTF-16 ohne Marke oder UTF-32 zu sein")
    guess = from_bytes(around, cp_isolation=list(_OLD)).best()
    name = _OLD.get(guess.encoding) if guess else None
    return Both(f"; il semble être en {name}", f"; es scheint {name} zu sein") if name else Both("", "")
