"""What Dagster shows of an indicator: the latest month first, where a year begins on the same day."""

import pytest

from pipelines import duck
from pipelines.indicators.catalogue import indicator_table
from pipelines.orchestration.graph import graph
from pipelines.orchestration.metadata import agreement, course, latest_value, preview

TABLE = indicator_table("seen", "Une ligne par cellule.")
ROWS = """
select 'seen' as indicator, grain, period::date as period, dimension, dimension as member, null as numerator, null as denominator,
  value, true as complete, true as mature, null as reason
from (values ('year', '2013-01-01', 'total', 40), ('month', '2013-01-01', 'sex', 3), ('month', '2013-01-01', 'total', 7),
  ('month', '2012-12-01', 'total', 5), ('quarter', '2013-01-01', 'total', 20)) as t(grain, period, dimension, value)
"""


@pytest.fixture
def con(tmp_path):
    with duck.connect(tmp_path / "build.duckdb") as con:
        duck.replace(con, TABLE, ROWS)
        yield con


def test_of_periods_that_begin_on_one_day_the_month_gives_the_latest_value(con) -> None:
    assert {name: shown.value for name, shown in latest_value(con, TABLE).items()} == {"dernier mois": "2013-01", "valeur": 7.0}


def test_a_preview_begins_with_the_total_of_the_latest_month_and_tells_months_from_years(con) -> None:
    header, _, *rows = preview(con, TABLE).value.splitlines()
    assert header.startswith("| grain | period | dimension |")
    assert [row.split(" | ")[0] for row in rows] == ["| month", "| month", "| quarter", "| year", "| month"]
    assert rows[0].startswith("| month | 2013-01-01 | total |")


def test_a_column_that_is_empty_in_all_rows_leaves_its_place_to_the_rest(con) -> None:
    header = preview(con, TABLE).value.splitlines()[0]
    assert "value" in header and "complete" in header and "denominator" not in header and "reason" not in header
    con.execute("update mart.seen set denominator = 9 where grain = 'month' and dimension = 'total'")
    assert "denominator" in preview(con, TABLE).value.splitlines()[0]


def test_the_course_of_a_figure_has_its_months_alone_the_latest_first(con) -> None:
    (indicator,) = (one for one in graph().indicators if one.name == "cm_fp_open")
    con.execute("create table mart.cm_fp_open as select * from mart.seen")
    header, _, *rows = course(con, indicator)["cours"].value.splitlines()
    assert header == "| période | chiffre | complet |"
    assert rows == ["| 2013-01 | 7 | oui |", "| 2012-12 | 5 | oui |"]
    con.execute("delete from mart.cm_fp_open where grain = 'month'")
    assert course(con, indicator) == {}


def test_published_figures_that_cannot_be_compared_yet_count_neither_way(con) -> None:
    con.execute("create table mart.figure_of_record as select unnest([true, true, false, null]) as matches")
    assert {name: shown.value for name, shown in agreement(con).items()} == {"chiffres publiés comparés": 3, "chiffres publiés redonnés": 2}
