"""What the user types and sees: verdicts, exit codes, and never a traceback."""

import json
import shutil
import subprocess

import polars as pl
import pytest

from pipelines import duck
from pipelines.settings import ROOT
from tests.support import cii, settings_in

SAMPLE = ROOT / "raw"
GOOD = SAMPLE / "semp" / "pset_places_2012-01.csv"
REFUSED = SAMPLE / "sfpo" / "cm_fp_dossiers_2010-09_v2.xlsx"
ERRORS = SAMPLE / "sfpo" / "cm_fp_dossiers_2012-06.xlsx"


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


def test_a_good_file_is_accepted_and_nothing_is_made(settings) -> None:
    checked = cii(settings, "check", str(GOOD))
    assert checked.returncode == 0 and "accepté" in checked.stdout
    assert not settings.warehouse.exists()


def test_a_file_that_would_be_refused_exits_with_one_and_says_why(settings) -> None:
    checked = cii(settings, "check", str(REFUSED))
    assert checked.returncode == 1 and "refusé" in checked.stdout and "Date d'annonce" in checked.stdout


def test_findings_name_line_column_masked_value_and_remedy(settings) -> None:
    checked = cii(settings, "check", "--json", str(ERRORS))
    (answer,) = json.loads(checked.stdout)
    assert checked.returncode == 0 and answer["accepted"] is True
    assert answer["rows_read"] == answer["rows_loaded"] + answer["rows_rejected"] + answer["lines_skipped"]
    born = next(finding for finding in answer["findings"] if finding["field"] == "birth_date")
    assert (born["line"], born["header"], born["rule"]) == (4, "Date de naissance", "date.two_digit_year")
    assert born["cell"].startswith("••") and "31.12.2012" in born["remedy"]
    assert "mois" in answer["not_checked"]


def test_several_files_are_checked_and_one_refusal_decides_the_exit(settings) -> None:
    checked = cii(settings, "check", "--json", str(GOOD), str(REFUSED))
    assert [one["accepted"] for one in json.loads(checked.stdout)] == [True, False] and checked.returncode == 1


def test_a_file_with_another_name_is_checked_as_what_it_is_said_to_be(settings, tmp_path) -> None:
    copy = tmp_path / "export.csv"
    shutil.copy(GOOD, copy)
    unsaid = cii(settings, "check", str(copy))
    assert unsaid.returncode == 1 and "--as" in unsaid.stderr and "Traceback" not in unsaid.stderr
    assert cii(settings, "check", str(copy), "--as", "semp/pset_places/2012-01").returncode == 0
    assert cii(settings, "check", str(copy), "--as", "sfpo/pset_places/2012-01").returncode == 1


def test_a_file_checked_as_another_dataset_lacks_its_columns(settings) -> None:
    checked = cii(settings, "check", "--json", str(GOOD), "--as", "sfpo/cm_fp_dossiers/2012-01")
    assert checked.returncode == 1
    assert {finding["rule"] for finding in json.loads(checked.stdout)[0]["findings"]} & {"header.missing", "header.column_missing"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "--from", "hier"],
        ["run", "--from", "2013-02", "--to", "2013-01"],
        ["run", "--as-of", "2999-01-01"],
        ["sample"],
        ["nothing"],
        ["sample", "--out", "x", "--scale", "0"],
    ],
    ids=" ".join,
)
def test_a_misuse_exits_with_two(settings, arguments) -> None:
    ran = cii(settings, *arguments)
    assert ran.returncode == 2 and "Traceback" not in ran.stderr


def test_the_help_of_a_command_speaks_french(settings) -> None:
    told = [cii(settings, *words, "--help").stdout for words in ([], ["check"])]
    assert all("Montre cette aide." in text and "Show" not in text and "default:" not in text for text in told)
    assert "Commandes" in told[0]


def test_status_before_any_run_says_what_to_do(settings) -> None:
    ran = cii(settings, "status")
    assert ran.returncode == 1 and "cii run" in ran.stderr and "Traceback" not in ran.stderr


def test_a_run_without_landing_zone_says_what_to_do(settings) -> None:
    settings.raw.rmdir()
    ran = cii(settings, "run")
    assert ran.returncode == 1 and "CII_RAW_DIR" in ran.stderr and "Traceback" not in ran.stderr


