"""The notebooks as an analyst runs them: from top to bottom, on the published copy, in nobody's way."""

import ast
import base64
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import numpy as np
import psutil
import pytest
from nbclient import NotebookClient

from pipelines import duck
from pipelines.duck import publication
from pipelines.errors import CiiError
from pipelines.reports import theme
from pipelines.reports.notebook import begin
from pipelines.settings import ROOT, Settings
from tests.support import cii, environment, settings_in

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOLUTIONS = ROOT / "notebooks" / "01_solutions_cm_fp.ipynb"
PATHS = ROOT / "notebooks" / "02_parcours.ipynb"
PLOTLY = "application/vnd.plotly.v1+json"


@dataclass(frozen=True)
class Ran:
    """A notebook that was run and whose kernel still lives, with all it opened."""

    settings: Settings
    client: NotebookClient

    def outputs(self, kind):
        """What its cells put out, of one kind."""
        given = [output.get("data", {}) for cell in self.client.nb.cells for output in cell.get("outputs", ())]
        return [data[kind] for data in given if kind in data]

    def asked(self, code):
        """What one more cell of the same kernel prints."""
        cell = nbformat.v4.new_code_cell(code)
        self.client.nb.cells.append(cell)
        self.client.execute_cell(cell, len(self.client.nb.cells) - 1)
        return cell.outputs[0]["text"].strip()


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def ran(request, published, tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebook")
    shutil.copytree(published.settings.warehouse, folder / "warehouse")
    settings = settings_in(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_RUNTIME_DIR", str(folder / "runtime"))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        client = NotebookClient(nbformat.read(request.param, as_version=4), timeout=120, resources={"metadata": {"path": str(folder)}})
        with client.setup_kernel(env=environment(settings) | {"IPYTHONDIR": str(folder / "ipython")}):
            for index, cell in enumerate(list(client.nb.cells)):
                client.execute_cell(cell, index)
            yield Ran(settings, client)


def numbers(values):
    """The numbers of a trace: plotly writes arrays in binary."""
    if isinstance(values, dict):
        return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
    return list(values)


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_notebook_holds_no_outputs_and_no_path_of_a_machine(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert cells and all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    text = path.read_text(encoding="utf-8")
    assert str(ROOT) not in text and str(Path.home()) not in text and not re.search(r"/home/|/Users/|\b[A-Z]:\\\\", text)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_whom_it_is_for_and_how_to_go_on(path: Path) -> None:
    prose = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    assert "usage interne – analystes" in prose[0].lower()
    assert "cii dictionary" in prose[-1]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_with_one_import_and_has_no_other(path: Path) -> None:
    code = [ast.parse(cell.source) for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    imports = [[node for node in ast.walk(cell) if isinstance(node, ast.Import | ast.ImportFrom)] for cell in code]
    assert [len(found) for found in imports] == [1] + [0] * (len(code) - 1)
    assert imports[0][0].module == "pipelines.reports.notebook"


def test_a_chart_wears_the_theme_of_the_reports_on_a_ground_of_its_own(ran) -> None:
    (chart,) = ran.outputs(PLOTLY)
    shown = chart["layout"]["template"]["layout"]
    assert {name: shown.get(name) for name in ("font", "separators", "plot_bgcolor", "yaxis")} == {
        name: theme.TEMPLATE["layout"][name] for name in ("font", "separators", "plot_bgcolor", "yaxis")
    }
    assert shown["paper_bgcolor"] == "white" and tuple(shown["colorway"]) == theme.PALETTE
    # What an analyst writes into a chart points with an arrow, as plotly's own do.
    assert shown.get("annotationdefaults", {}).get("showarrow", True)


def test_a_chart_has_no_button_that_sends_its_figures_elsewhere(ran) -> None:
    (chart,) = ran.outputs(PLOTLY)
    assert chart["config"]["modeBarButtons"] == [["toImage"]] and chart["config"]["displaylogo"] is False


def test_a_notebook_before_anything_is_published_says_what_to_do(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CII_WAREHOUSE_DIR", str(tmp_path / "warehouse"))
    with pytest.raises(CiiError, match="n'existe pas encore: lancez d'abord «cii run»"):
        begin()


def test_a_notebook_runs_from_top_to_bottom_and_says_that_the_persons_are_invented(ran) -> None:
    assert any("les personnes sont inventées" in text for text in ran.outputs("text/markdown"))
    assert len(ran.outputs(PLOTLY)) == 1


@pytest.mark.parametrize("ran", [SOLUTIONS], indirect=True, ids=["01_solutions_cm_fp"])
def test_the_points_of_the_chart_equal_the_rows_of_the_warehouse(ran) -> None:
    (chart,) = ran.outputs(PLOTLY)
    drawn = {
        (trace["name"], month): percent
        for trace in chart["data"]
        for month, percent in zip(numbers(trace["x"]), numbers(trace["y"]), strict=True)
    }
    with duck.open_published(ran.settings.published) as con:
        rows = con.execute(
            """
            select c.label, i.months, 100 * i.incidence from mart.outcome_incidence i
            join core.code c on c.list = 'cm_fp_solution' and c.code = i.outcome
            where i.process = 'CM_FP' and i.cohort = 'ALL' and i.at_risk > 0
            """
        ).fetchall()
    assert len(rows) > 100
    assert drawn == pytest.approx({(label, months): percent for label, months, percent in rows})


@pytest.mark.parametrize("ran", [SOLUTIONS], indirect=True, ids=["01_solutions_cm_fp"])
def test_the_chart_wears_the_theme_of_the_house(ran) -> None:
    (chart,) = ran.outputs(PLOTLY)
    assert chart["layout"]["template"]["layout"]["separators"] == ",’"
    assert chart["layout"]["title"]["text"] and chart["layout"]["xaxis"]["title"]["text"] == "mois depuis l'annonce"


@pytest.mark.parametrize("ran", [PATHS], indirect=True, ids=["02_parcours"])
def test_the_lines_of_the_pairs_are_the_persons_of_the_warehouse_in_the_months_that_both_services_cover(ran) -> None:
    (chart,) = ran.outputs(PLOTLY)
    drawn = {
        (trace["name"], month[:10]): persons
        for trace in chart["data"]
        for month, persons in zip(numbers(trace["x"]), numbers(trace["y"]), strict=True)
    }
    with duck.open_published(ran.settings.published) as con:
        rows = con.execute(
            """
            select a.service || '+' || b.service, a.period::varchar, count(distinct a.person_id) from core.person_month a
            join core.person_month b on b.person_id = a.person_id and b.period = a.period and b.service > a.service
            where a.age between 18 and 64
            group by all
            """
        ).fetchall()
        sent = "from stg.delivery where dataset = 'prestations' and status = 'in_force' group by service"
        since = dict(con.execute(f"select service, min(period)::varchar {sent}").fetchall())
    assert len(set(since.values())) > 1
    assert {pair for pair, _, _ in rows} == {pair for pair, _ in drawn}
    assert {cell: persons for cell, persons in drawn.items() if persons} == {(pair, month): persons for pair, month, persons in rows}
    for pair in {pair for pair, _ in drawn}:
        first = max(since[service] for service in pair.split("+"))
        assert min(month for one, month in drawn if one == pair) == first


@pytest.mark.parametrize("ran", [PATHS], indirect=True, ids=["02_parcours"])
def test_the_paths_counted_in_the_notebook_are_the_published_indicators_in_every_month(ran) -> None:
    compared = ran.asked("print(checks.to_csv(index=False, header=False))").splitlines()
    with duck.open_published(ran.settings.published) as con:
        published = con.execute(
            """
            select i.label, count(*), 0 from mart.indicator_value v join mart.indicator i on i.indicator = v.indicator
            where v.value is not null and v.grain = 'month' and (v.indicator, v.member) in
              (('cii_share_of_jobseekers', 'total'), ('system_exits', 'AC'), ('youth_gap_months', 'total'))
            group by i.label order by i.label
            """
        ).fetchall()
    assert [tuple(line.rsplit(",", 2)) for line in compared] == [(label, f"{count}", f"{none}") for label, count, none in published]
    assert len(published) == 3 and all(count > 90 for _, count, _ in published)


@pytest.mark.parametrize("ran", [PATHS], indirect=True, ids=["02_parcours"])
@pytest.mark.parametrize("table", ["person_month", "left_unemployment", "gap"])
def test_the_comparison_fails_when_rows_are_missing(ran, table: str) -> None:
    (check,) = (cell["source"] for cell in ran.client.nb.cells if cell.get("id") == "check")
    tried = f"""
con.execute("begin")
con.execute("delete from {table} where period = (select max(period) from {table})")
try:
    exec({check!r})
    print("passed")
except AssertionError:
    print("failed")
finally:
    con.execute("rollback")
"""
    assert ran.asked(tried) == "failed"


def test_a_notebook_shows_nobody_s_pseudonym(ran) -> None:
    with duck.open_published(ran.settings.published) as con:
        persons = {person for (person,) in con.execute("select person_id from core.person").fetchall()}
    shown = set(re.findall(r"\w+", json.dumps([cell.get("outputs", []) for cell in ran.client.nb.cells])))
    assert len(persons) > 1000 and not persons & shown


def test_a_notebook_opens_the_published_copy_alone_and_can_only_read_it(ran) -> None:
    kernel = psutil.Process(int(ran.asked("import os; print(os.getpid())")))
    warehouse = ran.settings.warehouse.resolve()
    opened = {Path(file.path) for file in kernel.open_files() if Path(file.path).is_relative_to(warehouse)}
    assert opened == {ran.settings.published.resolve()}
    assert ran.asked("print(con.sql(\"select current_setting('access_mode')\").fetchone()[0])") == "read_only"


@pytest.mark.parametrize("ran", [SOLUTIONS], indirect=True, ids=["01_solutions_cm_fp"])
def test_a_run_publishes_while_a_notebook_is_open(ran, published) -> None:
    before = ran.settings.published.stat().st_ino
    next(ran.settings.reports.glob("*/gp-cii.fr.html")).unlink()  # so that there is something to publish
    made = cii(ran.settings.but(raw=published.settings.raw), "run")
    assert made.returncode == 0, made.stderr
    assert ran.settings.published.stat().st_ino != before
    assert ran.asked("print(con.sql('select count(*) from mart.indicator').fetchone()[0] > 0)") == "True"


def test_a_notebook_left_open_stands_in_the_way_of_no_publication(ran) -> None:
    before = ran.settings.published.stat().st_ino
    with duck.connect(ran.settings.build) as con:
        con.execute("create table stg.published_meanwhile as select 1 as one")
        publication.copy(con, ran.settings.published)
        publication.put(ran.settings.published)
    assert ran.settings.published.stat().st_ino != before
    with duck.open_published(ran.settings.published) as con:
        assert duck.exists(con, "stg.published_meanwhile")
    # What was opened stays what it was, until the notebook is run anew.
    assert ran.asked("print(con.sql('select count(*) from mart.outcome_incidence').fetchone()[0] > 0)") == "True"
