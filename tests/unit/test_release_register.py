"""The register of releases: its chain, and what is noticed when somebody changes it."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from pipelines.errors import CiiError
from pipelines.release import kept
from pipelines.release.register import FIRST, LIST, Release, broken, last_entry, record, releases, releases_of_whole

ONE = Release(
    number=1,
    pack="gp-cii",
    period=dt.date(2013, 2, 1),
    released_at=dt.datetime(2013, 3, 12, 9, 30),
    released_by="Présidence, GP CII",
    shown="a",
    definitions="b",
    deliveries="c",
    code="d",
    settings="e",
    file="f",
    previous=FIRST,
)


@pytest.fixture
def register(tmp_path):
    """Three releases, each with its folder."""
    found = []
    for number in (1, 2, 3):
        one = replace(ONE, number=number, period=dt.date(2013, number + 1, 1), previous=last_entry(found))
        kept.keep(tmp_path, {"mart.thing": pl.DataFrame({"number": [number]})}, file=b"file %d" % number)
        record(tmp_path, one)
        kept.settle(tmp_path, one.folder)
        found.append(one)
    return tmp_path


def lines(register):
    return (register / LIST).read_text().splitlines(keepends=True)


def test_what_was_written_down_is_read_again_and_each_entry_is_chained_to_the_one_before(register):
    one, two, three = releases(register)
    assert one == ONE and (two.previous, three.previous) == (one.entry, two.entry)
    assert list(broken(register)) == [] and len({one.entry, two.entry, three.entry}) == 3
    assert [path.stat().st_mode & 0o777 for path in (register / LIST, register / one.folder)] == [0o600, 0o700]


def test_on_an_old_day_there_are_the_releases_of_that_day(register):
    record(register, replace(ONE, number=4, released_at=dt.datetime(2013, 5, 2), previous=releases(register)[-1].entry))
    assert len(releases(register, known_on=dt.date(2013, 3, 12))) == 3 and not releases(register, known_on=dt.date(2013, 3, 11))


@pytest.mark.parametrize("column", ["gp-cii", "2013-03-01", "2013-03-12T09:30:00", "Présidence", ",a,", ",b,", ",c,", ",d,", ",e,", ",f,"])
def test_an_edited_entry_is_noticed(register, column):
    head, first, second, third = lines(register)
    changed = second.replace(column, column.replace(column.strip(",")[-1], "7", 1), 1)
    assert changed != second
    (register / LIST).write_text("".join([head, first, changed, third]))
    assert next(broken(register)).startswith("La diffusion no 2 a été modifiée")


def test_an_entry_edited_with_its_hash_is_noticed_by_the_next_one(register):
    one, two, three = releases(register)
    other = replace(two, released_by="Quelqu'un d'autre")
    (register / LIST).unlink()
    for each in (one, other, three):
        record(register, each)
    assert list(broken(register)) == ["Avant la diffusion no 3, une ligne de releases.csv manque ou n'est plus la même."]


@pytest.mark.parametrize("gone", [1, 2])
def test_a_removed_entry_is_noticed(register, gone):
    (register / LIST).write_text("".join(line for number, line in enumerate(lines(register)) if number != gone))
    assert f"Avant la diffusion no {gone + 1}, une ligne de releases.csv manque ou n'est plus la même." in list(broken(register))


def test_a_removed_last_entry_is_noticed_by_what_it_kept(register):
    (register / LIST).write_text("".join(lines(register)[:-1]))
    assert list(broken(register)) == ["Le dossier 0003_gp-cii_2013-04 est celui d'une diffusion qui n'est plus dans releases.csv."]


def test_what_is_kept_is_given_back_and_has_a_hash_of_its_own(register):
    folders = [register / one.folder for one in releases(register)]
    assert kept.tables_of(folders[0])["mart.thing"].equals(pl.DataFrame({"number": [1]})) and kept.file_of(folders[2]) == b"file 3"
    assert len({kept.hash_of(folder) for folder in folders}) == 3


def test_a_release_stopped_before_its_folder_had_a_name_is_ended_by_the_next_look(register):
    four = replace(ONE, number=4, previous=releases(register)[-1].entry)
    kept.keep(register, {"mart.thing": pl.DataFrame({"number": [4]})}, file=b"file 4")
    record(register, four)
    kept.settle(register, four.folder)
    kept.settle(register, four.folder)
    assert kept.file_of(register / four.folder) == b"file 4" and list(broken(register)) == []


def test_one_stopped_before_it_was_written_down_leaves_no_trace_in_the_register(register):
    kept.keep(register, {"mart.thing": pl.DataFrame({"number": [4]})}, file=b"file 4")
    assert list(broken(register)) == [] and len(releases(register)) == 3


def test_rows_have_the_same_hash_in_any_order():
    rows = pl.DataFrame({"a": [1, 2], "b": ["x", None]})
    assert kept.hash_of_rows(rows) == kept.hash_of_rows(rows.reverse()) != kept.hash_of_rows(rows.head(1))


def test_whoever_looks_at_the_register_ends_a_release_that_was_stopped_before_its_folder_had_a_name(register):
    four = replace(ONE, number=4, previous=releases(register)[-1].entry)
    kept.keep(register, {"mart.thing": pl.DataFrame({"number": [4]})}, file=b"file 4")
    record(register, four)
    assert releases(register)[-1] == four and kept.file_of(register / four.folder) == b"file 4"


def test_what_cannot_be_laid_down_whole_leaves_nothing(register):
    with pytest.raises(AttributeError):
        kept.keep(register, {"mart.a": pl.DataFrame({"a": [1]}), "mart.b": None}, file=b"")
    assert sorted(path.name for path in register.iterdir()) == ["0001_gp-cii_2013-02", "0002_gp-cii_2013-03", "0003_gp-cii_2013-04", LIST]


def test_what_leaves_the_circle_knows_every_release_or_is_refused(register):
    assert len(releases_of_whole(register)) == 3 and len(releases_of_whole(register, known_on=dt.date(2013, 3, 11))) == 0
    (register / LIST).write_text("".join(lines(register)[:-1]))
    with pytest.raises(CiiError, match=r"0003_gp-cii_2013-04 est celui d'une diffusion qui n'est plus dans .* Rétablissez le registre"):
        releases_of_whole(register)
