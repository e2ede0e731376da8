"""The main job as an analyst runs it: what it records, what it changes, what survives when it is stopped."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest
from filelock import FileLock

from pipelines import duck
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.receipts import read_receipts
from pipelines.orchestration import key_figures
from pipelines.sample.generate import generate
from pipelines.sample.world import World
from pipelines.settings import ROOT, Settings
from tests.support import built, cii, contents, environment, receipt, settings_in, small_sample


@pytest.fixture(scope="module")
def history(published):
    with dg.DagsterInstance.from_config(str(published.settings.dagster_home)) as instance:
        yield instance


def test_only_the_months_that_came_are_recorded(history) -> None:
    assert len(history.get_materialized_partitions(dg.AssetKey(["stg", "cm_fp_dossiers"])) - {None}) == 99
    pset = history.get_materialized_partitions(dg.AssetKey(["stg", "pset_places"])) - {None}
    assert min(pset) == "2011-12" and max(pset) == "2017-03" and len(pset) == 64


def test_the_files_of_a_dataset_are_shown_where_the_latest_lies(history, published) -> None:
    raw = published.settings.raw
    for dataset, export in EXPORTS.items():
        shown = history.get_latest_materialization_event(dg.AssetKey(["raw", dataset])).asset_materialization.metadata
        files = [path for service in export.services for path in (raw / service).glob(f"{dataset}_[0-9]*")]
        assert shown["fichiers"].value == len(files) and Path(shown["dernier fichier"].value) in files
    shown = history.get_latest_materialization_event(dg.AssetKey(["raw", "cm_fp_dossiers"])).asset_materialization.metadata
    latest = max(
        (one for one in read_receipts(published.settings.receipts).values() if "cm_fp" in one.file), key=lambda one: one.received_at
    )
    assert shown["dernière période"].value == "2017-03" and shown["reçu le"].value == f"{latest.received_at:%d.%m.%Y}"
    assert Path(shown["dernier fichier"].value) == raw / latest.file


def test_every_indicator_carries_its_latest_value_as_a_number(history) -> None:
    event = history.get_latest_materialization_event(dg.AssetKey(["mart", "cm_fp_open"]))
    metadata = event.asset_materialization.metadata
    assert metadata["valeur"].value > 0 and metadata["dernier mois"].value == "2017-03"
    assert metadata["dagster/row_count"].value > 0 and metadata["aperçu"].value.startswith("| ")


def test_an_indicator_shows_how_its_figure_came_to_be_what_it_is_and_how_long_it_took(history) -> None:
    event = history.get_latest_materialization_event(dg.AssetKey(["mart", "cm_fp_solution_rate"]))
    metadata = event.asset_materialization.metadata
    header, _, latest, *earlier = metadata["cours"].value.splitlines()
    assert header == "| période | chiffre | dossiers clos avec une solution | dossiers clos | complet |"
    assert latest.startswith("| 2017-03 | ") and "\N{NO-BREAK SPACE}% |" in latest and earlier[-1].startswith("| 2016-03 | ")
    assert metadata["secondes"].value > 0


def test_every_published_month_has_its_key_figures_as_numbers(history, published) -> None:
    with duck.open_published(published.settings.published) as con:
        shown = key_figures.by_month(con)
    assert len(shown) == 99 and history.get_dynamic_partitions("mois_publies") == list(shown)
    asked = dg.AssetRecordsFilter(asset_key=key_figures.KEY, asset_partitions=list(shown))
    events = [record.asset_materialization for record in history.fetch_materializations(asked, limit=1000).records]
    assert {event.partition: {name: told.value for name, told in event.metadata.items()} for event in events} == shown


def test_the_report_names_its_files_where_they_lie_and_its_key_figures(history, published) -> None:
    settings = published.settings
    metadata = history.get_latest_materialization_event(dg.AssetKey(["report", "gp_cii"])).asset_materialization.metadata
    paths = {name: Path(told.value) for name, told in metadata.items() if isinstance(told, dg.PathMetadataValue)}
    assert paths == {path.name: path for path in (settings.reports / "2017-03").glob("*.html")} and len(paths) == 2
    assert metadata["mois"].value == "2017-03" and metadata["Dossiers CM-FP ouverts"].value > 0
    assert metadata["chiffres publiés comparés"].value == metadata["chiffres publiés redonnés"].value == 26
    published_copy = history.get_latest_materialization_event(dg.AssetKey(["publish", "cii"])).asset_materialization.metadata
    assert Path(published_copy["fichier"].value) == settings.published
    assert published_copy["mois publiés"].value == "2009-01 à 2017-03" and published_copy["mois demandés"].value == "tous"
    assert Path(published_copy["sommaire des rapports"].value) == settings.reports / "index.html"


def test_the_refused_delivery_is_a_warning_and_every_other_check_holds(history) -> None:
    run = history.get_runs()[0]
    checks = [
        event.dagster_event.asset_check_evaluation_data
        for event in history.all_logs(run.run_id)
        if event.dagster_event and event.dagster_event.event_type_value == "ASSET_CHECK_EVALUATION"
    ]
    assert len(checks) >= 8
    assert {(check.check_name, check.severity.name) for check in checks if not check.passed} == {("livraisons_acceptees", "WARN")}


def test_a_second_run_changes_nothing_and_says_so(published) -> None:
    before = contents(published.settings.warehouse)
    again = cii(published.settings, "run")
    assert again.returncode == 0 and again.stdout.startswith("Rien de nouveau")
    assert contents(published.settings.warehouse) == before


def test_what_is_made_is_for_its_owner_only(published) -> None:
    open_to_others = [
        str(path.relative_to(published.settings.warehouse))
        for path in published.settings.warehouse.rglob("*")
        if path.stat().st_mode & 0o077
    ]
    assert open_to_others == []


def sample_secrets(settings: Settings) -> tuple[set[bytes], set[bytes]]:
    """All AVS numbers of the sample, in both spellings, as they lie in its files."""
    from python_calamine import CalamineWorkbook

    spelled = set()
    for path in sorted((settings.raw / "sfpo").glob("*.xlsx")):
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        spelled |= {str(cell) for row in rows for cell in row if re.fullmatch(r"756\.?\d{4}\.?\d{4}\.?\d{2}", str(cell))}
    assert len(spelled) > 300
    dotted = {number.encode() for number in spelled}
    return dotted, {number.replace(b".", b"") for number in dotted}


def test_no_avs_number_of_the_sample_leaves_the_landing_zone(published) -> None:
    dotted, plain = sample_secrets(published.settings)
    secret = re.compile(rb"756\.?\d{4}\.?\d{4}\.?\d{2}")
    for path in published.settings.warehouse.rglob("*"):
        if path.is_file():
            found = set(secret.findall(path.read_bytes())) & (dotted | plain)
            assert not found, f"{path.name} holds {len(found)} numbers"
    # DuckDB compresses its strings: look at the values too.
    with duck.open_published(published.settings.published) as con:
        for schema, table in con.execute("select schema_name, table_name from duckdb_tables()").fetchall():
            text = repr(con.execute(f"select * from {schema}.{table}").fetchall()).encode()
            assert not set(secret.findall(text)) & (dotted | plain), f"{schema}.{table}"


def test_no_number_of_a_file_of_a_person_lies_in_the_history_of_the_runs(published) -> None:
    with duck.open_published(published.settings.published) as con:
        numbers = {number.encode() for (number,) in con.execute("select case_id from core.cm_fp_case").fetchall()}
    held = b"".join(path.read_bytes() for path in published.settings.dagster_home.rglob("*") if path.is_file())
    assert numbers and not [number for number in numbers if number in held]


def test_every_published_table_and_column_is_commented_and_sample_data_named(published) -> None:
    with duck.open_published(published.settings.published) as con:
        named = "comment is null or comment not like '%inventées%'"
        for made in (
            f"select table_name from duckdb_tables() where {named}",
            f"select view_name from duckdb_views() where not internal and ({named})",
            "select table_name, column_name from duckdb_columns() where comment is null and not internal",
        ):
            assert con.execute(made).fetchall() == []


@pytest.fixture
def small(tmp_path) -> Settings:
    """A landing zone with a few months of the sample, as CSV."""
    import datetime as dt

    settings = settings_in(tmp_path)
    small_sample(settings.raw, first=dt.date(2012, 10, 1))
    return settings


@pytest.fixture
def half(small) -> tuple[Settings, Path]:
    """The same, published without its last month, whose file lies aside."""
    aside = small.raw.parent / "cm_fp_dossiers_2013-02.csv"
    shutil.move(small.raw / "sfpo" / aside.name, aside)
    assert cii(small, "run").returncode == 0
    return small, aside


def test_a_new_month_is_read_alone_and_published(half) -> None:
    settings, aside = half
    shutil.move(aside, settings.raw / "sfpo" / aside.name)
    ran = cii(settings, "run")
    assert ran.returncode == 0, ran.stderr
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        run = instance.get_runs(limit=1)[0]
        recorded = [
            (event.dagster_event.asset_key.to_user_string(), event.dagster_event.partition)
            for event in instance.all_logs(run.run_id)
            if event.dagster_event and event.dagster_event.is_step_materialization and event.dagster_event.partition
        ]
    assert recorded == [("stg/cm_fp_dossiers", "2013-02"), ("report/key_figures", "2013-02")]


def test_a_second_run_at_once_is_refused_by_name_after_its_wait(small) -> None:
    settings = small.but(wait=1.0)
    folder = settings.warehouse / ".build"
    folder.mkdir(parents=True)
    with FileLock(folder / "run.lock"):
        (folder / "run.json").write_text(json.dumps({"pid": os.getpid(), "host": "ici", "since": "01.01.2026 06:00"}))
        ran = cii(settings, "run")
    assert ran.returncode == 1
    assert f"processus {os.getpid()} sur ici" in " ".join(ran.stderr.split())
    assert "Traceback" not in ran.stderr


def test_real_and_sample_deliveries_in_one_folder_are_refused(small) -> None:
    (small.raw / "semp" / "pset_places_2012-09.csv").write_text("No programme\n")
    ran = cii(small, "run")
    assert ran.returncode == 1 and "données d'exemple" in " ".join(ran.stderr.split()) and "Traceback" not in ran.stderr
    assert not small.published.exists()


def test_a_lost_key_is_an_error_and_never_a_new_key(half) -> None:
    settings, aside = half
    shutil.move(aside, settings.raw / "sfpo" / aside.name)
    settings.key_file.unlink()
    ran = cii(settings, "run")
    assert ran.returncode == 1 and "clé" in ran.stderr and not settings.key_file.exists()


def test_a_month_as_known_on_a_day_has_a_file_of_its_own(half) -> None:
    settings, aside = half
    shutil.move(aside, settings.raw / "sfpo" / aside.name)
    receipt(settings.raw, f"sfpo/{aside.name}", received_at="2013-03-05T09:00:00")
    before = contents(settings.warehouse)
    ran = cii(settings, "run", "--as-of", "2012-12-20")
    assert ran.returncode == 0, ran.stderr
    with duck.open_published(settings.warehouse / "cii_as-of_2012-12-20.duckdb") as con:
        assert con.execute("select max(period)::varchar, max(received_at) < '2012-12-21' from stg.delivery").fetchone() == (
            "2012-11-01",
            True,
        )
    assert contents(settings.warehouse).items() >= {name: before[name] for name in ("cii.duckdb", ".build/cii.duckdb")}.items()


def test_limits_on_months_hold_for_what_is_read_and_what_is_owed(small) -> None:
    ran = cii(small, "run", "--from", "2012-11", "--to", "2012-12")
    assert ran.returncode == 0, ran.stderr
    with duck.open_published(small.published) as con:
        periods = "select min(period)::varchar, max(period)::varchar from"
        assert con.execute(f"{periods} stg.delivery").fetchone() == ("2012-11-01", "2012-12-01")
        assert con.execute(f"{periods} mart.pset_places").fetchone() == ("2012-11-01", "2012-12-01")
        assert con.execute("select max(period)::varchar from core.delivery_month where owed").fetchone() == ("2012-12-01",)
    with dg.DagsterInstance.from_config(str(small.dagster_home)) as instance:
        (run,) = instance.get_runs()
        assert run.tags["mois"] == "2012-11 à 2012-12"
        shown = instance.get_latest_materialization_event(dg.AssetKey(["publish", "cii"])).asset_materialization.metadata
        assert shown["mois publiés"].value == "2012-11 à 2012-12" and shown["mois demandés"].value == "dès 2012-11 jusqu'à 2012-12"
        assert instance.get_dynamic_partitions("mois_publies") == ["2012-11", "2012-12"]
        assert instance.get_latest_materialization_event(dg.AssetKey(["raw", "participations"])) is None


def test_the_committed_sample_is_what_the_generator_makes(tmp_path) -> None:
    generate(tmp_path, World())
    made, kept = contents(tmp_path), contents(ROOT / "raw")
    kept.pop("README.md", None)
    assert {name: hash for name, hash in made.items() if name.endswith(".csv")} == {
        name: hash for name, hash in kept.items() if name.endswith(".csv")
    }
    assert made.keys() == kept.keys()


def test_a_warehouse_of_sample_data_takes_no_real_delivery_and_no_other_key(half, tmp_path) -> None:
    settings, _ = half
    before = contents(settings.warehouse)
    real = tmp_path / "real" / "semp"
    real.mkdir(parents=True)
    shutil.copy(next((settings.raw / "semp").glob("*.csv")), real)
    refused = cii(settings.but(raw=real.parent), "run")
    assert refused.returncode == 1 and "ne se mélangent pas" in refused.stderr
    other = tmp_path / "other"
    other.write_text("ab" * 32)
    other.chmod(0o600)
    refused = cii(settings.but(key_file=other), "run")
    assert refused.returncode == 1 and "n'est pas celle de cet entrepôt" in refused.stderr
    after = contents(settings.warehouse)
    assert all(after[name] == digest for name, digest in before.items() if name.endswith(".duckdb"))


def test_publishing_alone_does_not_pretend_that_what_came_since_was_read(half) -> None:
    settings, aside = half
    shutil.move(aside, settings.raw / "sfpo" / aside.name)
    alone = """
