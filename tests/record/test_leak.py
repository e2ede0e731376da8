"""The steering group's pack of the sample holds nothing of what it hides."""

import duckdb
import pytest

from pipelines.reports.book import latest_period, open_book
from pipelines.reports.files import GP_CII, report_path
from tests.poison import hidden, poison, told


@pytest.fixture
def copy(published):
    """The published sample in memory, where its figures may be changed."""
    con = duckdb.connect()
    con.execute(f"attach '{published.settings.published}' as published (read_only)")
    con.execute("copy from database published to memory")
    for view in ("mart.indicator_value", "mart.finding"):
        con.execute(f"drop view {view}")
        con.execute(f"create table {view} as from published.{view}")
    yield con
    con.close()


def test_what_is_hidden_may_be_anything_and_the_pack_is_the_same_byte_for_byte_in_every_form(published, copy) -> None:
    period = latest_period(copy)
    assert period
    before = told(open_book(copy, period), GP_CII)
    assert before["html"] == (published.settings.reports / report_path(period, GP_CII)).read_bytes()
    places = hidden(open_book(copy, period), GP_CII)
    assert len(places) > 50_000
    poison(copy, places)
    after = told(open_book(copy, period), GP_CII)
    assert {"html", "xlsx", "data/indicator_value.csv"} < before.keys() == after.keys()
    assert [form for form, content in before.items() if after[form] != content] == []
