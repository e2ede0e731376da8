"""What changed a released figure, and by how much: each cause by itself, and together the whole change."""

import datetime as dt
import shutil
from dataclasses import replace

import polars as pl
import pytest

from pipelines import duck
from pipelines.cli.explaining import queries
from pipelines.duck import publication
from pipelines.orchestration import effects
from pipelines.orchestration.outputs import make_copy
from pipelines.release.register import releases
from pipelines.reports.behind import rows_behind
from pipelines.reports.grounds import explain
from pipelines.reports.releasing import release
from pipelines.reports.value import Figure
from tests.golden.avs import avs
from tests.support import built, linking, receipt, settings_in, small_sample

NOW = dt.datetime(2013, 3, 12, 9, 30)
PERIOD = dt.date(2013, 1, 1)
PLACES = "raw/semp/pset_places_2013-0{}.csv"
TOTAL = ("pset_places", "month", PERIOD, "total", "total")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A warehouse of two datasets whose last month has not come yet, with the pack of the month before it released."""
    folder = tmp_path_factory.mktemp("released")
    settings = settings_in(folder)
    small_sample(settings.raw, first=dt.date(2012, 9, 1))
    (folder / "later").mkdir()
    for path in settings.raw.glob("*/*_2013-02*"):
        shutil.move(path, folder / "later" / f"{path.parent.name}_{path.name}")
    published(settings)
    release(settings, "gp-cii", period=PERIOD, by="Présidence inventée", now=NOW, code="code")
    return folder


@pytest.fixture
def settings(released, tmp_path):
    """A copy of it, in which things happen."""
    shutil.copytree(released, tmp_path, dirs_exist_ok=True)
    return settings_in(tmp_path)


def published(settings):
    """Everything made and published."""
    with built(settings) as shop:
        make_copy(shop)
        publication.put(settings.published)


def corrected(settings, month=1, *, by=7):
    """A second version of a month of places: the first programme has more of them."""
    path = settings.warehouse.parent / PLACES.format(month)
    head, first, *rest = path.read_text(encoding="cp1252").splitlines(keepends=True)
    cells = first.split(";")
    cells[6] = str(int(cells[6]) + by)
    (other := path.with_name(path.name.replace(".csv", "_v2.csv"))).write_text("".join([head, ";".join(cells), *rest]), encoding="cp1252")
    receipt(settings.raw, f"semp/{other.name}", received_at="2013-04-02T08:00:00")


def came(settings):
    """The month that had not come."""
    for path in (settings.warehouse.parent / "later").iterdir():
        service, _, name = path.name.partition("_")
        shutil.copy(path, settings.raw / service / name)


def read(settings):
    """The revised figures and the effects, both by figure."""
    with duck.open_published(settings.published) as con:
        key = ", ".join(["indicator", "grain", "period", "dimension", "member"])
        revised = {row[:5]: row[5:] for row in con.execute(f"select {key}, value_said, value from mart.revision where revised").fetchall()}
        parts = {}
        for *figure, cause, effect in con.execute(f"select {key}, cause, effect from mart.revision_effect").fetchall():
            parts.setdefault(tuple(figure), {})[cause] = effect
    return revised, parts


def add_up(revised, parts):
    """Whether the effects of each figure are its whole change; a figure that came or went has none that is a number."""
    assert revised.keys() == parts.keys() and revised
    for figure, (said, value) in revised.items():
        if said is not None and value is not None:
            assert sum(parts[figure].values()) == pytest.approx(value - said, abs=1e-12), figure


def test_nothing_is_revised_where_nothing_changed(settings):
    published(settings)
    with duck.open_published(settings.published) as con:
        assert con.execute("select count(*) > 100, bool_or(revised) from mart.revision").fetchone() == (True, False)
    assert read(settings) == ({}, {})


def test_a_correction_alone_is_the_whole_cause_and_nothing_is_counted_again(settings, monkeypatch):
    corrected(settings)
    monkeypatch.setattr(effects, "what_if", None)
    published(settings)
    revised, parts = read(settings)
    assert parts[TOTAL] == {"CORRECTED_DATA": 7} and revised[TOTAL][1] - revised[TOTAL][0] == 7
    add_up(revised, parts)
    assert {cause for found in parts.values() for cause in found} == {"CORRECTED_DATA"}


def test_a_withdrawn_delivery_is_a_correction(settings):
    (settings.warehouse.parent / PLACES.format(1)).unlink()
    published(settings)
    revised, parts = read(settings)
    assert revised[TOTAL][1] is None and parts[TOTAL] == {"CORRECTED_DATA": None}


def test_new_data_and_a_correction_of_the_same_figure_are_told_apart(settings):
    """A file of January is told by the second version of its list, and two more only by that of February."""
    announced = ("cm_fp_announced", "month", PERIOD, "total", "total")
    january = settings.raw / "sfpo" / "cm_fp_dossiers_2013-01.csv"
    (again := january.with_name("cm_fp_dossiers_2013-01_v2.csv")).write_bytes(january.read_bytes() + case(1))
    receipt(settings.raw, f"sfpo/{again.name}", received_at="2013-04-02T08:00:00")
    came(settings)
    february = settings.raw / "sfpo" / "cm_fp_dossiers_2013-02.csv"
    february.write_bytes(february.read_bytes() + case(1) + case(2) + case(3))
    receipt(settings.raw, f"sfpo/{february.name}", received_at="2013-03-05T08:00:00")
    published(settings)
    revised, parts = read(settings)
    add_up(revised, parts)
    assert parts[announced] == {"CORRECTED_DATA": 1, "NEW_DATA": 2}


def case(number):
    """A file announced in January, of an invented person."""
    return f"CMFP-2013-900{number};{avs(9000 + number)};12.05.1995;1;6458;ECOLE;15.01.2013;;;\n".encode()


def test_what_lay_there_withdrawn_and_came_back_is_new(settings):
    """The list of February was there and gone when the pack was released; what it adds is none of the correction's."""
    came(settings)
    published(settings)
    for path in settings.raw.glob("*/*_2013-02*"):
        path.unlink()
    published(settings)
    release(settings, "gp-cii", period=PERIOD, by="Présidence inventée", now=NOW, code="code")
    february = settings.raw / "sfpo" / "cm_fp_dossiers_2013-02.csv"
    came(settings)
    corrected(settings)
    january = settings.raw / "sfpo" / "cm_fp_dossiers_2013-01.csv"
    (again := january.with_name("cm_fp_dossiers_2013-01_v2.csv")).write_bytes(january.read_bytes() + case(1))
    receipt(settings.raw, f"sfpo/{again.name}", received_at="2013-04-02T08:00:00")
    published(settings)
    revised, parts = read(settings)
    add_up(revised, parts)
    assert february.exists() and parts["cm_fp_announced", "month", PERIOD, "total", "total"] == {"CORRECTED_DATA": 1}
    with built(settings) as shop:
        since = effects._since(shop, releases(settings.register)[-1])
        states = dict(effects._corrected(shop, since).iter_rows())
    came_back = since.new["delivery_id"].to_list()
    assert len(came_back) == 2 and {states[one] for one in came_back} == {"withdrawn"}


