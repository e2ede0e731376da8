"""The line within a cell."""

import datetime as dt
import re

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


def test_a_sparkline_stays_within_its_picture_where_values_are_below_zero():
    text = sparkline(line(-3.0, 2.0, -1.0, text="−3 → −1"))
    (height,) = (float(found) for found in re.findall(r'viewBox="0 0 \S+ (\S+)"', text))
    heights = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.-]+)", text)]
    assert len(heights) == 3 and all(0 <= y <= height for y in heights) and heights[0] == max(heights)
    # Without one below zero, zero is the foot.
    assert re.findall(r"[ML][\d.]+ ([\d.-]+)", sparkline(line(0.0, 2.0, text="")))[0] == f"{height - 3:.1f}"