def test_a_service_gets_its_answer_though_nothing_is_in_force(settings) -> None:
    file = settings.raw / "semp" / "pset_places_2013-02.csv"
    file.parent.mkdir()
    file.write_text("Bonjour\n")
    ran = cii(settings, "run")
    assert ran.returncode == 0 and "Aucune livraison n'est en vigueur" in ran.stdout, ran.stderr
    assert (settings.warehouse / "findings" / "semp" / "pset_places_2013-02_v1.xlsx").exists()
    with duck.open_published(settings.published) as con:
        assert con.execute("select status, reason from stg.delivery").fetchall() == [("rejected", "header.missing")]
    kept = settings.warehouse / "findings" / "semp" / "notes.xlsx"
    kept.write_text("what an analyst keeps there")
    file.write_text("Bonjour bis\n")
    again = cii(settings, "run")
    assert again.returncode == 0 and kept.exists(), again.stderr


def test_a_run_on_an_empty_landing_zone_publishes_nothing_and_says_so(settings) -> None:
    ran = cii(settings, "run")
    assert ran.returncode == 1 and "en vigueur" in ran.stderr and not settings.published.exists()


def test_status_gives_every_state_as_json_and_as_signs(published) -> None:
    states = json.loads(cii(published.settings, "status", "--json").stdout)
    assert {state["state"] for state in states} == {"in_force", "late"}
    late = {(state["service"], state["dataset"], state["period"]) for state in states if state["state"] == "late"}
    assert late == {
        ("SASO", "prestations", "2014-06-01"),
        ("SEMP", "pset_places", "2012-08-01"),
        ("SMIG", "participations", "2015-11-01"),
    }
    printed = cii(published.settings, "status").stdout
    assert "✓ ✓ ✓ ✓ ✓ ✓ ✓ R ✓ ✓ ✓ ✓" in printed and "en vigueur" in printed


def test_the_summary_lists_findings_by_file_and_the_outputs(published) -> None:
    assert "Rejeté: sfpo/cm_fp_dossiers_2010-09_v2.xlsx. La colonne obligatoire" in published.printed
    assert "sfpo/prestations_2017-03.xlsx" in published.printed and "envois plus anciens ont des remarques" in published.printed
    assert str(published.settings.published) in published.printed.replace("\n", "")


def test_the_dictionary_names_every_field_rule_table_and_indicator(settings) -> None:
    from pipelines.contracts.registry import EXPORTS
    from pipelines.contracts.rules import RULES
    from pipelines.orchestration.graph import graph

    text = cii(settings, "dictionary").stdout
    wanted = [f"`{field.name}`" for export in EXPORTS.values() for field in export.fields]
    wanted += [f"`{rule}`" for rule in RULES] + [f"mart.{indicator.name}" for indicator in graph().indicators]
    assert [word for word in wanted if word not in text] == []
    assert "| au moins 1, au plus 4 |" in text, "the grid's scores have two bounds"
    assert "- pas de temps: month, year\n" in text and "- qui se recoupent: criterion" in text


def test_sample_files_are_marked_in_their_receipts_and_never_written_over_others(settings, tmp_path) -> None:
    out = tmp_path / "sample"
    made = cii(settings, "sample", "--out", str(out), "--from", "2013-01", "--to", "2013-02", "--format", "csv")
    assert made.returncode == 0
    receipts = pl.read_csv(out / "receipts.csv")
    assert receipts["sample"].unique().to_list() == ["oui"] and receipts.height == 30
    assert receipts["file"].str.split("/").list.first().unique().len() == 6
    (out / "semp" / "pset_places_2012-09.csv").write_text("réel\n")
    again = cii(settings, "sample", "--out", str(out))
    assert again.returncode == 1 and "Traceback" not in again.stderr
    assert (out / "semp" / "pset_places_2012-09.csv").read_text() == "réel\n"


def test_the_screens_for_looking_only_need_something_published(tmp_path) -> None:
    refused = cii(settings_in(tmp_path), "ui", "--read-only")
    assert refused.returncode == 1
    assert "Rien n'est encore publié dans «warehouse»: lancez d'abord «cii run»" in refused.stderr
    assert not (tmp_path / "warehouse").exists()


@pytest.mark.parametrize(("given", "expected"), [((), False), (("READ_ONLY=1",), True), (("READ_ONLY=0",), False)])
def test_make_ui_opens_the_screens_for_looking_only_where_that_is_asked_for(given, expected) -> None:
    command = ["make", "--dry-run", "--old-file=.venv/installed", "ui", *given]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "cii ui --port 3000" in said and ("--read-only" in said) == expected
