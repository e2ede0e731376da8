"""What single datasets ask beyond the columns they share: codes by sender, keys with a person, conditions, years."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.contracts.export import Export, Period
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.check import check_file
from pipelines.ingest.intake import Intake
from pipelines.ingest.locate import by_name
from tests.unit.ingest_cases import WORKSHOPS, avs, csv, found, period_of, right_row, table, taken, taken_rows

SPELLS = EXPORTS["prestations"]
RESEAU = EXPORTS["reseau_cii_dossiers"]
NE_ESO = EXPORTS["ne_eso_candidatures"]
AXES = EXPORTS["actions_axes"]
MEASURES = EXPORTS["mesures"]


def one(export: Export, /, **cells: str) -> Intake:
    return taken_rows(export, right_row(export, 1, **cells), period=period_of(export))


# -- codes by sending service ----------------------------------------------------------------------


def test_a_service_sends_its_own_benefits_only() -> None:
    social_aid = SPELLS.sent_by("saso")
    assert found(one(social_aid, benefit="AIDE_SOCIALE")) == []
    assert found(one(social_aid, benefit="Sozialhilfe")) == []
    refused = one(social_aid, benefit="AI_RENTE")
    assert found(refused) == [(2, "benefit", "code.unknown")]
    assert "Valeurs admises: AIDE_SOCIALE." in refused.findings["remedy"].to_list()


def test_services_together_may_send_what_any_of_them_may_and_other_contracts_are_the_same_for_all() -> None:
    codes = {code.code for code in SPELLS.sent_by("semp", "oai").by_name["benefit"].codes.codes}
    assert codes == {"AC_INDEMNITE", "DE_SANS_INDEMNITE", "AI_RENTE", "AI_MESURE"}
    assert SPELLS.sent_by(*SPELLS.services).fields == SPELLS.fields
    assert RESEAU.sent_by("cii") == RESEAU


def test_a_list_of_codes_by_sender_names_every_sender_and_only_codes_of_the_list() -> None:
    for export in EXPORTS.values():
        for field in export.fields:
            if field.codes_of:
                assert set(field.codes_of) == set(export.services)
                assert {code for codes in field.codes_of.values() for code in codes} == {code.code for code in field.codes.codes}


def test_the_check_knows_the_sender_by_its_folder_and_lets_pass_what_any_may_send_where_there_is_none(tmp_path: Path) -> None:
    content = csv(table(SPELLS, [right_row(SPELLS, 1, benefit="FORMATION")]))
    for folder, rules in (("sfpo", []), ("semp", ["code.unknown"]), ("bureau", []), ("cii", ["file.other_sender"])):
        path = tmp_path / folder / "prestations_2013-02.csv"
        path.parent.mkdir()
        path.write_bytes(content)
        assert check_file(path).intake.findings["rule"].to_list() == rules


def test_planned_ends_make_no_file_that_of_another_month() -> None:
    rows = [right_row(MEASURES, number, ends_on="31.12.2016") for number in range(5)]
    assert taken(csv(table(MEASURES, rows)), MEASURES).reason is None


# -- a key with a person ---------------------------------------------------------------------------


def test_a_spell_is_given_twice_by_person_benefit_and_day_however_the_number_is_written() -> None:
    digits = avs(1)
    dotted = f"{digits[:3]}.{digits[3:7]}.{digits[7:11]}.{digits[11:]}"
    first = right_row(SPELLS, 1, avs13=digits)
    again = right_row(SPELLS, 2, avs13=dotted)
    intake = taken_rows(SPELLS, first, again, again | {"started_on": "02.02.2013"}, again | {"benefit": "AIDE_SOCIALE"})
    assert found(intake) == [(3, "avs13", "key.duplicate")]
    told = intake.findings.row(0, named=True)
    assert told["message"] == "Cette clé figure déjà à la ligne 2."
    assert not [text for text in told.values() if digits[3:11] in str(text).replace(".", "")]
    assert intake.rows_loaded == 3


# -- conditions ------------------------------------------------------------------------------------

CLOSED = {"detected_on": "01.01.2013", "closed_on": "05.02.2013"}
TRIAL = {"applied_on": "04.02.2013"}


@pytest.mark.parametrize(
    ("export", "cells", "wrong"),
    [
        (RESEAU, CLOSED | {"outcome": "NON_RETENU"}, []),
        (RESEAU, CLOSED | {"outcome": "ABANDON"}, [("outcome", "given.without")]),
        (RESEAU, CLOSED | {"outcome": "ABANDON", "accepted_on": "02.01.2013"}, []),
        (
            RESEAU,
            {"detected_on": "01.01.2013", "assessed_on": "02.01.2013", "physician_present": "NON"},
            [("assessed_on", "given.unexpected")],
        ),
        (NE_ESO, TRIAL | {"trial_started_on": "05.02.2013", "trial_ended_on": "06.02.2013"}, []),
        (NE_ESO, TRIAL | {"trial_started_on": "06.02.2013", "trial_ended_on": "05.02.2013"}, [("trial_ended_on", "date.order")]),
        (NE_ESO, TRIAL | {"trial_ended_on": "05.02.2013"}, []),
        (NE_ESO, TRIAL | {"trial_ended_on": "03.02.2013"}, [("trial_ended_on", "date.order")]),
        (AXES, {"axis": "5", "sub_axis": "5.1"}, []),
        (AXES, {"axis": "5", "sub_axis": "5"}, []),
        (AXES, {"axis": "5", "sub_axis": "15.1"}, [("sub_axis", "text.begins_with")]),
        (AXES, {"axis": "1", "sub_axis": "12"}, [("sub_axis", "text.begins_with")]),
        (AXES, {"axis": "5", "sub_axis": "cinq"}, [("sub_axis", "text.begins_with")]),
        (AXES, {"axis": "5", "sub_axis": "axe 5.1"}, [("sub_axis", "text.begins_with")]),
        (AXES, {"axis": "5", "sub_axis": ""}, [("sub_axis", "value.required")]),
        # What is only planned begins after the year; a measure is open now, and may end whenever it is planned to.
        (AXES, {"started_on": "01.06.2014"}, []),
        (MEASURES, {"ends_on": "31.12.2016"}, []),
        # What has ended is no longer listed, but for an end that is told late.
        (MEASURES, {"starts_on": "01.01.2012", "ends_on": "31.01.2013"}, [("ends_on", "end.reported_late")]),
        (MEASURES, {"starts_on": "01.01.2012", "ends_on": "30.11.2012"}, [("ends_on", "end.too_early")]),
        (MEASURES, {"starts_on": "01.03.2013"}, [("starts_on", "date.after_period")]),
    ],
)
def test_a_condition_of_the_contract_holds(export: Export, cells: dict[str, str], wrong: list[tuple[str, str]]) -> None:
    assert found(one(export, **cells)) == [(2, *each) for each in wrong]


# -- years -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("export", [one for one in EXPORTS.values() if one.cadence == "yearly"], ids=lambda export: export.name)
def test_a_yearly_file_is_called_by_its_year(export: Export) -> None:
    service = next(iter(export.services))
    for name, known in (("2013.csv", True), ("2013_v2.xlsx", True), ("2013-01.csv", False), ("13.csv", False)):
        arrival = by_name(f"{service}/{export.name}_{name}", "", size=0, exports=EXPORTS)
        assert (arrival.dataset == export.name) == known
        assert not known or str(arrival.period) == "2013"


def test_the_dates_of_a_yearly_file_may_lie_anywhere_in_its_year() -> None:
    agreements = EXPORTS["conventions"]
    assert found(one(agreements, signed_on="31.12.2013", review_on="01.01.2016")) == []
    late = one(agreements, signed_on="01.01.2014")
    assert found(late) == [(2, "signed_on", "date.after_period")]
    assert "31.12.2013" in late.findings["message"][0] and "2013-01" not in late.findings["message"][0]


def test_the_end_of_a_yearly_row_lies_in_its_year_or_up_to_two_months_before() -> None:
    yearly = replace(WORKSHOPS, cadence="yearly")
    ends = {"31.12.2013": [], "01.01.2013": [], "01.11.2012": ["end.reported_late"], "31.10.2012": ["end.too_early"]}
    for day, rules in ends.items():
        assert [rule for *_, rule in found(one(yearly, begun_on="01.01.2012", over_on=day, over_why="1"))] == rules


def test_a_list_that_goes_on_telling_what_has_ended_may_say_so_years_later() -> None:
    assert found(one(EXPORTS["conventions"], signed_on="01.01.2009", ended_on="31.12.2010")) == []
    assert found(one(EXPORTS["actions_correctives"], opened_on="01.01.2009", due_on="01.01.2010", closed_on="31.12.2010")) == []


# -- another period than the name says -------------------------------------------------------------


@pytest.mark.parametrize("export", [one for one in EXPORTS.values() if any(f.inside for f in one.fields)], ids=lambda export: export.name)
def test_a_file_of_another_month_is_refused(export: Export) -> None:
    field = next(field for field in export.fields if field.inside)
    paired = {other.name: other.codes.codes[-1].code for other in export.fields if other.exactly_with == field.name}
    rows = [right_row(export, number, **paired, **{field.name: "05.03.2013"}) for number in range(3)]
    assert taken(csv(table(export, rows)), export, period=Period(dt.date(2013, 4, 1))).reason == "file.wrong_period"
    assert taken(csv(table(export, rows[:2])), export, period=Period(dt.date(2013, 4, 1))).reason is None
