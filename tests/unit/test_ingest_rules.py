"""Every rule that reading can break: broken once here, with where it is reported and what becomes of the rest."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipelines.contracts.export import Period
from pipelines.contracts.registry import EXPORTS
from pipelines.contracts.rules import RULES, Told
from pipelines.ingest.intake import Intake
from tests.unit.ingest_cases import CM_FP, PSET, WORKSHOPS, avs, csv, found, period_of, right_row, table, taken, taken_rows, xlsx

# Broken in tests of their own: what a file is and where it lies, workbooks, mangled text, limits, other months.
ELSEWHERE = {
    "file.format",
    "file.ending",
    "file.name",
    "file.sheet",
    "file.too_large",
    "file.denied",
    "file.vanished",
    "file.outside",
    "file.not_a_file",
    "header.two_lines",
    "header.merged",
    "header.mangled",
    "text.mangled",
    "cell.error",
    "cell.formula",
    "cell.too_long",
    "delivery.held",
    "file.unrecognised",
    "file.other_sender",
    "file.busy",
    "file.unforeseen",
    "file.future",
    "file.ambiguous",
    "history.vanished",
    "history.reopened",
    "history.person_changed",
    "history.changed",
    "history.overlap",
    "measure.not_in_inventory",
    "measure.unknown",
    "participation.unknown",
    "indicator.unknown",
}
WRONG_AVS = avs(1)[:-1] + str((int(avs(1)[-1]) + 1) % 10)
PAST = {"begun_on": "01.10.2012", "over_why": "1"}


def _bad_rows(wrong: int, right: int) -> Intake:
    return taken_rows(PSET, *(right_row(PSET, n, places="?" if n < wrong else "1") for n in range(wrong + right)))


def _closings(*days: str) -> Intake:
    rows = (right_row(CM_FP, n, announced_on="01.01.2012", closed_on=day, outcome="CFC") for n, day in enumerate(days))
    return taken_rows(CM_FP, *rows)


def _table(change: Callable[[list[list[str]]], object]) -> Intake:
    lines = table(PSET, [right_row(PSET, n) for n in range(3)])
    change(lines)
    return taken(csv(lines), PSET)


def _workshop(**cells: str) -> Callable[[], Intake]:
    return lambda: taken_rows(WORKSHOPS, right_row(WORKSHOPS, 1, **cells), right_row(WORKSHOPS, 2))


def _cm_fp(**cells: str) -> Callable[[], Intake]:
    return lambda: taken_rows(CM_FP, right_row(CM_FP, 1, **cells), right_row(CM_FP, 2))


def _year(dataset: str, **cells: str) -> Intake:
    export = EXPORTS[dataset]
    return taken_rows(export, right_row(export, 1, **cells), right_row(export, 2), period=period_of(export))


CLOSED = {"announced_on": "01.10.2012", "outcome": "CFC"}

# rule, line and field it is reported at, how to break it
CASES: list[tuple[str, int | None, str | None, Callable[[], Intake]]] = [
    ("file.unreadable", None, None, lambda: taken(b"PK\x03\x04", PSET)),
    ("file.encrypted", None, None, lambda: taken(bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), PSET)),
    ("file.encoding", None, None, lambda: taken(b"\x81", PSET)),
    ("file.empty", None, None, lambda: taken(b"", PSET)),
    ("file.wrong_period", None, None, lambda: _closings("05.01.2013", "06.01.2013", "07.01.2013", "05.02.2013", "06.02.2013")),
    ("file.too_many_errors", None, None, lambda: _bad_rows(5, 19)),
    ("file.no_row", None, None, lambda: _table(lambda lines: lines.__setitem__(slice(1, None), [["Aucun programme ce mois", *[""] * 7]]))),
    ("header.missing", None, None, lambda: taken(b"Places\r\n12\r\n", PSET)),
    ("header.column_missing", 1, "places", lambda: _table(lambda lines: [line.pop(6) for line in lines])),
    (
        "header.column_twice",
        1,
        "places",
        lambda: _table(lambda lines: [line.append("Plätze" if line is lines[0] else "1") for line in lines]),
    ),
    ("header.repeated", 4, None, lambda: _table(lambda lines: lines.insert(3, [cell.upper() for cell in lines[0]]))),
    ("header.column_unknown", 1, None, lambda: _table(lambda lines: [line.append("Remarque") for line in lines])),
    ("header.unnamed", 1, None, lambda: _table(lambda lines: [line.insert(3, "" if line is lines[0] else "x") for line in lines])),
    ("line.cells", 3, None, lambda: _table(lambda lines: lines[2].insert(1, "x"))),
    ("line.quotes", 3, None, lambda: _table(lambda lines: lines[2].__setitem__(1, 'x"'))),
    ("line.wrapped", 3, None, lambda: _table(lambda lines: lines.__setitem__(2, ['"' + ";".join(lines[2]) + '"']))),
    ("line.control", 3, None, lambda: _table(lambda lines: lines[2].__setitem__(1, "1\0"))),
    ("line.beyond", 3, None, lambda: _xlsx_beyond()),
    ("key.duplicate", 3, "programme_id", lambda: taken_rows(PSET, right_row(PSET, 1), right_row(PSET, 1))),
    ("value.required", 2, "places", lambda: taken_rows(PSET, right_row(PSET, places=""))),
    ("date.format", 2, "announced_on", _cm_fp(announced_on="31.02.2013")),
    ("date.two_digit_year", 2, "birth_date", _cm_fp(birth_date="05.07.94")),
    ("value.marker", 2, "seats", _workshop(seats="<30")),
    ("value.marker_required", 2, "cost", _workshop(cost="<30")),
    ("number.format", 2, "cost", _workshop(cost="trente")),
    ("number.ambiguous", 2, "cost", _workshop(cost="1.234")),
    ("number.decimals", 2, "cost", _workshop(cost="0.125")),
    ("number.whole", 2, "seats", _workshop(seats="1.5")),
    ("number.range", 2, "share", _workshop(share="100.5")),
    ("yes_no.format", 2, "open_to_all", _workshop(open_to_all="?")),
    ("code.unknown", 2, "referrer", _cm_fp(referrer="OCSOP")),
    ("avs.format", 2, "avs13", _cm_fp(avs13="756")),
    ("avs.letters", 2, "avs13", _cm_fp(avs13="756O" + avs(1)[4:])),
    ("avs.excel", 2, "avs13", _cm_fp(avs13="7.56922E+12")),
    ("avs.old", 2, "avs13", _cm_fp(avs13="123.45.678.910")),
    ("avs.check_digit", 2, "avs13", _cm_fp(avs13=WRONG_AVS)),
    ("birth_date.range", 2, "birth_date", _cm_fp(birth_date="01.03.2013")),
    ("municipality.unknown", 2, "municipality", _cm_fp(municipality="6420")),
    ("municipality.other_year", 2, "municipality", _cm_fp(municipality="6472")),
    ("date.after_period", 2, "announced_on", _cm_fp(announced_on="01.03.2013")),
    ("date.order", 2, "closed_on", _cm_fp(announced_on="05.02.2013", closed_on="04.02.2013", outcome="CFC")),
    ("end.reported_late", 2, "closed_on", _cm_fp(**CLOSED, closed_on="31.01.2013")),
    ("end.too_early", 2, "closed_on", _cm_fp(**CLOSED, closed_on="30.11.2012")),
    ("given.missing", 2, "outcome", _cm_fp(closed_on="05.02.2013")),
    ("given.unexpected", 2, "outcome", _cm_fp(outcome="CFC")),
    ("text.personal", 2, "case_id", _cm_fp(case_id=f"dossier {avs(7)}")),
    ("text.personal", 2, "case_id", _cm_fp(case_id="05.07.1994 00:00:00")),
    ("text.personal", 2, "case_id", _cm_fp(case_id="1994-07-05T00:00:00")),
    ("text.coded", 2, "reviewer", _workshop(review_on="01.03.2013", reviewer="Anne Exemple")),
    ("text.coded", 2, "reviewer", _workshop(review_on="01.03.2013", reviewer="Exemple")),
    ("text.coded", 2, "reviewer", _workshop(review_on="01.03.2013", reviewer="Anne 1")),
    ("given.only_with", 2, "outcome_detail", _cm_fp(closed_on="05.02.2013", outcome="CFC", outcome_detail="AGE")),
    ("date.before_period", 2, "seen_on", _workshop(review_on="01.03.2013", reviewer="1", seen_on="31.01.2013")),
    ("given.without", 2, "verdict", _workshop(verdict="BON")),
    ("text.begins_with", 2, "sub_axis", lambda: _year("actions_axes", axis="5", sub_axis="4.1")),
    ("value.same", 2, "party_b", lambda: _year("conventions", party_a="OAI", party_b="OAI")),
    ("number.above", 2, "occupied", lambda: taken_rows(PSET, right_row(PSET, places="1", occupied="2"))),
    ("age.unusual", 2, "announced_on", _cm_fp(birth_date="01.02.1975")),
]


def _xlsx_beyond() -> Intake:
    lines = table(PSET, [right_row(PSET, n) for n in range(3)])
    lines[2].append("note")
    return taken(xlsx(lines), PSET)


@pytest.mark.parametrize(("rule", "line", "field", "broken"), CASES, ids=[case[0] for case in CASES])
def test_a_broken_rule_is_reported_where_it_is_broken_with_its_severity(
    rule: str, line: int | None, field: str | None, broken: Callable[[], Intake]
) -> None:
    intake = broken()
    here = [one for one in found(intake) if one[2] == rule]
    assert here == [(line, field, rule)]
    severity = intake.findings.row(found(intake).index(here[0]), named=True)["severity"]
    assert severity == RULES[rule].severity
    assert intake.accepted == (severity != "rejected")
    if severity == "rejected":
        assert intake.reason == rule
    elif severity == "error":
        assert line not in intake.rows["line"].to_list()
        assert intake.rows_rejected == 1
    else:
        assert intake.rows_rejected == 0


@pytest.mark.parametrize(("rule", "broken"), [(case[0], case[3]) for case in CASES], ids=[case[0] for case in CASES])
def test_one_fault_is_one_finding_and_brings_no_other_with_it(rule: str, broken: Callable[[], Intake]) -> None:
    rows_at_fault = {"number.format"} if rule == "file.too_many_errors" else set()
    assert {one[2] for one in found(broken())} - rows_at_fault == {rule}


def test_every_rule_that_reading_can_break_is_broken_here() -> None:
    assert {case[0] for case in CASES} == set(RULES) - ELSEWHERE


def test_right_rows_have_no_findings() -> None:
    for export in (CM_FP, PSET, WORKSHOPS):
        intake = taken_rows(export, right_row(export, 1), right_row(export, 2))
        assert (found(intake), intake.rows_loaded) == ([], 2)


def test_a_message_names_what_the_service_wrote_and_what_is_allowed() -> None:
    headers = {"Motif de clôture": "Abschlussgrund", "Date de clôture": "CLOS LE"}
    lines = table(CM_FP, [right_row(CM_FP, outcome="CFC")])
    lines[0] = [headers.get(header, header) for header in lines[0]]
    intake = taken(csv(lines))
    sentences = dict.fromkeys(Told._fields, "")
    assert intake.findings.row(0, named=True) | sentences == {
        "line": 2,
        "field": "outcome",
        "header": "Abschlussgrund",
        "cell": "CFC",
        "rule": "given.unexpected",
        "severity": "error",
        "suggestion": None,
        **sentences,
    }
    assert "«Abschlussgrund» est rempli alors que «CLOS LE» est vide" in intake.findings["message"][0]
    assert "ECOLE, OCOSP, SSR" in _cm_fp(referrer="?")().findings["remedy"][0]
    assert "de 0 à 100" in _workshop(share="101")().findings["message"][0]
    assert "5000 ou moins" in _workshop(seats="5001")().findings["message"][0]
    assert "0 ou plus" in _workshop(cost="-1")().findings["message"][0]
    assert "13 à 35" in _cm_fp(birth_date="01.02.1975")().findings["message"][0]


def test_findings_come_in_the_order_of_line_field_and_rule() -> None:
    wrong = {"sex": "?", "announced_on": "?", "avs13": "?"}
    intake = taken_rows(CM_FP, right_row(CM_FP, 1), right_row(CM_FP, 2, **wrong), right_row(CM_FP, 3, sex="?"))
    assert [one[:2] for one in found(intake)] == [(3, "announced_on"), (3, "avs13"), (3, "sex"), (4, "sex")]


# -- severity ---------------------------------------------------------------------------------------------------------


def test_too_many_errors_are_more_than_a_fifth_and_at_least_five() -> None:
    assert _bad_rows(4, 0).accepted, "four of four"
    assert _bad_rows(5, 20).accepted, "a fifth"
    refused = _bad_rows(6, 23)
    assert (refused.reason, refused.rows_read, refused.rows_loaded, refused.rows_rejected) == ("file.too_many_errors", 29, 0, 29)
    assert refused.findings.filter(refused.findings["rule"] == "number.format").height == 6, "the lines to mend stay listed"
    assert "6 lignes sur 29" in refused.findings["message"][0]


def test_several_errors_in_a_row_count_once_and_broken_lines_count_too() -> None:
    row = right_row(PSET, 0, places="?", occupied="?", branch="?")
    assert taken_rows(PSET, *(row | {"programme_id": str(n)} for n in range(4))).accepted
    lines = table(PSET, [right_row(PSET, n) for n in range(10)])
    for line in lines[1:6]:
        line.insert(1, "x")
    assert taken(csv(lines), PSET).reason == "file.too_many_errors"


def test_warnings_never_refuse_a_file() -> None:
    assert taken_rows(PSET, *(right_row(PSET, n, occupied="2") for n in range(20))).rows_loaded == 20


def test_another_month_is_more_than_half_and_at_least_three_of_the_dates_that_must_lie_inside() -> None:
    assert _closings("05.01.2013", "06.01.2013").accepted, "two of two"
    assert _closings("05.01.2013", "06.01.2013", "07.01.2013", *["05.02.2013"] * 3).accepted, "a half"
    refused = _closings("05.03.2013", "06.03.2013", "07.03.2013", "05.02.2013", "06.02.2013")
    assert (refused.reason, refused.rows_read, refused.rows_loaded, refused.rows_rejected) == ("file.wrong_period", 5, 0, 5)
    assert found(refused) == [(None, None, "file.wrong_period")], "rows judged by the wrong month would only mislead"
    assert "3 des 5 dates de fin ne tombent pas en février 2013" in refused.findings["message"][0]


def test_the_wrong_month_is_named_before_too_many_errors() -> None:
    assert _closings(*["05.05.2013"] * 9).reason == "file.wrong_period"


def test_an_end_date_may_lie_two_months_back_and_no_more() -> None:
    ends = [
        _cm_fp(**CLOSED, closed_on=day)() for day in ("01.02.2013", "28.02.2013", "31.01.2013", "01.12.2012", "30.11.2012", "01.03.2013")
    ]
    assert [[rule for _, _, rule in found(end)] for end in ends] == [
        [],
        [],
        ["end.reported_late"],
        ["end.reported_late"],
        ["end.too_early"],
        ["date.after_period"],
    ]


def test_a_year_is_the_period_of_a_yearly_file() -> None:
    yearly, year = replace(WORKSHOPS, cadence="yearly"), Period(dt.date(2013, 1, 1), "yearly")
    for day, rules in (
        ("31.12.2013", []),
        ("01.11.2012", ["end.reported_late"]),
        ("31.10.2012", ["end.too_early"]),
        ("01.01.2014", ["date.after_period"]),
    ):
        row = right_row(WORKSHOPS, begun_on="01.01.2012", over_on=day, over_why="1")
        assert [rule for _, _, rule in found(taken_rows(yearly, row, period=year))] == rules


def test_a_date_of_a_plan_may_lie_after_the_period() -> None:
    assert found(_workshop(review_on="01.01.2020", reviewer="1")()) == []


# -- keys -------------------------------------------------------------------------------------------------------------


def test_every_later_row_of_a_key_is_an_error_even_if_the_first_is_in_error_itself() -> None:
    rows = [right_row(PSET, 1, places="?"), right_row(PSET, 2), right_row(PSET, 1), right_row(PSET, 1)]
    assert found(taken_rows(PSET, *rows)) == [
        (2, "places", "number.format"),
        (4, "programme_id", "key.duplicate"),
        (5, "programme_id", "key.duplicate"),
    ]


def test_a_key_of_several_fields_is_given_twice_only_if_all_of_it_is() -> None:
    same = right_row(WORKSHOPS, 1)
    assert found(taken_rows(WORKSHOPS, same, same | {"held_by": "SMIG"}, same | {"workshop_id": "1.3"})) == []
    labelled = same | {"held_by": "service de l'action sociale"}
    assert found(taken_rows(WORKSHOPS, same | {"held_by": "SASO"}, labelled)) == [(3, "workshop_id", "key.duplicate")]


def test_rows_without_key_are_not_duplicates_of_each_other() -> None:
    assert found(taken_rows(PSET, right_row(PSET, programme_id=""), right_row(PSET, programme_id=""))) == [
        (2, "programme_id", "value.required"),
        (3, "programme_id", "value.required"),
    ]


# -- cells that could not be read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        ({"announced_on": "?", "closed_on": "05.02.2013", "outcome": "CFC"}, (2, "announced_on", "date.format")),
        ({"closed_on": "?", "outcome": "CFC"}, (2, "closed_on", "date.format")),
        ({"closed_on": "05.02.2013", "outcome": "?"}, (2, "outcome", "code.unknown")),
        ({"closed_on": "05.02.2013", "outcome": "?", "outcome_detail": "AGE"}, (2, "outcome", "code.unknown")),
        ({"birth_date": "?"}, (2, "birth_date", "date.format")),
        ({"avs13": "?"}, (2, "avs13", "avs.format")),
    ],
)
def test_a_cell_that_cannot_be_read_is_reported_once_and_rules_that_read_it_are_moot(
    cells: dict[str, str], finding: tuple[int, str, str]
) -> None:
    assert found(_cm_fp(**cells)()) == [finding]


def test_a_check_of_the_contract_itself_is_held_and_moot_where_it_reads_an_unreadable_cell() -> None:
    assert found(_workshop(taken="13", seats="20", open_to_all="NON")()) == [(2, "taken", "number.range")]
    assert found(_workshop(taken="13", seats="20", open_to_all="OUI")()) == []
    assert found(_workshop(taken="13", seats="20", open_to_all="?")()) == [(2, "open_to_all", "yes_no.format")]


def test_the_bounds_of_a_number_and_the_day_before_which_a_date_may_not_lie_are_allowed_themselves() -> None:
    assert found(_workshop(share="0", seats="5000", cost="0")()) == found(_workshop(share="100")()) == []
    assert found(_cm_fp(announced_on="05.02.2013", closed_on="05.02.2013", outcome="CFC")()) == []


def test_what_must_be_given_with_another_field_is_missing_only_if_that_one_is_given() -> None:
    assert found(_workshop(review_on="01.03.2013")()) == [(2, "reviewer", "given.missing")]
    assert found(_workshop(reviewer="1")()) == []
    assert found(_workshop(why_long="1")()) == [(2, "why_long", "given.only_with")]
    assert found(_workshop(why_long="1", kind_of="de longue DUREE")()) == []


@pytest.mark.parametrize("slid", [avs(7), avs(7).replace(".", " "), f"n° {avs(7).replace('.', '')}", "01.02.1994", "1994-02-01"])
def test_a_person_that_slid_under_another_header_stays_out_of_the_warehouse(slid: str) -> None:
    intake = _cm_fp(case_id=slid)()
    assert found(intake) == [(2, "case_id", "text.personal")] and intake.rows_loaded == 1
    assert "••" in intake.findings["cell"].item()


@pytest.mark.parametrize("number", ["CMFP-2013-0756", "2013/0123", "75601", "20130201123", "12.3"])
def test_a_number_of_a_file_is_not_taken_for_a_person(number: str) -> None:
    assert found(_cm_fp(case_id=number)()) == []
