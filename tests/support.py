"""What several tests need: settings in a folder of their own, and the way from files to tables without Dagster."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.locate import arrival
from pipelines.ingest.receipts import HEADER
from pipelines.orchestration.load import decide, load_pending
from pipelines.orchestration.make import make_layer
from pipelines.orchestration.workshop import Workshop, workshop
from pipelines.settings import ROOT, Settings

KEY = "0f" * 32


def settings_in(folder: Path, **changes: object) -> Settings:
    """Settings whose raw, warehouse and key lie in a folder; the key is always the same."""
    (folder / "raw").mkdir(exist_ok=True)
    key = folder / "key"
    if not key.exists():
        key.write_text(KEY)
        key.chmod(0o600)
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse", key_file=key, today=dt.date(2026, 1, 15))
    return settings.but(**changes)


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
