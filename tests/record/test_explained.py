"""Every figure of the sample is explained, and the rows listed behind it give it again."""

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace

import polars as pl
import pytest

from pipelines import duck
from pipelines.cli.explaining import queries
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.shown import OF_LINES
from pipelines.indicators.catalogue import Indicator
from pipelines.indicators.frame import framed
from pipelines.orchestration.graph import graph
from pipelines.reports import formats, said
from pipelines.reports.behind import rows_behind
from pipelines.reports.book import latest_period, open_book
from pipelines.reports.data_package import data_package
from pipelines.reports.edition import edition
from pipelines.reports.files import COORDINATION, GP_CII, LEGISLATURE, PACKS, report_path
from pipelines.reports.grounds import explain_all, scope
from pipelines.reports.hiding import reasons, told_instead
from pipelines.reports.pack import html_of
from pipelines.reports.pack_workbook import pack_workbook
from pipelines.reports.passage import own_book, passed
from pipelines.reports.trail import counted_rows
from pipelines.reports.value import HIDDEN, REASONS, Figure
from tests.explanations import figures, in_whole_per_cent, opened
from tests.grids import expected, html_grids, sheet_rows, table_sheets
from tests.support import cii

QUERIES = queries()
KEYS = {name: table.key for name, table in QUERIES.tables.items() if table.schema == "core" and table.privacy != "public"}
_NEWEST = "select indicator, grain, period, dimension, member from mart.indicator_value where period = $period and grain = 'month'"
NUMBERS = ("numerator", "denominator", "value")
KNOWN_ON = dt.date(2026, 1, 15)
# Nothing of the sample was released: what a release makes of it is tried in tests/sql/test_effects.py.
COUNTED = [indicator for indicator in graph().indicators if indicator.name != "revision_size"]


@pytest.fixture(scope="module")
def con(published) -> Iterator[duck.Connection]:
    with duck.open_published(published.settings.published) as con:
        yield con


def traced(indicator: Indicator) -> str:
    """The rows the indicator counts, one by one, with their trail."""
    return counted_rows(indicator.query.select, keys=KEYS)


def rounded(rows: pl.DataFrame) -> pl.DataFrame:
    """The values of an indicator, sums of francs to the cent."""
    return rows.with_columns(pl.col(name).round(6) for name in NUMBERS).sort("grain", "period", "dimension", "member")


@pytest.mark.parametrize("indicator", COUNTED, ids=lambda indicator: indicator.name)
def test_what_an_indicator_counts_one_by_one_gives_all_its_figures_again(con: duck.Connection, indicator: Indicator) -> None:
    alone = replace(indicator, query=replace(indicator.query, select=traced(indicator)))
    select, parameters = framed(alone)
    asked = parameters | ({"known_on": KNOWN_ON} if "$known_on" in select else {})
    given, told = duck.frame(con, select, asked), duck.frame(con, f"select * from {indicator.table.qualified}")
    assert told.height and rounded(given).equals(rounded(told))


@pytest.mark.parametrize("indicator", COUNTED, ids=lambda indicator: indicator.name)
def test_what_is_counted_is_made_of_rows_that_are_there(con: duck.Connection, indicator: Indicator) -> None:
    asked = {"known_on": KNOWN_ON} if "$known_on" in indicator.query.select else {}
    made_of = duck.frame(con, f"select distinct unnest(trail, recursive := true) from ({traced(indicator)})", asked)
    assert made_of.height
    for (source,), keys in made_of.partition_by("source", as_dict=True).items():
        key = ", ".join(f'"{column}"::varchar' for column in KEYS[str(source)])
        con.register("listed", keys)
        found = con.execute(f"select count(*) from (select distinct key from listed) semi join {source} on key = [{key}]").fetchone()
        con.unregister("listed")
        assert found == (keys["key"].n_unique(),)


def test_every_figure_of_a_month_and_its_year_is_explained_as_it_is_published(con: duck.Connection) -> None:
    periods = {"months": [dt.date(2013, 2, 1), dt.date(2016, 1, 1)]}
    rows = duck.frame(con, "select * from mart.indicator_value where list_contains($months, period)", periods).rows(named=True)
    wanted = {Figure(row["indicator"], row["grain"], row["period"], row["dimension"], row["member"]): row for row in rows}
    found = explain_all(con, list(wanted))
    assert found.keys() == wanted.keys() and len(wanted) > 1000
    for figure, row in wanted.items():
        one = found[figure]
        assert [getattr(one.value, name) for name in NUMBERS] == [row[name] for name in NUMBERS]
        assert one.sendings or not row["complete"] or figure.indicator.startswith("delivery_")
        assert not (row["complete"] and one.lacking)


