"""The page on the social enterprises NE-ESO."""

from pipelines.reports.chart import Chart
from pipelines.reports.content import Table
from pipelines.reports.tables import nothing_drawn
from tests.unit.page_parts import SPACE, built, of, shown, texts


def test_a_candidacy_that_fails_several_criteria_is_said_to_count_under_each(blocks):
    chart = of(blocks, "ne_eso", Chart, "ineligible")
    assert {name: text for name, (text, _) in shown(chart).items()} == {
        "Productivité": "3",
        "Charge de famille": "1",
        "Problématique sociale lourde": "0",
        "Dettes": "0",
        "Âge": "1",
    }
    assert chart.notes[1] == "Une candidature peut ne pas remplir plusieurs critères à la fois; candidatures hors critères en tout: 3."


def test_the_criteria_are_told_with_the_day_from_which_they_hold(changed):
    bounds = [("productivity_from", "2012-01-01", 50), ("productivity_to", "2012-01-01", 70), ("debt_to", "2012-01-01", 7000)]
    bounds += [
        ("age_from", "2012-01-01", 40),
        ("age_to", "2012-01-01", "null"),
        ("age_from", "2019-03-01", 20),
        ("age_to", "2021-01-01", 60),
    ]
    rows = ", ".join(f"('ne_eso_{name}', date '{day}', {value}, 'inventée')" for name, day, value in bounds)
    book = changed("delete from core.parameter", f"insert into core.parameter (parameter, valid_from, value, source) values {rows}")
    assert texts(of(built(book, "ne_eso"), "ne_eso", Table, "criteria")) == [
        ["Productivité", f"50 à 70{SPACE}%"],
        ["Charge de famille", "aucune"],
        ["Problématique sociale lourde", "aucune"],
        ["Dettes", f"7’000{SPACE}francs au plus"],
        ["Âge", f"40{SPACE}ans et plus; dès le 01.03.2019: 20{SPACE}ans et plus"],
    ]


def test_those_who_left_social_aid_are_told_by_extent_and_by_activity(blocks):
    table = of(blocks, "ne_eso", Table, "left")
    assert texts(table) == [
        ["En tout", "2"],
        ["Par ampleur"],
        ["Totale", "2"],
        ["Partielle", "0"],
        ["Par secteur d'activité"],
        ["Archivage", "2"],
    ]


def test_an_activity_without_a_post_is_not_drawn(changed, blocks):
    names = set(shown(of(blocks, "ne_eso", Chart, "activities")))
    left = changed("update mart.indicator_value set value = 0 where indicator = 'ne_eso_posts' and member = 'Archivage'")
    assert names - set(shown(of(built(left, "ne_eso"), "ne_eso", Chart, "activities"))) == {"Archivage"}


def test_posts_by_activity_that_may_not_be_told_are_said_to_be_hidden_and_not_to_be_lacking(changed):
    hide = "update mart.indicator_value set value = null, reason = 'BELOW_THRESHOLD' where indicator = 'ne_eso_posts' and dimension = 'activity'"
    chart = of(built(changed(hide), "ne_eso"), "ne_eso", Chart, "activities")
    assert not chart.drawn and nothing_drawn(chart).startswith("Masqué")
