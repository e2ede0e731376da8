"""The nearest allowed value for a cell that broke a rule: what a person may confirm, and nobody takes over unseen.

A suggestion is one that the column's own reader accepts and no rule of the column alone forbids. Where two readings of a cell
remain, or where it could show who somebody is, there is none.
"""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipelines.contracts.codes import CodeList
from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Field, Period
from pipelines.ingest.cells import THOUSANDS_OR_DECIMALS, Reader, decimal
from pipelines.ingest.mask import masked, without_time
from pipelines.ingest.municipality import Register, numbers_named, replacement
from pipelines.ingest.text import plain
from pipelines.ingest.validate import allowed
from pipelines.ingest.values import reader

# A day further from the period could be somebody's birth that slid into another column.
_NEAR = 10  # years
_CLEARLY = 0.1  # by how much more than any other
_LIKE = 0.75  # share of letters that a word must have in common with a code or label
_SHORTEST = 3  # letters; anything shorter is like everything
_LONGEST = 100  # letters; no value that has to be guessed at is longer

_BETWEEN = r"(?: ?[./\-] ?| )"
_DAY_FIRST = re.compile(rf"(\d{{1,2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{4}}|\d{{2}})", re.ASCII)
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{1,2}})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})(?:er|\.)?[ \-]*([^\W\d]{3,})\.?[ \-]*(\d{4}|\d{2})")
_LONGEST_MONTH = 31  # days
_MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "jan janv janvier januar",
            "fev fevr fevrier feb februar",
            "mar mars marz maerz",
            "avr avril apr april",
            "mai",
            "juin jun juni",
            "juil juillet jul juli",
            "aout aug august",
            "sep sept septembre september",
            "oct octobre okt oktober",
            "nov novembre november",
            "dec decembre dez dezember",
        ),
        start=1,
    )
    for word in words.split()
}
_EXCEL_FIRST_DAY = dt.date(1899, 12, 30)

_UNIT = re.compile(r"^(?:chf|s?fr)\b\.?\s*|\s*(?:chf|s?fr|francs?|franken|%|pers|personnes?|personen|places?|plätze|pl)\.?$", re.IGNORECASE)
_NO_CENTIMES = re.compile(r"(?<=\d)[.,]\s?[-–—]{1,2}$")
_GROUPED = re.compile(r"[+\-−]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|(?:\.\d{3}){2,}|(?:,\d{3}){2,})", re.ASCII)

_YES, _NO = {"yes", "y", "vrai", "true", "wahr", "✓", "✔", "☑"}, {"no", "faux", "false", "falsch", "☐"}
_REMARK = re.compile(r"\s*\([^()]*\)$")


def suggestions(cells: pl.Series, field: Field, *, period: Period, register: Register, births: Iterable[pl.Series] = ()) -> dict[str, str]:
    """The nearest allowed value by cell, for those that have exactly one.

    Args:
        cells: cells that broke a rule of the field.
        field: what it is.
        period: what the file speaks of.
        register: the municipalities.
        births: the birth dates of the file; none of them is ever suggested as another date.
    """
    if field.personal or field.kind is Kind.TEXT:
        return {}
    read = reader(field, period=period, register=register)
    candidates = _candidates(field, period=period, register=register)
    pairs = [
        (cell, text) for cell in cells.drop_nulls().unique(maintain_order=True) if len(cell) <= _LONGEST for text in {*candidates(cell)}
    ]
    accepted = _accepted([text for _, text in pairs], field, read=read, period=period, births=births)
    found: dict[str, set[str]] = {}
    for cell, text in pairs:
        if text in accepted:
            found.setdefault(cell, set()).add(text)
    return {cell: texts.pop() for cell, texts in found.items() if len(texts) == 1}


def _accepted(texts: Iterable[str], field: Field, *, read: Reader, period: Period, births: Iterable[pl.Series]) -> set[str]:
    """Those of the texts that the field takes without a word, and that tell nobody."""
    right = [(text, reading.value) for text in dict.fromkeys(texts) if (reading := read(text)).rule is None]
    frame = pl.DataFrame(right, schema={"text": pl.String, "value": field.kind.frame}, orient="row")
    may = allowed(frame["value"], field, period=period)
    if field.kind is not Kind.DATE:
        return {text for text in frame["text"].filter(may) if masked(text) == text}
    far = dt.timedelta(days=366 * _NEAR)
    may &= frame["value"].is_between(period.last - far, period.last + far)
    for born in births:
        may &= ~frame["value"].is_in(born.drop_nulls().unique().implode())
    return set(frame["text"].filter(may))


