"""The line within a cell."""

from pipelines.reports.content import Spark
from pipelines.reports.svg import sparkline


def test_a_sparkline_breaks_where_a_value_lacks_and_ends_in_a_dot():
    text = sparkline(Spark((1.0, 2.0, None, 4.0), "1 → 4 <b>"))
    assert text.count("<path") == 2 and text.count("<rect") == 1 and text.count("<circle") == 1
    assert 'aria-label="1 → 4 &lt;b&gt;"' in text


def test_a_sparkline_without_values_is_a_band():
    assert sparkline(Spark((None, None), "rien")).count("<rect") == 2
