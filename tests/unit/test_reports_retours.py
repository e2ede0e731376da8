"""The page on how long people stay and whether they come back; the small world's are told in `tests/golden/walked.py`."""

import pytest

from pipelines.reports import formats
from pipelines.reports.book import value_at, values
from pipelines.reports.chart import Chart, Panels
from pipelines.reports.content import Table, charts
from pipelines.reports.figures import figure
from pipelines.reports.pack import render
from pipelines.reports.paths import references
from pipelines.reports.tables import alternative, table_of
from tests.unit.page_parts import SPACE, built, of, rows

OFS = "Suisse, entrées de 2018"


def panel(blocks, slug):
    return next(chart for chart in charts(blocks["retours"]) if chart.slug == slug)


def share(value):
    return formats.percent(value)


# -- retention -----------------------------------------------------------------------------------


@pytest.mark.parametrize("system", ["AC", "AI", "AS"])
def test_a_curve_is_that_of_mart_as_far_as_it_is_final(blocks, book, system):
    chart = panel(blocks, f"retention_{system.lower()}")
    query = "select cohort, months, retention, mature from mart.system_survival where system = $system and months <= 36"
    known = {(cohort, months): (share, mature) for cohort, months, share, mature in book.rows(query, system=system).iter_rows()}
    cohorts = {cohort for (cohort, _), (_, mature) in known.items() if mature}
    drawn = {(series.label, point.x): point for series in chart.series if not series.aside for point in series.points}
    assert cohorts == {"2017", "2018", "2019"} == {cohort for cohort, _ in drawn}
    assert drawn.keys() == {key for key, (_, mature) in known.items() if mature}
    for key, point in drawn.items():
        retention, _ = known[key]
        assert point.value == retention and point.text == ("Non applicable" if retention is None else share(retention))


def test_a_curve_ends_where_it_would_be_provisional_and_so_does_its_column(changed):
    book = changed("update mart.system_survival set mature = false where cohort = '2018' and months > 3")
    chart = panel(built(book, "retours"), "retention_ac")
    (trace,) = [trace for trace in figure(chart)["data"] if trace["name"] == "2018"]
    assert trace["x"] == [0, 1, 2, 3] and trace["line"]["dash"] == "solid"
    assert [cell.data["x"] for row in table_of(chart).rows for cell in row if cell.data.get("series") == "2018"] == ["0", "1", "2", "3"]
    assert any("n'est pas montrée: elle serait provisoire" in note for note in of(built(book, "retours"), "retours", Panels).notes)


def test_in_words_the_named_years_are_told_and_the_others_left_to_the_table(blocks):
    chart = panel(blocks, "retention_ac")
    assert [column.text for column in table_of(chart).columns[1:]] == ["2017", "2018", "2019", OFS]
    assert "2018: " in alternative(chart) and "2019: " not in alternative(chart)


def test_the_two_latest_years_with_twelve_months_are_named_and_the_others_lie_behind(blocks, changed):
    named = {series.label: series.quiet for series in panel(blocks, "retention_as").series if not series.aside}
    assert named == {"2017": False, "2018": False, "2019": True}
    later = built(changed("update mart.system_survival set mature = true, retention = 0.5 where cohort = '2019'"), "retours")
    named = {series.label: series.quiet for series in panel(later, "retention_as").series if not series.aside}
    assert named == {"2017": True, "2018": False, "2019": False}
    labels = [one["text"] for one in figure(panel(later, "retention_as"))["layout"]["annotations"]]
    assert sorted(labels) == ["2018", "2019"]


