"""Dagster's screens as `cii ui` serves them: on this machine only, in a real browser, with the sample published."""

import os
import re
import signal
import socket

import pytest

from pipelines import duck
from pipelines.contracts.registry import EXPORTS
from pipelines.orchestration.graph import graph
from pipelines.orchestration.triggers import JOB
from pipelines.reports.pages.resume import KEY_FIGURES
from tests.screens import gone, served, within
from tests.support import tables

LAYERS = {"raw", "stg", "core", "mart", "report", "publish"}
STOPS_WITHIN = 30


@pytest.fixture(scope="module")
def ui(published, tmp_path_factory):
    with served(published.settings.raw.parent, tmp_path_factory.mktemp("ui")) as started:
        yield started


@pytest.fixture
def seen(watch, ui):
    """A function that opens a screen and waits for texts on it; after the test nobody else was asked and nothing went wrong."""
    screens = []

    def opened(path, *texts):
        watched = watch("about:blank", width=1400)
        watched.page.goto(ui.url + path)
        for text in texts:
            watched.page.get_by_text(text).first.wait_for()
        screens.append(watched)
        return watched.page

    yield opened
    for watched in screens:
        watched.page.wait_for_timeout(300)
        assert any(url.startswith(f"{ui.url}/graphql") for url in watched.requests), "the watcher saw not even the screen's own questions"
        assert watched.outside(f"{ui.url}/", f"ws://127.0.0.1:{ui.port}/", "about:") == []
        assert watched.errors == []
        # An open screen goes on asking, and slows down whatever the server does for the next test.
        watched.page.context.close()


def test_the_watcher_sees_what_a_worker_asks_for(watch, tmp_path):
    page = tmp_path / "worker.html"
    page.write_text("""<script>
      const asks = "fetch('http://127.0.0.1:9/asked').catch(() => postMessage('done'))";
      new Worker(URL.createObjectURL(new Blob([asks]))).onmessage = () => document.body.append('done');
    </script>""")
    watched = watch("about:blank", width=1400)
    watched.page.goto(page.as_uri())
    watched.page.get_by_text("done").wait_for()
    assert watched.outside("about:") == ["http://127.0.0.1:9/asked"]


def test_the_server_listens_on_the_loopback_address_only(ui):
    socket.create_connection(("127.0.0.1", ui.port), timeout=5).close()
    # A server on all addresses would answer on every address of the loopback network.
    for other in ("127.0.0.2", "::1"):
        with pytest.raises(OSError):
            socket.create_connection((other, ui.port), timeout=5).close()


def test_the_graph_shows_the_layers_of_the_house(seen):
    page = seen("/asset-groups", "publish")
    page.locator("foreignObject").nth(len(LAYERS) - 1).wait_for()
    assert set(page.locator("foreignObject").all_text_contents()) == LAYERS


def test_the_first_screen_shows_what_was_run(seen):
    page = seen("/", "cii-monitor", JOB)
    assert page.get_by_text("No runs").count() == 0


def test_the_indicators_stand_in_groups_within_mart(seen):
    page = seen('/asset-groups~group%3A"mart%2Fcm_fp_dossiers"/', "mart")
    page.get_by_text("12", exact=True).wait_for()
    assert set(page.locator("foreignObject").all_text_contents()) == {"mart12"}


def test_the_files_that_came_are_shown(seen):
    page = seen("/assets/raw/cm_fp_dossiers", "dernier fichier", "/sfpo/cm_fp_dossiers_2017-03")
    assert page.get_by_text("Never materialized").count() == 0


def test_the_catalogue_says_in_french_what_each_table_holds(seen):
    page = seen("/assets", "Une ligne par classe d'âge.", "Materialized")
    assert page.get_by_text("Failed").count() == 0


def test_a_dataset_shows_its_columns_and_its_months_and_nobody(seen, ui):
    table = EXPORTS["cm_fp_dossiers"].table
    page = seen("/assets/stg/cm_fp_dossiers", table.grain, table.columns[-1].column.meaning, "lignes remplies")
    text = page.inner_text("body")
    assert all(held.column.meaning in text for held in table.columns)
    with duck.open_published(ui.settings.published) as con:
        cases = {case for (case,) in con.execute("select distinct case_id from stg.cm_fp_dossiers").fetchall()}
    assert not set(re.findall(r"[\w-]+", text)) & cases
    page.get_by_text("Partitions", exact=True).click()
    page.get_by_text("Materialized (99)").wait_for()


