"""For any table of right rows, writing it in any allowed manner and reading it back gives the same rows."""

import codecs
import datetime as dt
import io
import random
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Field
from pipelines.ingest.delimited import Layout, careful, read_delimited, split
from pipelines.ingest.sheet import is_blank
from tests.unit.ingest_cases import CM_FP, PERIOD, PSET, PSEUDONYMS, WORKSHOPS, avs, csv, right_row, table, taken, xlsx

Row = dict[str, object]
MODERATE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_EMPTY = ("", "-", "n/a", "NULL", "#N/A", " ")
_LETTERS = "aàéœŒ€’–'\"«»;,\t\n .-_/0123456789XÜß|"
_TEXTS = (
    st.text(_LETTERS, min_size=1, max_size=12)
    .map(lambda text: "1" + text.strip() + "z")
    .filter(lambda text: text.count(";") + text.count(",") < 5)
)


# -- rows that obey the contract ------------------------------------------------------------------------------------------


@st.composite
def _rows(draw: st.DrawFn, export: Export) -> list[Row]:
    """Right rows of an export: typed values by field, None where empty."""
    rows = []
    for number in range(draw(st.integers(0, 8))):
        row: Row = {}
        for field in export.fields:
            _fill(draw, row, field, export=export)
        first = export.key[0]
        rows.append(row | {first: f"{number}{row[first]}"})
    return rows


def _fill(draw: st.DrawFn, row: Row, field: Field, *, export: Export) -> object:
    """The value of a field; what it depends on is filled first."""
    if field.name in row:
        return row[field.name]
    depends = [other for other in (field.not_before, field.not_above, field.exactly_with, field.when, field.needs) if other]
    depends += [other for other, _ in filter(None, (field.only_with, field.without))]
    others = {other: _fill(draw, row, export.by_name[other], export=export) for other in depends}
    wanted = field.required or draw(st.booleans())
    if field.exactly_with:
        wanted = others[field.exactly_with] is not None
    elif field.when and others[field.when] is not None:
        wanted = True
    elif (field.only_with and others[field.only_with[0]] != field.only_with[1]) or (field.needs and others[field.needs] is None):
        wanted = False
    row[field.name] = draw(_value(field, others)) if wanted else None
    if wanted and field.without and others[field.without[0]] is None:
        row[field.name] = field.without[1]
    return row[field.name]


def _value(field: Field, others: Row) -> st.SearchStrategy[object]:
    if field.codes:
        return st.sampled_from([code.code for code in field.codes.codes])
    if field.kind is Kind.DATE:
        after = others.get(field.not_before or "") or dt.date(2009, 1, 1)
        first = max(after, PERIOD.first) if field.end or field.within else after
        return st.dates(first, first + dt.timedelta(400) if field.plan else PERIOD.last)
    if field.coded:
        return st.from_regex(r"[A-Z]{1,6}-[0-9]{1,3}", fullmatch=True)
    low, high = field.minimum or 0, field.maximum or 12
    if field.not_above and others[field.not_above] is not None:
        high = min(high, others[field.not_above])
    return {
        Kind.TEXT: _TEXTS,
        Kind.WHOLE: st.integers(low, high),
        Kind.NUMBER: st.decimals(low, high, places=1).map(float),
        Kind.AMOUNT: st.decimals(low, 2_000_000, places=2),
        Kind.YES_NO: st.booleans(),
        Kind.MUNICIPALITY: st.sampled_from([6458, 6421, 6487, 351]),
        Kind.AVS: st.integers(0, 10**9 - 1).map(avs).filter(lambda number: not number.endswith("0000000")),
        Kind.BIRTH_DATE: st.dates(dt.date(1950, 1, 1), dt.date(1995, 12, 31)),
    }[field.kind]


def _expected(export: Export, rows: list[Row]) -> pl.DataFrame:
    """The rows as the warehouse shall hold them, made without the code that reads."""
    columns: dict[str, list[object]] = {}
    for field in export.fields:
        values = [row[field.name] for row in rows]
        if field.kind is Kind.AVS:
            columns["person_id"] = PSEUDONYMS.of(pl.Series(values, dtype=pl.String)).to_list()
        elif field.kind is Kind.BIRTH_DATE:
            columns |= {"birth_year": [day.year for day in values], "birth_month": [day.month for day in values]}
        else:
            columns[field.name] = values
    for age in export.ages:
        pairs = [(row["birth_date"], row[age.at]) for row in rows]
        columns[age.column.name] = [at.year - born.year - ((at.month, at.day) < (born.month, born.day)) for born, at in pairs]
    schema = {name: kind for name, kind in export.table.frame_schema.items() if name not in ("delivery_id", "line")}
    return pl.DataFrame(columns, schema=schema)


