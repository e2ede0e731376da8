"""How lines and bars are told apart without their colours, what stands at their ends, and what is drawn of few persons."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest

from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.figures import figure
from pipelines.reports.keys import keys
from pipelines.reports.paths import cohorts
from pipelines.reports.series import AIM
from pipelines.reports.tables import remarks
from pipelines.reports.value import About, Value

COUNTED, SHARE = About("", "", "dossiers", ""), About("", "", "part", "", numerator="n", denominator="d", among=True)
SPACE = "\N{NO-BREAK SPACE}"
MONTHS = ("2020-01-01", "2020-02-01", "2020-03-01")


def line(label, values, **more):
    points = tuple(Point(month, value, f"{value}") for month, value in zip(MONTHS, values, strict=False))
    return Series(label, "#000000", points, **more)


def shares(label, counts, **more):
    """A line of shares by numerator and denominator."""
    found = []
    for month, (of, among) in zip(MONTHS, counts, strict=False):
        value = Value(SHARE, None, dt.date.fromisoformat(month), of, among, of / among, complete=True, mature=True, reason=None)
        found.append(Point(month, value.value, value.text, value.detail, shows=value))
    return Series(label, "#000000", tuple(found), **more)


def chart(*series, about=COUNTED, **more):
    return Chart(slug="one", title="", about=(about,), series=series, **more)


def labels(spec):
    return [one["text"] for one in spec["layout"]["annotations"] if one["name"] == "end-label"]


def tight(spec):
    meta = spec["layout"]["meta"]
    # Each takes the place of the text that stands there where there is room.
    assert len(meta["phone"]) == len(meta["paper"]) == len(meta["texts"]) == len(labels(spec))
    return meta["texts"]


def test_a_line_ends_with_its_name_and_its_last_value():
    spec = figure(chart(line("Ouverts", (1, 2, 3)), line("Clos", (4, 5, None))))
    assert labels(spec) == [f"Ouverts:{SPACE}3", f"Clos, févr.{SPACE}2020:{SPACE}5"]


def test_names_stand_under_one_another_where_the_last_line_ends_and_say_when_another_ended():
    both = chart(line("Ouverts", (1, 2, None)), line("Clos", (4, None, None)))
    ends = [one for one in figure(both)["layout"]["annotations"] if one["name"] == "end-label"]
    assert [(one["x"], one["text"]) for one in ends] == [
        ("2020-02-01", f"Ouverts:{SPACE}2"),
        ("2020-02-01", f"Clos, janv.{SPACE}2020:{SPACE}4"),
    ]
    assert tight(figure(both)) == ["A", "B"] and keys(both)[1].text == f"Clos, janv.{SPACE}2020:{SPACE}4"
    by_year = figure(chart(line("Ouverts", (1, 2)), line("Clos", (4, None)), axis="year"))
    assert labels(by_year)[1] == f"Clos, 2020:{SPACE}4"


def test_a_chart_leaves_room_above_its_values_for_the_name_of_a_vertical_line():
    both = chart(line("Ouverts", (1, 100)), line("Clos", (4, 99)))
    ruled = figure(replace(both, published_until=dt.date(2020, 1, 1)))["layout"]
    (name,) = [one for one in ruled["annotations"] if one["name"] == "published"]
    text = 19 / 348 * ruled["yaxis"]["range"][1]
    assert name["ay"] == ruled["yaxis"]["range"][1] and all(
        one["y"] <= name["ay"] - text for one in ruled["annotations"] if one is not name
    )
    assert name["ay"] - text >= 100 and figure(both)["layout"]["yaxis"]["range"][1] < name["ay"]


def test_the_white_lines_between_bars_are_thinner_where_there_are_many():
    def edge(number):
        months = tuple(Point(f"{2010 + at // 12}-{at % 12 + 1:02}-01", 1.0, "1") for at in range(number))
        return figure(chart(Series("Prévu", "#111111", months, "bar"), stacked=True))["data"][0]["marker"]["line"]["width"]

    assert edge(12) == 1 and edge(60) < 0.5


def test_the_name_of_a_bar_stands_beside_it_and_not_in_it():
    bars = chart(*(Series(name, "#111111", line("", (1, 2)).points, "bar") for name in ("Prévu", "Fait")), stacked=True)
    assert {one["x"] for one in figure(bars)["layout"]["annotations"]} == {"2020-02-16"}


def test_on_a_phone_the_number_of_what_is_aimed_at_has_room_beside_the_last_month():
    aim = Series("Clos", "#000000", (Point("2021-01-01", 1000.0, "1’000"),), "mark", AIM)
    both = (line("Dossiers annoncés", (1, 2)), line("Clos", (4, 5)))
    assert figure(chart(*both, aim))["layout"]["meta"]["room"] > figure(chart(*both))["layout"]["meta"]["room"]


def test_a_name_is_not_torn_at_its_hyphen():
    both = chart(line("Taux de solutions tous CM-FP", (1, 2)), line("Clos", (4, 5)))
    assert labels(figure(both))[0] == f"Taux de solutions tous<br>CM-FP:{SPACE}2"


def test_small_names_and_those_of_curves_stand_where_their_own_line_ends():
    small = figure(chart(line("Ouverts", (1, 2)), line("Clos", (4, None)), compact=True))["layout"]["annotations"]
    assert [(one["x"], one["text"]) for one in small] == [("2020-02-01", "Ouverts"), ("2020-01-01", "Clos")]
    curves = chart(
        *(Series(name, "#000000", tuple(Point(x, float(x), "") for x in range(6, last))) for name, last in (("a", 7), ("b", 14)))
    )
    ends = [one for one in figure(replace(curves, axis="number"))["layout"]["annotations"] if one["name"] == "end-label"]
    assert [one["x"] for one in ends] == [6, 13] and not any("," in one["text"] for one in ends)


def test_a_line_alone_ends_with_its_value_and_a_share_with_its_counts():
    assert labels(figure(chart(line("Ouverts", (1, 2))))) == ["2"]
    assert labels(figure(chart(shares("Taux", [(1, 4), (450, 670)]), about=SHARE))) == [f"67,2{SPACE}%<br>(450{SPACE}/{SPACE}670)"]


def test_short_names_stand_at_their_lines_where_there_is_little_room_and_need_no_list():
    both = chart(line("Ouverts", (1, 2)), line("Clos", (40, 50)))
    assert tight(figure(both)) == [f"Ouverts:{SPACE}2", f"Clos:{SPACE}50"] and keys(both) == []


def test_where_a_name_is_long_letters_stand_there_and_the_list_says_whose():
    both = chart(line("Dossiers annoncés", (1, 2)), line("Clos", (40, 50)))
    assert tight(figure(both)) == ["A", "B"]
    assert [(key.letter, key.text) for key in keys(both)] == [("A", f"Dossiers annoncés:{SPACE}2"), ("B", f"Clos:{SPACE}50")]


def test_texts_at_the_ends_keep_apart_where_lines_end_together():
    spec = figure(chart(*(line(f"Série {number}", (1, 50 + number / 10)) for number in range(4)), line("Autre", (0, 100))))
    high = spec["layout"]["yaxis"]["range"][1]
    meta, roomy = spec["layout"]["meta"], [one["y"] for one in spec["layout"]["annotations"]]
    for places, height, apart in ((roomy, 348, 19), (meta["phone"], 348, 19), (meta["paper"], 108, 12)):
        assert min(b - a for a, b in pairwise(places)) * height / high >= apart - 0.01


def test_bars_beside_each_other_have_letters_in_them_as_the_list_above():
    points = (Point("2016", 3.0, "3"), Point("2017", 0.0, "0"))
    bars = chart(Series("Prévu", "#111111", points, "bar"), Series("Fait", "#222222", points, "bar"), axis="category", stacked=True)
    assert [trace["text"] for trace in figure(bars)["data"]] == [[f"A{SPACE}3", ""], [f"B{SPACE}3", ""]]
    assert [(key.letter, key.text) for key in keys(bars)] == [("A", "Prévu"), ("B", "Fait")]


def test_bars_alone_have_none():
    bars = chart(Series("Prévu", "#111111", (Point("2016", 3.0, "3"),), "bar"), axis="category")
    assert figure(bars)["data"][0]["text"] == ["3"] and keys(bars) == []


def test_between_what_a_share_of_few_may_lie_is_drawn_behind_its_line_and_said():
    few = chart(shares("Taux", [(5, 10), (80, 99), (50, 100)]), about=SHARE)
    band, whole = figure(few)["data"]
    assert band["fill"] == "toself" and "fill" not in whole
    # There and back, and closed; of a hundred none is drawn.
    assert band["x"] == ["2020-01-01", "2020-02-01", "2020-02-01", "2020-01-01", "2020-01-01", None]
    assert band["y"][0] == pytest.approx(0.2366, abs=1e-4) and band["y"][3] == pytest.approx(0.7634, abs=1e-4)
    assert figure(few)["layout"]["yaxis"]["range"][1] > max(y for y in band["y"] if y)
    assert "Zone claire: intervalle de confiance à 95 %, là où peu de personnes comptent." in remarks(few)


def test_of_many_of_small_charts_and_of_counts_no_band_is_drawn():
    for other in (
        chart(shares("Taux", [(50, 100), (60, 120)]), about=SHARE),
        chart(shares("Taux", [(5, 10), (8, 9)]), about=SHARE, compact=True),
        chart(line("Ouverts", (1, 2))),
    ):
        assert not any("fill" in trace for trace in figure(other)["data"]) and not any("Zone" in said for said in remarks(other))


def test_values_that_do_not_compare_are_parted_by_a_line_that_says_why_and_none_joins_them():
    parted = chart(line("Ouverts", (1, 2, 3)), parted=((dt.date(2020, 3, 1), "douze mois"),))
    spec = figure(parted)
    (rule,) = [one for one in spec["layout"]["annotations"] if one["name"] == "parted"]
    assert (rule["x"], rule["text"]) == ("2020-02-15", "douze mois")
    assert [trace["y"] for trace in spec["data"]] == [[1, 2], [3]]


@pytest.mark.parametrize("day", [dt.date(2019, 12, 1), dt.date(2020, 1, 1), dt.date(2020, 4, 1)])
def test_a_day_outside_of_what_is_shown_parts_nothing(day):
    spec = figure(chart(line("Ouverts", (1, 2, 3)), parted=((day, "douze mois"),)))
    assert all(one["name"] != "parted" for one in spec["layout"]["annotations"])
    assert [trace["y"] for trace in spec["data"]] == [[1, 2, 3]]
    assert figure(chart(line("Ouverts", ()), parted=((day, "douze mois"),)))["layout"]["annotations"] == []


def test_months_a_year_apart_are_named_themselves():
    decembers = Series("", "#000000", tuple(Point(f"{year}-12-01", 1.0, "1") for year in range(2010, 2014)))
    axis = figure(chart(decembers))["layout"]["xaxis"]
    assert (axis["tick0"], axis["dtick"]) == ("2010-12-01", "M12")


def test_years_of_entry_are_grey_but_the_latest_two_of_which_a_year_is_known():
    curves = {str(year): (Point(0, 0.0, ""), Point(12 if year < 2014 else 6, 0.5, "")) for year in range(2010, 2015)}
    drawn = cohorts(curves, colour="#123456", named=True)
    assert [series.label for series in drawn if series.colour == "#123456"] == ["2012", "2013"]
    assert not any(series.quiet for series in drawn) and any(series.quiet for series in cohorts(curves, colour="#123456"))
