"""Every file of the corpus gets exactly the verdict, the counts and the findings its trap tells, and loses no row beside it."""

from functools import cache

import polars as pl
import pytest

from pipelines.contracts.rules import RULES, history, reference
from pipelines.ingest.check import Checked
from pipelines.ingest.findings import SCHEMA
from pipelines.ingest.intake import Intake, take_in
from pipelines.reports.answer import answer_to
from pipelines.reports.correction import workbook
from tests.corpus.clean import PERSONAL, Clean
from tests.corpus.formats import csv, lines
from tests.corpus.make import FOLDER, LIST, listed
from tests.corpus.mending import faults, why_not
from tests.corpus.registry import TRAPS
from tests.corpus.repair import repaired
from tests.corpus.trap import Trap
from tests.unit.ingest_cases import PERIOD, PSEUDONYMS, period_of

# What is judged before or after a file is read: by its place and name, or beside other deliveries.
_ELSEWHERE = {
    f"file.{word}"
    for word in (
        "unrecognised",
        "other_sender",
        "unforeseen",
        "name",
        "busy",
        "future",
        "ambiguous",
        "denied",
        "vanished",
        "outside",
        "not_a_file",
    )
}

every_trap = pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)


def _file(trap: Trap) -> str:
    return f"{trap.export.name}_{period_of(trap.export)}.{trap.ending}"


@cache
def _taken(trap: Trap) -> Intake:
    content = (FOLDER / trap.file).read_bytes()
    return take_in(content, _file(trap), export=trap.export, period=period_of(trap.export), pseudonyms=PSEUDONYMS, limits=trap.limits)


@cache
def _clean_rows(clean: Clean) -> pl.DataFrame:
    content = csv(lines(clean.texts()))
    return take_in(content, "clean.csv", export=clean.export, period=period_of(clean.export), pseudonyms=PSEUDONYMS).rows


def _expected_rows(trap: Trap) -> list[dict[str, object]]:
    rows = {row["line"]: row for row in _clean_rows(trap.clean).to_dicts()}
    changed = {line: {name: value for (at, name), value in trap.reads.items() if at == line} for line in rows}
    return sorted((rows[line] | {"line": trap.at(line)} | changed[line] for line in trap.kept), key=lambda row: row["line"])


def _found(intake: Intake) -> list[tuple[int | None, str | None, str]]:
    told = intake.findings.select("line", pl.coalesce("field", pl.when(pl.col("header") != "").then("header")), "rule")
    return sorted(told.rows(), key=repr)


def test_the_clean_deliveries_are_clean() -> None:
    for clean in {trap.clean for trap in TRAPS}:
        assert _clean_rows(clean)["line"].to_list() == list(range(2, 14))


@every_trap
def test_a_trap_gets_its_verdict_its_counts_and_all_its_findings_and_no_other(trap: Trap) -> None:
    intake = _taken(trap)
    counts = (intake.rows_read, intake.rows_loaded, intake.rows_rejected, intake.lines_skipped)
    assert (intake.reason, _found(intake), counts) == (trap.refused, sorted(trap.findings, key=repr), trap.counts)
    assert intake.accepted == (trap.refused is None)
    assert intake.rows_read == intake.rows_loaded + intake.rows_rejected + intake.lines_skipped


@every_trap
def test_the_rows_beside_a_trap_are_loaded_as_from_the_clean_file(trap: Trap) -> None:
    assert _taken(trap).rows.to_dicts() == _expected_rows(trap)


@every_trap
def test_the_answer_to_a_trap_is_whole_in_both_languages_says_where_and_what_is_nearest_and_tells_nobody(trap: Trap) -> None:
    findings = _taken(trap).findings
    sentences = findings.select("message", "remedy", "message_de", "remedy_de")
    assert all(text and "{" not in text for row in sentences.iter_rows() for text in row)
    told = "\n".join(str(cell) for row in findings.select(*SCHEMA).iter_rows() for cell in row)
    assert [value for value in PERSONAL if value in told] == []
    assert [words for words in trap.says if words not in told] == []
    near = {
        (line, column): text for line, column, text in findings.select("line", pl.coalesce("field", "header"), "suggestion").rows() if text
    }
    assert {place: near.get(place) for place in trap.suggests} == dict(trap.suggests)


@pytest.mark.parametrize("trap", [trap for trap in TRAPS if trap.mendable], ids=lambda trap: trap.name)
def test_what_the_correction_workbook_says_mends_the_file(trap: Trap) -> None:
    checked = Checked(_file(trap), tuple(trap.export.services), trap.export.name, PERIOD, 1, 1, True, _taken(trap))
    name, content = repaired((FOLDER / trap.file).read_bytes(), _file(trap), workbook(answer_to(checked)))
    assert name == f"{trap.export.name}_{PERIOD}_v2.{trap.ending}"
    mended = take_in(content, name, export=trap.export, period=PERIOD, pseudonyms=PSEUDONYMS)
    assert (mended.accepted, mended.rows_rejected) == (True, 0)


def test_a_trap_with_faults_is_mended_or_there_is_a_reason_why_not() -> None:
    assert [trap.name for trap in TRAPS if bool(faults(trap)) != (trap.mendable or bool(why_not(trap)))] == []


def test_the_committed_files_are_those_the_registry_makes() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {trap.file for trap in TRAPS}, "run `make corpus`"
    assert [trap.file for trap in TRAPS if (FOLDER / trap.file).read_bytes() != trap.content] == [], "run `make corpus`"
    assert LIST.read_text(encoding="utf-8") == listed(), "run `make corpus`"


def test_every_rule_that_reading_can_break_has_its_trap() -> None:
    broken = {rule for trap in TRAPS for *_, rule in trap.findings}
    asked = set(RULES) - _ELSEWHERE - {rule.id for rule in (*history.RULES, *reference.RULES)}
    assert sorted(asked - broken) == []


def test_no_two_traps_share_a_name_and_each_says_what_it_is() -> None:
    assert len({trap.name for trap in TRAPS}) == len(TRAPS)
    assert all(trap.what.endswith(".") for trap in TRAPS)