# -- manners of writing -------------------------------------------------------------------------------------------------


def _cell(value: object, field: Field, *, choose: random.Random) -> str:
    """One of the allowed ways to write a value."""
    if value is None:
        return choose.choice(_EMPTY)
    if field.codes:
        code = next(code for code in field.codes.codes if code.code == value)
        word = choose.choice([code.code, code.label, code.label_de, *code.synonyms])
        return choose.choice([word, word.upper(), word.lower(), _without_accents(word), f" {word} "])
    if isinstance(value, dt.date):
        return choose.choice([f"{value:%d.%m.%Y}", f"{value.day}.{value.month}.{value.year}", value.isoformat()])
    if isinstance(value, bool):
        return choose.choice(["OUI", "oui", "O", "Ja", "J", "1"] if value else ["NON", "non", "N", "Nein", "0"])
    if field.kind is Kind.AVS:
        number = str(value)
        return choose.choice([".", " ", "", "\u00a0", "-"]).join((number[:3], number[3:7], number[7:11], number[11:]))
    if field.kind in (Kind.AMOUNT, Kind.NUMBER, Kind.WHOLE):
        return _number(value, field, choose=choose)
    return f" {value}" if choose.random() < 0.2 else str(value)


def _number(value: object, field: Field, *, choose: random.Random) -> str:
    text = f"{value:,}" if field.kind is Kind.WHOLE else f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,.1f}"
    text = text.replace(",", choose.choice(["", "'", "’", " ", "\u00a0", "\u202f" if choose.random() < 0.5 else ""]))
    if field.kind is Kind.AMOUNT:
        text = choose.choice([text, f"CHF {text}", f"{text} CHF"])
    if field.kind is Kind.NUMBER:
        text = choose.choice([text, f"{text} %", f"{text}%"])
    return choose.choice([text, text.replace(".", ",")])


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def _headers(export: Export, choose: random.Random) -> list[str]:
    """A header per field, in any allowed spelling."""
    headers = []
    for field in export.fields:
        name = choose.choice([field.header, *field.synonyms])
        for change in choose.sample([str.upper, str.casefold, _without_accents], k=1):
            name = choose.choice([name, change(name)])
        headers.append(name.replace(" ", choose.choice([" ", "_", "-", ".", "", "  "])))
    return headers


def _lines(export: Export, rows: list[Row], *, choose: random.Random, cell: Callable[[object, Field], object]) -> list[list[object]]:
    """Header and rows with the columns in any order; optional columns that hold nothing may be left out."""
    order = [
        place
        for place, field in enumerate(export.fields)
        if field.required or any(row[field.name] is not None for row in rows) or choose.random() < 0.5
    ]
    choose.shuffle(order)
    headers = _headers(export, choose)
    fields = export.fields
    return [[headers[place] for place in order]] + [[cell(row[fields[place].name], fields[place]) for place in order] for row in rows]


def _as_csv(export: Export, rows: list[Row], choose: random.Random) -> bytes:
    separator = choose.choice([";", ",", "\t"])
    newline = choose.choice(["\r\n", "\n", "\r"])
    encoding, mark = choose.choice(
        [
            ("utf-8", b""),
            ("utf-8", codecs.BOM_UTF8),
            ("cp1252", b""),
            ("utf-16-le", codecs.BOM_UTF16_LE),
            ("utf-16-be", codecs.BOM_UTF16_BE),
        ]
    )
    lines = _lines(export, rows, choose=choose, cell=lambda value, field: _cell(value, field, choose=choose))
    file = io.StringIO()
    if choose.random() < 0.3:
        file.write(f"sep={separator}{newline}")
    for number in range(choose.choice([0, 0, 1, 10])):
        file.write(f"Titre {number}{separator * choose.randrange(3)}{newline}")
    padding = [""] * choose.choice([0, 0, 3])
    quoted = choose.choice([0, 0.5, 1])
    for line in lines:
        cells = [*line, *padding, *[""] * choose.choice([0, 0, 0, 2])]
        file.write(separator.join(_quoted(str(cell), separator, always=choose.random() < quoted) for cell in cells) + newline)
        if choose.random() < 0.2:
            file.write(choose.choice(["", " ", separator * (len(line) - 1)]) + newline)
    text = file.getvalue()
    text = text.removesuffix(newline) if choose.random() < 0.3 else text
    # What Windows-1252 cannot hold, a service with that encoding does not send.
    return mark + text.replace("\u202f", "\u00a0" if encoding == "cp1252" else "\u202f").encode(encoding)