def test_other_code_is_told_apart_from_a_correction(settings, monkeypatch):
    """The code counts a place more of each programme than it did."""
    monkeypatch.setattr(effects, "_MADE_OF", "select part, if(part = 'code', 'other', sha256) from stg.fingerprint")
    corrected(settings)
    with_more = more_places(settings)
    add_up(*with_more)
    programmes = with_more[0][TOTAL][1] - with_more[0][TOTAL][0] - 7
    assert programmes > 1 and with_more[1][TOTAL] == {"RULE": programmes, "CORRECTED_DATA": 7}


def more_places(settings):
    """What is read where the query of the places counts one more of each programme."""
    graph = effects_graph()
    with pytest.MonkeyPatch.context() as patch:
        for module in ("make", "what_if"):
            patch.setattr(f"pipelines.orchestration.{module}.graph", lambda: graph)
        published(settings)
    return read(settings)


def effects_graph():
    from pipelines.orchestration.graph import graph

    now = graph()
    table = "core.pset_programme_month"
    steps = tuple(
        replace(step, select=f"select * replace (places + 1 as places) from ({step.select})") if step.table.qualified == table else step
        for step in now.steps
    )
    return replace(now, steps=steps)


def test_other_links_are_a_cause_by_themselves(settings):
    linked = linking(settings, "SEMP", "SASO")
    corrected(linked)
    published(linked)
    revised, parts = read(linked)
    add_up(revised, parts)
    assert parts[TOTAL] == {"CORRECTED_DATA": 7}
    assert effects._others({"linked": "a", "settings": "a", "code": "a"}, {"linked": "b", "settings": "b", "code": "a"}) == "LINK"


