"""What stands in the landing zone and is no plain file at rest: a verdict for each, and the others are read."""

import datetime as dt
import hashlib
import os
import socket
import time
from pathlib import Path

import pytest

from pipelines.contracts.registry import EXPORTS
from pipelines.errors import CiiError
from pipelines.ingest import landing
from pipelines.ingest.landing import UnseenError, content, seen
from pipelines.ingest.locate import ambiguous, arrivals
from pipelines.ingest.receipts import acknowledge

GOOD = "semp/pset_places_2012-01.csv"
ODD = "semp/pset_places_2012-02.csv"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A landing zone with one good file at rest, and a place outside of it."""
    (tmp_path / "raw" / "semp").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.csv").write_text("secret")
    (tmp_path / "raw" / GOOD).write_text("good")
    at_rest(tmp_path / "raw" / GOOD)
    return tmp_path / "raw"


def at_rest(path: Path) -> None:
    """Make a file look as if nobody had touched it for a while."""
    os.utime(path, (1_000_000_000, 1_000_000_000))


def refusals(raw: Path) -> dict[str, str | None]:
    """The verdict on each file; the good one is always read."""
    found = {one.file: one for one in seen(raw)}
    good = found.pop(GOOD)
    assert (good.sha256, good.size, good.refusal) == (hashlib.sha256(b"good").hexdigest(), 4, None)
    assert all(not one.sha256 for one in found.values() if one.refusal)
    return {file: one.refusal for file, one in found.items()}


def test_a_link_within_the_landing_zone_is_read(raw: Path) -> None:
    (raw / "sfpo").mkdir()
    (raw / "sfpo" / "pset_places_2012-01.csv").symlink_to("../semp/pset_places_2012-01.csv")
    assert refusals(raw) == {"sfpo/pset_places_2012-01.csv": None}


@pytest.mark.parametrize("target", ["../../outside/secret.csv", "{raw}/../outside/secret.csv", "../../outside"])
def test_a_link_out_of_the_landing_zone_is_never_followed(raw: Path, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / ODD).symlink_to(target.format(raw=raw))
    opened = os.open
    monkeypatch.setattr(os, "open", lambda path, *rest, **named: (_not_outside(path), opened(path, *rest, **named))[1])
    assert refusals(raw) == {ODD: "file.outside"}
    with pytest.raises(UnseenError, match=r"file\.outside"):
        content(raw, ODD)


def _not_outside(path: object) -> None:
    assert "outside" not in str(path)


def test_a_link_through_a_link_out_of_the_landing_zone_is_not_followed_either(raw: Path) -> None:
    (raw / "semp" / ".inner").symlink_to("../../outside/secret.csv")
    (raw / ODD).symlink_to(".inner")
    assert refusals(raw) == {ODD: "file.outside"}


def test_a_services_folder_that_leads_out_is_not_looked_into(raw: Path) -> None:
    (raw / "sfpo").symlink_to(raw.parent / "outside")
    assert refusals(raw) == {"sfpo/": "file.outside"}


def test_a_landing_zone_that_is_a_link_itself_is_read(raw: Path) -> None:
    (raw.parent / "link").symlink_to("raw")
    (raw / ODD).symlink_to("pset_places_2012-01.csv")
    assert refusals(raw.parent / "link") == {ODD: None}


def test_what_is_no_file_but_named_like_one_is_said_and_never_opened(raw: Path) -> None:
    folder = raw / "semp"
    (folder / "pset_places_2012-02.csv").mkdir()
    (folder / "pset_places_2012-03.csv").symlink_to("nowhere.csv")
    (folder / "pset_places_2012-04.csv").symlink_to("pset_places_2012-04.csv")
    os.mkfifo(folder / "pset_places_2012-05.csv")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket may not be long
        listening.bind("pset_places_2012-06.csv")
        os.chdir(here)
    (folder / "archives").mkdir()
    assert refusals(raw) == {f"semp/pset_places_2012-0{month}.csv": "file.not_a_file" for month in range(2, 7)}


def test_what_only_bears_the_name_of_a_delivery_does_not_make_another_ambiguous(raw: Path) -> None:
    (raw / "semp" / "pset_places_2012-01.xlsx").mkdir()
    assert ambiguous(arrivals(raw, exports=EXPORTS)) == set()
    (raw / "semp" / "pset_places_2012-01_v1.csv").write_text("another")
    assert len(ambiguous(arrivals(raw, exports=EXPORTS))) == 2


@pytest.mark.parametrize(
    ("fault", "rule"),
    [(PermissionError(13, ""), "file.denied"), (OSError(5, ""), "file.denied"), (FileNotFoundError(2, ""), "file.vanished")],
    ids=["forbidden", "broken disk", "vanished"],
)
def test_a_file_that_does_not_open_stops_no_other(raw: Path, fault: OSError, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / ODD).write_text("odd")
    opened = os.open

    def refuse(path: object, *rest: int, **named: int) -> int:
        if str(path).endswith(ODD):
            raise fault
        return opened(str(path), *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    assert refusals(raw) == {ODD: rule}


def test_a_folder_that_cannot_be_listed_stops_no_other(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / "oai").mkdir()
    listed = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "oai":
            raise PermissionError(13, "")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert refusals(raw) == {"oai/": "file.denied"}
    (folder,) = (one for one in arrivals(raw, exports=EXPORTS) if one.refusal)
    assert (folder.service, folder.dataset) == ("OAI", None)


@pytest.mark.parametrize("letters", [b"\xe9", b"\n", b"\x1b[31m", "\u200b".encode()], ids=["no UTF-8", "line end", "escape", "invisible"])
def test_a_name_that_nobody_can_read_is_said_and_the_file_left_alone(raw: Path, letters: bytes) -> None:
    Path(os.fsdecode(os.fsencode(raw) + b"/semp/pset" + letters + b".csv")).write_text("x")
    ((file, rule),) = refusals(raw).items()
    assert rule == "file.name" and file.isprintable()
    assert [one.delivery_id for one in arrivals(raw, exports=EXPORTS)]


# -- still being written -------------------------------------------------------------------------


def growing(monkeypatch: pytest.MonkeyPatch, change) -> list[float]:
    """Let somebody change a file while a fresh one is waited for; how often that was."""
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        change()

    monkeypatch.setattr(landing.time, "sleep", sleep)
    return waited


def test_a_file_that_grows_is_busy(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / ODD).write_text("half of")
    with (raw / ODD).open("a") as writer:
        waited = growing(monkeypatch, lambda: (writer.write(" it"), writer.flush()))
        assert refusals(raw) == {ODD: "file.busy"} and len(waited) == 1


def test_a_file_whose_bytes_change_in_place_is_busy(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / ODD).write_text("abc")
    growing(monkeypatch, lambda: os.utime(raw / ODD, ns=(0, time.time_ns() + 1)))
    assert refusals(raw) == {ODD: "file.busy"}


def test_a_file_that_goes_while_it_is_looked_at_has_vanished(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / ODD).write_text("abc")
    growing(monkeypatch, lambda: (raw / ODD).unlink())
    assert refusals(raw) == {ODD: "file.vanished"}


def test_a_file_that_moves_while_the_others_are_read_is_busy_though_nobody_waits(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / ODD).write_text("abc")
    at_rest(raw / ODD)
    hashed = landing._hashed

    def meddling(raw: Path, file: str):
        found = hashed(raw, file)
        if file == ODD:
            (raw / ODD).write_text("abcd")
        return found

    monkeypatch.setattr(landing, "_hashed", meddling)
    assert refusals(raw) == {ODD: "file.busy"}


def test_a_file_written_just_now_and_at_rest_is_read(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = growing(monkeypatch, lambda: None)
    assert refusals(raw) == {} and waited == []
    (raw / ODD).write_text("whole")
    assert refusals(raw) == {ODD: None} and len(waited) == 1


def test_a_landing_zone_at_rest_is_waited_for_by_nobody(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (raw / ODD).write_text("future")
    os.utime(raw / ODD, (4_000_000_000, 4_000_000_000))
    waited = growing(monkeypatch, lambda: None)
    assert refusals(raw) == {ODD: None} and waited == []


def test_a_folder_whose_name_cannot_be_written_down_is_told_of_all_the_same(raw: Path) -> None:
    (raw / os.fsdecode(b"\xff\n")).symlink_to(raw.parent / "outside")
    (found,) = refusals(raw).items()
    assert found == ("\N{REPLACEMENT CHARACTER}" * 2 + "/", "file.outside")


def test_a_folder_that_cannot_be_listed_withdraws_nothing(raw: Path) -> None:
    receipts = raw / "receipts.csv"
    now = dt.datetime(2012, 3, 5, 8)
    acknowledge(receipts, arrivals(raw, exports=EXPORTS), now=now)
    written = receipts.read_bytes()
    (raw / "semp").rename(raw.parent / "moved")
    (raw / "semp").symlink_to(raw.parent / "moved")
    with pytest.raises(CiiError, match="semp"):
        acknowledge(receipts, arrivals(raw, exports=EXPORTS), now=now)
    assert receipts.read_bytes() == written
