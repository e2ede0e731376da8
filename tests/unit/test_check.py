"""What `cii check` makes of any path: a verdict or a sentence, never a traceback, and never what it was not sure of."""

import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from pipelines.errors import CiiError
from pipelines.ingest import check
from pipelines.ingest.check import check_file, files
from pipelines.reports.answer import answer_to
from pipelines.reports.correction import workbook
from pipelines.reports.verdict import print_checked
from pipelines.settings import ROOT
from tests.support import cii, environment, settings_in
from tests.unit.ingest_cases import CM_FP, PSET, avs, csv, right_row, table, xlsx

RIGHT = csv(table(PSET, [right_row(PSET)]))
WRONG = csv(table(PSET, [right_row(PSET), right_row(PSET, 2) | {"places": "beaucoup", "occupied": "-"}]))


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


def put(folder: Path, name: str, content: bytes = RIGHT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def printed(checked, **options: str) -> str:
    with (console := Console(width=200, color_system=None)).capture() as captured:
        print_checked(console, checked, **options)
    return captured.get()


# -- what cannot be read -----------------------------------------------------------------------------


def test_one_file_that_cannot_be_read_is_told_in_a_sentence_and_the_others_go_on(settings, tmp_path) -> None:
    good = put(tmp_path / "semp", "pset_places_2012-01.csv")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.csv")
    paths = [tmp_path / "missing.csv", tmp_path / "empty", tmp_path / "broken.csv", tmp_path / "pipe.csv", good]
    checked = cii(settings, "check", "--json", *map(str, paths), timeout=60)
    assert [one["file"] for one in json.loads(checked.stdout)] == ["pset_places_2012-01.csv"]
    assert checked.returncode == 1 and "Traceback" not in checked.stderr
    told = checked.stderr.splitlines()
    assert len(told) == 4
    for name, words in (("missing", "n'existe pas"), ("empty", "aucun fichier"), ("broken", "lien"), ("pipe", "ordinaire")):
        assert any(name in line and words in line for line in told)


def test_a_file_that_may_not_be_read_is_told_so(tmp_path, monkeypatch) -> None:
    path = put(tmp_path, "pset_places_2012-01.csv")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(CiiError, match="droit de lire"):
        check_file(path)


@pytest.mark.parametrize("failure", [ValueError("756"), MemoryError(), BaseException("a library panics")], ids=repr)
def test_whatever_fails_within_is_one_sentence_without_its_text(tmp_path, monkeypatch, failure) -> None:
    def fails(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(check, "take_in", fails)
    with pytest.raises(CiiError, match="Erreur interne") as told:
        check_file(put(tmp_path / "semp", "pset_places_2012-01.csv"))
    assert "756" not in str(told.value) and "panics" not in str(told.value)


def test_no_number_of_a_person_and_no_control_sign_in_a_name_is_printed(tmp_path) -> None:
    with pytest.raises(CiiError) as told:
        check_file(tmp_path / f"{avs(3)}\x1b[31m.csv")
    assert avs(3) not in str(told.value) and "\x1b" not in str(told.value)


# -- what it is --------------------------------------------------------------------------------------


def test_a_folder_stands_for_the_files_in_it_but_for_what_a_run_passes_over(tmp_path) -> None:
    folder = tmp_path / "semp"
    for name in (
        "pset_places_2012-02.csv",
        "pset_places_2012-01.csv",
        ".hidden",
        "~$pset.xlsx",
        "pset_places_2012-03.csv.part",
        "Thumbs.db",
    ):
        put(folder, name)
    (folder / "below").mkdir()
    found, sentences = files([folder, tmp_path / "other.csv"])
    assert [path.name for path in found] == ["pset_places_2012-01.csv", "pset_places_2012-02.csv", "other.csv"] and not sentences
    put(tmp_path, "receipts.csv")
    assert files([tmp_path])[0] == found[:2], "the folder of all services stands for theirs"


def test_a_file_of_several_possible_senders_names_them_instead_of_choosing_one(tmp_path, monkeypatch) -> None:
    several = {PSET.name: replace(PSET, services={"semp": None, "saso": None, "smig": None})}
    monkeypatch.setattr(check, "EXPORTS", several)
    monkeypatch.setattr(check, "_SERVICES", ["saso", "semp", "smig"])
    unsaid = check_file(put(tmp_path / "desk", "pset_places_2012-01.csv"))
    assert unsaid.service is None and unsaid.senders == ("saso", "semp", "smig") and unsaid.intake.accepted
    assert "SASO, SEMP ou SMIG" in printed(unsaid) and "--as" in printed(unsaid)
    said = check_file(put(tmp_path / "saso", "pset_places_2012-01.csv"))
    named = check_file(put(tmp_path / "desk", "pset_places_2012-01.csv"), named="smig/pset_places/2012-01")
    assert (said.service, named.service) == ("saso", "smig") and "--as" not in printed(said)


def test_a_file_of_one_possible_sender_is_checked_from_any_folder(tmp_path) -> None:
    assert check_file(put(tmp_path / "desk", "pset_places_2012-01.csv")).service == "semp"


@pytest.mark.parametrize("ending", ["xls", "ods", "zip", "xlsm", "txt", "XLSB", "html"])
def test_a_file_with_another_ending_is_read_and_refused_in_a_sentence(tmp_path, ending: str) -> None:
    checked = check_file(put(tmp_path / "semp", f"pset_places_2012-01.{ending}"))
    assert not checked.intake.accepted and checked.dataset == "pset_places"
    assert ".csv" in " ".join(checked.intake.findings["remedy"])


def test_a_workbook_with_another_ending_is_told_its_right_one(tmp_path) -> None:
    checked = check_file(put(tmp_path / "semp", "pset_places_2012-01.xlsb", xlsx(table(PSET, [right_row(PSET)]))))
    assert not checked.intake.accepted and "pset_places_2012-01.xlsx" in " ".join(checked.intake.findings["remedy"])


@pytest.mark.parametrize("ending", ["xlsm", "XLSB"])
def test_an_ending_that_is_not_read_is_named_in_both_languages(tmp_path, ending: str) -> None:
    checked = check_file(put(tmp_path / "semp", f"pset_places_2012-01.{ending}", xlsx(table(PSET, [right_row(PSET)]))))
    (told,) = checked.intake.findings.select("message", "message_de").rows()
    assert f".{ending.lower()} n'est pas lu" in told[0] and f".{ending.lower()}-Dateien werden nicht gelesen" in told[1]


def test_a_wrong_service_is_told_who_sends_the_dataset(tmp_path) -> None:
    with pytest.raises(CiiError, match="n'envoie pas pset_places; écrivez semp"):
        check_file(put(tmp_path, "x.csv"), named="sfpo/pset_places/2012-01")


def test_what_was_never_sent_keeps_its_name_and_what_was_gets_a_free_version(tmp_path) -> None:
    def next_name(path: Path) -> str | None:
        return answer_to(check_file(path, raw=tmp_path / "raw")).corrected

    desk = put(tmp_path / "semp", "pset_places_2012-01.csv", WRONG)
    assert next_name(desk) == "pset_places_2012-01.csv"
    (tmp_path / "raw").mkdir()
    sent = put(tmp_path / "raw" / "semp", "pset_places_2012-01_v2.csv", WRONG)
    assert next_name(desk) == next_name(sent) == "pset_places_2012-01_v3.csv"
    assert next_name(put(tmp_path / "semp", "pset_places_2012-01_v4.csv", WRONG)) == "pset_places_2012-01_v4.csv"
    # Receipts beside the folder make it a landing zone too.
    put(tmp_path, "receipts.csv", b"file,sha256,size,received_at,sample\n")
    assert next_name(tmp_path / "semp" / "pset_places_2012-01_v4.csv") == "pset_places_2012-01_v5.csv"


def test_a_receipt_beside_the_folder_says_that_the_persons_are_invented() -> None:
    assert check_file(ROOT / "raw" / "semp" / "pset_places_2012-01.csv").sample
    assert not check_file(ROOT / "tests" / "unit" / "test_check.py", named="semp/pset_places/2012-01").sample


# -- what is said ------------------------------------------------------------------------------------


def test_the_rules_come_first_with_their_counts_and_warnings_after_errors(tmp_path) -> None:
    rows = [right_row(PSET, number) | {"occupied": "99"} for number in range(1, 40)]
    content = csv(table(PSET, [*rows, right_row(PSET, 40) | {"places": "beaucoup"}]))
    told = printed(check_file(put(tmp_path / "semp", "pset_places_2012-01.csv", content)))
    assert told.index("Ligne écartée") < told.index("Chargée avec avertissement") < told.index("beaucoup") < told.index("99")
    assert "39" in told and "Non contrôlé ici" in told and "autres mois" in told and "autres jeux de données" in told


def test_a_rule_is_told_for_each_column_with_its_allowed_codes_and_each_line_with_what_to_do(tmp_path) -> None:
    rows = [right_row(PSET, 1) | {"branch": "?"}, right_row(PSET, 2) | {"category": "?"}, right_row(PSET, 3) | {"category": "??"}]
    told = " ".join(printed(check_file(put(tmp_path / "semp", "pset_places_2012-01.csv", csv(table(PSET, rows))))).split())
    summary, _, lines = told.partition("Ligne Colonne")
    for field, count in (("branch", 1), ("category", 2)):
        header = PSET.by_name[field].header
        assert f"{count} Ligne écartée «{header}»" in summary, "each column has a row of its own"
    assert "…" not in summary and "Constat et que faire" in lines
    assert lines.count("Valeurs") == 3


def test_skipped_lines_are_named_by_their_numbers(tmp_path) -> None:
    content = csv([*table(PSET, [right_row(PSET)]), ["", "Total"], ["Source: SEMP", "1"]])
    checked = check_file(put(tmp_path / "semp", "pset_places_2012-01.csv", content))
    assert "Lignes: 3 lues, 1 chargée, 0 écartée, 2 passées." in printed(checked)
    assert "Passées: 3 (total), 4 (note)." in printed(checked)
    assert "Übergangen: 3 (Total), 4 (Fussnote)." in printed(checked, language="de")
    shown = [cell.value for row in openpyxl.load_workbook(io.BytesIO(workbook(answer_to(checked)))).worksheets[0] for cell in row]
    assert "2: 3 (total), 4 (note)" in shown and "2: 3 (Total), 4 (Fussnote)" in shown


def test_german_alone_is_spoken_on_demand(tmp_path) -> None:
    told = printed(check_file(put(tmp_path / "semp", "pset_places_2012-01.csv", WRONG)), language="de")
    assert "angenommen" in told and "Zeile abgelehnt" in told and "Hier nicht geprüft" in told
    assert "Ligne" not in told and "écartée" not in told


def test_the_workbook_is_written_where_it_is_asked_for_and_for_its_owner_only(settings, tmp_path) -> None:
    path = put(tmp_path / "semp", "pset_places_2012-01_v2.csv", WRONG)
    fine = put(tmp_path / "semp", "pset_places_2012-02.csv")
    checked = cii(settings, "check", str(path), str(fine), "--out", str(tmp_path / "answers"), "--language", "fr")
    made = tmp_path / "answers" / "remarques_pset_places_2012-01_v2.xlsx"
    assert checked.returncode == 0 and [one.name for one in (tmp_path / "answers").iterdir()] == [made.name]
    assert str(made) in checked.stdout and "pas de classeur" in checked.stdout
    assert made.stat().st_mode & 0o777 == 0o600 and made.parent.stat().st_mode & 0o777 == 0o700
    assert openpyxl.load_workbook(made).sheetnames == ["Résumé", "Remarques", "Champs"]
    assert cii(settings, "check", str(path), "--out", str(tmp_path / "one.xlsx")).returncode == 0 and (tmp_path / "one.xlsx").exists()


@pytest.mark.parametrize("place", ["raw/sfpo", "semp/pset_places_2012-01.xlsx", "several.xlsx"])
def test_the_workbook_never_lands_among_the_deliveries_or_over_one(settings, tmp_path, place: str) -> None:
    paths = [put(tmp_path / "semp", "pset_places_2012-01.xlsx", xlsx(table(PSET, [right_row(PSET) | {"places": "?"}])))]
    paths += [put(tmp_path / "semp", "pset_places_2012-02.csv", WRONG)] if place.startswith("several") else []
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    checked = cii(settings, "check", *map(str, paths), "--out", str(tmp_path / place))
    assert checked.returncode == 1 and "--out" in checked.stderr and "Traceback" not in checked.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_check_asks_neither_dagster_nor_the_charts_nor_pandas_where_no_row_contradicts_itself(settings, tmp_path) -> None:
    path = put(
        tmp_path / "sfpo",
        "cm_fp_dossiers_2012-01.xlsx",
        xlsx(table(CM_FP, [right_row(CM_FP) | {"outcome": "?", "announced_on": "05.01.2012"}])),
    )
    program = (
        "import sys; from pipelines.cli import app; "
        f"app(['check', {str(path)!r}, '--out', {str(tmp_path)!r}], standalone_mode=False); "
        "print(sorted({'dagster', 'plotly', 'jupyter', 'pandas'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment(settings), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout.splitlines()[-1] == "[]", ran.stdout + ran.stderr
    shutil.rmtree(tmp_path / "sfpo")
