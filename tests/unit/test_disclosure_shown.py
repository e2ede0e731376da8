"""The tables that a pack is made from: what passed the control, and nothing that is not named."""

import polars as pl
import pytest

from pipelines import duck
from pipelines.contracts.registry import CODE_LISTS
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.shown import shown
from pipelines.orchestration.graph import graph
from tests.golden import world

OF_PERSONS = ("core.cm_fp_case", "core.participation", "core.person_month", "core.spell", "mart.outcome_incidence", "mart.cm_fp_open")

# What a pack asks for that shows an indicator by month, whole or broken down.
TABLES = {
    "cm_fp_open": [("cm_fp_open", "total", "month")],
    "pset_places": [("pset_places", "total", "month")],
    "cm_fp_solutions": [("cm_fp_solutions", dimension, "month") for dimension in ("total", "outcome")],
}


def tables(con):
    found = con.execute(
        "select schema_name || '.' || table_name from duckdb_tables() union select schema_name || '.' || view_name from duckdb_views() where not internal"
    )
    return {name for (name,) in found.fetchall()}


def columns(con, table):
    return duck.frame(con, f"select * from {table} limit 0").columns


def test_a_table_that_is_not_named_is_not_there(con, told):
    there = tables(told.con)
    assert "mart.indicator_value" in there and not there.intersection(OF_PERSONS)
    assert there - tables(con) == {"mart.cm_fp_solved", "mart.end_share", "mart.end_value", "mart.standing"}
    for table in OF_PERSONS:
        with pytest.raises(duck.Error, match="does not exist"):
            told.rows(f"select * from {table}")


def test_a_new_table_of_the_warehouse_stays_out(changed):
    book = changed("create table core.secret as select 777001 as persons", "create table mart.secret as select 777001 as persons")
    with shown(book.con, world.PERIOD, asking=lambda _: TABLES["cm_fp_open"], thresholds=Thresholds()) as database:
        assert not {name for name in tables(database) if name.endswith("secret")}


def test_no_table_of_a_pack_is_of_persons_or_counts_them_otherwise_than_the_indicators(told):
    privacy = {step.table.qualified: step.table.privacy for step in graph().steps}
    assert privacy["core.cm_fp_case"] == "pseudonymous"
    for table in tables(told.con):
        assert privacy.get(table) != "pseudonymous"
        named = set(columns(told.con, table))
        assert not named & {"person_id", "case_id", "participation_id", "participants", "in_use", "entries", "exits", "placed"}, table


def test_findings_say_which_rule_a_file_breaks_and_no_more(told):
    assert columns(told.con, "mart.finding") == ["delivery_id", "rule", "severity", "message"]
    rows = told.rows("select * from mart.finding")
    assert len(rows) == 4 and rows["message"].null_count() == 4


def test_deliveries_are_told_without_what_is_in_them(told):
    assert set(columns(told.con, "stg.delivery")) == {
        "delivery_id", "service", "dataset", "period", "file", "version", "status", "sample", "received_at"
    }  # fmt: skip


def test_lines_of_files_are_told_in_whole_hundreds_and_the_share_rejected_of_a_hundred_at_least(changed):
    lines = "update mart.figure_basis set rows_rejected = 3, rows_read = {}, rejected_share = {} where indicator = '{}'"
    book = changed(
        lines.format(1299, 0.0149, "cm_fp_open"), lines.format(99, 0.03, "cm_fp_closed"), lines.format(100, 0.0099, "pset_places")
    )
    with shown(book.con, world.PERIOD, asking=lambda _: TABLES["cm_fp_open"], thresholds=Thresholds()) as database:
        rows = duck.frame(database, "select distinct indicator, rows_read, rows_rejected, rejected_share from mart.figure_basis").rows()
        (latest,) = database.execute("select max(period) from mart.figure_basis").fetchone()
    told = {indicator: tuple(cells) for indicator, *cells in rows}
    assert told["cm_fp_open"] == (1200, None, 0.01)
    assert told["cm_fp_closed"] == (0, None, None)
    assert told["pset_places"] == (100, None, 0.0)
    assert all(read % 100 == 0 for _, read, _, _ in rows) and latest == world.PERIOD


