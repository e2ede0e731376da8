"""The contract of a query is read from its header, and kept by the table that the query fills."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines import duck
from pipelines.contracts.query import Query, read_query, table_of
from pipelines.contracts.registry import COLUMNS, EXPORTS
from pipelines.contracts.table import Table
from pipelines.duck import syntax
from pipelines.errors import CiiError
from pipelines.indicators.catalogue import (
    CATALOGUE,
    FORMER_CATALOGUE,
    Dimension,
    catalogue,
    indicator_of,
    is_indicator,
    refuse_unknown_counts,
)
from pipelines.orchestration.graph import QUERIES, Step, given_tables, graph
from tests.sql.paths import supported
from tests.sql.world import CM_FP, PSET, Made, World, day

TABLE_HEADER = """
-- Une ligne par dossier
-- et par mois.
--
-- key: case_id period
-- columns: case_id* period*
--   closed_on
-- privacy: pseudonymous
"""

INDICATOR_HEADER = """
-- Dossiers vus
--
-- definition: Ce qui est compté.
-- numerator: dossiers
-- unit: dossiers
-- source: inventée
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total, sex
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
"""


def query(folder: Path, header: str, *, select: str = "select 1 as one") -> Query:
    """The query of a file in `mart`."""
    path = folder / "mart" / "seen.sql"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{header.strip()}\n{select}\n", encoding="utf-8")
    return read_query(path)


# -- header of a table -------------------------------------------------------------------------------


def test_a_header_gives_the_comment_the_columns_the_key_and_what_may_be_empty(tmp_path: Path) -> None:
    table = table_of(query(tmp_path, TABLE_HEADER), columns=COLUMNS)
    assert (table.qualified, table.grain) == ("mart.seen", "Une ligne par dossier et par mois.")
    assert (table.names, table.key) == (("case_id", "period", "closed_on"), ("case_id", "period"))
    assert [held.required for held in table.columns] == [True, True, False]


def test_the_select_is_what_follows_the_header(tmp_path: Path) -> None:
    assert query(tmp_path, TABLE_HEADER, select="select 1\n-- why\nas one;\n").select == "select 1\n-- why\nas one"


@pytest.mark.parametrize(
    "wrong",
    [
        TABLE_HEADER + "-- colour: blue\n",
        TABLE_HEADER.replace("-- privacy: pseudonymous\n", ""),
        TABLE_HEADER.replace("pseudonymous", ""),
        TABLE_HEADER.replace("-- Une ligne par dossier\n-- et par mois.\n", ""),
        TABLE_HEADER + "-- key: case_id\n",
        TABLE_HEADER + "-- a line that belongs to nothing\n",
        TABLE_HEADER.replace("key: case_id period", "key: case_id line"),
    ],
    ids=["unknown key", "missing key", "empty key", "no first line", "a key twice", "a line without a key", "key that is no column"],
)
def test_a_header_that_says_something_else_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match="seen"):
        table_of(query(tmp_path, wrong), columns=COLUMNS)


def test_a_column_that_has_no_meaning_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="colour"):
        table_of(query(tmp_path, TABLE_HEADER.replace("closed_on", "colour")), columns=COLUMNS)


# -- header of an indicator ---------------------------------------------------------------------------


def test_an_indicator_is_told_from_a_table_by_its_header(tmp_path: Path) -> None:
    assert is_indicator(query(tmp_path, INDICATOR_HEADER))
    assert not is_indicator(query(tmp_path, TABLE_HEADER))


def test_breakdowns_name_their_code_list_where_it_has_another_name(tmp_path: Path) -> None:
    indicator = indicator_of(query(tmp_path, INDICATOR_HEADER.replace("total, sex", "total, sex,outcome = cm_fp_outcome , dataset")))
    assert indicator.dimensions == (
        Dimension("total", "total"),
        Dimension("sex", "sex"),
        Dimension("outcome", "cm_fp_outcome"),
        Dimension("dataset", "dataset"),
    )


def test_a_code_list_that_is_named_and_does_not_exist_is_refused_where_a_name_alone_is_open(tmp_path: Path) -> None:
    header = INDICATOR_HEADER.replace("total, sex", "total, outcome = cm_fp_outcme")
    with pytest.raises(ValueError, match=r"mart\.seen: there is no code list cm_fp_outcme"):
        indicator_of(query(tmp_path, header))
    assert indicator_of(query(tmp_path, header.replace("= cm_fp_outcme", ", dataset"))).dimensions[-1] == Dimension("dataset", "dataset")


@pytest.mark.parametrize(
    "reads",
    [
        "month",
        "end",
        "trailing 12",
        "since 8",
        "cumulated",
        "from 0 to 0",
        "from -12-gap_months to +gap_months-1",
        "end from -1 to +gap_months",
    ],
)
def test_an_indicator_says_which_months_it_reads(tmp_path: Path, reads: str) -> None:
    assert indicator_of(query(tmp_path, INDICATOR_HEADER.replace("reads: month", f"reads: {reads}"))).reads == reads


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("shape: count", "shape: average"),
        ("reads: month", "reads: trailing year"),
        ("reads: month", "reads: trailing 12 months"),
        ("reads: month", "reads: from 12 to 0"),
        ("reads: month", "reads: from -12 to -1"),
        ("reads: month", "reads: from -gap_months-12 to 0"),
        ("-- unit: dossiers", "-- unit: dossiers\n-- linked: yes"),
        ("-- unit: dossiers", "-- unit: dossiers\n-- rests_on: SEMP\n-- linked: maybe"),
        ("-- unit: dossiers", "-- unit: dossiers\n-- rests_on: ORP"),
        ("reading: neutre", "reading: plus"),
        ("-- unit: dossiers\n", ""),
        ("unit: dossiers", "unit:"),
        ("-- unit: dossiers", "-- unit: dossiers\n-- colour: blue"),
        ("-- unit: dossiers", "-- unit: dossiers\n-- denominator: a count has none"),
        ("shape: count", "shape: ratio"),
        ("shape: count", "shape: median"),
        ("-- persons: none\n", ""),
        ("persons: none", "persons: some"),
        ("-- version: 1\n", ""),
        ("version: 1", "version: 0"),
        ("version: 1", "version: 1.1"),
        ("valid_from: 2009-01-01", "valid_from: 2009"),
        ("valid_from: 2009-01-01", "valid_from: 2009-02-29"),
        ("persons: none", "persons: none\n-- equals: this and that"),
    ],
)
def test_an_indicator_header_that_means_nothing_is_refused(tmp_path: Path, right: str, wrong: str) -> None:
    assert right in INDICATOR_HEADER
    with pytest.raises(ValueError, match="seen"):
        indicator_of(query(tmp_path, INDICATOR_HEADER.replace(right, wrong)))


def test_no_two_indicators_bear_one_label() -> None:
    labels = [indicator.query.about for indicator in graph().indicators]
    assert len(labels) == len(set(labels)) > 60


def test_all_indicators_have_the_same_columns_and_key() -> None:
    tables = [indicator.table for indicator in graph().indicators]
    assert {table.names for table in tables} == {
        ("indicator", "grain", "period", "dimension", "member", "numerator", "denominator", "value", "complete", "mature", "reason")
    }
    assert {table.key for table in tables} == {("indicator", "grain", "period", "dimension", "member")}


# -- what a query reads --------------------------------------------------------------------------------


def test_the_tables_of_a_query_are_those_of_its_parts_and_not_its_own_names() -> None:
    select = """
        with recent as (select * from stg.seen where day in (select day from core.calendar))
        select * from recent r left join mart.target t on t.member = r.member where exists (select 1 from core.code)
    """
    assert syntax.tables_in(select) == {"stg.seen", "core.calendar", "mart.target", "core.code"}


@pytest.mark.parametrize(
    "text",
    [
        "select 1; select 2",
        "pivot stg.seen on member using sum(value)",
        "create table core.seen as select 1",
        "delete from core.seen",
        "selec 1",
        "",
    ],
)
def test_whatever_is_not_one_select_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        syntax.tables_in(text)


def write(folder: Path, schema: str, name: str, *, reads: str) -> None:
    """A query file that reads one table."""
    path = folder / schema / f"{name}.sql"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"-- Une ligne par période.\n--\n-- key: period\n-- columns: period*\n-- privacy: internal\nselect period from {reads}\n"
    )


def test_a_table_is_made_after_what_it_reads_whatever_its_name(tmp_path: Path) -> None:
    write(tmp_path, "core", "a", reads="core.b")
    write(tmp_path, "core", "b", reads="core.c")
    write(tmp_path, "core", "c", reads="stg.delivery")
    write(tmp_path, "mart", "d", reads="core.a")
    # The query that is made from the contracts reads this one.
    write(tmp_path, "core", "delivery_in_force", reads="stg.delivery")
    made = [step.table.qualified for step in graph(tmp_path).steps]
    assert [name for name in made if name[-2] == "."] == ["core.c", "core.b", "core.a", "mart.d"]


@pytest.mark.parametrize("reads", ["core.nothing", "calendar", "stg.nothing"])
def test_a_table_that_reads_what_nothing_makes_is_refused(tmp_path: Path, reads: str) -> None:
    write(tmp_path, "core", "a", reads=reads)
    with pytest.raises(ValueError, match=r"core\.a reads"):
        graph(tmp_path)


# -- contracts are kept --------------------------------------------------------------------------------


# What no other dataset tells of, for the tables of findings.
UNKNOWN = {
    "actions_axes": {"indicator": "unknown"},
    "actions_correctives": {"measure_id": "unknown"},
    "budgets": {"measure_id": "unknown"},
    "observations": {"participation_id": "unknown", "service": "SEMP"},
    "participations": {"measure_id": "unknown", "service": "SEMP"},
}


@pytest.fixture(scope="module")
def made() -> Made:
    """Every table with at least one row."""
    world = World(known_on="2012-03-31")
    world.deliver_months(CM_FP, "2011-12", "2012-02")
    world.deliver_months(PSET, "2011-12", "2012-02")
    world.deliver(PSET, "2013-02", status="rejected", reason="file.future")
    world.case("vanished", announced="2011-12-05", last="2012-01")
    world.case("closed", announced="2011-12-05", closed="2012-01-31", outcome="CFC")
    world.programme("1", category="OCCUPATION", places={"2011-12": (5, 4), "2012-01": (5, 4)})
    for dataset in sorted(EXPORTS.keys() - {CM_FP, PSET}):
        world.deliver_months(dataset, *("2011", "2012") if EXPORTS[dataset].cadence == "yearly" else ("2011-12", "2012-02"))
        world.lasting(dataset, since="2011", **UNKNOWN.get(dataset, {}))
    world.lasting("prestations", since="2011", started_on="2011-01-01")
    world.deliver_months("prestations", "2011-12", "2012-02", service="SASO")
    supported(world, "comes back elsewhere", "AC_INDEMNITE", "2011-12", "2011-12")
    supported(world, "comes back elsewhere", "AIDE_SOCIALE", "2012-02")
    supported(world, "new", "AC_INDEMNITE", "2012-02")
    figure = {"indicator": "pset_places", "grain": "month", "period": day("2011-12"), "dimension": "total", "member": "total"}
    released = {"pack": "gp-cii", "period": day("2011-12"), "released_on": day("2012-02"), "released_by": "Présidence inventée"}
    world.give("core.release", release=1, **released)
    world.give("core.released_value", release=1, numerator=4.0, value=4.0, **figure)
    world.give("mart.revision_effect", cause="NEW_DATA", effect=1.0, **figure)
    made = world.make()
    # No definition need have been replaced: those in use stand for one.
    duck.replace(made.con, FORMER_CATALOGUE, f"select * from {CATALOGUE.qualified}")
    return made


TABLES = [step.table for step in graph().steps if not step.view] + given_tables()


def test_a_table_without_a_key_has_no_index_and_one_with_an_index_has_a_key() -> None:
    finding = next(step.table for step in graph().steps if step.table.qualified == "mart.finding")
    assert finding.key == () and not finding.indexed
    with pytest.raises(ValueError, match=r"mart\.finding"):
        replace(finding, indexed=True)


def break_with(made: Made, table: Table, select: str) -> None:
    """Fill a table with rows that break its contract; it must refuse them and stay as it was."""
    before = made.contents(table)
    assert before, f"{table.qualified} has no row to break"
    made.con.execute(f"create or replace table main.kept as select * from {table.qualified}")
    with pytest.raises(CiiError, match=table.qualified):
        duck.replace(made.con, table, select)
    assert made.contents(table) == before


@pytest.mark.parametrize("table", [table for table in TABLES if table.key and not table.indexed], ids=lambda table: table.qualified)
def test_a_table_too_large_for_an_index_has_no_key_twice(made: Made, table: Table) -> None:
    key = ", ".join(table.key)
    assert made.rows(f"select count(*), count(distinct ({key})) from {table.qualified}") == [(len(made.contents(table)),) * 2]


@pytest.mark.parametrize("table", [table for table in TABLES if table.indexed], ids=lambda table: table.qualified)
def test_a_table_refuses_a_key_given_twice_and_stays_as_it_was(made: Made, table: Table) -> None:
    break_with(made, table, "select * from main.kept union all select * from main.kept")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.qualified)
def test_a_table_refuses_an_empty_cell_where_none_may_be_and_stays_as_it_was(made: Made, table: Table) -> None:
    for column in sorted({held.column.name for held in table.columns if held.required} | set(table.key)):
        break_with(made, table, f'select * replace (null as "{column}") from main.kept')


def test_a_refused_table_can_be_made_again(made: Made) -> None:
    step = next(step for step in graph().steps if step.table.qualified == "core.pset_programme_month")
    before = made.contents(step.table)
    break_with(made, step.table, "select * replace (null as places) from main.kept")
    assert duck.replace(made.con, step.table, step.select) == len(before)
    assert made.contents(step.table) == before


def test_the_reason_of_a_refusal_names_no_value(made: Made) -> None:
    step: Step = next(step for step in graph().steps if step.table.qualified == "core.cm_fp_case")
    made.con.execute("create or replace table main.kept as select * from core.cm_fp_case")
    with pytest.raises(CiiError) as refusal:
        duck.replace(made.con, step.table, "select * from main.kept union all select * from main.kept")
    assert "closed" not in str(refusal.value) and "person" not in str(refusal.value)


@pytest.mark.parametrize(
    "wrong",
    [
        "numerator = nothing",
        "denominator = cm_fp_closed",
        "numerator = cm_fp_closed.denominator",
        "numerator in year = cm_fp_closed",
        "numerator by sex = cm_fp_closed",
        "numerator by total = cm_fp_closed[sex=F]",
        "numerator by total = cm_fp_closed[outcome=CFCC]",
    ],
)
def test_a_count_that_is_not_there_equals_nothing(tmp_path: Path, wrong: str) -> None:
    closed = indicator_of(read_query(QUERIES / "mart" / "cm_fp_closed.sql"))
    right = indicator_of(query(tmp_path, f"{INDICATOR_HEADER}-- equals: numerator by total = cm_fp_closed[outcome=CFC]\n"))
    refuse_unknown_counts([closed, right])
    with pytest.raises(ValueError, match=r"mart\.seen: equals"):
        refuse_unknown_counts([closed, indicator_of(query(tmp_path, f"{INDICATOR_HEADER}-- equals: {wrong}\n"))])


def test_the_graph_has_no_indicator_that_equals_what_is_not_there(tmp_path: Path) -> None:
    shutil.copytree(QUERIES, tmp_path / "assets")
    solutions = tmp_path / "assets" / "mart" / "cm_fp_solutions.sql"
    solutions.write_text(solutions.read_text().replace("by outcome = cm_fp_closed", "by outcome = cm_fp_shut"))
    with pytest.raises(ValueError, match=r"mart\.cm_fp_solutions: equals: cm_fp_shut"):
        graph(tmp_path / "assets")


def test_the_catalogue_tells_which_counts_are_persons_and_what_they_equal() -> None:
    shown = {row["indicator"]: row for row in catalogue(list(graph().indicators), datasets=graph().datasets).to_dicts()}
    assert shown["measure_occupancy"]["person_counts"] == "stock numerator"
    assert shown["measure_occupancy"]["equals"] == "numerator = measure_participants"
    assert shown["measure_places"]["equals"] is None
