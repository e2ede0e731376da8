"""What holds for any bytes: a verdict, every record accounted for, no value of a person in an answer, and rows beside damage unharmed.

Run by `test_fuzz.py` in a process with bounds; `CII_FUZZ` multiplies the number of examples.
"""

import contextlib
import os
import re
import resource
import signal
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NoReturn

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.contracts.rules import RULES
from pipelines.ingest import cells
from pipelines.ingest.findings import SCHEMA, Refused
from pipelines.ingest.intake import Intake
from pipelines.ingest.mask import masked
from pipelines.ingest.text import decoded, plain
from tests.corpus.clean import ATELIERS, DOSSIERS, PERSONAL, PLACES, Clean
from tests.corpus.formats import csv, lines, xlsx
from tests.corpus.registry import TRAPS
from tests.fuzz.damage import MARKUP, WORDS, Blow, blows, lines_of, repacked, struck
from tests.unit.ingest_cases import taken

FACTOR = float(os.environ.get("CII_FUZZ", "1"))
LAST = os.environ.get("CII_FUZZ_LAST")
CPU_SECONDS = 20
_CLEAN = (DOSSIERS, PLACES, ATELIERS)
_EDGES = {"utf-8": b";", "utf-16-le": ";".encode("utf-16-le")}
_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")


def examples(number: int) -> settings:
    """So many examples, times the factor."""
    return settings(max_examples=max(1, int(number * FACTOR)), deadline=None, suppress_health_check=list(HealthCheck))


# -- one example ---------------------------------------------------------------------------------------------------------


def _overrun(*_: object) -> NoReturn:
    raise TimeoutError(f"more than {CPU_SECONDS} s of the processor")


@contextlib.contextmanager
def _bounded(content: bytes) -> Iterator[None]:
    """Keeps the example for whoever finds the process dead, and lets it have so much of the processor and no more."""
    if LAST:
        Path(LAST).write_bytes(content)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    used = resource.getrusage(resource.RUSAGE_SELF)
    signal.signal(signal.SIGXCPU, _overrun)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def judged(content: bytes, clean: Clean, ending: str) -> Intake:
    """The verdict on any bytes, found well-formed."""
    with _bounded(content):
        intake = taken(content, clean.export, file=f"livraison.{ending}")
    findings = intake.findings
    assert findings.columns == list(SCHEMA)
    assert intake.accepted == ("rejected" not in findings["severity"])
    assert intake.accepted or (intake.rows.is_empty() and findings.height)
    assert all(RULES[rule].severity == severity for rule, severity in findings.select("rule", "severity").rows())
    assert all(text for row in findings.select("message", "remedy", "message_de", "remedy_de").rows() for text in row)
    assert findings["line"].drop_nulls().ge(1).all()
    if intake.accepted:
        wrong = set(findings.filter(pl.col("severity") == "error")["line"])
        assert None not in wrong and len(wrong) == intake.rows_rejected
        assert not wrong & set(intake.rows["line"])
    told = "\n".join(str(cell) for row in findings.rows() for cell in row)
    assert not [value for value in PERSONAL if value in told]
    return intake


# -- CSV -----------------------------------------------------------------------------------------------------------------

_SEEDS = [
    (csv(lines(clean.texts(), separator), encoding=encoding), clean) for clean in _CLEAN for separator in ";\t" for encoding in _ENCODINGS
]
_SEEDS += [(trap.content, trap.clean) for trap in TRAPS if trap.ending == "csv"]


@examples(250)
@given(seed=st.sampled_from(_SEEDS), damage=blows(WORDS), encoding=st.sampled_from(("utf-8", "utf-16-le")))
def test_a_csv_damaged_in_any_way_gets_a_verdict(seed: tuple[bytes, Clean], damage: list[Blow], encoding: str) -> None:
    content, clean = seed
    judged(struck(content, damage, edge=_EDGES[encoding], encoding=encoding), clean, "csv")


@examples(100)
@given(
    table=st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=12), max_size=16),
    separator=st.sampled_from(";,\t"),
    newline=st.sampled_from(("\n", "\r\n", "\r")),
    headed=st.sampled_from([clean.grid[0] for clean in _CLEAN] + [()]),
    encoding=st.sampled_from(_ENCODINGS),
    clean=st.sampled_from(_CLEAN),
)
def test_a_table_of_any_words_gets_a_verdict(
    table: list[list[str]], separator: str, newline: str, headed: tuple[str, ...], encoding: str, clean: Clean
) -> None:
    text = newline.join(separator.join(row) for row in (headed, *table))
    judged(text.encode(encoding, "ignore"), clean, "csv")


