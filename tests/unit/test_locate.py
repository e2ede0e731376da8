"""What a file in the landing zone is, by its place and name, and when it first came."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.contracts.registry import EXPORTS
from pipelines.errors import CiiError
from pipelines.ingest.locate import Arrival, arrival, arrivals, nearest_names
from pipelines.ingest.receipts import acknowledge, read_receipts

NOW = dt.datetime(2013, 3, 4, 8, 30, 15, 123456)


def named(file: str, content: bytes = b"x") -> Arrival:
    return arrival(file, content, exports=EXPORTS)


@pytest.mark.parametrize(
    ("file", "dataset", "period", "version"),
    [
        ("sfpo/cm_fp_dossiers_2013-02.xlsx", "cm_fp_dossiers", "2013-02", 1),
        ("semp/pset_places_2012-11_v2.csv", "pset_places", "2012-11", 2),
        ("semp/pset_places_2012-11_v12.csv", "pset_places", "2012-11", 12),
    ],
)
def test_a_name_says_dataset_period_and_version(file, dataset, period, version) -> None:
    found = named(file)
    assert (found.dataset, str(found.period), found.version, found.service) == (dataset, period, version, file.split("/")[0].upper())


@pytest.mark.parametrize(
    "file",
    [
        "semp/cm_fp_dossiers_2013-02.xlsx",  # this service does not send it
        "sfpo/cm_fp_dossiers_2013.xlsx",  # monthly, but named like a year
        "sfpo/cm_fp_dossiers_2013-13.xlsx",
        "sfpo/cm_fp_dossiers_2013-02_v0.xlsx",
        "sfpo/cm_fp_dossiers_2013-02.xls",
        "sfpo/cm_fp_2013-02.csv",
        "sfpo/dossiers.csv",
        "inconnu/pset_places_2012-11.csv",
        "semp/pset_places_1899-12.csv",  # a year of which nobody speaks
        "semp/pset_places_0000-12.csv",  # a year that no calendar has
    ],
)
def test_a_name_that_fits_no_dataset_of_its_service_is_not_recognised(file) -> None:
    assert named(file).dataset is None


def test_an_unrecognised_name_is_answered_with_near_ones() -> None:
    assert nearest_names("sfpo/cm_fp_dosiers_2013-02.csv", exports=EXPORTS) == ["cm_fp_dossiers_2013-02.csv"]


@pytest.mark.parametrize(
    ("file", "near"),
    [
        ("sfpo/cm_fp_dossiers_2013-3.csv", "cm_fp_dossiers_2013-03.csv"),
        ("sfpo/cm_fp_dossiers_201303.csv", "cm_fp_dossiers_2013-03.csv"),
        ("sfpo/cm_fp_dossiers_2013_11_v2.csv", "cm_fp_dossiers_2013-11.csv"),
        ("sfpo/cm_fp_dossiers_2013-13.csv", "cm_fp_dossiers_2013-MM.csv"),
        ("sfpo/cm_fp_dossiers.csv", "cm_fp_dossiers_AAAA-MM.csv"),
    ],
)
def test_a_near_name_keeps_the_month_however_it_is_written_and_makes_none_up(file: str, near: str) -> None:
    assert nearest_names(file, exports=EXPORTS) == [near]


def test_only_the_services_folders_are_scanned_and_hidden_lock_and_partial_files_passed_over(tmp_path: Path) -> None:
    for file in (
        "semp/pset_places_2012-01.csv",
        "semp/~$pset_places_2012-01.xlsx",
        "semp/Thumbs.db",
        "semp/desktop.ini",
        "semp/.DS_Store",
        "semp/.cache",
        "semp/a.tmp",
        "semp/b.PART",
        "semp/deep/pset_places_2012-02.csv",
        ".git/pset_places_2012-02.csv",
        "README.md",
    ):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert [one.file for one in arrivals(tmp_path, exports=EXPORTS)] == ["semp/pset_places_2012-01.csv"]


def test_a_delivery_is_told_apart_by_service_dataset_period_version_and_content() -> None:
    one = named("sfpo/cm_fp_dossiers_2013-02.xlsx", b"a")
    others = [
        named("sfpo/cm_fp_dossiers_2013-02.xlsx", b"b"),
        named("sfpo/cm_fp_dossiers_2013-02_v2.xlsx", b"a"),
        named("sfpo/cm_fp_dossiers_2013-01.xlsx", b"a"),
        named("semp/pset_places_2013-02.csv", b"a"),
    ]
    assert len({one.delivery_id, *(other.delivery_id for other in others)}) == 5
    assert named("sfpo/cm_fp_dossiers_2013-02.csv", b"a").delivery_id == one.delivery_id
    assert len(one.delivery_id) == 16 and int(one.delivery_id, 16)


def test_a_first_arrival_keeps_its_date_and_other_bytes_get_their_own(tmp_path: Path) -> None:
    path = tmp_path / "receipts.csv"
    first, second = named("semp/pset_places_2012-01.csv", b"1"), named("semp/pset_places_2012-01.csv", b"2")
    acknowledge(path, [first], now=NOW)
    before = path.read_bytes()
    assert acknowledge(path, [first], now=NOW + dt.timedelta(days=9))[first.file, first.sha256].received_at == NOW.replace(microsecond=0)
    assert path.read_bytes() == before
    acknowledge(path, [second], now=NOW + dt.timedelta(days=9))
    assert path.read_bytes().startswith(before)
    assert len(read_receipts(path)) == 2


def test_a_sample_folder_takes_no_real_delivery(tmp_path: Path) -> None:
    path = tmp_path / "receipts.csv"
    path.write_text("file,sha256,size,received_at,sample\nsemp/pset_places_2012-01.csv,aa,1,2012-02-03T08:00:00,oui\n")
    before = path.read_bytes()
    with pytest.raises(CiiError, match=r"données d'exemple.*: semp/pset_places_2012-02\.csv"):
        acknowledge(path, [named("semp/pset_places_2012-02.csv")], now=NOW)
    assert path.read_bytes() == before


def test_receipts_that_mix_both_are_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "receipts.csv"
    lines = ["file,sha256,size,received_at,sample", "a,aa,1,2012-02-03T08:00:00,oui", "b,bb,1,2012-02-03T08:00:00,"]
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(CiiError):
        acknowledge(path, [], now=NOW)


def test_an_unreadable_receipt_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "receipts.csv"
    path.write_text("file,sha256,size,received_at,sample\na,aa,1,hier,oui\n")
    with pytest.raises(CiiError, match="ligne 2"):
        read_receipts(path)


def test_an_unfinished_last_receipt_is_overwritten_by_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "receipts.csv"
    first, second = named("semp/pset_places_2012-01.csv"), named("semp/pset_places_2012-02.csv")
    acknowledge(path, [first], now=NOW)
    whole = path.read_bytes()
    for cut in ("semp/pset", "semp/pset_places_2012-02.csv,aa,1,2012-02-03T08:00:00,o"):
        path.write_bytes(whole + cut.encode())
        assert len(read_receipts(path)) == 1
    acknowledge(path, [second], now=NOW)
    assert path.read_bytes().startswith(whole) and len(read_receipts(path)) == 2 and b",o\n" not in path.read_bytes()


def test_an_unrecognised_name_gives_nothing_of_a_number_away() -> None:
    assert "9217" not in str(nearest_names("sfpo/756.9217.0769.85.csv", exports=EXPORTS))


@pytest.mark.parametrize("text", ["autre chose\n", "file;sha256\na;b\n", "file,sha256,size,received_at,sample\n\xe9,aa,1,hier,\n"])
def test_receipts_that_are_none_are_an_error_and_not_an_empty_list(tmp_path: Path, text: str) -> None:
    path = tmp_path / "receipts.csv"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(CiiError, match="accusé de réception"):
        read_receipts(path)
