"""What is wrong in the deliveries, in the language of the report."""

from gettext import NullTranslations

import pytest

from pipelines.contracts.rules import RULES
from pipelines.reports import language
from pipelines.reports.content import Table, charts
from pipelines.reports.language import speaking
from pipelines.reports.letter import in_general
from tests.unit.page_parts import built, of, texts


@pytest.fixture
def german(monkeypatch):
    """A report in German of which no word is translated: what the warehouse holds in both languages is what is looked at."""
    monkeypatch.setattr(language, "_catalogue", lambda _: NullTranslations())
    with speaking("de"):
        yield


def test_remarks_on_deliveries_are_the_german_ones_in_a_german_report(book, german):
    found = book.rows("select message_de, remedy_de, message from mart.finding")
    blocks = built(book, "livraisons")
    told = {row[-1] for row in texts(of(blocks, "livraisons", Table, "findings"))}
    assert told and told <= {f"{message} {remedy}" for message, remedy, _ in found.iter_rows()}
    general = {in_general(rule).message_de for rule in RULES}
    assert {row[2] for row in texts(of(blocks, "livraisons", Table, "counts"))} <= {*found["message_de"], *general}


def test_remarks_that_differ_are_told_by_their_rule_in_the_language_of_the_report(changed, german):
    book = changed("update mart.finding set message_de = message_de || line, message = 'alle gleich' where rule = 'number.above'")
    rows = of(built(book, "livraisons"), "livraisons", Table, "counts").rows
    said = {row[2].text for row in rows if row[2].detail == "number.above"}
    assert said == {in_general("number.above").message_de}


def test_the_chart_of_rejected_lines_is_there_only_where_some_are_seen(changed):
    for share, there in ((0, {"days"}), (0.02, {"days", "rejects"})):
        book = changed(f"update mart.indicator_value set value = {share} where indicator = 'delivery_reject_rate'")
        assert {chart.slug for chart in charts(built(book, "livraisons")["livraisons"])} == there
