"""Hiding what tells who somebody is, wherever it was written.

A separator too many moves an AVS number under another header, so what looks like a number or a full date is hidden in every
value, header and file name that is shown. It is better to hide an amount too many than a person too few.
"""

import re

HIDDEN = "••••"

_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
# What people and systems put between digits, invisible characters too.
_GAP = r"[\s.,:;|'’_/\-\u00ad\u200b-\u200d\u2010-\u2015\u2212\ufeff]{0,3}"
_SIGN = r"[\dOoIl]"  # letters that are typed for digits
_AVS = re.compile(rf"(?<!\d)7{_GAP}5{_GAP}6(?:{_GAP}{_SIGN}){{8}}{_GAP}({_SIGN}){_GAP}({_SIGN})(?!\d)")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?\s?[eE]\s?[+-]?\s?\d{1,3}")
_LONG_NUMBER = re.compile(rf"7{_GAP}5{_GAP}6(?:{_GAP}\d){{6,}}|\d(?:{_GAP}\d){{10,}}")
_BETWEEN = r"\s?[.,\-–—/_\s]\s?"
# A digit too many hides nobody: 005.07.1994.
_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}})({_BETWEEN})\d{{1,3}}\2\d{{1,3}}(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}{_BETWEEN}\d{{1,2}}{_BETWEEN}|\d{{1,3}}{_BETWEEN}\d{{1,3}}{_BETWEEN}(?=\d{{4}}))(\d{{2}}|\d{{4,}})(?!\d)"
)
_COMPACT = re.compile(r"(?<!\d)(?:(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d|[0-3]\d(?:0\d|1[0-2])(?:19|20)\d\d)(?!\d)")
_MONTHS = "jan|fé?e?v|feb|mar|mär|a[vp]r|mai|may|jui|jun|jul|ao[uû]|aug|sep|o[ck]t|nov|d[ée][cz]"
_MONTH_NAMED = re.compile(rf"(?<!\d)\d{{1,2}}(?:er|\.)?[\s\-]*(?:{_MONTHS})[^\W\d]*\.?[\s\-]*(\d{{2,}})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"(?:{_MONTHS})[^\W\d]*\.?[\s\-]*\d{{1,2}}(?:st|nd|rd|th)?,?[\s\-]+(\d{{4}})(?!\d)", re.IGNORECASE)
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$", re.ASCII)
# A day as sheets count them, from 1927 to 2036: what a date cell becomes when it is saved as a number.
_SERIAL = re.compile(r"\s*[1-4]\d{4}(?:[.,]0+)?\s*")
_WHOLLY_KNOWN = re.compile(r"756\.••••\.••••\.\d\d|••\.••\.\d+")


def without_time(text: str) -> str:
    """The text without the time of day that a date export leaves at its end."""
    return _TIME.sub("", text)


def masked(text: str) -> str:
    """The text with whatever looks like an AVS number or a full date hidden: `756.••••.••••.85`, `••.••.1994`."""
    text = text.translate(_FULL_WIDTH)
    # What is left beside a hidden part may look like a date only then; each turn hides digits, so it ends.
    while (shown := _hidden(text)) != text:
        text = shown
    return text


def _hidden(text: str) -> str:
    # Whole AVS numbers first, or a part of one could pass for a date; long numbers last, or two dates could pass for one.
    text = _AVS.sub(r"756.••••.••••.\1\2", text)
    for date in (_YEAR_FIRST, _DAY_FIRST, _MONTH_NAMED, _MONTH_FIRST):
        text = date.sub(r"••.••.\1", text)
    for number in (_COMPACT, _SCIENTIFIC, _LONG_NUMBER):
        text = number.sub(HIDDEN, text)
    return HIDDEN if _SERIAL.fullmatch(text) else text


def tells_a_person(text: str) -> bool:
    """Whether a text of no personal column holds an AVS number or is a full date: it slid there from another column."""
    shown = masked(without_time(text.strip()))
    return "756.••••.••••." in shown or bool(_WHOLLY_KNOWN.fullmatch(shown))


def masked_personal(text: str) -> str:
    """The cell of a personal column: hidden whole, unless it is nothing but a number or date whose mask says enough."""
    shown = masked(text.strip())
    return shown if _WHOLLY_KNOWN.fullmatch(shown) else HIDDEN