def test_values_are_those_asked_for_up_to_the_month_of_the_pack(con):
    asked = ["cm_fp_open", "pset_places"]
    with shown(
        con, world.MISSING, asking=lambda _: [table for name in asked for table in TABLES[name]], thresholds=Thresholds()
    ) as database:
        rows = duck.frame(database, "select * from mart.indicator_value")
    assert set(rows["indicator"]) == set(asked) and rows["period"].max() == world.MISSING


def test_ends_are_no_indicator_of_the_pack(told):
    rows = told.rows("select * from mart.indicator_value")
    assert not [name for name in rows["indicator"].unique() if name.startswith("ends:")]
    ends = told.rows("select * from mart.end_share")
    assert not ends.is_empty() and set(ends["process"]) <= {code.code for code in CODE_LISTS["process"].codes} - {"CM_FP"}


def record(database):
    rows = duck.frame(database, "select figure, published, computed, difference, matches from mart.figure_of_record")
    return {figure: (published, computed, difference, matches) for figure, published, computed, difference, matches in rows.iter_rows()}


def test_a_counted_figure_stands_beside_the_printed_one_only_where_it_is_that_one_or_is_shown(told):
    assert record(told.con) == {
        "CM-FP: dossiers ouverts": (1012, 1012, 0, True),
        "CM-FP: CFC ou AFP": (2, None, None, False),
        "CM-FP: en emploi": (3, 3, 0, True),
        "CM-FP: hors critères": (5, None, None, None),
        "PSET: occupation": (60, 60, 0, True),
        "PSET réservés à l'aide sociale": (10, 12, 2, True),
    }


def test_a_figure_beyond_a_printed_bound_is_not_told_where_it_is_hidden(changed):
    beyond = "update mart.figure_of_record set qualifier = '>', published = 0, difference = 3 where figure = 'CM-FP: en emploi'"
    with shown(changed(beyond).con, world.PERIOD, asking=lambda _: TABLES["cm_fp_solutions"], thresholds=Thresholds()) as database:
        assert record(database)["CM-FP: en emploi"] == (0, None, None, True)


def test_what_is_printed_is_shown_where_the_rows_give_the_same(con, told):
    employed = (
        "select value from mart.indicator_value where indicator = 'cm_fp_solutions' and member = 'EMPLOI' and period = date '2019-05-01'"
    )
    assert told.con.execute(employed).fetchone() == con.execute(employed).fetchone() == (3,)


@pytest.mark.parametrize("otherwise", ["matches = false", "qualifier = '>'"])
def test_what_is_printed_otherwise_shows_nothing(changed, otherwise):
    book = changed(f"update mart.figure_of_record set {otherwise} where figure = 'CM-FP: en emploi'")
    with shown(book.con, world.PERIOD, asking=lambda _: TABLES["cm_fp_solutions"], thresholds=Thresholds()) as database:
        rows = duck.frame(database, "select * from mart.indicator_value where member = 'EMPLOI'")
    assert rows.filter(pl.col("period").dt.month() == 5)["value"].drop_nulls().to_list() == []


def test_another_pack_leaves_no_trace_in_the_warehouse(con):
    before = tables(con)
    shown(con, world.PERIOD, asking=lambda _: TABLES["cm_fp_open"], thresholds=Thresholds()).close()
    assert tables(con) == before


def test_of_the_lines_of_files_a_share_in_whole_per_cent_is_told_and_no_number(told):
    """A service's lines are its persons of the month."""
    rows = told.con.execute(
        "select numerator, denominator, value from mart.indicator_value where indicator = 'delivery_reject_rate' and value > 0"
    ).fetchall()
    assert rows and all(row[:2] == (None, None) and round(row[2], 2) == row[2] for row in rows)
