"""A small world before and after a run, set up as often as a test disturbs that run."""

import datetime as dt
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipelines.orchestration.outputs import report_files
from pipelines.settings import Settings
from tests.support import contents, ended, settings_in, small_sample, started, tables

# What arrives for the incremental run: a new month, and a correction of one that was published.
CORRECTED = "sfpo/cm_fp_dossiers_2013-01.csv"
ARRIVING = ("semp/pset_places_2013-02.csv", "sfpo/cm_fp_dossiers_2013-01_v2.csv")


@dataclass(frozen=True)
class State:
    """What people find: the rows of every published table, and every file that belongs to the copy."""

    tables: dict[str, str]
    files: dict[str, str]


@dataclass(frozen=True)
class Scene:
    """A run that can be done again and again.

    Attributes:
        settings: of the folder it is done in.
        kept: the warehouse and the receipts as they are before it.
        before: what was published before it; None where nothing was.
        after: what is published after it, undisturbed.
        receipts: the receipts after it, undisturbed.
        lasts: its seconds, undisturbed.
    """

    settings: Settings
    kept: Path
    before: State | None
    after: State
    receipts: bytes
    lasts: float

    def set_up(self) -> Settings:
        """Put the folder back as it is before the run."""
        lay(self.kept, self.settings)
        return self.settings


def state(settings: Settings) -> State | None:
    """What is published."""
    if not settings.published.exists():
        return None
    found = contents(settings.warehouse)
    named = (str(path.relative_to(settings.warehouse)) for path in report_files(settings))
    return State(tables(settings.published), {name: found.get(name, "") for name in named})


def small(folder: Path) -> Settings:
    """Three months of two services and a correction, in the manner of real deliveries: the runs write their receipts."""
    settings = settings_in(folder)
    small_sample(settings.raw, first=dt.date(2012, 12, 1))
    settings.receipts.unlink()
    lines = (settings.raw / CORRECTED).read_bytes().splitlines(keepends=True)
    (settings.raw / ARRIVING[1]).write_bytes(b"".join(lines[:-1]))
    # Nothing here is still being written, and no run need look twice.
    for path in settings.raw.rglob("*.csv"):
        os.utime(path, (1_358_000_000, 1_358_000_000))
    return settings


def published(settings: Settings, aside: Path) -> None:
    """Publish without what arrives later, which lies in a folder of its own meanwhile."""
    for file in ARRIVING:
        (aside / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(settings.raw / file, aside / file)
    finished(settings)
    for file in ARRIVING:
        shutil.move(aside / file, settings.raw / file)


def finished(settings: Settings, *arguments: str) -> str:
    """A command that ends well; what it printed."""
    said = settings.raw.parent / "said.txt"
    code = ended(started(settings, *arguments, said=said))
    assert code == 0, said.read_text()
    return said.read_text()


def scene(settings: Settings, kept: Path) -> Scene:
    """Keep the folder as it is, and run there once undisturbed."""
    keep(settings, kept)
    before = state(settings)
    began = time.monotonic()
    finished(settings)
    lasts = time.monotonic() - began
    after = state(settings)
    assert after and after != before
    return Scene(settings, kept, before, after, settings.receipts.read_bytes(), lasts)


def keep(settings: Settings, kept: Path) -> None:
    """Copy the warehouse and the receipts."""
    kept.mkdir()
    for path in (settings.warehouse, settings.receipts):
        if path.is_dir():
            shutil.copytree(path, kept / path.name)
        elif path.exists():
            shutil.copy2(path, kept)


def lay(kept: Path, settings: Settings) -> None:
    """Put the kept warehouse and receipts in place of what lies there."""
    shutil.rmtree(settings.warehouse, ignore_errors=True)
    settings.receipts.unlink(missing_ok=True)
    if (kept / settings.warehouse.name).exists():
        shutil.copytree(kept / settings.warehouse.name, settings.warehouse)
    if (kept / settings.receipts.name).exists():
        shutil.copy2(kept / settings.receipts.name, settings.receipts)


def landing_zone(settings: Settings) -> dict[str, tuple[bytes, int, int]]:
    """Bytes, mode and time of every file there but the receipts."""
    files = (path for path in settings.raw.rglob("*") if path.is_file() and path != settings.receipts)
    return {str(path): (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns) for path in files}


def open_to_others(settings: Settings) -> list[str]:
    """What others than its owner may read, write or list."""
    made = [settings.warehouse, *settings.warehouse.rglob("*"), settings.key_file]
    return [str(path) for path in made if path.exists() and path.stat().st_mode & 0o077]


def runs(settings: Settings) -> list[str]:
    """How the runs ended that Dagster has in its history."""
    with closing(sqlite3.connect(settings.dagster_home / "history" / "runs.db")) as history:
        return [status for (status,) in history.execute("select status from runs")]


def until(true: Callable[[], object], *, within: float = 120) -> None:
    """Wait for something to become true."""
    limit = time.monotonic() + within
    while not true():
        assert time.monotonic() < limit, "it never came"
        time.sleep(0.02)
