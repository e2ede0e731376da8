"""A canary per contract: for every export there is, a right row passes and a row that must fail does."""

import datetime as dt
from collections.abc import Iterator

import pytest

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Field, Period
from pipelines.contracts.registry import EXPORTS
from tests.unit.ingest_cases import PERIOD, WORKSHOPS, found, period_of, right_row, taken_rows

ALL = [*EXPORTS.values(), WORKSHOPS]
_READ = {Kind.DATE, Kind.BIRTH_DATE, Kind.WHOLE, Kind.NUMBER, Kind.AMOUNT, Kind.YES_NO, Kind.MUNICIPALITY, Kind.AVS, Kind.CODE}


def _faults(export: Export) -> Iterator[tuple[str, dict[str, str], str, str]]:
    """Every single thing the contract demands: what is changed in a right row, and the field and rule it must fail by."""
    for field in export.fields:
        if field.required:
            yield f"{field.name} empty", {field.name: ""}, field.name, "value.required"
        if field.kind in _READ:
            yield f"{field.name} unreadable", {field.name: "¿?"}, field.name, ""
        yield from _faulty_days(field, period_of(export))
        if field.not_before:
            yield f"{field.name} too early", {field.not_before: "05.02.2013", field.name: "04.02.2013"}, field.name, "date.order"
        yield from _faulty_numbers(field)
        yield from _faulty_pairs(export, field)


def _faulty_days(field: Field, period: Period) -> Iterator[tuple[str, dict[str, str], str, str]]:
    one_day = dt.timedelta(days=1)
    if field.kind is Kind.DATE and not field.plan:
        yield f"{field.name} in the future", {field.name: f"{period.last + one_day}"}, field.name, "date.after_period"
    if field.end:
        yield f"{field.name} long ago", {field.name: f"{period.months_before(2) - one_day}"}, field.name, "end.too_early"
    if field.within:
        yield f"{field.name} before", {field.name: f"{period.first - one_day}"}, field.name, "date.before_period"


def _faulty_numbers(field: Field) -> Iterator[tuple[str, dict[str, str], str, str]]:
    if field.minimum is not None:
        yield f"{field.name} too low", {field.name: str(field.minimum - 1)}, field.name, "number.range"
    if field.maximum is not None:
        yield f"{field.name} too high", {field.name: str(field.maximum + 1)}, field.name, "number.range"
    if field.not_above:
        yield f"{field.name} above", {field.not_above: "1", field.name: "2"}, field.name, "number.above"


def _faulty_pairs(export: Export, field: Field) -> Iterator[tuple[str, dict[str, str], str, str]]:
    def filled(name: str) -> dict[str, str]:
        other = export.by_name[name]
        return {name: other.codes.codes[0].code if other.codes else "x" if other.kind is Kind.TEXT else PERIOD.first.isoformat()}

    for other in filter(None, (field.exactly_with, field.when)):
        yield f"{field.name} missing", {field.name: ""} | filled(other), field.name, "given.missing"
    for other in filter(None, (field.exactly_with, field.needs)):
        yield f"{field.name} alone", {other: ""} | filled(field.name), field.name, "given.unexpected"
    if field.without:
        yield f"{field.name} without", {field.without[0]: ""} | filled(field.name), field.name, "given.without"
    if field.only_with:
        yield f"{field.name} misplaced", {field.only_with[0]: ""} | filled(field.name), field.name, "given.only_with"


FAULTS = [pytest.param(export, *fault[1:], id=f"{export.name}: {fault[0]}") for export in ALL for fault in _faults(export)]


@pytest.mark.parametrize("export", ALL, ids=lambda export: export.name)
def test_right_rows_pass(export: Export) -> None:
    intake = taken_rows(export, right_row(export, 1), right_row(export, 2), period=period_of(export))
    assert found(intake) == []
    assert intake.rows_loaded == 2


@pytest.mark.parametrize(("export", "change", "field", "rule"), FAULTS)
def test_a_row_that_must_fail_does(export: Export, change: dict[str, str], field: str, rule: str) -> None:
    intake = taken_rows(export, right_row(export, 1), right_row(export, 2) | change, period=period_of(export))
    assert [one for one in found(intake) if one[:2] == (3, field) and one[2].startswith(rule)]
    assert intake.rows_loaded == (2 if rule == "number.above" else 1)


@pytest.mark.parametrize("export", [export for export in ALL if export.key], ids=lambda export: export.name)
def test_a_key_given_twice_fails(export: Export) -> None:
    intake = taken_rows(export, right_row(export, 1), right_row(export, 1), period=period_of(export))
    assert found(intake) == [(3, export.key[0], "key.duplicate")]
