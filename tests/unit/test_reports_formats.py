"""Numbers, shares and dates as French Switzerland writes them here."""

import datetime as dt

import pytest

from pipelines.reports import formats
from pipelines.reports.language import speaking

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (7.0, "7"), (1234, "1’234"), (1234567, "1’234’567"), (12.5, "12,5"), (-3, f"{MINUS}3"), (-0.04, "0"), (0.96, "1")],
)
def test_a_number_has_an_apostrophe_between_thousands_and_decimals_only_where_there_are_some(value, text):
    assert formats.number(value) == text


@pytest.mark.parametrize(("share", "text"), [(0.6128, "61,3"), (1, "100,0"), (0, "0,0"), (-0.182, f"{MINUS}18,2"), (12.345, "1’234,5")])
def test_a_share_is_written_in_per_cent_with_one_decimal_and_a_hard_space(share, text):
    assert formats.percent(share) == f"{text}{SPACE}%"


@pytest.mark.parametrize(("value", "text"), [(3, "+3"), (-2, f"{MINUS}2"), (0, "0"), (0.01, "0"), (1200, "+1’200")])
def test_a_change_carries_its_sign_unless_it_is_nothing(value, text):
    assert formats.signed(value) == text


def test_dates_are_written_day_first_and_months_by_name():
    assert formats.day(dt.date(2013, 2, 8)) == "08.02.2013"
    assert formats.month(dt.date(2013, 2, 1)) == "février 2013"
    assert formats.short_month(dt.date(2012, 8, 1)) == f"août{SPACE}2012"


def test_nothing_is_counted_in_the_singular():
    assert [formats.counted(count, "ligne", "lignes") for count in (0, 1, 2, 1000)] == ["0 ligne", "1 ligne", "2 lignes", "1’000 lignes"]


def test_a_unit_agrees_with_its_number() -> None:
    told = [formats.of_unit(*one) for one in ((1, "dossiers"), (0, "places libres"), (2, "dossiers"), (1.5, "jours"), (1, "mois"))]
    assert told == ["1 dossier", "0 place libre", "2 dossiers", "1,5 jour", "1 mois"]


def test_the_change_of_a_share_is_counted_in_points_of_per_cent_and_what_a_grid_gives_in_points():
    assert [formats.of_points(points) for points in (-1.9, 2)] == ["point de pourcentage", "points de pourcentage"]
    assert formats.several("points") == "points"
    with speaking("de"):
        assert [formats.of_points(points) for points in (1, 1.9)] == ["Prozentpunkt", "Prozentpunkte"]
        assert formats.several("points") == "Punkte"


def test_german_has_a_point_its_own_months_and_nouns_that_keep_their_capital():
    with speaking("de"):
        assert (formats.number(1234.5, 1), formats.percent(0.613)) == ("1’234.5", f"61.3{formats.HARD_SPACE}%")
        assert (formats.number(-0.04, 1), formats.signed(0.04, 1)) == ("0.0", "0.0"), "what rounds to nothing has no sign"
        assert (formats.month(dt.date(2013, 2, 1)), formats.day(dt.date(2013, 2, 28))) == ("Februar 2013", "28.02.2013")
        assert (formats.short_month(dt.date(2013, 2, 1)), formats.span("März", "Mai")) == (f"Feb.{SPACE}2013", "März bis Mai")
        assert formats.period(dt.date(2013, 4, 1), "quarter") == "2. Quartal 2013"
        assert formats.inside("Offene Dossiers") == "Offene Dossiers"
        assert formats.counted(2, "dossier CM-FP est ouvert", "dossiers CM-FP sont ouverts").startswith("sind 2 ")
        assert (formats.of_unit(1, "mois"), formats.several("mois")) == ("1 Monat", "Monate")
    assert formats.number(1234.5, 1) == "1’234,5"


@pytest.mark.parametrize(
    ("language", "manner", "march", "sunday"),
    [("fr", ("fr-CH", ",’"), ("Mars", "mars"), ("dimanche", "dim.")), ("de", ("de-CH", ".’"), ("März", "März"), ("Sonntag", "So"))],
)
def test_charts_write_numbers_and_dates_as_the_text_beside_them(language, manner, march, sunday):
    with speaking(language):
        told = formats.for_plotly()
    names = told["format"]
    assert (told["name"], told["separators"], names["date"]) == (*manner, "%d.%m.%Y")
    assert (names["months"][2], names["shortMonths"][2], names["days"][0], names["shortDays"][0]) == (*march, *sunday)
    assert [len(names[name]) for name in ("months", "shortMonths", "days", "shortDays")] == [12, 12, 7, 7]
    assert names["shortMonths"] != names["months"]