def _quoted(cell: str, separator: str, *, always: bool) -> str:
    needed = any(sign in cell for sign in (separator, '"', "\n"))
    return '"' + cell.replace('"', '""') + '"' if needed or always else cell


def _as_xlsx(export: Export, rows: list[Row], choose: random.Random) -> bytes:
    def cell(value: object, field: Field) -> object:
        as_it_is = value is not None and not field.codes and field.kind is not Kind.TEXT and choose.random() < 0.6
        if as_it_is:
            return float(value) if isinstance(value, Decimal) else int(str(value)) if field.kind is Kind.AVS else value
        return _cell(value, field, choose=choose)

    file = io.BytesIO()
    options = {
        "in_memory": True,
        "default_date_format": choose.choice(["dd.mm.yyyy", "yyyy-mm-dd"]),
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        if choose.random() < 0.3:
            book.add_worksheet("Lisez-moi").write(0, 0, "x")
            tab = book.add_worksheet(choose.choice([export.name, export.name.upper().replace("_", " ")]))
        else:
            tab = book.add_worksheet("Feuil1")
        place, corner = choose.choice([0, 1, 5]), choose.choice([0, 0, 2])
        if place:
            tab.write(0, corner, "Titre")
        for line in _lines(export, rows, choose=choose, cell=cell):
            for column, value in enumerate(line):
                tab.write(place, column + corner, value)
            place += choose.choice([1, 1, 1, 2])
    return file.getvalue()


# A row that is right, and a manner of writing it, by what was once refused: with columns behind it that hold nothing.
_ONCE_REFUSED: Row = {
    "programme_id": "410\n;;z",
    "programme": "1z",
    "provider": "1z",
    "branch": "A",
    "category": "OCCUPATION",
    "audience": "TOUS",
    "places": 0,
    "occupied": 0,
}
_SO_WRITTEN = 86


# -- the properties -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [_as_csv, _as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize("export", [CM_FP, PSET, WORKSHOPS], ids=lambda export: export.name)
def test_any_allowed_manner_of_writing_gives_the_same_rows_back(
    export: Export, write: Callable[[Export, list[Row], random.Random], bytes]
) -> None:
    @MODERATE
    @given(rows=_rows(export), seed=st.integers(0, 2**32))
    def check(rows: list[Row], seed: int) -> None:
        intake = taken(write(export, rows, random.Random(seed)), export)
        assert intake.findings.filter(pl.col("severity") != "warning").rows() == []
        assert intake.rows.drop("line").equals(_expected(export, rows))
        assert intake.rows["line"].is_sorted()
        assert (intake.rows_read, intake.rows_loaded) == (len(rows), len(rows))

    (example(rows=[_ONCE_REFUSED], seed=_SO_WRITTEN)(check) if export is PSET else check)()


_PLAIN_CELLS = st.text(st.characters(exclude_characters=';"\n\r', exclude_categories=["Cs"]), max_size=6)


@MODERATE
@given(lines=st.lists(st.lists(st.tuples(_PLAIN_CELLS, st.booleans()), min_size=3, max_size=3), max_size=6))
def test_the_fast_and_the_careful_way_say_the_same_of_the_same_lines(lines: list[list[tuple[str, bool]]]) -> None:
    layout = Layout(header=("a", "b", "c"), width=3, separator=";", first=0, last=0)
    written = [";".join(f'"{cell}"' if quoted else cell for cell, quoted in line) for line in lines]
    slow = {record.line: record.cells for record in careful(written, range(len(written)), layout=layout)}
    fast = enumerate(list(row) for row in split(pl.Series(written, dtype=pl.String), layout).rows())
    assert slow == {line: cells for line, cells in fast if any(cell.strip() for cell in cells)}


# With one separator at most, no line within a quoted cell could be a row of three cells by itself.
_WILD_CELLS = st.sampled_from(["", "-", "n/a", " NULL ", "#N/A", '""', "\u00a0", "\u2028"]) | st.text('aé’" \n\0\v;', max_size=8).filter(
    lambda cell: cell.count(";") < 2
)


@MODERATE
@given(
    rows=st.lists(st.lists(st.tuples(_WILD_CELLS, st.booleans()), min_size=3, max_size=3), max_size=8), behind=st.sampled_from(["", ";;"])
)
def test_a_file_gives_what_reading_all_its_lines_with_care_would_give(rows: list[list[tuple[str, bool]]], behind: str) -> None:
    export = replace(PSET, fields=PSET.fields[:3])
    header = tuple(field.header for field in export.fields)
    layout = Layout(header=header, width=3, separator=";", first=0, last=0, required=(0, 1, 2))
    written = "".join("\n" + ";".join(_quoted(cell, ";", always=always) for cell, always in row) + behind for row in rows)
    lines = written.split("\n")[1:]
    sheet = read_delimited((";".join(header) + written).encode(), export)
    slow = [record for record in careful(lines, range(2, 2 + len(lines)), layout=layout) if record.broken or not is_blank(record.cells)]
    assert sheet.read == len(slow)
    assert sheet.lines.to_list() == [record.line for record in slow]
    assert sheet.cells.rows() == [tuple((*record.cells, "", "", "")[:3]) for record in slow]
    assert sheet.broken.select("line", "rule").rows() == [(record.line, record.broken) for record in slow if record.broken]


_CLEAN = [
    csv(table(CM_FP, [right_row(CM_FP, number, referrer="Orientation (OCOSP)") for number in range(12)]), encoding="cp1252"),
    csv(table(CM_FP, [right_row(CM_FP, number) for number in range(12)]), encoding="utf-16"),
    xlsx(table(CM_FP, [right_row(CM_FP, number) for number in range(12)])),
]


@settings(max_examples=250, deadline=None)
@given(
    content=st.sampled_from(_CLEAN),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1), st.binary(max_size=4) | st.sampled_from([b'"', b";", b"\n", b"\x00", b"\xff"])),
        max_size=4,
    ),
)
def test_cut_and_spliced_bytes_always_get_a_verdict_and_show_nobody(content: bytes, cuts: list[tuple[float, float, bytes]]) -> None:
    for start, length, put in cuts:
        at = int(start * len(content))
        content = content[:at] + put + content[at + int(length * length * 40) :]
    intake = taken(content)
    assert intake.accepted or intake.rows.is_empty()
    assert not [cell for cell in intake.findings["cell"].drop_nulls() if any(avs(number) in cell for number in range(12))]


