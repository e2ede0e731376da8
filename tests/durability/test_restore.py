"""What warehouse/README.md promises of backups, tried."""

import shutil

from tests.durability.scenes import Scene, finished, state
from tests.support import ended, started

REGISTER = "register"


def test_landing_zone_register_and_key_give_the_published_tables_again(incremental_run: Scene, tmp_path) -> None:
    settings = incremental_run.set_up()
    finished(settings)
    saved = tmp_path / "saved"
    shutil.copytree(settings.raw, saved / "raw")
    shutil.copytree(settings.warehouse / REGISTER, saved / REGISTER)
    shutil.copy2(settings.key_file, saved)

    elsewhere = settings.but(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse", key_file=tmp_path / "key")
    shutil.copytree(saved / "raw", elsewhere.raw)
    shutil.copytree(saved / REGISTER, elsewhere.warehouse / REGISTER)
    shutil.copy2(saved / "key", elsewhere.key_file)
    finished(elsewhere)
    assert state(elsewhere).tables == incremental_run.after.tables


def test_what_may_be_deleted_is_made_again(incremental_run: Scene) -> None:
    settings = incremental_run.set_up()
    finished(settings)
    for path in (settings.published, settings.workshop, settings.dagster_home, settings.reports, settings.warehouse / "findings"):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    finished(settings)
    assert state(settings).tables == incremental_run.after.tables


def test_a_lost_key_stops_a_run_until_the_warehouse_is_moved_away(incremental_run: Scene, tmp_path) -> None:
    settings = incremental_run.set_up().but(key_file=tmp_path / "lost")
    said = tmp_path / "said"
    assert ended(started(settings, said=said)) == 1 and "clé" in said.read_text() and not settings.key_file.exists()
    settings.published.rename(tmp_path / "cii.duckdb")
    settings.workshop.rename(tmp_path / ".build")
    finished(settings)
    assert settings.key_file.exists()
    assert state(settings).tables.keys() == incremental_run.after.tables.keys()