import dagster as dg
from pipelines.definitions import build
from pipelines.settings import Settings
assets = [["report", "gp_cii"], ["publish", "cii"]]
build(Settings.load()).resolve_job_def("mois").execute_in_process(asset_selection=[dg.AssetKey(key) for key in assets])
"""
    ran = subprocess.run(
        [sys.executable, "-c", alone], env=environment(settings), cwd=settings.raw.parent, check=False, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    again = cii(settings, "run")
    assert again.returncode == 0 and "Rien de nouveau" not in again.stdout
    with duck.open_published(settings.published) as con:
        assert con.execute("select max(period)::varchar from stg.delivery where dataset = 'cm_fp_dossiers'").fetchone() == ("2013-02-01",)


def test_an_open_build_stops_a_run_and_is_not_thrown_away(half) -> None:
    settings, aside = half
    shutil.move(aside, settings.raw / "sfpo" / aside.name)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import duckdb, time; con = duckdb.connect({str(settings.build)!r}); print('open', flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "open\n"
    ran = cii(settings, "run")
    holder.kill()
    holder.wait()
    assert ran.returncode == 1 and "fermez les programmes" in ran.stderr and settings.build.exists()
    assert cii(settings, "run").returncode == 0


def test_a_damaged_build_is_made_again(half) -> None:
    settings, aside = half
    shutil.move(aside, settings.raw / "sfpo" / aside.name)
    settings.build.write_bytes(b"not a database" * 1000)
    ran = cii(settings, "run")
    assert ran.returncode == 0, ran.stderr


def test_a_report_that_was_deleted_is_made_again(half) -> None:
    settings, _ = half
    reports = sorted(settings.reports.glob("*/*.html"))
    assert [path.name for path in reports] == ["gp-cii-interne.fr.html", "gp-cii.fr.html"]
    for report in reports:
        report.unlink()
        assert "Rien de nouveau" not in cii(settings, "run").stdout and report.exists()


def odd(settings: Settings) -> dict[str, tuple[str, str]]:
    """Status and reason of every delivery, by file, with what cannot be read, is twice there, or lies in the future."""
    with built(settings) as shop:
        told = {
            rule: rule in {row[0] for row in shop.con.execute("select distinct rule from mart.finding").fetchall()}
            for rule in ("file.future", "file.ambiguous")
        }
        assert all(told.values())
        return {
            file: (status, reason) for file, status, reason in shop.con.execute("select file, status, reason from stg.delivery").fetchall()
        }


def test_files_twice_there_or_of_the_future_are_refused_with_a_finding_and_stop_nobody(small) -> None:
    semp = small.raw / "semp"
    shutil.copy(semp / "pset_places_2012-12.csv", semp / "pset_places_2012-12.xlsx")
    shutil.copy(semp / "pset_places_2012-11.csv", semp / "pset_places_2103-02.csv")
    for file in ("semp/pset_places_2012-12.xlsx", "semp/pset_places_2103-02.csv"):
        receipt(small.raw, file, received_at="2013-01-05T09:00:00")
    states = odd(small)
    assert states["semp/pset_places_2103-02.csv"] == ("rejected", "file.future")
    assert {reason for file, (status, reason) in states.items() if "2012-12" in file and "pset" in file} == {"file.ambiguous"}
    assert states["semp/pset_places_2013-01.csv"][0] == "in_force"
    with built(small) as shop:
        assert shop.con.execute("select max(period)::varchar from core.delivery_month where owed").fetchone() == ("2013-02-01",)
