"""The three doors: a dataset, an indicator and a page come in by new files alone."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import duck
from pipelines.settings import ROOT
from tests.support import environment, settings_in

DATASET = '''
"""Coins of a toy, sent by the SMIG."""

import datetime as dt

from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Export, Field

EXPORT = Export(
    name="jetons",
    title="Jetons d'essai",
    row="Une ligne par jeton à la fin du mois",
    services={"smig": dt.date(2012, 1, 1)},
    fields=(
        Field(column=Column("coin_id", Kind.TEXT, "Jeton", "Jeton", "Numéro du jeton."), header="Jeton", required=True, key=True),
        Field(column=Column("worth", Kind.AMOUNT, "Valeur du jeton", "Wert", "Valeur."), header="Valeur du jeton", required=True, minimum=0),
    ),
)
'''

SAMPLE = '''
"""Invented coins: two of them, in one month."""

import datetime as dt
from collections.abc import Iterator

import polars as pl

from pipelines.sample.delivery import CSV, SampleDelivery
from pipelines.sample.world import World


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """The one delivery."""
    rows = pl.DataFrame({"coin_id": ["A", "B"], "worth": [1.5, 2.0]})
    yield SampleDelivery("smig", "jetons", dt.date(2012, 3, 1), 1, rows, dt.datetime(2012, 4, 3, 9, 0), CSV)
'''

INDICATOR = """
-- Valeur des jetons
--
-- definition: Somme des valeurs des jetons à la fin du mois.
-- numerator: valeurs
-- unit: CHF
-- source: Jetons (jetons)
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total
select d.period, j.worth as numerator
from stg.jetons j
join stg.delivery d on d.delivery_id = j.delivery_id
where d.status = 'in_force'
"""

PAGE = '''
"""Coins."""

from pipelines.reports.book import Book
from pipelines.reports.content import Block, Chart, Page
from pipelines.reports.series import total


def _build(book: Book) -> tuple[Block, ...]:
    series = (total(book, "coin_worth", "Jetons"),)
    return (Chart(slug="worth", title="Valeur des jetons au fil du temps", about=(book.catalogue["coin_worth"],), series=series),)


PAGE = Page(slug="jetons", title="Jetons", order=90, build=_build)
'''

NEW = {
    "pipelines/contracts/exports/jetons.py": DATASET,
    "pipelines/sample/jetons.py": SAMPLE,
    "assets/mart/coin_worth.sql": INDICATOR,
    "pipelines/reports/pages/jetons.py": PAGE,
}


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A copy of the house with the new files and no other change."""
    house = tmp_path_factory.mktemp("house")
    for folder in ("pipelines", "assets"):
        shutil.copytree(ROOT / folder, house / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / file, house / file)
    for file, text in NEW.items():
        assert not (house / file).exists()
        (house / file).write_text(text.lstrip())
    return house


def command(house: Path, *arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        cwd=house,
        env=env | {"PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_a_dataset_an_indicator_and_a_page_come_in_by_new_files_alone(house: Path, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    env = environment(settings)
    made = command(house, "sample", "--out", str(settings.raw), "--from", "2012-02", "--to", "2012-03", env=env)
    assert made.returncode == 0, made.stderr
    assert (settings.raw / "smig" / "jetons_2012-03.csv").exists()
    ran = command(house, "run", env=env)
    assert ran.returncode == 0, ran.stderr
    with duck.open_published(settings.published) as con:
        assert con.execute("select numerator from mart.coin_worth where period = '2012-03-01'").fetchone() == (3.5,)
        assert con.execute("select count(*) from mart.indicator_value where indicator = 'coin_worth'").fetchone() == (1,)
        assert con.execute("select datasets from mart.indicator where indicator = 'coin_worth'").fetchone() == ("jetons",)
        assert con.execute("select count(*) from stg.jetons").fetchone() == (2,)
    assert "Valeur des jetons au fil du temps" in (settings.reports / "2012-03" / "gp-cii.fr.html").read_text()
    assert "`coin_worth`" in command(house, "dictionary", env=env).stdout.replace("mart.", "")
    states = json.loads(command(house, "status", "--json", env=env).stdout)
    assert {(one["dataset"], one["state"]) for one in states if one["service"] == "SMIG"} >= {("jetons", "missing"), ("jetons", "in_force")}


def test_one_name_with_two_meanings_does_not_come_in(house: Path, tmp_path: Path) -> None:
    other = tmp_path / "house"
    shutil.copytree(house, other)
    file = other / "pipelines/contracts/exports/jetons.py"
    file.write_text(file.read_text().replace('Column("coin_id"', 'Column("case_id"'))
    ran = subprocess.run(
        [sys.executable, "-c", "import pipelines.contracts.registry"],
        cwd=other,
        env=os.environ | {"PYTHONPATH": str(other)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode != 0 and "case_id has two meanings" in ran.stderr
