"""The last moments of a run: between the first report put in place and the copy, nothing else is done."""

from pathlib import Path

import pytest

from pipelines.orchestration import outputs
from pipelines.orchestration.outputs import lay_reports, put_in_place
from pipelines.orchestration.resource import Held, silent
from pipelines.settings import Settings
from tests.durability.scenes import Scene, state
from tests.support import built


class Stopped(BaseException):
    """The end of a process, for what goes on in it."""


def arrived(scene: Scene) -> Settings:
    """The run's folder, with the receipts it would write: here the clock goes on."""
    settings = scene.set_up()
    settings.receipts.write_bytes(scene.receipts)
    return settings


def test_a_publication_stopped_at_any_of_its_renames_never_promises_what_is_not_there(incremental_run: Scene, monkeypatch) -> None:
    settings = arrived(incremental_run)
    part = settings.published.with_name(f".{settings.published.name}.part")
    renamed: list[Path] = []
    really = Path.replace

    def counted(self: Path, target: Path) -> Path:
        if len(renamed) == limit:
            raise Stopped
        assert part.exists(), "the copy, which takes longest, is made before anything moves"
        renamed.append(Path(target))
        return really(self, target)

    limit = 0
    seen = []
    with built(settings) as shop:
        held = Held(shop, silent)
        while True:
            lay_reports(held)
            renamed.clear()
            monkeypatch.setattr(Path, "replace", counted)
            try:
                put_in_place(held)
            except Stopped:
                seen.append(state(settings))
                limit += 1
                continue
            finally:
                monkeypatch.setattr(Path, "replace", really)
            break
    assert limit >= 3 and renamed[-1] == settings.published, "the copy comes last"
    assert all(one.tables == incremental_run.before.tables for one in seen)
    assert all(
        digest in (incremental_run.before.files.get(name), incremental_run.after.files.get(name), "")
        for one in seen
        for name, digest in one.files.items()
    )
    assert state(settings).files == incremental_run.after.files


@pytest.mark.parametrize("left", [".cii.duckdb.part", ".cii.duckdb.part.wal"])
def test_what_a_killed_publication_left_is_not_taken_for_a_part_of_the_next(left: str, incremental_run: Scene) -> None:
    settings = arrived(incremental_run)
    (settings.warehouse / left).write_bytes(b"half a page" * 1000)
    with built(settings) as shop:
        held = Held(shop, silent)
        lay_reports(held)
        put_in_place(held)
    assert state(settings).tables == incremental_run.after.tables
    assert not (settings.warehouse / left).exists()


def test_a_report_that_fails_leaves_no_copy_behind(incremental_run: Scene, monkeypatch) -> None:
    settings = arrived(incremental_run)

    def fail(*_: object, **__: object) -> None:
        raise Stopped

    monkeypatch.setattr(outputs, "answers", fail)
    with built(settings) as shop, pytest.raises(Stopped):
        lay_reports(Held(shop, silent))
    assert not [path.name for path in settings.warehouse.iterdir() if ".part" in path.name]
    assert state(settings).tables == incremental_run.before.tables


def test_a_publication_alone_makes_the_copy_of_what_lies_in_the_build_now(incremental_run: Scene) -> None:
    settings = arrived(incremental_run)
    with built(settings) as shop:
        lay_reports(Held(shop, silent))
        # As where the screens are asked for it later: what an earlier run had laid ready is not this build's.
        settings.published.with_name(f".{settings.published.name}.part").write_bytes(b"of another build")
        put_in_place(Held(shop, silent))
    assert state(settings).tables == incremental_run.after.tables
