"""How large a report is: it goes by mail, and opens on a telephone."""

import re

from pipelines import duck
from pipelines.reports.book import latest_period
from pipelines.reports.files import GP_CII, report_path

_MOST, _CHARTS = 3_000_000, 12


def test_a_report_with_twelve_charts_has_less_than_three_megabytes(published) -> None:
    """The pack of the sample, with the twelve largest of its charts, their tables, and all that is no chart."""
    with duck.open_published(published.settings.published) as con:
        period = latest_period(con)
    assert period
    content = (published.settings.reports / report_path(period, GP_CII)).read_text()
    charts = sorted((len(chart.encode()) for chart in re.findall(r"<figure .*?</figure>", content, re.DOTALL)), reverse=True)
    assert len(charts) > _CHARTS
    assert len(content.encode()) - sum(charts[_CHARTS:]) < _MOST