def test_an_indicator_shows_its_latest_value_as_a_number_and_as_a_plot(seen, ui):
    with duck.open_published(ui.settings.published) as con:
        query = "select value from mart.cm_fp_open where dimension = 'total' and value is not null order by period desc limit 1"
        (value,) = con.execute(query).fetchone()
    (indicator,) = (each for each in graph().indicators if each.name == "cm_fp_open")
    page = seen("/assets/mart/cm_fp_open", indicator.table.grain, "valeur", "analystes")
    assert page.get_by_role("row", name="valeur").get_by_text(f"{value:.0f}", exact=True).is_visible()
    page.get_by_role("button", name="Plots").click()
    page.get_by_text("dagster/row_count").wait_for()
    within(10, lambda: page.locator("canvas").count() >= 2)


def test_the_key_figures_are_drawn_over_the_months_that_were_published(seen):
    page = seen("/assets/report/key_figures", "Les chiffres clés du résumé, mois par mois")
    page.get_by_role("button", name="Plots").click()
    page.get_by_text("Dossiers CM-FP ouverts").wait_for()
    within(10, lambda: page.locator("canvas").count() == len(KEY_FIGURES))
    page.get_by_text("Partitions", exact=True).first.click()
    page.goto(page.url.split("?")[0] + "?view=partitions")
    page.get_by_text("Materialized (99)").wait_for()
    assert page.get_by_text("Missing (0)").is_visible()


def test_the_report_shows_where_its_files_lie_and_a_table_the_query_behind_it(seen, ui):
    page = seen("/assets/report/gp_cii", "Dossiers CM-FP ouverts")
    for file in (ui.settings.reports / "2017-03").glob("*.html"):
        page.get_by_text(file.name, exact=True).wait_for()
    page = seen("/assets/mart/cm_fp_open", "requête", "dossiers ouverts")
    page.get_by_text("core.cm_fp_case_month").first.wait_for()


def test_the_run_of_the_command_line_is_shown_with_its_steps(seen, ui):
    run = ui.runs()[-1]["runId"]
    page = seen(f"/runs/{run}", "Success", "RUN_SUCCESS")
    assert page.get_by_text(re.compile(r"^\d+ assets$")).is_visible()
    page = seen(f"/locations/{ui.repository()['repositoryLocationName']}/jobs/{JOB}/runs", run[:8])
    assert page.get_by_text("No runs found").count() == 0


def test_schedule_and_sensor_are_there_and_off(seen):
    page = seen("/automation", "le_10_du_mois", "nouveaux_envois")
    switches = page.locator("label[class*=formatSwitch] input[type=checkbox]")
    # The page draws its rows anew as answers come: only both at once say something.
    within(10, lambda: len(states := [switch.is_checked() for switch in switches.all()]) == 2 and states == [False, False])


def test_a_month_shows_the_rows_of_the_version_in_force(ui):
    query = """query ($path: [String!]!, $months: [String!]!) {assetNodeOrError(assetKey: {path: $path}) {... on AssetNode {
      latestMaterializationByPartition(partitions: $months) {partition metadataEntries {label ... on IntMetadataEntry {intValue}}}}}}"""
    with duck.open_published(ui.settings.published) as con:
        rows = """select strftime(period, '%Y-%m'), sum(rows_loaded)::integer from stg.delivery
          where dataset = $dataset and status = 'in_force' group by all"""
        for dataset in (name for name, export in EXPORTS.items() if export.cadence == "monthly"):
            loaded = dict(con.execute(rows, {"dataset": dataset}).fetchall())
            node = ui.asked(query, path=["stg", dataset], months=list(loaded))["assetNodeOrError"]
            shown = {
                event["partition"]: entry["intValue"]
                for event in node["latestMaterializationByPartition"]
                for entry in event["metadataEntries"]
                if entry["label"] == "dagster/partition_row_count"
            }
            assert shown == loaded


def test_the_job_started_from_the_screens_succeeds_and_publishes_the_same(ui):
    before, place = tables(ui.settings.published), ui.settings.published.stat().st_ino
    launch = """mutation ($selector: JobOrPipelineSelector!) {launchPipelineExecution(executionParams: {selector: $selector}) {
      __typename ... on LaunchRunSuccess {run {runId}} ... on PythonError {message}}}"""
    launched = ui.asked(launch, selector=ui.repository() | {"pipelineName": JOB})["launchPipelineExecution"]
    assert launched["__typename"] == "LaunchRunSuccess", launched
    assert ui.ended(launched["run"]["runId"]) == "SUCCESS"
    assert ui.settings.published.stat().st_ino != place
    assert tables(ui.settings.published) == before


def test_ctrl_c_ends_the_server_and_all_its_children(ui):
    os.killpg(ui.process.pid, signal.SIGINT)
    ui.process.wait(STOPS_WITHIN)
    within(STOPS_WITHIN, lambda: gone(ui.process.pid))
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", ui.port), timeout=5).close()
