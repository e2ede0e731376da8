"""Several at once: two runs, and ten readers throughout a run; and a landing zone that nobody may write to but the receipts."""

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest
from filelock import FileLock

from pipelines import duck
from pipelines.settings import Settings
from tests.durability.scenes import Scene, finished, landing_zone, state, until
from tests.support import ended, started, tables

READERS = 10
_SPAWNED = multiprocessing.get_context("forkserver")


def test_of_two_runs_at_once_one_waits_and_both_end_well(incremental_run: Scene, tmp_path) -> None:
    settings = incremental_run.set_up()
    said = [tmp_path / "one", tmp_path / "two"]
    runs = [started(settings.but(wait=600.0), said=path) for path in said]
    assert [ended(run) for run in runs] == [0, 0], [path.read_text() for path in said]
    assert state(settings) == incremental_run.after
    assert settings.receipts.read_bytes() == incremental_run.receipts
    assert sum("attend la fin d'un autre traitement" in path.read_text() for path in said) == 1


def test_a_run_that_may_not_wait_says_who_holds_the_warehouse(incremental_run: Scene, tmp_path) -> None:
    settings = incremental_run.set_up()
    first = started(settings)
    until((settings.workshop / "run.json").exists)
    os.kill(first.pid, signal.SIGSTOP)
    try:
        code = ended(started(settings.but(wait=0.0), said=tmp_path / "said"))
    finally:
        os.kill(first.pid, signal.SIGCONT)
    text = " ".join((tmp_path / "said").read_text().split())
    assert code == 1 and f"processus {first.pid} sur" in text and "Traceback" not in text
    assert ended(first) == 0 and state(settings) == incremental_run.after


def read(settings: Settings, told: Path, stop: Path) -> None:
    """Hold the copy open for a second and look at all of it, again and again until told to stop; tell what was seen."""
    with told.open("w") as lines:
        while not stop.exists():
            with duck.open_published(settings.published):
                print(json.dumps(tables(settings.published), sort_keys=True), file=lines, flush=True)
                time.sleep(1)


def test_ten_readers_throughout_a_run_see_whole_states_and_stop_nobody(incremental_run: Scene, tmp_path) -> None:
    settings = incremental_run.set_up()
    stop = tmp_path / "stop"
    told = [tmp_path / f"reader-{number}" for number in range(READERS)]
    readers = [_SPAWNED.Process(target=read, args=(settings, path, stop)) for path in told]
    for reader in readers:
        reader.start()
    until(lambda: all(path.exists() and path.stat().st_size for path in told))
    try:
        finished(settings)
        lines = [len(path.read_text().splitlines()) for path in told]
        until(lambda: all(len(path.read_text().splitlines()) > seen + 1 for path, seen in zip(told, lines, strict=True)))
    finally:
        stop.touch()
    assert [ended(reader) for reader in readers] == [0] * READERS
    allowed = [incremental_run.before.tables, incremental_run.after.tables]
    for path in told:
        seen = [json.loads(line) for line in path.read_text().splitlines()]
        assert all(one in allowed for one in seen) and seen[0] == allowed[0] and seen[-1] == allowed[1]


DAY = "2026-01-15"
COMMANDS = (("run",), ("run",), ("check", "{file}"), ("status",), ("run", "--as-of", DAY), ("diff", "publie", DAY), ("dictionary",))


def test_no_command_writes_to_the_landing_zone_but_to_the_receipts(incremental_run: Scene) -> None:
    settings = incremental_run.set_up()
    before = landing_zone(settings)
    folders = {path: path.stat().st_mtime_ns for path in (settings.raw, *settings.raw.glob("*/"))}
    lines = settings.receipts.read_bytes()
    for words in COMMANDS:
        finished(settings, *(word.format(file=settings.raw / "sfpo/cm_fp_dossiers_2013-02.csv") for word in words))
        assert landing_zone(settings) == before, words
        assert {path: path.stat().st_mtime_ns for path in folders} == folders, words
        assert settings.receipts.read_bytes().startswith(lines), words


@pytest.fixture
def held(incremental_run: Scene):
    """A warehouse whose lock somebody else has, who died before saying who they are."""
    settings = incremental_run.set_up()
    with FileLock(settings.workshop / "run.lock"):
        yield settings.but(wait=0.0)


def test_a_holder_who_has_not_said_its_name_is_told_as_just_begun(held: Settings, tmp_path) -> None:
    assert ended(started(held, said=tmp_path / "said")) == 1
    assert "il vient de commencer" in " ".join((tmp_path / "said").read_text().split())
