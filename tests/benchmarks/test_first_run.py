"""The first run: on the sample, and on a hundred times its persons, which must take no more memory than an office's machine has."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.sample.generate import generate
from pipelines.sample.world import World
from pipelines.settings import Settings
from tests.support import environment, settings_in

MEMORY = 8.0  # GB


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """An empty landing zone; what it comes to hold is removed, for it is gigabytes."""
    yield settings_in(tmp_path)
    shutil.rmtree(tmp_path)


def run(settings: Settings) -> float:
    """Run as a user does; the most memory it held, in GB."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "run"], env=environment(settings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0
    return used.ru_maxrss * 1024 / 1e9


@pytest.mark.benchmark(group="cii run, la première fois")
@pytest.mark.parametrize("world", [World(), World(scale=100, format="csv")], ids=["l'exemple", "cent fois les personnes"])
def test_the_first_run(benchmark, capsys: pytest.CaptureFixture, settings: Settings, world: World) -> None:
    generate(settings.raw, world)
    peak = benchmark.pedantic(run, args=(settings,), rounds=1)
    with capsys.disabled():
        print(f"\n{world.scale} × les personnes: {peak:.1f} Go de mémoire au plus")
    assert peak < MEMORY
