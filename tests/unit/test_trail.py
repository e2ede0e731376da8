"""An indicator's query taken apart: the rows it counts, and the keys of those they are made of."""

from typing import Any

import duckdb
import pytest

from pipelines.reports.trail import UntracedError, counted_rows

KEYS = {"core.stay": ("person", "since"), "core.house": ("house",), "core.note": ("person", "number")}

WORLD = """
create schema core;
create table core.stay as select * from (values
  ('A', 1, 'H1', 2, true), ('B', 1, 'H1', 3, false), ('B', 5, 'H2', 4, true)) t (person, since, house, nights, paid);
create table core.house as select * from (values ('H1', 10), ('H2', 20)) t (house, rooms);
create table core.note as select * from (values ('A', 1), ('B', 1), ('B', 2)) t (person, number);
create table core.calendar as select 1 as period;
"""


def rows(select: str) -> list[tuple[Any, ...]]:
    """What each row of the query counts, and of which rows it is made."""
    con = duckdb.connect()
    con.execute(WORLD)
    found = con.execute(f"from ({counted_rows(select, keys=KEYS)}) order by trail").fetchall()
    return [(*counted, ["/".join((row["source"].removeprefix("core."), *row["key"])) for row in trail]) for *counted, trail in found]


def test_a_row_of_a_query_that_does_not_group_is_that_of_its_table() -> None:
    assert rows("select since as period, 1 as numerator from core.stay s join core.calendar c on c.period = s.since") == [
        (1, 1, ["stay/A/1"]),
        (1, 1, ["stay/B/1"]),
    ]


def test_what_only_sums_at_the_end_is_taken_apart_and_its_rows_give_the_sums() -> None:
    summing = (
        "select house, sum(nights) filter (paid) as numerator, count(*) filter (not paid) as denominator from core.stay group by house"
    )
    assert rows(summing) == [("H1", 2, 0, ["stay/A/1"]), ("H1", None, 1, ["stay/B/1"]), ("H2", 4, 0, ["stay/B/5"])]
    assert rows("select house, count(nights) as numerator from core.stay group by all")[0] == ("H1", 1, ["stay/A/1"])


@pytest.mark.parametrize(
    ("select", "counted"),
    [
        ("select house, 1 as numerator from core.stay group by house", 1),
        ("select house, count(distinct person) as numerator from core.stay group by house", 2),
        ("select house, sum(nights) as numerator from core.stay group by house having sum(nights) > 4", 5),
        ("select house, sum(nights) as numerator, max(paid) as paid from core.stay group by house", 5),
        ("select house, coalesce(sum(nights), 0) as numerator from core.stay group by house", 5),
    ],
)
def test_what_is_counted_of_a_group_is_made_of_all_its_rows(select: str, counted: int) -> None:
    assert rows(select)[0][:2] == ("H1", counted) and rows(select)[0][-1] == ["stay/A/1", "stay/B/1"]


def test_a_row_that_a_group_reads_twice_is_named_once() -> None:
    joined = "select s.house, 1 as numerator from core.stay s join core.note n on n.person = s.person where s.since = 5 group by s.house"
    assert rows(joined) == [("H2", 1, ["note/B/1", "note/B/2", "stay/B/5"])]


def test_rows_are_followed_through_a_query_within_the_query() -> None:
    inner = "with someone as (select person, max(nights) as nights from core.stay group by person) select nights as numerator from someone"
    assert rows(inner) == [(2, ["stay/A/1"]), (4, ["stay/B/1", "stay/B/5"])]
    assert rows("select s.nights as numerator from (select nights from core.stay where paid) s") == [(2, ["stay/A/1"]), (4, ["stay/B/5"])]


def test_a_star_shows_no_keys_of_the_query_it_stands_for() -> None:
    starred = "with someone as (select person, 1 as numerator from core.stay where paid) select * from someone"
    assert rows(starred) == [("A", 1, ["stay/A/1"]), ("B", 1, ["stay/B/5"])]


def test_both_sides_of_a_union_hand_on_their_rows() -> None:
    union = "select nights as numerator from core.stay where paid union all select rooms from core.house union all select 0"
    assert rows(union) == [(0, []), (10, ["house/H1"]), (20, ["house/H2"]), (2, ["stay/A/1"]), (4, ["stay/B/5"])]


def test_a_side_of_a_join_that_is_not_there_hands_on_nothing() -> None:
    joined = "select 1 as numerator from core.stay s left join core.note n on n.person = s.person and n.number = s.since where s.since = 5"
    assert rows(joined) == [(1, ["stay/B/5"])]
    noted = "select 1 as numerator from core.stay s left join core.note n on n.person = s.person and n.number > s.since where s.paid"
    assert rows(noted) == [(1, ["stay/A/1"]), (1, ["stay/B/5"])]
    assert rows(f"with note as (select * from core.note) {noted.replace('core.note', 'note')}") == rows(noted)


def test_a_table_joined_by_its_whole_key_only_describes() -> None:
    described = "select h.rooms, 1 as numerator from core.stay s join core.house h on h.house = s.house where paid"
    assert rows(described) == [(10, 1, ["stay/A/1"]), (20, 1, ["stay/B/5"])]
    noted = "select 1 as numerator from core.stay s join core.note n on n.person = s.person where s.since = 5"
    assert rows(noted) == [(1, ["stay/B/5", "note/B/1"]), (1, ["stay/B/5", "note/B/2"])]
    either = "select 1 as numerator from core.stay s join core.house h on h.house = s.house or s.since = 5 where s.since = 5"
    assert rows(either)[0] == (1, ["stay/B/5", "house/H1"])


def test_of_tables_that_are_joined_those_count_that_the_count_names() -> None:
    by_whole_key = "select h.rooms as numerator from core.stay s join core.house h on h.house = s.house where since = 5"
    assert rows(by_whole_key) == [(20, ["house/H2"])]
    assert rows("select n.number as numerator from core.stay s join core.note n on n.person = s.person where since = 5") == [
        (1, ["note/B/1"]),
        (2, ["note/B/2"]),
    ]


@pytest.mark.parametrize(
    "select",
    [
        "select distinct house, 1 as numerator from core.stay",
        "select house, 1 as numerator from core.stay union select house, 1 from core.house",
        "select 1 as numerator from core.calendar",
    ],
)
def test_rows_that_cannot_be_told_apart_are_not_followed(select: str) -> None:
    with pytest.raises(UntracedError):
        counted_rows(select, keys=KEYS)
