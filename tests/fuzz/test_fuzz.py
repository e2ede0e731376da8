"""The properties of `properties.py`, in a process of its own whose memory and time on the processor are bounded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import ROOT

resource = pytest.importorskip("resource", reason="limits of a process are Unix's")

MEMORY = 4 * 1024**3
CPU_SECONDS = 600


def test_no_damage_to_a_file_breaks_the_reading_nor_takes_it_out_of_its_bounds(tmp_path: Path) -> None:
    factor = float(os.environ.get("CII_FUZZ", "1"))
    last = tmp_path / "last"

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        seconds = int(CPU_SECONDS * max(1, factor))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-o", "addopts=--import-mode=importlib -q", "-p", "no:cacheprovider", "tests/fuzz/properties.py"],
        cwd=ROOT,
        env=os.environ | {"CII_FUZZ_LAST": str(last), "POLARS_MAX_THREADS": "2"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=bound,
    )
    kept = f"the last example lies in {last}" if done.returncode not in (0, 1) else ""
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}\nexit {done.returncode} {kept}"
