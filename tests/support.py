"""What several tests need: settings in a folder of their own, and the way from files to tables without Dagster."""

import datetime as dt
import hashlib
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import SimpleNamespace

from pipelines import cli, duck
from pipelines.contracts.codes import SERVICES
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.locate import arrival
from pipelines.ingest.receipts import HEADER
from pipelines.orchestration import workshop as room
from pipelines.orchestration.load import decide, load_pending
from pipelines.orchestration.make import make_layer
from pipelines.orchestration.workshop import Workshop, workshop
from pipelines.sample.generate import generate
from pipelines.sample.world import World
from pipelines.settings import ROOT, Settings, read_file

KEY = "0f" * 32

# Runs are forks of a process that has imported everything already: from its first moment on, such a run works.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.support", "pipelines.definitions", "pipelines.reports.pack", "pipelines.reports.terminal"])


def settings_in(folder: Path, **changes: object) -> Settings:
    """Settings whose raw, warehouse, key and settings file lie in a folder; the key is always the same, and all are linked."""
    (folder / "raw").mkdir(exist_ok=True)
    key = folder / "key"
    if not key.exists():
        key.write_text(KEY)
        key.chmod(0o600)
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse", key_file=key, today=dt.date(2026, 1, 15))
    return linking(settings, *SERVICES).but(**changes)


def linking(settings: Settings, *services: str, basis: str = "loi inventée, art. 1") -> Settings:
    """The same settings with these services linked, as their file says from now on."""
    file = settings.key_file.parent / "cii.toml"
    file.write_text("[linking]\n" + "".join(f'{service} = "{basis}"\n' for service in services), encoding="utf-8")
    return settings.but(file=file, linking=read_file(file)[0])


def small_sample(raw: Path, *, first: dt.date | None = None, last: dt.date = dt.date(2013, 2, 1)) -> None:
    """Two datasets of the sample, CM-FP and PSET, as CSV: enough for what does not look at the others."""
    generate(raw, World(format="csv", first=first, last=last, datasets=frozenset({"cm_fp_dossiers", "pset_places"})))


@contextmanager
def built(settings: Settings) -> Iterator[Workshop]:
    """The workshop after everything was read and made, before anything is reported or published."""
    with workshop(settings) as shop:
        for dataset in (*EXPORTS, None):
            load_pending(shop, dataset, progress=lambda *_: None)
        decide(shop)
        for schema in ("core", "mart"):
            list(make_layer(shop, schema))
        yield shop


def receipt(raw: Path, file: str, *, received_at: str, sample: bool = True) -> None:
    """Write the receipt of a file that lies in the landing zone."""
    one = arrival(file, (raw / file).read_bytes(), exports=EXPORTS)
    path = raw / "receipts.csv"
    with path.open("a", encoding="utf-8", newline="") as lines:
        if path.stat().st_size == 0:
            lines.write(",".join(HEADER) + "\n")
        lines.write(f"{file},{one.sha256},{one.size},{received_at},{'oui' if sample else ''}\n")


def environment(settings: Settings) -> dict[str, str]:
    """The environment of a process that works with these settings."""
    return os.environ | settings.environment() | {"COLUMNS": "160", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}


def cii(settings: Settings, *arguments: str, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, as a user starts it."""
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        cwd=settings.warehouse.parent,
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def started(settings: Settings, *arguments: str, said: Path | None = None, first: Callable[[], object] | None = None) -> BaseProcess:
    """A command line that has just begun, whose clock stands still.

    Args:
        settings: where and how.
        arguments: the words after `cii`; none is `run`.
        said: where to write what it prints.
        first: what its process does before; a function that can be sent to it.
    """
    process = _FORKS.Process(target=_command, args=(settings, arguments or ("run",), said or Path(os.devnull), first))
    process.start()
    return process


def ended(process: BaseProcess, within: float = 240) -> int | None:
    """The exit code of a process, once it ended; None where it does not."""
    process.join(within)
    return process.exitcode


def _command(settings: Settings, arguments: tuple[str, ...], said: Path, first: Callable[[], object] | None) -> None:
    os.chdir(settings.warehouse.parent)
    os.environ.update(environment(settings))
    output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(output, 1)
    os.dup2(output, 2)
    cli.Settings.load = lambda **_: settings
    room.dt = SimpleNamespace(**vars(dt) | {"datetime": _StandingClock})
    sys.argv = ["cii", *arguments]
    # Modes must not depend on what the user's shell has set.
    os.umask(0)
    if first:
        first()
    cli.main()


class _StandingClock(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
        return dt.datetime(2026, 1, 15, 9)


def contents(folder: Path) -> dict[str, str]:
    """The hash of every file in a folder."""
    return {str(path.relative_to(folder)): _hash(path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def tables(path: Path) -> dict[str, str]:
    """The hash of every published table's rows, in the order they lie."""
    with duck.open_published(path) as con:
        names = con.execute("select schema_name || '.' || table_name from duckdb_tables() order by 1").fetchall()
        return {name: _hash(repr(con.execute(f"select * from {name}").fetchall()).encode()) for (name,) in names}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
