"""Releasing a pack: frozen, made again byte for byte, and verified."""

import datetime as dt
import gzip
import shutil

import polars as pl
import pytest

from pipelines import duck
from pipelines.disclosure.shown import shown
from pipelines.errors import CiiError
from pipelines.release.register import LIST, releases
from pipelines.release.told import told_last, told_values
from pipelines.reports.book import open_book
from pipelines.reports.files import PACKS
from pipelines.reports.ordered import write_ordered, write_passed
from pipelines.reports.releasing import release, verified
from tests.golden import world

NOW = dt.datetime(2020, 6, 18, 9, 30)
BY = "Présidence du GP CII (personne inventée)"

MORE = """
create or replace table mart.indicator_value as
select * replace (value + 100 as value, numerator + 100 as numerator) from mart.indicator_value
"""


@pytest.fixture
def settings(settings):
    with duck.connect(settings.published) as copy:
        copy.execute(
            "create or replace table stg.fingerprint as select * from (values ('code', 'a'), ('settings', 'b')) as t (part, sha256)"
        )
    return settings


def released(settings, pack="gp-cii", *, period=world.PERIOD, by=BY, code="code"):
    return release(settings, pack, period=period, by=by, now=NOW, code=code)


def test_a_released_pack_says_by_whom_and_when_on_every_page_and_no_more_that_it_is_provisional(settings):
    one, path = released(settings)
    text = path.read_text()
    said = f"diffusé le {NOW:%d.%m.%Y} par {BY} (diffusion no 1)"
    assert path == settings.reports / "2020-05" / "gp-cii.fr.html" and (one.number, one.pack, one.period) == (1, "gp-cii", world.PERIOD)
    assert text.count(said) == 1 + text.count('<section class="page"') and "provisoire – pas encore" not in text


@pytest.mark.parametrize("pack", ["gp-cii", "coordination", "legislature"])
def test_it_is_made_again_byte_for_byte_from_what_was_kept_and_from_nothing_else(settings, pack):
    _, path = released(settings, pack)
    settings.published.unlink()
    known, wrong = verified(settings, code="code")
    assert len(known) == 1 and wrong == []
    kept_file = gzip.decompress(next(settings.register.glob("0001_*/pack.html.gz")).read_bytes())
    assert kept_file == path.read_bytes()


def test_asked_for_again_it_is_what_was_released_whatever_the_copy_holds_by_now(settings):
    _, path = released(settings)
    before = path.read_bytes()
    with duck.connect(settings.published) as con:
        con.execute(MORE)
    path.unlink()
    assert write_ordered(settings, "gp-cii", period=world.PERIOD, internal=False) == [path] and path.read_bytes() == before
    (other,) = write_ordered(settings, "gp-cii", period=dt.date(2020, 4, 1), internal=False)
    assert "provisoire – pas encore diffusé" in other.read_text()


@pytest.mark.parametrize(
    ("pack", "by", "words"),
    [
        ("gp-cii", "  ", "Dites qui diffuse"),
        ("service-semp", BY, "il ne se diffuse pas"),
        ("gp", BY, "n'est pas un rapport"),
    ],
)
def test_what_cannot_be_released_is_refused_and_leaves_nothing(settings, pack, by, words):
    with pytest.raises(CiiError, match=words):
        released(settings, pack, by=by)
    assert not list(settings.register.glob("*.csv")) and not list(settings.register.glob("0*"))


def test_nothing_is_released_upon_a_register_that_is_not_whole(settings):
    released(settings)
    path = settings.register / LIST
    path.write_text(path.read_text().replace("gp-cii", "gp-cij"))
    with pytest.raises(CiiError, match="La diffusion no 1 a été modifiée"):
        released(settings)
    assert len(path.read_text().splitlines()) == 2


def test_a_pack_is_not_made_upon_a_register_that_forgot_what_was_told(settings):
    released(settings)
    path = settings.register / LIST
    path.write_text(path.read_text().splitlines(keepends=True)[0])
    with pytest.raises(CiiError, match="0001_gp-cii_2020-05 est celui d'une diffusion qui n'est plus dans"):
        write_ordered(settings, "gp-cii", period=world.PERIOD, internal=False)
    assert "diffusion no 1" in (settings.reports / "2020-05" / "gp-cii.fr.html").read_text()


