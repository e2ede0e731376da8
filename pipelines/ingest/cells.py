"""One cell to its value: what each kind of column accepts, and the rule that any other text breaks.

Each reader takes a stripped, filled cell and returns a `Reading`. Nothing is guessed: what can be read in two ways is an
error.
"""

import datetime as dt
import re
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

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d+)|(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YEARS = range(1850, 2200)
_SPACES = r" \u00a0\u202f"
_NUMBER = re.compile(rf"([+\-−]?)[{_SPACES}]?(\d+|\d{{1,3}}(?:['’{_SPACES}]\d{{3}})+)(?:[.,](\d+))?", re.ASCII)
_UNIT = re.compile(rf"^CHF[{_SPACES}]*|[{_SPACES}]*(?:CHF|%)$", re.IGNORECASE)
_THOUSANDS_OR_DECIMALS = re.compile(r"[+\-−]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_LARGEST = Decimal(10) ** 12
_YES, _NO = {"oui", "o", "ja", "j", "1"}, {"non", "n", "nein", "0"}
_BETWEEN_DIGITS = re.compile(r"[\s.\-\u00ad\u200b\u2010-\u2015]")
# 7.56922E+12 read back as a number: the digits Excel dropped are zeros.
EXCEL_LOSS = 10**7
_EXCEL = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)


def text(cell: str) -> Reading:
    """Any text is a text."""
    return Reading(cell)


def date(cell: str) -> Reading:
    """`dd.mm.yyyy`, `d.m.yyyy` or `yyyy-mm-dd`."""
    match = _DAY.fullmatch(cell)
    if not match:
        return Reading(None, "date.format")
    day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    if len(year) == 2:
        return Reading(None, "date.two_digit_year")
    try:
        return Reading(dt.date(int(year), int(month), int(day))) if int(year) in _YEARS else Reading(None, "date.format")
    except ValueError:
        return Reading(None, "date.format")


def _bare(cell: str) -> str:
    """The number without its one unit; every judgement of a number is on this."""
    return _UNIT.sub("", cell, count=1)


def _decimal(cell: str) -> Decimal | None:
    match = _NUMBER.fullmatch(cell)
    if not match:
        return None
    sign, whole, decimals = match.groups()
    value = Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{decimals or 0}")
    return (-value if sign in ("-", "−") else value) if value < _LARGEST else None


def number(cell: str) -> Reading:
    """A number with decimal `.` or `,`."""
    value = _decimal(_bare(cell))
    return Reading(None, "number.format") if value is None else Reading(float(value))


def amount(cell: str) -> Reading:
    """An amount to the centime; `1.234` could be a thousand or a franc and is neither, and nothing is rounded."""
    bare = _bare(cell)
    if _THOUSANDS_OR_DECIMALS.fullmatch(bare):
        return Reading(None, "number.ambiguous")
    value = _decimal(bare)
    if value is None:
        return Reading(None, "number.format")
    centimes = value.quantize(Decimal("0.01"))
    return Reading(centimes) if centimes == value else Reading(None, "number.decimals")


def whole(cell: str) -> Reading:
    """A whole number; `12.0` is one, `1.234` is not."""
    bare = _bare(cell)
    value = _decimal(bare)
    if value is None:
        return Reading(None, "number.format")
    if value != int(value) or _THOUSANDS_OR_DECIMALS.fullmatch(bare):
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
    if _EXCEL.fullmatch(cell) or (digits.isdecimal() and int(digits) % EXCEL_LOSS == 0):
        return Reading(None, "avs.excel")
    if digits.isdecimal() and len(digits) == 11:
        return Reading(None, "avs.old")
    if not re.fullmatch(r"756\d{10}", digits, re.ASCII):
        return Reading(None, "avs.format")
    return Reading(digits) if ssn.is_valid(digits) else Reading(None, "avs.check_digit")