@pytest.mark.parametrize(
    ("system", "published"), [("AC", {12: 0.401, 24: 0.165}), ("AS", {12: 0.594, 24: 0.418}), ("AI", {12: 0.912, 24: 0.836})]
)
def test_what_the_ofs_published_stands_beside_with_its_source_and_never_as_the_canton_s(blocks, system, published):
    chart = panel(blocks, f"retention_{system.lower()}")
    (mark,) = [series for series in chart.series if series.aside]
    assert (mark.label, mark.aside, mark.kind) == (OFS, "OFS", "mark")
    assert {point.x: point.value for point in mark.points} == published
    assert all(point.detail.startswith("Office fédéral de la statistique, ") and "SHIVALV" in point.detail for point in mark.points)
    trace = next(trace for trace in figure(chart)["data"] if trace.get("text"))
    assert trace["text"] == [f" Suisse {share(value)}" for value in published.values()]
    of_ofs = [row for row in table_of(chart).rows if row[0].text.endswith("– OFS")]
    columns = [column.text for column in table_of(chart).columns]
    for row in of_ofs:
        given = [name for name, cell in zip(columns[1:], row[1:], strict=True) if cell.data]
        assert given == [OFS]
    assert [row[0].text for row in of_ofs] == ["12 – OFS", "24 – OFS"]


def test_the_panels_say_whom_the_diamonds_speak_of(blocks, book):
    panels = of(blocks, "retours", Panels, "retention")
    assert any(note.startswith(f"Losange – {OFS}: Office fédéral") and "pas des valeurs du canton" in note for note in panels.notes)
    assert any("proches ou loin des valeurs de l'OFS ne prouve rien" in note for note in panels.notes)
    assert f"{OFS} (OFS)</li>" in render(book, sample=True)


def test_without_published_values_the_curves_stand_alone(changed):
    panels = of(built(changed("delete from mart.reference_value"), "retours"), "retours", Panels, "retention")
    assert not [series for chart in panels.charts for series in chart.series if series.aside]
    assert not any("OFS" in note for note in panels.notes)


# -- returns -------------------------------------------------------------------------------------


def test_returns_are_those_of_the_years_that_have_ended(blocks, book):
    for system in ("AC", "AI", "AS"):
        chart = panel(blocks, f"returns_{system.lower()}")
        for series, indicator in zip(chart.series, ("system_return_12", "system_return_6"), strict=True):
            known = values(book, indicator, "system", grain="year")[system]
            assert [(point.x, point.text, point.provisional) for point in series.points] == [
                (str(one.period), one.text, bool(one.flags)) for one in known if one.period.year < 2020
            ]
    assert panel(blocks, "returns_ac").series[1].points[0].provisional


def test_the_panels_of_returns_have_axes_of_one_height(blocks):
    ranges = {tuple(figure(chart)["layout"]["yaxis"]["range"]) for chart in of(blocks, "retours", Panels, "returns").charts}
    assert len(ranges) == 1


# -- profiles and the revolving door -------------------------------------------------------------


def test_only_years_whose_two_years_are_known_have_profiles_and_the_others_are_named(blocks, book):
    chart = of(blocks, "retours", Chart, "profiles")
    known = values(book, "trajectory_profile_24", "profile", grain="year")
    own = {(series.label, point.x): (point.text, point.detail) for series in chart.series if not series.aside for point in series.points}
    assert {year for _, year in own} == {"2017"}
    assert own["Effet tourniquet", "2017"] == (share(1 / 26), f"1 / 26 · IC 1–19{SPACE}%")
    assert sorted(own.values()) == sorted((one.text, one.detail) for found in known.values() for one in found if one.period.year == 2017)
    assert "ne sont pas tous connus: 2016, 2018, 2019, 2020." in chart.notes[0]


def test_a_year_that_is_not_final_has_no_bar(changed):
    book = changed("update mart.indicator_value set mature = false where indicator = 'trajectory_profile_24'")
    chart = of(built(book, "retours"), "retours", Chart, "profiles")
    assert not chart.drawn and "2017" in chart.notes[0]