def test_a_register_that_is_gone_is_noticed_by_what_was_published_of_it(settings):
    with duck.connect(settings.published) as con:
        con.execute("insert into core.release values (1, 'gp-cii', '2020-05-01', '2020-06-18', 'Présidence inventée')")
    said = "D'après la copie publiée il y a eu 1 diffusion; le registre n'en a que 0."
    assert verified(settings, code="code") == ([], [said])
    for act in (released, lambda of: write_ordered(of, "gp-cii", period=world.PERIOD, internal=False)):
        with pytest.raises(CiiError, match=f"{said} Rétablissez le registre"):
            act(settings)


def test_a_run_that_would_replace_the_copy_that_knows_of_a_lost_release_makes_no_pack(con, settings, tmp_path):
    with duck.connect(settings.published) as copy:
        copy.execute("insert into core.release values (1, 'gp-cii', '2020-05-01', '2020-06-18', 'Présidence inventée')")
    with duck.open_published(settings.published) as before, pytest.raises(CiiError, match="le registre n'en a que 0"):
        write_passed(open_book(con, world.PERIOD, before=before), settings, PACKS["gp-cii"], out=tmp_path / "laid")
    assert not (tmp_path / "laid").exists()


def test_a_second_release_of_the_same_month_takes_the_place_of_the_first_and_both_are_kept(settings):
    _, path = released(settings)
    first = path.read_bytes()
    released(settings)
    assert path.read_bytes() != first and "(diffusion no 2)" in path.read_text()
    assert [one.folder for one in releases(settings.register)] == ["0001_gp-cii_2020-05", "0002_gp-cii_2020-05"]
    assert verified(settings, code="code")[1] == []


def edited(path):
    path.write_bytes(path.read_bytes()[:-9] + b"\0" * 9)


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("mart.indicator_value.parquet", edited, "les données gardées ont été modifiées"),
        ("core.budget.parquet", lambda path: path.unlink(), "les données gardées ont été modifiées"),
        ("pack.html.gz", lambda path: path.write_bytes(gzip.compress(b"autre")), "le fichier gardé a été modifié"),
        ("pack.html.gz", lambda path: path.unlink(), "ce qui a été gardé manque"),
        (".", shutil.rmtree, "ce qui a été gardé manque"),
    ],
)
def test_what_is_kept_and_was_touched_is_noticed_and_not_given_out(settings, file, change, said):
    one, _ = released(settings)
    change(settings.register / one.folder / file)
    _, (wrong, *_) = verified(settings, code="code")
    assert said in wrong and "diffusion no 1 (gp-cii, 2020-05)" in wrong
    with pytest.raises(CiiError, match=said):
        write_ordered(settings, "gp-cii", period=world.PERIOD, internal=False)


def test_other_code_is_not_asked_to_make_the_same_bytes(settings, monkeypatch):
    released(settings)
    monkeypatch.setattr("pipelines.reports.releasing.render", lambda *_, **__: "autre")
    assert verified(settings, code="autre code")[1] == []
    (wrong,) = verified(settings, code="code")[1]
    assert wrong == "La diffusion no 1 ne se refait pas à l'octet près de ce qui a été gardé."


def test_what_was_told_is_what_passed_the_control_and_the_last_word_counts(settings):
    released(settings)
    with duck.connect(settings.published) as con:
        con.execute(MORE)
    released(settings)
    every, last = (find(settings.register, releases(settings.register)) for find in (told_values, told_last))
    key = ["indicator", "grain", "period", "dimension", "member"]
    assert every["value"].null_count() == 0 and set(every["release"]) == {1, 2} and last.n_unique(key) == len(last)
    both = every.filter(pl.struct(key).is_duplicated()).sort([*key, "release"])
    assert len(both) > 50 and (both["value"][1] - both["value"][0]) == 100
    assert last.join(both, on=[*key, "value"], how="semi")["release"].unique().to_list() == [2]


def test_before_the_first_release_nothing_was_told(settings):
    assert told_last(settings.register, []) is None and verified(settings, code="code") == ([], [])


def test_a_release_may_move_and_knows_what_was_told_and_a_pack_that_is_none_only_knows_it(settings, monkeypatch):
    asked = []

    def noted(*arguments, told, moving, **others):
        asked.append((told is not None, moving))
        return shown(*arguments, told=told, moving=moving, **others)

    monkeypatch.setattr("pipelines.reports.passage.shown", noted)
    for _ in range(2):
        released(settings)
    write_ordered(settings, "gp-cii", period=dt.date(2020, 4, 1), internal=False)
    assert asked == [(False, True), (True, True), (True, False)]
