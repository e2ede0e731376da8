"""The figures of the report, as JSON specifications made from the small world.

`CII_UPDATE_GOLDEN=1 pytest tests/golden` writes them anew; read the diff before committing it.
"""

import difflib
import json
import os
from pathlib import Path

import plotly.graph_objects as go
import pytest

from pipelines.reports.book import open_book
from pipelines.reports.chart import Chart
from pipelines.reports.content import charts
from pipelines.reports.figures import figure
from pipelines.reports.moves import Flow
from pipelines.reports.pages import pages
from pipelines.reports.theme import TEMPLATE
from tests.golden import world

FIGURES = Path(__file__).parent / "figures"
UPDATE = os.environ.get("CII_UPDATE_GOLDEN") == "1"


def figures():
    book = open_book(world.build(), world.PERIOD)
    made = {page.slug: page.build(book) for page in pages()}
    drawn = {
        f"{slug}.{block.slug}": block
        for slug, blocks in made.items()
        for block in (*charts(blocks), *blocks)
        if isinstance(block, Chart | Flow)
    }
    return {name: figure(chart) for name, chart in drawn.items()}


@pytest.fixture(scope="module")
def drawn():
    made = figures()
    if UPDATE:
        FIGURES.mkdir(exist_ok=True)
        for path in FIGURES.glob("*.json"):
            path.unlink()
        for name, spec in made.items():
            (FIGURES / f"{name}.json").write_text(readable(spec), encoding="utf-8")
    return made


def readable(spec):
    """JSON with a list of plain values on one line, so that a diff shows the series that changed."""
    return _laid_out(spec, "") + "\n"


def _laid_out(value, indent):
    inner = indent + "  "
    if isinstance(value, dict) and value:
        lines = [f"{inner}{json.dumps(key)}: {_laid_out(value[key], inner)}" for key in sorted(value)]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        return "[\n" + ",\n".join(inner + _laid_out(one, inner) for one in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


def differences(name, spec):
    path = FIGURES / f"{name}.json"
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    return "\n".join(difflib.unified_diff(expected.splitlines(), readable(spec).splitlines(), f"golden {name}", "now", lineterm="", n=2))


@pytest.mark.parametrize("name", sorted(path.stem for path in FIGURES.glob("*.json")))
def test_the_figure_is_as_its_golden_file_says(drawn, name):
    told = differences(name, drawn[name])
    assert not told, f"CII_UPDATE_GOLDEN=1 would write this anew:\n{told}"


def test_there_is_a_golden_file_for_each_figure_and_for_no_other(drawn):
    assert sorted(path.stem for path in FIGURES.glob("*.json")) == sorted(drawn)


def test_a_changed_point_is_told(drawn):
    for name, spec in drawn.items():
        trace = spec["data"][0]
        axis = "x" if trace.get("orientation") == "h" else "y"
        values = list(trace["link"]["value"] if trace["type"] == "sankey" else trace[axis])
        place = next(place for place, value in enumerate(values) if value is not None)
        values[place] += 1
        other = {"link": trace["link"] | {"value": values}} if trace["type"] == "sankey" else {axis: values}
        changed = spec | {"data": [trace | other, *spec["data"][1:]]}
        assert differences(name, changed), name


def test_plotly_knows_every_property_of_every_figure(drawn):
    for spec in drawn.values():
        go.Figure(spec)
    go.layout.Template(TEMPLATE)


def test_plotly_refuses_a_property_it_does_not_know():
    with pytest.raises(ValueError, match="colour"):
        go.Figure({"data": [{"type": "bar", "marker": {"colour": "red"}}]})


def test_figures_are_plain_json_without_binary_arrays(drawn):
    assert "bdata" not in json.dumps(drawn, allow_nan=False)
