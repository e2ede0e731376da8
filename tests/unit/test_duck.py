"""The door to DuckDB: what it refuses, and that the published copy is always one whole state."""

import os

import polars as pl
import pytest

from pipelines import duck
from pipelines.contracts.columns import SHARED
from pipelines.contracts.table import Held, Table
from pipelines.duck import publication, syntax
from pipelines.errors import CiiError

TABLE = Table(
    schema="core",
    name="thing",
    grain="Une ligne par chose, l'essai.",
    columns=(Held(SHARED["code"]), Held(SHARED["position"], required=True), Held(SHARED["label"])),
    key=("code",),
    privacy="public",
)


@pytest.fixture
def con(tmp_path):
    with duck.connect(tmp_path / "build.duckdb") as con:
        yield con


def test_a_table_is_made_as_its_contract_says_and_sorted_by_key(con) -> None:
    assert duck.replace(con, TABLE, "select * from (values ('b', 2, null), ('a', 1, 'x')) as t(code, position, label)") == 2
    assert con.execute("select code from core.thing").fetchall() == [("a",), ("b",)]


@pytest.mark.parametrize(
    "rows",
    ["('a', null, null)", "(null, 1, null)", "('a', 1, null), ('a', 2, null)"],
    ids=["empty", "no key", "key twice"],
)
def test_rows_that_break_the_contract_leave_the_table_as_it_was(con, rows) -> None:
    duck.replace(con, TABLE, "select 'old' as code, 0 as position, null as label")
    with pytest.raises(CiiError, match=r"core\.thing"):
        duck.replace(con, TABLE, f"select * from (values {rows}) as t(code, position, label)")
    assert con.execute("select code from core.thing").fetchall() == [("old",)]


def test_the_message_of_a_broken_contract_quotes_no_value(con) -> None:
    with pytest.raises(CiiError) as failure:
        duck.replace(con, TABLE, "select * from (values ('756.1', 1, null), ('756.1', 2, null)) as t(code, position, label)")
    assert "756" not in str(failure.value) and failure.value.__cause__ is None


def test_a_failed_transaction_leaves_nothing(con) -> None:
    duck.ensure(con, TABLE)
    with pytest.raises(RuntimeError), duck.transaction(con):
        duck.append(con, TABLE, pl.DataFrame({"code": ["a"], "position": [1], "label": [None]}, schema=TABLE.frame_schema))
        raise RuntimeError
    assert duck.count(con, "core.thing") == 0


def test_the_published_copy_holds_tables_views_and_comments(con, tmp_path) -> None:
    duck.replace(con, TABLE, "select 'a' as code, 1 as position, null as label")
    duck.replace_view(con, "mart.view", "select * from core.thing")
    duck.comment(con, TABLE, sample=True)
    publication.copy(con, tmp_path / "cii.duckdb")
    publication.put(tmp_path / "cii.duckdb")
    with duck.open_published(tmp_path / "cii.duckdb") as copy:
        assert copy.execute("select code from mart.view").fetchall() == [("a",)]
        assert copy.execute("select comment from duckdb_tables() where table_name = 'thing'").fetchone() == (
            "Une ligne par chose, l'essai. (données d'exemple, personnes inventées)",
        )
    assert sorted(path.name for path in tmp_path.iterdir() if "cii" in path.name) == ["cii.duckdb"]


def test_readers_on_the_copy_neither_stop_a_publication_nor_see_half_of_one(con, tmp_path) -> None:
    target = tmp_path / "cii.duckdb"
    duck.replace(con, TABLE, "select 'a' as code, 1 as position, null as label")
    publication.copy(con, target)
    publication.put(target)
    readers = [duck.open_published(target) for _ in range(3)]
    duck.replace(con, TABLE, "select 'b' as code, 1 as position, null as label")
    publication.copy(con, target)
    publication.put(target)
    assert {reader.execute("select code from core.thing").fetchone() for reader in readers} == {("a",)}
    for reader in readers:
        reader.close()
    with duck.open_published(target) as copy:
        assert copy.execute("select code from core.thing").fetchone() == ("b",)


def test_a_missing_copy_says_what_to_do(tmp_path) -> None:
    with pytest.raises(CiiError, match="cii run"):
        duck.open_published(tmp_path / "cii.duckdb")


def test_a_damaged_copy_is_an_error_with_a_remedy(tmp_path) -> None:
    (tmp_path / "cii.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(CiiError, match="cii run"):
        duck.open_published(tmp_path / "cii.duckdb")


def test_the_tables_of_a_query_come_from_its_text_whatever_its_shape() -> None:
    query = (
        "with a as (select * from core.x) select * from a join stg.y using (k) where exists (with b as (select 1) select * from b, mart.z)"
    )
    assert syntax.tables_in(query) == {"core.x", "stg.y", "mart.z"}


@pytest.mark.parametrize("query", ["pivot core.x on a", "select 1; select 2", "create table core.t as select 1", "selec 1"])
def test_what_is_not_one_select_is_refused(query) -> None:
    with pytest.raises(ValueError):
        syntax.tables_in(query)


@pytest.mark.parametrize(("rows", "threads"), [(0, 1), (999_999, 1), (1_000_000, 2), (10**9, os.cpu_count())])
def test_the_engine_works_with_as_many_threads_as_the_rows_keep_busy(rows: int, threads: int, con) -> None:
    duck.share(con, rows=rows)
    assert con.execute("select current_setting('threads')").fetchone() == (min(threads, os.cpu_count()),)


def test_a_build_holds_no_more_than_its_share_of_the_memory(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(duck, "_MEMORY", 2**30)
    with duck.connect(tmp_path / "small.duckdb") as small:
        assert small.execute("select current_setting('memory_limit')").fetchone() == ("1.0 GiB",)
