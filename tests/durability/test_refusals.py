"""A disk without room and folders without rights: a sentence, nothing changed, and the next run right."""

import ctypes
import datetime as dt
import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from pipelines.contracts.registry import EXPORTS
from pipelines.errors import CiiError
from pipelines.ingest.locate import arrivals
from pipelines.ingest.receipts import acknowledge
from pipelines.settings import Settings
from tests.durability.scenes import Scene, finished, landing_zone, lay, open_to_others, state
from tests.support import built, contents, ended, settings_in, started

NOBODY = 65534

# linux/prctl.h and linux/capability.h: to read everything, and to write nothing.
_KEEP_CAPABILITIES, _AMBIENT, _RAISE = 8, 47, 2
_CAPABILITIES, _READ_ALL = 0x20080522, 2


def refused(settings: Settings, first: Callable[[], object]) -> str:
    """What a run says that fails as it should: one sentence for people, and nothing of where in the code."""
    said = settings.raw.parent / "said.txt"
    said.touch()
    said.chmod(0o666)
    code = ended(started(settings, said=said, first=first))
    text = " ".join(said.read_text().split())
    assert code == 1 and text.count("Échec.") == 1 and "Traceback" not in text and "Erreur interne" not in text, text
    return text[text.index("Échec.") :]


def at_most(size: int) -> None:
    """Let no file of this process grow beyond a size, as on a disk without room."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """The same, for a while."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE)[0], signal.getsignal(signal.SIGXFSZ)
    at_most(size)
    try:
        yield
    finally:
        at_most(before)
        signal.signal(signal.SIGXFSZ, handler)


def sizes(scene: Scene) -> dict[str, int]:
    """How large a file may become for a run to fail in Dagster's history, in a report, in the copy."""
    settings = scene.set_up()
    (report,) = settings.reports.glob("2013-02/gp-cii.fr.html")
    return {"history": 200_000, "report": report.stat().st_size // 2, "copy": settings.published.stat().st_size // 2}


@pytest.mark.parametrize("where", ["history", "report", "copy"])
def test_a_run_without_room_says_so_and_leaves_what_was_published(where: str, incremental_run: Scene) -> None:
    size = sizes(incremental_run)[where]
    settings = incremental_run.set_up()
    raw = landing_zone(settings)
    assert "place sur le disque" in refused(settings, partial(at_most, size))
    assert state(settings) == incremental_run.before and landing_zone(settings) == raw and open_to_others(settings) == []
    assert not list(settings.warehouse.glob(".*.part*")), "a full disk keeps no half copy"
    finished(settings)
    assert state(settings) == incremental_run.after


def test_a_build_without_room_is_an_error_that_the_next_run_repairs(incremental_run: Scene, tmp_path) -> None:
    settings = incremental_run.settings.but(warehouse=tmp_path / "warehouse")
    with pytest.raises(Exception, match="too large") as caught, room_for(60_000), built(settings):
        pass
    assert type(caught.value).__name__ != "FatalException"
    with built(settings) as shop:
        assert shop.con.execute("select count(*) from stg.delivery where status = 'in_force'").fetchone() == (6,)


def test_receipts_without_room_keep_what_they_held_and_are_completed_later(incremental_run: Scene) -> None:
    settings = incremental_run.set_up()
    before, found = settings.receipts.read_bytes(), arrivals(settings.raw, exports=EXPORTS)
    with pytest.raises(CiiError, match="ne peut pas être complété"), room_for(len(before) + 20):
        acknowledge(settings.receipts, found, now=dt.datetime(2026, 1, 15, 9))
    assert settings.receipts.read_bytes().startswith(before)
    acknowledge(settings.receipts, found, now=dt.datetime(2026, 1, 15, 9))
    assert settings.receipts.read_bytes() == incremental_run.receipts


def as_nobody(*, reads: bool = True) -> None:
    """Go on as a user who has no rights but everybody's; `reads` where Python itself lies in a folder closed to everybody."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_KEEP_CAPABILITIES, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    kept = 1 << _READ_ALL if reads and not os.access(os.__file__, os.R_OK, effective_ids=True) else 0
    header, sets = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0), (ctypes.c_uint32 * 6)(kept, kept, kept)
    assert libc.capset(header, sets) == 0, os.strerror(ctypes.get_errno())
    if kept:
        # For Dagster's own processes too.
        assert libc.prctl(_AMBIENT, _RAISE, _READ_ALL, 0, 0) == 0


@pytest.fixture
def nobodys(incremental_run: Scene) -> Iterator[Scene]:
    """The incremental run in a folder that belongs to that user."""
    if os.geteuid() != 0:
        pytest.skip("only root can start a run as somebody else")
    folder = Path(tempfile.mkdtemp(prefix="cii-"))
    settings = settings_in(folder)
    shutil.copytree(incremental_run.settings.raw, settings.raw, dirs_exist_ok=True)
    lay(incremental_run.kept, settings)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    yield replace(incremental_run, settings=settings)
    shutil.rmtree(folder)


def deny(*paths: Path) -> None:
    """Leave these to root, for others to read only."""
    for path in paths:
        os.chown(path, 0, 0)
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_user_with_rights_to_the_folders_needs_no_others(nobodys: Scene) -> None:
    assert ended(started(nobodys.settings, first=as_nobody)) == 0
    assert state(nobodys.settings) == nobodys.after


@pytest.mark.parametrize("what", ["warehouse", "published", "receipts", "build", "history", "key"])
def test_a_run_without_rights_says_which_and_changes_nothing(what: str, nobodys: Scene) -> None:
    settings = nobodys.settings
    if what == "warehouse":
        deny(settings.warehouse, *settings.warehouse.rglob("*"))
    elif what == "published":
        deny(settings.reports, *settings.reports.rglob("*"))
    elif what == "receipts":
        deny(settings.raw, settings.receipts)
    elif what == "build":
        deny(settings.build)
    elif what == "history":
        deny(*settings.dagster_home.rglob("*"))
    else:
        os.chown(settings.key_file, 0, 0)
    named = {
        "warehouse": "warehouse",
        "published": "warehouse",
        "receipts": "receipts.csv",
        "build": "base de travail",
        "history": "droits",
        "key": "clé",
    }
    raw, before = landing_zone(settings), contents(settings.warehouse)
    assert named[what] in refused(settings, partial(as_nobody, reads=what != "key"))
    after = contents(settings.warehouse)
    assert {name: after.get(name) for name in before if name == "cii.duckdb" or name.startswith("reports/")} == {
        name: digest for name, digest in before.items() if name == "cii.duckdb" or name.startswith("reports/")
    }
    assert landing_zone(settings) == raw
    assert settings.receipts.read_bytes().startswith((nobodys.kept / "receipts.csv").read_bytes())
