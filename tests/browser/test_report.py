"""The report in a real browser, from disk: it draws what its tables say, and asks nothing of anyone."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from pipelines import duck
from tests.golden import world
from tests.packs import write_packs

TRACES = """() => [...document.querySelectorAll('figure:has(.plot)')].map(figure => ({
  id: figure.id,
  // An outline between which values may lie is none of them.
  traces: figure.querySelector('.plot').data.filter(({fill}) => fill !== 'toself').map(
    ({name, orientation, hoverinfo, x, y, link}) => ({name, orientation, hoverinfo, x, y, moves: link?.customdata, persons: link?.value})
  ),
  cells: [...figure.querySelectorAll('[data-series]')].map(({dataset, textContent}) => ({...dataset, text: textContent.trim()})),
}))"""

MARKS = """() => [...document.querySelectorAll('figure:has(.plot)')].map(figure => {
  const marks = [...figure.querySelectorAll('.scatterlayer path.js-line, .scatterlayer path.point, .barlayer .point path, .sankey-link, .node-rect')];
  const plot = figure.querySelector('.plot').getBoundingClientRect();
  const seen = marks.map(mark => mark.getBoundingClientRect()).filter(box => box.width + box.height > 2);
  return {id: figure.id, marks: seen.length, width: plot.width, height: plot.height,
          outside: seen.filter(box => box.right > plot.right + 1 || box.left < plot.left - 1).length};
})"""


@pytest.fixture(scope="module")
def small_reports(tmp_path_factory):
    """The whole reports to the steering and the coordination group, and the pack to the steering group."""
    controlled, *whole = write_packs(world.build(), tmp_path_factory.mktemp("reports"), period=world.PERIOD)[:3]
    return [*whole, controlled]


@pytest.fixture(scope="module")
def small_report(small_reports):
    return small_reports[0]


def opened(watch, path, width=1280):
    watched = watch(path.as_uri(), width=width)
    watched.page.wait_for_selector("html[data-drawn]", state="attached")
    return watched


@pytest.fixture(scope="module")
def wide(watch, small_report):
    return opened(watch, small_report)


@pytest.fixture(scope="module")
def told(watch, small_reports):
    """The pack that leaves the circle."""
    return opened(watch, small_reports[2])


@pytest.fixture(scope="module", params=[(report, width) for report in (0, 1, 2) for width in (360, 1280)])
def any_width(request, watch, small_reports):
    report, width = request.param
    return opened(watch, small_reports[report], width).page


def drawn_points(figure):
    """What the browser holds for each point: the whole series, on which the final parts are drawn once more."""
    whole, over = {}, {}
    for trace in figure["traces"]:
        if trace.get("moves"):
            told = [tuple(move.rsplit(":", 1)[0].split(" → ")) for move in trace["moves"]]
            return dict(zip(told, trace["persons"], strict=True))
        places, values = (trace["y"], trace["x"]) if trace.get("orientation") == "h" else (trace["x"], trace["y"])
        points = {(trace["name"], str(place)): value for place, value in zip(places, values, strict=True)}
        if trace.get("hoverinfo") == "skip":
            over |= {key: value for key, value in points.items() if value is not None}
        else:
            assert not whole.keys() & points.keys(), f"{figure['id']}: a point is drawn twice"
            whole |= points
    assert over.items() <= whole.items(), figure["id"]
    return whole


def told_points(figure):
    """What its table says for each point."""
    return {(cell["series"], cell["x"]): float(cell["value"]) if cell["value"] else None for cell in figure["cells"]}


def stock_drawn(watch, path):
    """A report of the sample, whose charts all draw what their tables say, and the open files of the CM-FP that it draws by month."""
    watched = opened(watch, path)
    figures = {figure["id"]: figure for figure in watched.page.evaluate(TRACES)}
    assert len(figures) > 10
    for figure in figures.values():
        assert drawn_points(figure) == told_points(figure), figure["id"]
    stock = drawn_points(figures["cm_fp-stock"])
    return watched, {x: value for (series, x), value in stock.items() if series == "Dossiers CM-FP ouverts"}


def test_points_drawn_equal_the_cells_of_the_table_in_every_chart(wide, watch, small_reports):
    figures = wide.page.evaluate(TRACES) + opened(watch, small_reports[1]).page.evaluate(TRACES)
    golden = Path(world.__file__).parent / "figures"
    assert {figure["id"].replace("-", ".", 1) for figure in figures} == {path.stem for path in golden.glob("*.json")}
    for figure in figures:
        cells = told_points(figure)
        assert len(cells) == len(figure["cells"]), figure["id"]
        assert drawn_points(figure) == cells, figure["id"]


def test_the_published_report_of_the_sample_draws_what_its_tables_and_the_warehouse_say(watch, published):
    (path,) = published.settings.reports.glob("*/gp-cii-interne.fr.html")
    watched, drawn = stock_drawn(watch, path)
    with duck.open_published(published.settings.published) as con:
        rows = con.execute("select period::varchar, value from mart.cm_fp_open where dimension = 'total'").fetchall()
    assert drawn == dict(rows)
    assert watched.outside() == [] and watched.errors == []
    assert all(figure["marks"] > 0 for figure in watched.page.evaluate(MARKS))


def test_the_published_pack_of_the_sample_draws_what_the_warehouse_says_or_nothing(watch, published):
    (path,) = published.settings.reports.glob("*/gp-cii.fr.html")
    watched, drawn = stock_drawn(watch, path)
    with duck.open_published(published.settings.published) as con:
        rows = dict(con.execute("select period::varchar, value from mart.cm_fp_open where dimension = 'total'").fetchall())
    assert drawn.keys() == rows.keys() and all(value in (None, rows[x]) for x, value in drawn.items())
    assert sum(value is not None for value in drawn.values()) > len(drawn) / 2
    assert watched.outside() == [] and watched.errors == []


TEXTS = """() => [...document.querySelectorAll('.plot')].flatMap(plot => ['.xtick text', '.ytick text', '.annotation-text-g'].map(kind => ({
  chart: plot.closest('figure').id,
  texts: [...plot.querySelectorAll(kind)].map(text => [text.textContent, text.getBoundingClientRect()]).filter(([text, box]) => text && box.width)
    .map(([text, {left, right, top, bottom}]) => ({text, left, right, top, bottom})),
})))"""


@pytest.mark.parametrize("width", [360, 1280])
def test_no_name_in_a_chart_of_the_sample_lies_on_another(watch, published, width):
    (path,) = published.settings.reports.glob("*/gp-cii.fr.html")
    found = opened(watch, path, width).page.evaluate(TEXTS)
    assert sum(len(one["texts"]) for one in found) > 200
    for one in found:
        for a, b in combinations(one["texts"], 2):
            beside = a["right"] <= b["left"] + 1 or b["right"] <= a["left"] + 1
            assert beside or a["bottom"] <= b["top"] + 2 or b["bottom"] <= a["top"] + 2, (one["chart"], a["text"], b["text"])


def test_a_cell_without_a_value_says_why_in_words(wide, told):
    for watched, reasons in ((wide, set()), (told, {"• seuil", "• protégé"})):
        figures = watched.page.evaluate(TRACES)
        empty = [cell["text"] for figure in figures for cell in figure["cells"] if cell["value"] == ""]
        assert {" ".join(text.split()[:2]) for text in empty} - {"• retenu"} == {"Non reçu", "Non applicable", *reasons}


def test_every_chart_has_marks_on_it_and_a_size(any_width):
    for figure in any_width.evaluate(MARKS):
        assert figure["marks"] > 0 and figure["width"] > 250 and figure["height"] > 150, figure
        assert figure["outside"] == 0, figure


# A chart answers a new width by itself, some time after the page has drawn it for that width; from then on its size is its own.
ANSWERED = """() => [...document.querySelectorAll('.plot')].every(
  plot => plot.layout.autosize && Math.abs(plot.querySelector('.main-svg').getBoundingClientRect().width - plot.getBoundingClientRect().width) < 1
)"""


@pytest.mark.parametrize("turns", [[1280, 360], [360, 1280], [360, 1280, 360]])
def test_a_page_that_is_turned_or_zoomed_shows_what_one_opened_so_shows(watch, small_report, turns):
    page = opened(watch, small_report, turns[0]).page
    for width in turns[1:]:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(ANSWERED)
    assert page.evaluate(MARKS) == opened(watch, small_report, width).page.evaluate(MARKS)


def test_the_page_body_does_not_scroll_sideways(any_width):
    assert any_width.evaluate("document.documentElement.scrollWidth") <= any_width.viewport_size["width"]


def test_the_report_asks_nothing_of_anyone_and_tells_of_no_error(wide, told):
    for watched in (wide, told):
        for plot in watched.page.query_selector_all(".plot"):
            plot.hover()
        watched.page.wait_for_timeout(500)
        assert watched.requests, "the watcher saw not even the report itself"
        assert watched.outside() == []
        assert watched.errors == []


def test_the_report_would_ask_for_nothing_even_if_it_were_allowed_to(watch, small_report, tmp_path):
    text = small_report.read_text(encoding="utf-8")
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    assert free != text
    copy = tmp_path / "free.html"
    copy.write_text(free, encoding="utf-8")
    watched = opened(watch, copy)
    watched.page.wait_for_timeout(500)
    assert watched.outside() == []


def test_the_policy_of_the_report_refuses_every_connection_and_foreign_script(watch, small_report):
    page = opened(watch, small_report).page
    refused = page.evaluate(
        """async () => {
          const refused = [];
          document.addEventListener('securitypolicyviolation', event => refused.push(event.effectiveDirective));
          await fetch('http://127.0.0.1:9/').catch(() => null);
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(script);
          await new Promise(resolve => setTimeout(resolve, 100));
          return [...refused, window.ran ?? 'did not run'];
        }"""
    )
    assert refused == ["connect-src", "script-src-elem", "did not run"]


def test_a_browser_that_cannot_unpack_the_charts_says_where_their_values_are_and_still_explains(watch, small_report):
    page = watch("about:blank").page
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto(small_report.as_uri())
    page.wait_for_selector("text=ses valeurs sont dans le tableau")
    said = set(page.eval_on_selector_all(".plot", "plots => plots.map(plot => plot.textContent)"))
    assert len(said) == 1 and not page.query_selector("html[data-drawn]")
    page.click(".cards [data-of]")
    assert page.is_visible("dialog#explanation")


def test_the_watcher_sees_a_page_that_does_ask(watch, tmp_path):
    page = tmp_path / "asks.html"
    page.write_text("<script>fetch('http://127.0.0.1:9/asked').catch(() => document.body.append('done'))</script>", encoding="utf-8")
    watched = watch(page.as_uri())
    watched.page.wait_for_selector("text=done")
    assert watched.outside() == ["http://127.0.0.1:9/asked"]
    assert watched.errors


def test_the_list_of_reports_leads_to_the_report(watch, small_report):
    watched = watch((small_report.parent.parent / "index.html").as_uri())
    watched.page.click("text=mai 2020")
    watched.page.wait_for_selector("html[data-drawn]", state="attached")
    assert watched.page.inner_text("h1") == "Collaboration interinstitutionnelle: mai 2020"
    assert watched.outside() == [] and watched.errors == []


def test_charts_speak_french(wide):
    page = wide.page
    ticks = " ".join(page.eval_on_selector_all("#cm_fp-stock .xtick text", "nodes => nodes.map(node => node.textContent)"))
    assert "janv." in ticks and "mai" in ticks and "Jan" not in ticks
    counts = page.eval_on_selector_all("#cm_fp-stock .ytick text", "nodes => nodes.map(node => node.textContent)")
    assert "1’000" in counts
    shares = page.eval_on_selector_all("#pset-share .ytick text", "nodes => nodes.map(node => node.textContent)")
    assert "100\N{NO-BREAK SPACE}%" in shares


def test_a_long_name_stands_at_its_line_where_there_is_room_and_a_letter_for_it_where_there_is_not(watch, small_reports):
    seen = {}
    for width in (360, 1280):
        chart = opened(watch, small_reports[0], width).page.locator("#cm_fp-stock")
        words = [text.replace("\N{NO-BREAK SPACE}", " ") for text in chart.locator(".annotation-text").all_text_contents()]
        seen[width] = (words, chart.locator(".legend").is_visible())
    assert sorted(seen[360][0])[:4] == ["A", "B", "C", "D"] and seen[360][1]
    assert any(word.startswith("Dossiers CM-FP ouverts: ") for word in seen[1280][0]) and not seen[1280][1]
