"""A change of definition on a chart: a rule where it began, and a note that says what it means."""

from pipelines.reports.chart import Chart
from pipelines.reports.figures import figure
from pipelines.reports.tables import remarks
from tests.unit.page_parts import built, of

NOTE = "Trait vertical: «Dossiers CM-FP ouverts» a une nouvelle définition depuis le 01.02.2020; toute la série est comptée selon elle"
CHANGE = "update mart.indicator set definition_version = {version}, valid_from = date '{day}' where indicator = 'cm_fp_open'"


def stock(book) -> Chart:
    return of(built(book, "cm_fp"), "cm_fp", Chart, "stock")


def rules(chart: Chart) -> list[dict]:
    return [one for one in figure(chart)["layout"]["annotations"] if one["name"] == "redefined"]


def test_a_definition_that_changed_within_the_months_shown_has_a_rule_and_a_note(changed):
    chart = stock(changed(CHANGE.format(version=2, day="2020-02-01")))
    (rule,) = rules(chart)
    # Between the points of January and of February.
    assert (rule["x"], rule["text"]) == ("2020-01-17", "définition du 01.02.2020")
    assert any(note.startswith(NOTE) for note in remarks(chart))


def test_a_first_definition_and_one_that_all_months_have_been_counted_with_have_none(changed):
    for version, day in ((1, "2020-02-01"), (2, "2018-01-01"), (2, "2024-01-01")):
        chart = stock(changed(CHANGE.format(version=version, day=day)))
        assert not rules(chart) and not any("nouvelle définition" in note for note in remarks(chart))