def test_the_profiles_of_switzerland_are_a_bar_of_their_own_that_adds_to_all(blocks, book):
    chart = of(blocks, "retours", Chart, "profiles")
    published = {series.label: point for series in chart.series if series.aside == "OFS" for point in series.points}
    assert {label: point.value for label, point in published.items()} == {
        "Un système, sans retour": 0.72,
        "Un système, avec retour": 0.206,
        "Plusieurs systèmes, sans retour": 0.051,
        "Effet tourniquet": 0.023,
    }
    assert {point.x for point in published.values()} == {OFS}
    assert all(point.detail.startswith("Office fédéral") for point in published.values())
    assert sum(one.value for one in references(book, "trajectory_profile_24").values()) == pytest.approx(1)
    assert any("pas des valeurs du canton" in note for note in chart.notes)


def test_the_revolving_door_is_told_by_age_with_what_it_rests_on(blocks):
    table = of(blocks, "retours", Table, "revolving")
    assert [column.text for column in table.columns[1:]] == ["2017"]
    told = rows(table)
    assert told["Ensemble"] == [f"3,8{SPACE}% (1 / 26 · IC 1–19{SPACE}%)"]
    parts = [row[1].detail.split(" · ")[0].split(" / ") for row in table.rows[1:] if row[1].detail]
    assert [sum(int(part[place]) for part in parts) for place in (0, 1)] == [1, 26]


# -- outcomes ------------------------------------------------------------------------------------


def test_the_ends_and_those_who_wait_make_the_whole_in_every_month(blocks, book):
    chart = of(blocks, "retours", Chart, "ends_chomage")
    months = sorted({point.x for series in chart.series for point in series.points})
    assert months == list(range(len(months))) and len(months) > 12
    for month in months:
        parts = [point.value for series in chart.series for point in series.points if point.x == month]
        assert sum(parts) == pytest.approx(1) and len(parts) == len(chart.series)
    assert chart.series[-1].label == "Attend encore" and {series.kind for series in chart.series} == {"area"} and chart.stacked
    known = book.rows("select months from mart.outcome_incidence where process = 'CHOMAGE' and cohort = '2018' and mature group by 1")
    assert "entrées de 2018" not in chart.title or max(months) <= max(known["months"])


def test_only_a_year_known_for_long_enough_has_its_ends_shown(changed):
    book = changed("update mart.outcome_incidence set mature = false where process = 'CHOMAGE' and months > 11")
    assert not [block for block in built(book, "retours")["retours"] if getattr(block, "slug", "").startswith(("ends_", "naive_"))]
    book = changed("update mart.outcome_incidence set mature = false where process = 'CHOMAGE' and cohort <> '2017'")
    assert of(built(book, "retours"), "retours", Chart, "ends_chomage").title.endswith("entrées de 2017")


def test_the_naive_share_stands_beside_with_the_reason_why_it_differs(blocks, book):
    table = of(blocks, "retours", Table, "naive_chomage")
    months = int(table.title.split("issues à ")[1].split()[0])
    query = "select outcome, incidence, naive from mart.outcome_incidence where process = 'CHOMAGE' and cohort = 'ALL' and months = $months"
    known = {outcome: (incidence, naive) for outcome, incidence, naive in book.rows(query, months=months).iter_rows()}
    shown = {row[0].text: tuple(float(cell.data["value"]) for cell in row[3:]) for row in table.rows if row[0].text != "Attend encore"}
    assert sorted(shown.values()) == sorted(known.values()) and any(incidence > naive for incidence, naive in shown.values())
    assert all(cell.text.endswith("*") for row in table.rows for cell in row[3:4])
    assert table.notes[0].startswith("Part naïve: ") and "trop basse" in table.notes[0]


# -- registrations -------------------------------------------------------------------------------


def test_reregistrations_are_told_by_year_with_the_months_that_are_waited_for(blocks, book):
    chart = of(blocks, "retours", Chart, "reregistrations")
    (series,) = chart.series
    assert series.points[-1].text == value_at(book, "orp_reregistration_rate", grain="year", months_before=12).text
    assert chart.notes[0].startswith("Mois pendant lesquels une réinscription est cherchée: 4 dès janvier 2009; 12 dès janvier 2015.")