@pytest.mark.parametrize(
    ("changed", "cause"),
    [((), None), (("code",), "RULE"), (("settings",), "RULE"), (("linked", "settings"), "LINK"), (("linked", "code"), "RULE_OR_LINK")],
)
def test_what_is_no_delivery_is_named_as_far_as_it_can_be_told_apart(changed, cause):
    before = dict.fromkeys(("code", "settings", "linked"), "a")
    assert effects._others(before, before | dict.fromkeys(changed, "b")) == cause


def test_the_first_word_is_the_measure_and_the_last_one_what_was_said(settings):
    corrected(settings)
    published(settings)
    release(settings, "gp-cii", period=PERIOD, by="Présidence inventée", now=NOW, code="code")
    corrected_again = settings.raw / "semp" / "pset_places_2013-01_v3.csv"
    text = corrected_again.with_name("pset_places_2013-01_v2.csv").read_text(encoding="cp1252")
    corrected_again.write_text(text.replace(";OCCUPATION;", ";FORMATION;"), encoding="cp1252")
    receipt(settings.raw, f"semp/{corrected_again.name}", received_at="2013-05-02T08:00:00")
    published(settings)
    assert [one.number for one in releases(settings.register)] == [1, 2]
    with duck.open_published(settings.published) as con:
        select = "select first_release, value - value_first, release, value - value_said, revised from mart.revision where indicator = 'pset_places'"
        total = con.execute(f"{select} and period = ? and dimension = 'total'", [PERIOD]).fetchone()
        size = con.execute("select value, denominator from mart.indicator_value where indicator = 'revision_size' and period = ?", [PERIOD])
        median, figures = size.fetchone()
        counted = con.execute(
            "select median(abs(value - value_first) / abs(value_first)), count(*) from mart.revision "
            "where grain = 'month' and period = ? and value_first <> 0 and value is not null",
            [PERIOD],
        ).fetchone()
        explained = explain(con, Figure("revision_size", "month", PERIOD))
        behind = rows_behind(con, explained, queries=queries(), known_on=dt.date(2026, 1, 15))
    assert behind.rows == () and "ne laisse pas suivre ses lignes" in behind.why_none
    assert total == (1, 7, 2, 0, False) and (median, figures) == counted and figures > 10


def test_of_several_releases_each_figure_is_compared_with_the_last_that_said_it():
    rows = pl.DataFrame({"delivery_id": ["a"], "dataset": ["x"]})
    since = effects.Since(ledger=rows, corrected=rows, new=rows.clear(), definitions={"two": 1}, others="RULE")
    assert since.causes("one", "x, y") == ["RULE", "CORRECTED_DATA"] and since.causes("one", "y") == ["RULE"]
    assert since.causes("two", None) == ["RULE", "DEFINITION", "CORRECTED_DATA"]
