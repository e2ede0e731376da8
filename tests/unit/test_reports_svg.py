"""The line within a cell."""

import datetime as dt

from pipelines.reports.content import Spark
from pipelines.reports.formats import Amount
from pipelines.reports.svg import sparkline


def line(*values, text):
    months = (dt.date(2020, month, 1) for month in range(1, 13))
    return Spark({month: None if value is None else Amount(value) for month, value in zip(months, values, strict=False)}, text)


def test_a_sparkline_breaks_where_a_value_lacks_and_ends_in_a_dot():
    text = sparkline(line(1.0, 2.0, None, 4.0, text="1 → 4 <b>"))
    assert text.count("<path") == 2 and text.count("<rect") == 1 and text.count("<circle") == 1
    assert 'aria-label="1 → 4 &lt;b&gt;"' in text


def test_a_sparkline_without_values_is_a_band():
    assert sparkline(line(None, None, text="rien")).count("<rect") == 2
