"""Bytes to text, and text to the plain form in which headers and codes are compared."""

import codecs
import re
import unicodedata

from pipelines.ingest.findings import Refused, finding

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SPELT_OUT = str.maketrans({"°": "o", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_PASSED_OVER = re.compile(r"[\s.\-_'’‘`\u00ad\u200b\u2010-\u2015\ufeff]+")


def decoded(content: bytes) -> str:
    """The text of a file: as its byte order mark says, else UTF-8, else Windows-1252."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, offset=len(mark))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; Latin-1 would swallow anything, and lose œ and €.
        return _strictly(content, "cp1252")


def plain(text: str) -> str:
    """The text without case, accents, spaces, points, dashes, underscores and apostrophes: `N° AVS` and `no_avs` are one."""
    letters = unicodedata.normalize("NFKD", text.translate(_SPELT_OUT)).casefold()
    return _PASSED_OVER.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def _strictly(content: bytes, encoding: str, *, offset: int = 0) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(finding("file.encoding", offset=offset + error.start)) from None
