"""What Dagster shows of an indicator: the latest month first, where a year begins on the same day."""

import pytest

from pipelines import duck
from pipelines.indicators.catalogue import indicator_table
from pipelines.orchestration.metadata import latest_value, preview

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