def test_what_a_figure_rests_on_is_the_same_in_the_table_that_the_packs_read(con: duck.Connection) -> None:
    months = {"months": [dt.date(2013, 2, 1), dt.date(2013, 1, 1), dt.date(2016, 10, 1)]}
    table = duck.frame(con, "select * from mart.figure_basis where list_contains($months, period)", months).rows(named=True)
    rests_on = {(row["indicator"], row["grain"], row["period"], row["scope"]): row for row in table}
    cells = f"select {', '.join(Figure._fields)} from mart.indicator_value where list_contains($months, period)"
    systems = dict(con.execute("select system, service from core.benefit where system is not null").fetchall())
    scopes = set()
    for figure, one in explain_all(con, [Figure(*cell) for cell in duck.frame(con, cells, months).iter_rows()]).items():
        of_deliveries = figure.indicator.startswith("delivery_")
        of = scope(figure, code_list=one.code_list, of_deliveries=of_deliveries, services=systems)
        scopes.add(of)
        row = rests_on[figure.indicator, figure.grain, figure.period, of]
        assert row["deliveries"] == sum(len(sending.deliveries) for sending in one.sendings), figure
        assert (row["sendings"] or "") == ", ".join(f"{sending.dataset} {sending.service}" for sending in one.sendings), figure
        for column in ("rows_read", "rows_rejected"):
            assert row[column] == sum(sending.total(column) for sending in one.sendings), figure
        assert row["last_received"] == (one.last_received.received_at.date() if one.last_received else None), figure
        assert bool(row["lacking"]) == bool(one.lacking), figure
        assert (one.reads_from or dt.date(1, 1, 1), one.reads_to) == (row["reads_from"], row["reads_to"]), figure
    assert len(scopes) > 15


def test_rows_are_listed_behind_a_figure_of_every_indicator(con: duck.Connection) -> None:
    cells = con.execute("""
        select indicator, arg_max(grain, (period, dimension, member)), max(period), arg_max(dimension, (period, dimension, member)),
          arg_max(member, (period, dimension, member))
        from mart.indicator_value where numerator > 0 or denominator > 0 group by indicator
    """).fetchall()
    found = explain_all(con, [Figure(*cell) for cell in cells])
    behind = {figure.indicator: rows_behind(con, one, queries=QUERIES, known_on=KNOWN_ON) for figure, one in found.items()}
    assert behind.keys() == {indicator.name for indicator in COUNTED}
    assert [name for name, one in behind.items() if one.why_none or not one.rows] == []
    lined = {name for name, one in behind.items() if not one.ends}
    assert len(lined) >= 46, "as many lead on to the lines of files"


def test_a_case_is_listed_with_the_line_that_tells_its_end(con: duck.Connection) -> None:
    (one,) = explain_all(con, [Figure("cm_fp_exits", "month", dt.date(2013, 2, 1))]).values()
    listed = {
        (made_of.key["case_id"], *place)
        for row in rows_behind(con, one, queries=QUERIES, known_on=KNOWN_ON).rows
        for made_of in row.made_of
        for place in made_of.places
    }
    wanted = con.execute("""
        select r.case_id, d.file, r.line from stg.cm_fp_dossiers r join stg.delivery d using (delivery_id)
        where d.status = 'in_force' and r.closed_on between date '2013-02-01' and date '2013-02-28'
        qualify row_number() over (partition by r.case_id order by d.period desc) = 1
    """).fetchall()
    assert wanted and listed == set(wanted)


@pytest.mark.parametrize("internal", [False, True], ids=["controlled", "whole"])
def test_every_figure_of_the_steering_group_s_pack_has_an_answer_and_it_is_the_one_shown(
    published, con: duck.Connection, internal: bool
) -> None:
    period = latest_period(con)
    assert period
    file = (published.settings.reports / report_path(period, GP_CII, internal=internal)).read_text()
    cells = opened(file)
    explained = explain_all(con, {one.figure for one in cells})
    marks = {HIDDEN[reason]: why for reason, why in reasons(Thresholds()).items()}
    assert len(cells) > 3000
    for one in cells:
        value = explained[one.figure].value
        if one.hidden:
            assert not internal and one.said["Masqué"] == marks[one.text]
        elif one.figure.indicator == OF_LINES and not internal and value.value is not None:
            assert one.text in in_whole_per_cent(value.value), one
        else:
            assert one.text == value.text, one
        assert one.said["Mois lus"] == said.months_read(explained[one.figure].reads_from, explained[one.figure].reads_to)
    shown = {Figure(*key) for key in con.execute(_NEWEST, {"period": period}).fetchall()} & {one.figure for one in cells}
    assert {figure.indicator for figure in shown} >= {"cm_fp_announced", "pset_places", "system_recipients", "delivery_completeness"}


