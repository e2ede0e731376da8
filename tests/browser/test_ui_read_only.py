"""The screens of `cii ui --read-only`: everything can be looked at, nothing can be started, switched on or changed."""

import psutil
import pytest

from pipelines.orchestration.triggers import JOB
from tests.screens import served
from tests.support import contents

LAUNCH = """mutation ($selector: JobOrPipelineSelector!) {launchPipelineExecution(executionParams: {selector: $selector}) {
  __typename ... on UnauthorizedError {message}}}"""
SWITCH_ON = "mutation ($selector: %s!) {%s(%sSelector: $selector) {__typename}}"


@pytest.fixture(scope="module")
def ui(published, tmp_path_factory):
    with served(published.settings.raw.parent, tmp_path_factory.mktemp("ui_read_only"), "--read-only") as started:
        yield started


def outside_dagsters_store(settings):
    """The hash of every file of the warehouse but those of Dagster's own store."""
    return {path: told for path, told in contents(settings.warehouse).items() if not path.startswith(settings.dagster_home.name)}


def test_the_screens_show_what_was_run_under_the_name_of_the_house(ui):
    assert ui.repository()["repositoryLocationName"] == "cii-monitor"
    (run,) = ui.runs()
    assert run["status"] == "SUCCESS"


def test_nothing_is_permitted_to_whoever_looks(ui):
    here = "{permissions {permission value} workspaceOrError {... on Workspace {locationEntries {permissions {permission value}}}}}"
    told = ui.asked(here)
    (location,) = told["workspaceOrError"]["locationEntries"]
    assert told["permissions"] and location["permissions"]
    assert [one["permission"] for one in (*told["permissions"], *location["permissions"]) if one["value"]] == []


def test_a_run_that_is_asked_for_is_refused_and_nothing_is_written(ui):
    runs, before = ui.runs(), outside_dagsters_store(ui.settings)
    launched = ui.asked(LAUNCH, selector=ui.repository() | {"pipelineName": JOB})["launchPipelineExecution"]
    assert launched["__typename"] == "UnauthorizedError"
    assert ui.runs() == runs and outside_dagsters_store(ui.settings) == before


@pytest.mark.parametrize(
    ("kind", "mutation", "name"), [("schedule", "startSchedule", "le_10_du_mois"), ("sensor", "startSensor", "nouveaux_envois")]
)
def test_what_starts_runs_by_itself_cannot_be_switched_on(ui, kind, mutation, name):
    selector = ui.repository() | {f"{kind}Name": name}
    answer = ui.asked(SWITCH_ON % (f"{kind.capitalize()}Selector", mutation, kind), selector=selector)
    assert answer[mutation]["__typename"] == "UnauthorizedError"


def test_no_daemon_runs_that_would_start_something(ui):
    server = psutil.Process(ui.process.pid)
    commands = [" ".join(each.cmdline()) for each in (server, *server.children(recursive=True))]
    assert any("--read-only" in command for command in commands)
    assert not [command for command in commands if "daemon" in command or "dg dev" in command]


def test_the_button_that_starts_a_run_says_that_one_may_not(ui, watch):
    watched = watch("about:blank", width=1400)
    watched.page.goto(f"{ui.url}/assets/mart/cm_fp_open")
    button = watched.page.get_by_role("button", name="Materialize").first
    button.hover()
    watched.page.get_by_text("You do not have permission").wait_for()
    assert button.is_disabled()
