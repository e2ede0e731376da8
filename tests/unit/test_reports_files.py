"""Which report files belong to the tables, and how they are put in place."""

from pathlib import Path

import pytest

from pipelines import duck
from pipelines.orchestration import fingerprint, run
from pipelines.orchestration.outputs import _put_reports_in_place, report_files
from pipelines.reports.book import latest_period
from pipelines.reports.files import report_paths
from pipelines.reports.pack import write_reports
from pipelines.settings import Settings
from tests.golden import world


def settings_of(folder: Path) -> Settings:
    return Settings(folder, folder / "warehouse", folder / "key")


def lay(folder: Path, *files: str) -> Path:
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"new {file}")
    return folder


def test_the_reports_of_a_month_are_the_two_reports_their_sheets_and_the_list(con, tmp_path):
    settings = settings_of(tmp_path)
    settings.warehouse.mkdir()
    duck.copy(con, settings.published)
    duck.put(settings.published)
    files = [path for path in report_files(settings) if path.suffix == ".html"]
    assert files == [settings.reports / path for path in report_paths(con)] and len(files) == 9
    write_reports(con, settings.reports, period=world.PERIOD, sample=True)
    assert all(path.exists() for path in files)


def test_sheets_of_measures_that_are_mixed_no_more_go_and_nothing_else_does(tmp_path):
    settings = settings_of(tmp_path)
    kept = ("2020-05/fiches/note.txt", "2020-04/fiches/M-09_2020.html", "2020-04/gp-cii.fr.html")
    lay(settings.reports, "2020-05/gp-cii.fr.html", "2020-05/fiches/M-01_2020.html", "2020-05/fiches/M-09_2020.html", *kept)
    laid = lay(tmp_path / "laid", "index.html", "2020-05/coordination.fr.html", "2020-05/gp-cii.fr.html", "2020-05/fiches/M-01_2020.html")
    _put_reports_in_place(laid, settings)
    found = {str(path.relative_to(settings.reports)) for path in settings.reports.rglob("*") if path.is_file()}
    assert found == {"2020-05/coordination.fr.html", "2020-05/gp-cii.fr.html", "2020-05/fiches/M-01_2020.html", *kept}
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