@pytest.mark.parametrize("internal", [False, True], ids=["controlled", "whole"])
def test_every_figure_is_the_same_in_the_html_the_workbook_the_data_and_explain(published, con: duck.Connection, internal: bool) -> None:
    period = latest_period(con)
    assert period
    whole = open_book(con, period)
    with nullcontext(whole) if internal else passed(whole, GP_CII, thresholds=Thresholds()) as book:
        made = edition(book, GP_CII, sample=True)
        html, sheets, package = html_of(made), table_sheets(pack_workbook(made)), data_package(made)
    grids, figure_of = html_grids(html), figures(html)
    assert len(grids) == len(sheets) > 60
    for grid, sheet in zip(grids, sheets, strict=True):
        assert sheet_rows(sheet, grid) == expected(grid), sheet.title
    seen = {figure_of(cell.of): cell.text.rstrip("*") for grid in grids for row in grid.rows for cell in row if cell.of}
    rows = {Figure(*row[:5]): row[5:] for row in pl.read_csv(package["indicator_value.csv"], try_parse_dates=True).iter_rows()}
    assert seen.keys() == rows.keys() and len(seen) > 3000
    units = dict(pl.read_csv(package["indicator.csv"]).select("indicator", "unit").iter_rows())
    explained = explain_all(con, list(rows))
    for figure, (*numbers, reason, complete, mature, version) in rows.items():
        one = explained[figure]
        value = numbers[-1]
        if value is None:
            assert seen[figure] == (HIDDEN | REASONS)[reason] and (numbers[0] is None or numbers[1] is not None), figure
            continue
        if figure.indicator == OF_LINES and not internal:
            assert seen[figure] in in_whole_per_cent(value), figure
        else:
            assert seen[figure] == (formats.percent(value) if units[figure.indicator] == "part" else formats.number(value)), figure
        assert (complete, mature, version) == (one.value.complete, one.value.mature, one.version.number), figure
        if figure.indicator != OF_LINES or internal:
            assert numbers == [getattr(one.value, name) for name in NUMBERS], figure


@pytest.mark.parametrize("name", [COORDINATION, LEGISLATURE, "service-semp"])
def test_the_tables_and_lines_of_every_other_pack_are_the_same_in_the_html_and_the_workbook(con: duck.Connection, name: str) -> None:
    period = latest_period(con)
    assert period
    whole, service = open_book(con, period), PACKS[name].service
    with own_book(whole, service, internal=False) if service else nullcontext(whole) as book:
        made = edition(book, name, sample=True)
        grids, sheets = html_grids(html_of(made)), table_sheets(pack_workbook(made))
    assert len(grids) == len(sheets) > 5
    for grid, sheet in zip(grids, sheets, strict=True):
        assert sheet_rows(sheet, grid) == expected(grid), sheet.title
    assert (name == LEGISLATURE) != any(cell.line for grid in grids for row in grid.rows for cell in row)


def test_what_explain_says_is_hidden_is_hidden_in_the_pack(published, con: duck.Connection) -> None:
    period = latest_period(con)
    assert period
    cells = [one for one in opened((published.settings.reports / report_path(period, GP_CII)).read_text()) if one.figure.period == period]
    for hidden in (True, False):
        some = {one.figure: one for one in cells if one.hidden == hidden}
        assert len(some) > 6
        for figure, one in list(some.items())[:: len(some) // 6]:
            told = told_instead(con, figure, thresholds=Thresholds())
            assert (told is not None) == hidden and (told or one.text).startswith(one.text), figure


def test_an_analyst_types_a_figure_and_reads_what_it_rests_on(published) -> None:
    told = cii(published.settings, "explain", "cm_fp_solution_rate", "--period", "2013-02", "--rows")
    assert told.returncode == 0 and "61,3" in told.stdout and "256 unités comptées" in told.stdout, told.stderr
    assert "sfpo/cm_fp_dossiers_2013-02.xlsx" in told.stdout and "756." not in told.stdout and "Non diffusé" not in told.stdout
    moving = cii(published.settings, "explain", "cm_fp_exits", "--period", "2013-02")
    assert "Non diffusé" in moving.stdout and "• retenu: ce qui bouge de mois en mois" in moving.stdout
    yearly = cii(published.settings, "explain", "agreements_in_force", "--period", "2016-05", "--grain", "year")
    assert yearly.returncode == 0 and "Conventions en vigueur, 2016" in yearly.stdout
    wrong = cii(published.settings, "explain", "cm_fp_solution", "--period", "2013-02")
    assert wrong.returncode == 1 and "cm_fp_solutions" in wrong.stderr and "Traceback" not in wrong.stderr