def _candidates(field: Field, *, period: Period, register: Register) -> Callable[[str], Iterator[str]]:
    """What a cell of the field may have meant."""
    codes = field.codes
    if codes:
        words = _words(codes)
        return lambda cell: _codes(cell, words)
    if field.kind is Kind.MUNICIPALITY:
        return lambda cell: _municipalities(cell, period=period, register=register)
    if field.kind is Kind.DATE:
        return lambda cell: (f"{day:%d.%m.%Y}" for day in _days(cell))
    if field.kind is Kind.YES_NO:
        return _yes_no
    return lambda cell: _numbers(cell, field.kind)


def _words(codes: CodeList) -> dict[str, set[str]]:
    """The codes behind every word that is long enough to be mistyped."""
    words: dict[str, set[str]] = {}
    for one in codes.codes:
        for word in (one.code, one.label, one.label_de, *one.synonyms):
            words.setdefault(plain(word), set()).add(one.code)
    return words


def _codes(cell: str, words: dict[str, set[str]]) -> Iterator[str]:
    """The code whose name is most like the cell or the only one it begins; a number of the list behind zeros."""
    written = plain(cell)
    if number := re.fullmatch(r"0*(\d+)(?:[.,]0+)?", cell, re.ASCII):
        yield from words.get(number[1], ())
    if len(written) < _SHORTEST:
        return
    begun = {code for word, named in words.items() if word.startswith(written) for code in named}
    longer = [word for word in words if len(word) >= _SHORTEST]
    like = process.extract(written, longer, scorer=OSA.normalized_similarity, score_cutoff=_LIKE, limit=None)
    best = max((score for _, score, _ in like), default=0)
    yield from begun or {code for word, score, _ in like if score > best - _CLEARLY for code in words[word]}


def _municipalities(cell: str, *, period: Period, register: Register) -> Iterator[str]:
    numbers = frozenset({int(cell)}) if re.fullmatch(r"\d{1,4}", cell, re.ASCII) else numbers_named(cell)
    for number in numbers:
        if instead := replacement(number, period, register=register):
            yield str(instead)


def _days(cell: str) -> Iterator[dt.date]:
    """Every day that a text could mean, however unusual the way of writing."""
    text = without_time(" ".join(cell.split()))
    for year, month, day in _written_days(text):
        with suppress(ValueError):
            # Of a day that its month does not have, the last one it has.
            yield dt.date(year, month, min(day, calendar.monthrange(year, month)[1]) if day <= _LONGEST_MONTH else day)
    if re.fullmatch(r"[2-7]\d{4}", text, re.ASCII):
        yield _EXCEL_FIRST_DAY + dt.timedelta(days=int(text))


def _written_days(text: str) -> Iterator[tuple[int, int, int]]:
    if match := _DAY_FIRST.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        for year in _years(match[3]):
            yield year, second, first
            # With slashes or dashes it may be written the American way.
            if "." not in text:
                yield year, first, second
    if match := _YEAR_FIRST.fullmatch(text):
        yield int(match[1]), int(match[2]), int(match[3])
    if (match := _NAMED.fullmatch(text)) and (month := _MONTHS.get(plain(match[2]))):
        for year in _years(match[3]):
            yield year, month, int(match[1])
    if re.fullmatch(r"\d{8}", text, re.ASCII):
        yield int(text[:4]), int(text[4:6]), int(text[6:])
        yield int(text[4:]), int(text[2:4]), int(text[:2])


def _years(written: str) -> tuple[int, ...]:
    return (int(written),) if len(written) > 2 else (1900 + int(written), 2000 + int(written))


def _numbers(cell: str, kind: Kind) -> Iterator[str]:
    """The number without unit, words of zero centimes and separators of thousands; amounts to the centime."""
    text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in cell.strip())
    bare = _NO_CENTIMES.sub("", _UNIT.sub("", _UNIT.sub("", text)))
    if _GROUPED.fullmatch(bare):
        last = max(bare.rfind("."), bare.rfind(","))
        whole, decimals = (bare, "") if bare.count(bare[last]) > 1 else (bare[:last], bare[last + 1 :])
        bare = f"{re.sub('[.,]', '', whole)}.{decimals or 0}"
    elif THOUSANDS_OR_DECIMALS.fullmatch(bare):
        return
    value = decimal(bare)
    if value is None:
        return
    if kind is Kind.AMOUNT:
        yield str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
    elif kind is Kind.NUMBER or value == int(value):
        yield f"{value.normalize():f}"


def _yes_no(cell: str) -> Iterator[str]:
    """The one word a cell begins with, whatever remark follows it in brackets."""
    word = _REMARK.sub("", unicodedata.normalize("NFKC", cell)).strip(" .!").casefold()
    if word in _YES:
        yield "OUI"
    elif word in _NO:
        yield "NON"
    elif word:
        yield word.upper()
