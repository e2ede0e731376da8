"""One cell to its value: what each kind of column accepts, and the rule that any other text breaks.

Each reader takes a stripped, filled cell and returns a `Reading`. Nothing is guessed: what can be read in two ways is an
error. What the message adds to the rule, and what the cell may have meant, is told elsewhere (`trouble`, `suggest`).
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from stdnum.ch import ssn

from pipelines.contracts.codes import CodeList
from pipelines.ingest.text import plain


class Reading(NamedTuple):
    """What a cell says; a value with a rule is a warning, a rule alone an error."""

    value: object
    rule: str | None = None


Reader = Callable[[str], Reading]

DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d+)|(\d{4})-(\d{2})-(\d{2})", re.ASCII)
YEARS = range(1850, 2200)
_SPACES = r" \u00a0\u202f"
_NUMBER = re.compile(rf"([+\-−]?)[{_SPACES}]?(\d+|\d{{1,3}}(?:['’{_SPACES}]\d{{3}})+)(?:[.,](\d+))?", re.ASCII)
_UNIT = re.compile(rf"^CHF[{_SPACES}]*|[{_SPACES}]*(?:CHF|%)$", re.IGNORECASE)
THOUSANDS_OR_DECIMALS = re.compile(r"[+\-−]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_LARGEST = Decimal(10) ** 12
_YES, _NO = {"oui", "o", "ja", "j", "1"}, {"non", "n", "nein", "0"}
_BETWEEN_DIGITS = re.compile(r"[\s.\-\u00ad\u200b-\u200d\u2010-\u2015\u2212\ufeff]")
_LETTERS_FOR_DIGITS = str.maketrans("OoIl", "0011")
# How offices mark a value that is hidden, not known or too few to tell.
_MARKER = re.compile(r"x{1,3}|\*{1,3}|\.{1,3}|[<>≤≥]=? ?\d[\d'’ ]* ?%?|k\. ?a\.|n\. ?d\.", re.IGNORECASE | re.ASCII)
_CROSS = re.compile(r"\(? ?x ?\)?", re.IGNORECASE)
# 7.56922E+12 read back as a number: the digits Excel dropped are zeros.
EXCEL_LOSS = 10**7
_MANY_DIGITS = 100
_NUMBER_OF_13 = re.compile(r"756\d{10}", re.ASCII)
_EXCEL = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)


def text(cell: str) -> Reading:
    """Any text is a text."""
    return Reading(cell)


def is_marker(cell: str) -> bool:
    """Whether a cell only says that a value is not told: `X`, `*`, `...`, `<30`, `k.A.`, in brackets or not."""
    said = unicodedata.normalize("NFKC", cell)
    if said.startswith("(") and said.endswith(")"):
        said = said[1:-1].strip()
    return not said or bool(_MARKER.fullmatch(said))


def unless_marker(read: Reader, rule: str, *, crosses: bool = False) -> Reader:
    """The reader, with the rule for the markers among the cells it cannot read.

    Args:
        read: the reader of the column.
        rule: the rule of markers.
        crosses: a cross may mean yes in this column, so it is no marker.
    """

    def reading(cell: str) -> Reading:
        told = read(cell)
        if told.rule is None or not is_marker(cell) or (crosses and _CROSS.fullmatch(cell)):
            return told
        return Reading(None, rule)

    return reading


def date(cell: str) -> Reading:
    """`dd.mm.yyyy`, `d.m.yyyy` or `yyyy-mm-dd`."""
    match = DAY.fullmatch(cell)
    if not match:
        return Reading(None, "date.format")
    day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    if len(year) == 2:
        return Reading(None, "date.two_digit_year")
    try:
        return Reading(dt.date(int(year), int(month), int(day))) if int(year) in YEARS else Reading(None, "date.format")
    except ValueError:
        return Reading(None, "date.format")


def _bare(cell: str) -> str:
    """The number without its one unit; every judgement of a number is on this."""
    return _UNIT.sub("", cell, count=1)


def decimal(cell: str) -> Decimal | None:
    """The number that a cell without unit says; None where it says none."""
    match = _NUMBER.fullmatch(cell)
    if not match:
        return None
    sign, whole, decimals = match.groups()
    value = Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{decimals or 0}")
    return (-value if sign in ("-", "−") else value) if value < _LARGEST else None


def number(cell: str) -> Reading:
    """A number with decimal `.` or `,`."""
    value = decimal(_bare(cell))
    return Reading(None, "number.format") if value is None else Reading(float(value))


def amount(cell: str) -> Reading:
    """An amount to the centime; `1.234` could be a thousand or a franc and is neither, and nothing is rounded."""
    bare = _bare(cell)
    if THOUSANDS_OR_DECIMALS.fullmatch(bare):
        return Reading(None, "number.ambiguous")
    value = decimal(bare)
    if value is None:
        return Reading(None, "number.format")
    centimes = value.quantize(Decimal("0.01"))
    return Reading(centimes) if centimes == value else Reading(None, "number.decimals")


def whole(cell: str) -> Reading:
    """A whole number; `12.0` is one, `1.234` is not."""
    bare = _bare(cell)
    value = decimal(bare)
    if value is None:
        return Reading(None, "number.format")
    if value != int(value) or THOUSANDS_OR_DECIMALS.fullmatch(bare):
        return Reading(None, "number.whole")
    return Reading(int(value))


def yes_no(cell: str) -> Reading:
    """Yes or no, in French, German or digits."""
    word = cell.casefold()
    return Reading(word in _YES) if word in _YES | _NO else Reading(None, "yes_no.format")


@cache
def code(codes: CodeList) -> Reader:
    """A code of the list, by itself or by a label or synonym that means it alone."""
    meant: dict[str, str] = {}
    unclear: set[str] = set()
    for one in codes.codes:
        for word in {plain(other) for other in (one.label, one.label_de, *one.synonyms)}:
            if meant.setdefault(word, one.code) != one.code:
                unclear.add(word)
    meant = {word: name for word, name in meant.items() if word not in unclear} | {plain(one.code): one.code for one in codes.codes}

    def read(cell: str) -> Reading:
        name = meant.get(plain(cell))
        return Reading(name, None if name else "code.unknown")

    return read


def avs(cell: str) -> Reading:
    """A 13-digit AVS number, as its digits."""
    # Full-width digits are digits; a letter O is none.
    digits = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in _BETWEEN_DIGITS.sub("", cell))
    # Python turns no text of thousands of digits into a number.
    if _EXCEL.fullmatch(cell) or (digits.isdecimal() and len(digits) < _MANY_DIGITS and int(digits) % EXCEL_LOSS == 0):
        return Reading(None, "avs.excel")
    if digits.isdecimal() and len(digits) == 11:
        return Reading(None, "avs.old")
    if not re.fullmatch(_NUMBER_OF_13, digits):
        letters = re.fullmatch(_NUMBER_OF_13, digits.translate(_LETTERS_FOR_DIGITS))
        return Reading(None, "avs.letters" if letters else "avs.format")
    return Reading(digits) if ssn.is_valid(digits) else Reading(None, "avs.check_digit")