@examples(100)
@given(
    content=st.binary(max_size=200),
    ending=st.sampled_from(("csv", "xlsx")),
    start=st.sampled_from((b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"<html", b"%PDF-")),
)
def test_bytes_of_no_kind_get_a_verdict(content: bytes, ending: str, start: bytes) -> None:
    judged(start + content, DOSSIERS, ending)


@cache
def _clean_rows(clean: Clean) -> list[dict[str, object]]:
    return taken(csv(lines(clean.texts())), clean.export).rows.to_dicts()


@examples(200)
@given(
    clean=st.sampled_from(_CLEAN),
    place=st.integers(1, 12),
    damage=blows([word for word in WORDS if len(word) < 1000], most=3),
    separator=st.sampled_from(";\t"),
    quoted=st.booleans(),
    encoding=st.sampled_from(_ENCODINGS),
)
def test_damage_to_one_line_harms_no_other(
    clean: Clean, place: int, damage: list[Blow], separator: str, quoted: bool, encoding: str
) -> None:
    texts = lines_of(clean, quoted=quoted, separator=separator)
    texts[place] = struck(texts[place].encode(), damage, edge=separator.encode()).decode(errors="ignore")
    intake = judged("\n".join(texts).encode(encoding, "ignore"), clean, "csv")
    if not intake.accepted:
        return
    loaded = {row["line"]: row for row in intake.rows.to_dicts()}
    twice = set(intake.findings.filter(pl.col("rule") == "key.duplicate")["line"])
    for number, row in enumerate(_clean_rows(clean), start=1):
        line = 1 + len(re.findall("\r\n|\r|\n", "".join(text + "\n" for text in texts[:number])))
        # The damaged line may have got the key of one below it.
        if number != place and line not in twice:
            assert loaded.get(line) == row | {"line": line}


# -- XLSX ----------------------------------------------------------------------------------------------------------------

_BOOKS = [(xlsx(clean.cells()), clean) for clean in _CLEAN]
_BOOKS += [(trap.content, trap.clean) for trap in TRAPS if trap.ending == "xlsx" and not trap.name.startswith("zip")]
_WHOLE = [(content, clean) for content, clean in _BOOKS if content[:2] == b"PK" and b"xl/workbook.xml" in content]


@examples(150)
@given(seed=st.sampled_from(_BOOKS), damage=blows(MARKUP))
def test_a_workbook_whose_bytes_are_damaged_gets_a_verdict(seed: tuple[bytes, Clean], damage: list[Blow]) -> None:
    content, clean = seed
    judged(struck(content, damage, edge=b"PK"), clean, "xlsx")


@examples(250)
@given(seed=st.sampled_from(_WHOLE), part=st.integers(0, 31), damage=blows(MARKUP))
def test_a_workbook_with_a_damaged_part_gets_a_verdict(seed: tuple[bytes, Clean], part: int, damage: list[Blow]) -> None:
    content, clean = seed
    judged(repacked(content, part, damage), clean, "xlsx")


# -- what reading is made of ---------------------------------------------------------------------------------------------

_TEXTS = st.one_of(
    st.text(max_size=30),
    st.text("0123456789.,-/ '’OIl٣１\u00a0EeCHF%+", max_size=24),
    st.lists(st.sampled_from([*WORDS, *PERSONAL]), max_size=4).map("".join),
)
_CODES = [cells.code(field.codes) for clean in _CLEAN for field in clean.export.fields if field.codes]
_READERS = [cells.text, cells.date, cells.number, cells.amount, cells.whole, cells.yes_no, cells.avs, *_CODES]


@examples(500)
@given(text=_TEXTS, read=st.sampled_from(_READERS))
def test_a_cell_of_any_text_is_a_value_or_breaks_a_rule(text: str, read: cells.Reader) -> None:
    with _bounded(text.encode(errors="surrogatepass")):
        reading = read(text)
    assert reading.rule is None or reading.rule in RULES
    assert reading.value is None or reading.rule is None or RULES[reading.rule].severity == "warning"
    assert reading.value is not None or reading.rule


@examples(500)
@given(text=_TEXTS)
def test_a_masked_text_stays_as_it_is_when_masked_again(text: str) -> None:
    with _bounded(text.encode(errors="surrogatepass")):
        shown = masked(text)
    assert masked(shown) == shown


@examples(500)
@given(content=st.binary(max_size=60) | _TEXTS.map(lambda text: text.encode("utf-16", "ignore")))
def test_any_bytes_are_a_text_or_a_refusal(content: bytes) -> None:
    with contextlib.suppress(Refused):
        plain(decoded(content))
