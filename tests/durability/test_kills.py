"""A run that is killed, at moments spread over its measured time: a sample of them here, all hundred by `make kills`."""

import os
import signal
import time

import pytest

from tests.durability.scenes import Scene, finished, landing_zone, open_to_others, runs, state
from tests.support import ended, started

KILLS = int(os.environ.get("CII_KILLS", "4"))
MOMENTS = [(number + 0.5) / KILLS for number in range(KILLS)]


@pytest.mark.parametrize("moment", MOMENTS, ids="{:.3f}".format)
@pytest.mark.parametrize("which", ["first_run", "incremental_run"])
def test_a_killed_run_leaves_one_whole_state_and_the_next_run_repairs_the_rest(which: str, moment: float, request, record_property) -> None:
    scene: Scene = request.getfixturevalue(which)
    raw = landing_zone(scene.settings)
    killed(scene, moment)
    settings = scene.settings

    found = state(settings)
    record_property("state", "old" if found == scene.before else "new" if found == scene.after else "between")
    # The files are renamed in one go, the copy last: it never promises what is not there.
    assert (found and found.tables) in (scene.before and scene.before.tables, scene.after.tables)
    assert found in (scene.before, scene.after) or all(whole(scene, name, digest) for name, digest in found.files.items())
    assert found is None or found.tables != scene.after.tables or found == scene.after
    assert open_to_others(settings) == []
    old = scene.kept / settings.receipts.name
    written = settings.receipts.read_bytes() if settings.receipts.exists() else b""
    assert written.startswith(old.read_bytes() if old.exists() else b"") and scene.receipts.startswith(written)

    finished(settings)
    assert state(settings) == scene.after
    assert settings.receipts.read_bytes() == scene.receipts
    assert landing_zone(settings) == raw
    assert open_to_others(settings) == []
    assert set(runs(settings)) <= {"SUCCESS", "FAILURE"}, "a run that goes on for ever holds up the next ones"
    assert [path for path in settings.raw.parent.rglob("*") if path.name.endswith((".part", ".part.wal", ".tmp"))] == []


def whole(scene: Scene, name: str, digest: str) -> bool:
    """Whether a file is what it was before the run, or what it is after it."""
    return digest in {one.files.get(name, "") for one in (scene.before, scene.after) if one}


def killed(scene: Scene, moment: float) -> None:
    """Kill the run at a part of its time; should it end before, it was faster than measured, and is begun again."""
    lasts = scene.lasts
    for _ in range(5):
        settings = scene.set_up()
        began = time.monotonic()
        process = started(settings)
        process.join(lasts * moment)
        # Not asked whether it lives: it may end between the question and the signal.
        process.kill()
        code = ended(process)
        if code == -signal.SIGKILL:
            return
        assert code == 0
        lasts = time.monotonic() - began
    raise AssertionError("the run was never alive at that moment")
