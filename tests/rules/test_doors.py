"""The three doors: a dataset, an indicator and a page come in by new files alone; a new definition comes in beside the old one."""

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
-- persons: none
-- version: 1
-- valid_from: 2012-01-01
select d.period, j.worth as numerator
from stg.jetons j
join stg.delivery d on d.delivery_id = j.delivery_id
where d.status = 'in_force'
"""

PAGE = '''
"""Coins."""

from pipelines.reports.book import Book
from pipelines.reports.chart import Chart
from pipelines.reports.content import Block, Page
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


def copy_of_the_house(house: Path) -> None:
    for folder in ("pipelines", "assets"):
        shutil.copytree(ROOT / folder, house / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / file, house / file)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A copy of the house with the new files and no other change."""
    house = tmp_path_factory.mktemp("house")
    copy_of_the_house(house)
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


def test_a_replaced_definition_is_computed_beside_the_new_one_over_all_periods(tmp_path: Path) -> None:
    house = tmp_path / "house"
    copy_of_the_house(house)
    mart = house / "assets" / "mart"
    first = (mart / "cm_fp_exits.sql").read_text()
    (mart / "former_cm_fp_exits_1.sql").write_text(first)
    # Without those out of the criteria, and by year too: not even the periods are those of the first one.
    second = first.replace("version: 1", "version: 2").replace("2009-01-01", "2012-01-01").replace("reads: month", "reads: end")
    second = second.replace("-- dimensions", "-- grains: month, year\n-- dimensions").replace("select period, ", "select grain, c.period, ")
    second = second.replace("where closed_now", "m\njoin core.calendar c on m.period between c.period and c.last_day\nwhere closed_now")
    (mart / "cm_fp_exits.sql").write_text(second.replace("closed_now", "closed_now and outcome <> 'HORS_CRITERES'"))
    settings = settings_in(tmp_path)
    env = environment(settings)
    months = ("--from", "2012-01", "--to", "2012-12", "--dataset", "cm_fp_dossiers")
    assert command(house, "sample", "--out", str(settings.raw), *months, env=env).returncode == 0
    ran = command(house, "run", env=env)
    assert ran.returncode == 0, ran.stderr
    with duck.open_published(settings.published) as con:
        changed = "from mart.definition_change where indicator = 'cm_fp_exits' and definition_version = 2"
        total = f"{changed} and member = 'total'"
        former = "select sum(value) from mart.former_cm_fp_exits_1 where member = 'total'"
        assert con.execute(f"select grain, count(*) {total} group by grain order by grain").fetchall() == [("month", 12), ("year", 1)]
        before, now, change = con.execute(f"select sum(value_before), sum(value), sum(value_change) {total} and grain = 'month'").fetchone()
        assert (before,) == con.execute(former).fetchone()
        assert before > now > 0 and change == now - before
        assert con.execute(f"select value_before, value {total} and grain = 'year'").fetchone() == (None, now)
        out = con.execute(f"select sum(value_before), sum(value) {changed} and member = 'HORS_CRITERES' and grain = 'month'").fetchone()
        assert out == (before - now, 0)
        shown = "select indicator, definition_version, valid_from::varchar from mart.{}indicator where indicator like '%cm_fp_exits%'"
        assert con.execute(shown.format("")).fetchall() == [("cm_fp_exits", 2, "2012-01-01")]
        assert con.execute(shown.format("former_")).fetchall() == [("former_cm_fp_exits_1", 1, "2009-01-01")]
        assert con.execute("select count(*) from mart.indicator_value where indicator like 'former%'").fetchone() == (0,)
