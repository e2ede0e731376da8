"""Runs that were killed: to Dagster they go on, until somebody runs or looks again."""

import datetime as dt
import os

import dagster as dg
import pytest
from dagster._core.remote_origin import RegisteredCodeLocationOrigin, RemoteRepositoryOrigin
from dagster._core.test_utils import create_run_for_test

from pipelines.orchestration import run as runs
from pipelines.orchestration.workshop import room
from tests.support import settings_in

STATUS = dg.DagsterRunStatus
ORIGIN = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("cii-monitor"), "__repository__").get_job_origin("mois")


@pytest.fixture
def settings(tmp_path):
    made = settings_in(tmp_path)
    runs.prepare_dagster(made)
    return made


def left(settings, status: dg.DagsterRunStatus) -> str:
    """The id of a run that was killed in this state."""
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        return create_run_for_test(instance, "mois", status=status, remote_job_origin=ORIGIN).run_id


def now(settings, run: str) -> dg.DagsterRunStatus:
    """The state of a run."""
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        return instance.get_run_by_id(run).status


@pytest.mark.parametrize("status", [STATUS.NOT_STARTED, STATUS.STARTED, STATUS.CANCELING])
def test_while_nobody_holds_the_room_nobody_runs(status, settings) -> None:
    run = left(settings, status)
    runs.end_the_killed(settings)
    assert now(settings, run) == STATUS.FAILURE
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        (failure,) = instance.all_logs(run, of_type=dg.DagsterEventType.RUN_FAILURE)
    assert "Le traitement a été interrompu" in failure.message


def test_whoever_runs_is_let_go_on(settings) -> None:
    run = left(settings, STATUS.STARTED)
    with room(settings):
        runs.end_the_killed(settings)
    assert now(settings, run) == STATUS.STARTED


def test_what_the_screens_are_starting_has_a_while_to_begin_and_what_waits_is_left(settings, monkeypatch) -> None:
    starting, waiting = left(settings, STATUS.STARTING), left(settings, STATUS.QUEUED)
    runs.end_the_killed(settings)
    assert [now(settings, run) for run in (starting, waiting)] == [STATUS.STARTING, STATUS.QUEUED]
    monkeypatch.setattr(runs, "_BEGINS_WITHIN", -dt.timedelta(hours=1))
    runs.end_the_killed(settings)
    assert [now(settings, run) for run in (starting, waiting)] == [STATUS.FAILURE, STATUS.QUEUED]


@pytest.mark.parametrize("read_only", [True, False])
def test_the_screens_show_no_run_that_was_killed_as_going_on(read_only, settings, monkeypatch) -> None:
    run = left(settings, STATUS.STARTED)
    settings.published.touch()
    monkeypatch.setattr(os, "execve", lambda *_: None)
    monkeypatch.setattr(os, "chdir", lambda _: None)
    runs.serve(settings, port=3000, read_only=read_only)
    assert now(settings, run) == STATUS.FAILURE
