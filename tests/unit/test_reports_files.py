"""Which report files belong to the tables, and how they are put in place."""

from pathlib import Path

import pytest

from pipelines.duck import publication
from pipelines.orchestration import fingerprint, run
from pipelines.orchestration.outputs import _put_reports_in_place, report_files
from pipelines.reports.book import latest_period
from pipelines.reports.files import report_paths
from pipelines.settings import Settings
from tests.golden import world
from tests.packs import write_packs


def settings_of(folder: Path) -> Settings:
    return Settings(folder, folder / "warehouse", folder / "key")


def lay(folder: Path, *files: str) -> Path:
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"new {file}")
    return folder


def test_the_reports_of_a_run_are_the_steering_group_s_pack_the_whole_one_and_the_list(con, tmp_path):
    settings = settings_of(tmp_path)
    settings.warehouse.mkdir()
    publication.copy(con, settings.published)
    publication.put(settings.published)
    files = [path for path in report_files(settings) if path.suffix == ".html"]
    assert files == [settings.reports / path for path in report_paths(con)] and len(files) == 3
    write_packs(con, settings.reports, period=world.PERIOD)
    assert all(path.exists() for path in files)


def test_the_packs_of_a_run_replace_those_of_its_month_and_what_was_asked_for_stays(tmp_path):
    settings = settings_of(tmp_path)
    kept = ("2020-05/fiches/note.txt", "2020-05/fiches/M-09_2020.html", "2020-05/coordination.fr.html", "2020-04/gp-cii.fr.html")
    lay(settings.reports, "2020-05/gp-cii.fr.html", *kept)
    of_run = ("2020-05/gp-cii.fr.html", "2020-05/gp-cii-interne.fr.html")
    for path in (settings.reports / file for file in (*kept, of_run[0])):
        path.write_text("old")
    laid = lay(tmp_path / "laid", "index.html", *of_run)
    _put_reports_in_place(laid, settings)
    found = {str(path.relative_to(settings.reports)): path.read_text() for path in settings.reports.rglob("*") if path.is_file()}
    assert found == dict.fromkeys(kept, "old") | {file: f"new {file}" for file in of_run}
    assert not laid.exists()


def test_a_year_that_was_delivered_early_makes_no_month(con):
    other = world.build()
    other.execute("update stg.delivery set period = date '2021-01-01' where dataset = 'budgets' and period = date '2020-01-01'")
    assert latest_period(other) == latest_period(con) == world.PERIOD


def test_a_copy_that_other_code_made_is_not_asked_which_files_belong_to_it(monkeypatch, tmp_path):
    settings = settings_of(tmp_path)
    monkeypatch.setattr(fingerprint, "published_fingerprints", lambda path: {"publication": "of other code"})
    monkeypatch.setattr(fingerprint, "publication_fingerprint", lambda *_, **__: "of this code")
    for name in ("lying", "key_of"):
        monkeypatch.setattr(run, name, lambda _: type("Key", (), {"key_id": ""}))
    monkeypatch.setattr(run, "report_files", lambda _: pytest.fail("asked"))
    assert not run.nothing_new(settings)