_FURTHER = [";" * 6 + ";Total;5", "Source: SFPO", "état au 28 février;;;;;;;;;", ";;;", "", "-;-;-;-;-;-;-;-;-;-"]
_DAMAGE = st.tuples(
    st.integers(0, 11), st.floats(0, 1), st.integers(0, 30), st.sampled_from(["", ";", ";;", ",", "\t", " ", "x", "-", "é"])
)


@settings(max_examples=250, deadline=None)
@given(damage=st.lists(_DAMAGE, max_size=14), further=st.lists(st.sampled_from(_FURTHER), max_size=3), separator=st.sampled_from(";,\t"))
def test_lines_damaged_in_any_way_are_all_counted_and_lose_no_row(
    damage: list[tuple[int, float, int, str]], further: list[str], separator: str
) -> None:
    header, *rows = csv(table(CM_FP, [right_row(CM_FP, number) for number in range(12)])).decode().splitlines()
    for row, start, length, put in damage:
        at = int(start * len(rows[row]))
        changed = rows[row][:at] + put + rows[row][at + length :]
        rows[row] = changed if any(sign.isalnum() for sign in changed) else "x"
    written = [line for line in further if any(sign.isalnum() for sign in line)]
    intake = taken("\n".join(line.replace(";", separator) for line in (header, *rows, *further)).encode())
    assert intake.rows_read == len(rows) + len(written)
    assert intake.lines_skipped <= len(written)
