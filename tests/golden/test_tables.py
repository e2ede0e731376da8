"""The tables made of a small invented set of deliveries, as CSV sorted by key.

The files are told in `deliveries/<dataset>.py`, one module per dataset with its `FILES`: a path in the landing zone to the
lines and the day of receipt. `CII_UPDATE_GOLDEN=1 pytest tests/golden` writes the tables anew; read the diff before
committing it.
"""

import datetime as dt
import difflib
import importlib
import os
from pathlib import Path

import pytest

from pipelines import duck
from pipelines.contracts.registry import EXPORTS
from pipelines.contracts.table import Table
from pipelines.ingest.ledger import FINDING, LEDGER, READING
from pipelines.orchestration.graph import DEFINITION_CHANGE, INDICATOR_VALUE, graph
from tests.support import built, receipt, settings_in
from tests.told import released

TABLES = Path(__file__).parent / "tables"
DELIVERIES = Path(__file__).parent / "deliveries"
UPDATE = os.environ.get("CII_UPDATE_GOLDEN") == "1"

# Their values stand in one file, those that are nothing left out; what a new definition made of them is tried in a copy of the house.
INDICATORS = {DEFINITION_CHANGE.qualified, *(one.table.qualified for one in (*graph().indicators, *graph().former))}
SHOWN = {
    INDICATOR_VALUE.qualified: "value <> 0 or numerator <> 0",
    # All indicators at the end of a quarter that is also one of a year.
    "mart.figure_period": "period in (date '2016-01-01', date '2016-10-01', date '2016-12-01')",
    "mart.figure_basis": "period in (date '2016-01-01', date '2016-10-01', date '2016-12-01')",
    "mart.system_survival": "exits <> 0",
    "mart.outcome_incidence": "events <> 0",
    # The years between the first deliveries told here and the last, in which all is missing, would fill pages.
    "core.delivery_month": "state <> 'missing' or period < date '2012-03-01'",
}

# What a release told of the month before its own: one figure as it is, and one that is another now.
RELEASED = (
    ("pset_places", "month", dt.date(2011, 12, 1), "total", "total", 28.0, None, 28.0),
    ("pset_places", "month", dt.date(2011, 12, 1), "category", "OCCUPATION", 30.0, None, 30.0),
)


def golden_tables() -> dict[str, Table]:
    """The tables that have a golden file: of `stg` all, of `core` and `mart` those that a query makes."""
    tables = [READING, LEDGER, FINDING, *(export.table for export in EXPORTS.values()), *(step.table for step in graph().steps)]
    return {table.qualified: table for table in tables if table.qualified not in INDICATORS}


def told() -> dict[str, tuple[list[str], str]]:
    """The lines of every file and the day it came."""
    modules = [importlib.import_module(f"tests.golden.deliveries.{path.stem}") for path in sorted(DELIVERIES.glob("*.py"))]
    return {file: content for module in modules for file, content in module.FILES.items()}


def text_of(con: duck.Connection, table: Table) -> str:
    """The rows of a table as CSV, in the order of its key."""
    order = ", ".join(f'"{name}"' for name in table.key or table.names)
    rows = duck.frame(con, f"select * from {table.qualified} where {SHOWN.get(table.qualified, 'true')} order by {order}")
    return rows.write_csv()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The tables as CSV by name."""
    settings = settings_in(tmp_path_factory.mktemp("golden"), today=dt.date(2017, 4, 20))
    (settings.raw / "receipts.csv").touch()
    for file, (lines, received_at) in told().items():
        (settings.raw / file).parent.mkdir(exist_ok=True)
        (settings.raw / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
        receipt(settings.raw, file, received_at=received_at)
    released(settings, *RELEASED, period=dt.date(2012, 2, 1), at=dt.datetime(2012, 3, 20, 9, 30))
    with built(settings) as shop:
        texts = {name: text_of(shop.con, table) for name, table in golden_tables().items()}
    if UPDATE:
        TABLES.mkdir(exist_ok=True)
        for path in TABLES.glob("*.csv"):
            path.unlink()
        for name, text in texts.items():
            (TABLES / f"{name}.csv").write_text(text, encoding="utf-8")
    return texts


def differences(name: str, text: str) -> str:
    """What differs from the golden file, line by line."""
    path = TABLES / f"{name}.csv"
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    return "\n".join(difflib.unified_diff(expected.splitlines(), text.splitlines(), f"golden {name}", "now", lineterm="", n=1))


@pytest.mark.parametrize("name", golden_tables())
def test_the_table_is_as_its_golden_file_says(made: dict[str, str], name: str) -> None:
    differing = differences(name, made[name])
    assert not differing, f"CII_UPDATE_GOLDEN=1 would write this anew:\n{differing}"


@pytest.mark.parametrize("name", golden_tables())
def test_a_golden_table_has_a_row_and_a_changed_one_is_told(made: dict[str, str], name: str) -> None:
    header, *rows = made[name].splitlines()
    assert rows
    assert differences(name, "\n".join([header, *rows[1:]]))


def test_every_indicator_has_a_value_in_the_golden_file(made: dict[str, str]) -> None:
    counted = {line.split(",")[0] for line in made[INDICATOR_VALUE.qualified].splitlines()[1:]}
    assert counted == {indicator.name for indicator in graph().indicators}


def test_no_personal_value_stands_in_a_golden_table(made: dict[str, str]) -> None:
    numbers = {cell for lines, _ in told().values() for line in lines for cell in line.split(";") if cell.startswith("756.")}
    assert len(numbers) >= 5
    spelled = numbers | {number.replace(".", "") for number in numbers}
    assert [name for name, text in made.items() for number in spelled if number in text] == []
