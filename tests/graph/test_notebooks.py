"""The notebooks as an analyst runs them: from top to bottom, on the published copy, in nobody's way."""

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
from pipelines.settings import ROOT, Settings
from tests.support import environment, settings_in

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOLUTIONS = ROOT / "notebooks" / "01_solutions_cm_fp.ipynb"
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


def test_a_notebook_opens_the_published_copy_alone_and_can_only_read_it(ran) -> None:
    kernel = psutil.Process(int(ran.asked("import os; print(os.getpid())")))
    warehouse = ran.settings.warehouse.resolve()
    opened = {Path(file.path) for file in kernel.open_files() if Path(file.path).is_relative_to(warehouse)}
    assert opened == {ran.settings.published.resolve()}
    assert ran.asked("print(con.sql(\"select current_setting('access_mode')\").fetchone()[0])") == "read_only"


def test_a_notebook_left_open_stands_in_the_way_of_no_publication(ran) -> None:
    before = ran.settings.published.stat().st_ino
    with duck.connect(ran.settings.build) as con:
        con.execute("create table stg.published_meanwhile as select 1 as one")
        duck.copy(con, ran.settings.published)
        duck.put(ran.settings.published)
    assert ran.settings.published.stat().st_ino != before
    with duck.open_published(ran.settings.published) as con:
        assert duck.exists(con, "stg.published_meanwhile")
    # What was opened stays what it was, until the notebook is run anew.
    assert ran.asked("print(con.sql('select count(*) from mart.outcome_incidence').fetchone()[0] > 0)") == "True"
