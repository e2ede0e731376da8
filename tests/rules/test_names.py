"""One name in five places, names that say something, and figures that only two rooms know."""

import importlib
import pkgutil
import re
import subprocess
import tomllib
from pathlib import Path

import polars as pl
import pytest

from pipelines.contracts import columns
from pipelines.contracts.registry import COLUMNS, EXPORTS
from pipelines.ingest.ledger import FINDING, LEDGER, READING
from pipelines.orchestration.checks import all_checks
from pipelines.orchestration.graph import CHECK_ENDING, DEFINITION_CHANGE, QUERIES, graph
from pipelines.settings import ROOT

TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    if (ROOT / name).is_file()
]
TEXTS = [path for path in TRACKED if path.suffix in {".py", ".sql", ".md", ".toml", ".j2", ".css", ".html", ".ipynb", ".json"}]

# Tables whose query is put together from others.
GENERATED = {"mart.indicator_value", "mart.definition_change", "mart.revision", "mart.finding", "core.history_finding"}


def test_no_file_bears_a_name_that_says_nothing() -> None:
    empty = re.compile(r"(^|[/_])(utils?|helpers?|common|misc)(\.py$|/|_)|_v\d+\.(py|sql)$")
    assert [str(path) for path in TRACKED if empty.search(str(path.relative_to(ROOT)))] == []


@pytest.mark.parametrize("step", graph().steps, ids=lambda step: step.table.qualified)
def test_a_made_table_is_named_like_its_file(step) -> None:
    path = QUERIES / step.table.schema / f"{step.table.name}.sql"
    assert path.exists() or step.table.qualified in GENERATED


def test_every_query_file_makes_a_table() -> None:
    files = {f"{path.parent.name}.{path.stem}" for path in QUERIES.glob("*/*.sql") if not path.name.endswith(CHECK_ENDING)}
    assert files == {step.table.qualified for step in graph().steps} - GENERATED


def test_every_check_stands_beside_the_table_it_is_shown_at() -> None:
    assert {".".join(check.asset) for check in all_checks()} <= {step.table.qualified for step in graph().steps}
    files = list(QUERIES.glob(f"*/*{CHECK_ENDING}"))
    assert files and len(all_checks()) == len(files) + 1, "only the check of all datasets is made in Python"


def test_no_check_in_python_knows_a_dataset_by_name() -> None:
    text = (ROOT / "pipelines/orchestration/checks.py").read_text()
    assert [name for name in EXPORTS if name in text] == []


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*/*.sql")), ids=lambda path: path.stem)
def test_a_query_is_one_select_in_lower_case_over_named_schemas(path: Path) -> None:
    body = "\n".join(line for line in path.read_text().splitlines() if not line.strip().startswith("--"))
    assert re.match(r"\s*(with|select)\b", body)
    assert not re.search(r"\b(SELECT|FROM|WHERE|JOIN|GROUP BY|ORDER BY|CASE|WHEN)\b", body)
    assert not re.search(r"\b(pivot|create|query_table|read_csv|read_parquet)\b", body, re.IGNORECASE)
    # Braces within a literal are text, such as the placeholder of a message.
    assert "{" not in re.sub(r"'[^']*'", "''", body) and ";" not in body


def test_a_dataset_is_named_alike_in_contract_sample_and_graph() -> None:
    for name in EXPORTS:
        assert (ROOT / "pipelines" / "contracts" / "exports" / f"{name}.py").exists()
        assert (ROOT / "pipelines" / "sample" / f"{name}.py").exists()


def test_a_column_has_one_meaning() -> None:
    assert all(COLUMNS[field.name] == field.column for export in EXPORTS.values() for field in export.fields)


def test_a_shared_column_is_declared_once() -> None:
    modules = [importlib.import_module(module.name) for module in pkgutil.iter_modules(columns.__path__, f"{columns.__name__}.")]
    declared = [column.name for module in modules for column in getattr(module, "COLUMNS", ())]
    assert sorted(declared) == sorted(columns.SHARED)


def test_every_package_is_installed() -> None:
    packages = {
        str(path.parent.relative_to(ROOT)).replace("/", ".")
        for top in ("pipelines", "assets")
        for path in (ROOT / top).rglob("__init__.py")
    }
    assert set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]) == packages


def test_published_figures_are_known_to_the_sample_and_the_reference_only() -> None:
    figures = pl.read_csv(ROOT / "pipelines/reference/published_figure.csv")["published"].to_list()
    figures += pl.read_csv(ROOT / "pipelines/reference/target.csv")["value"].to_list()
    # Numbers below 100 but for the odd ones occur for other reasons everywhere; three digits are telling.
    telling = "|".join(sorted({f"{figure:g}" for figure in figures if figure >= 100}))
    knows = re.compile(rf"(?<![\w.#%$-])({telling})(?![\w.%-])")
    allowed = ("pipelines/sample/", "pipelines/reference/", "tests/record/", "README.md")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in TEXTS
        if not str(path.relative_to(ROOT)).startswith(allowed) and "golden" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if knows.search(line)
    ]
    assert telling and found == []


def test_every_locked_package_has_its_version_and_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    packages = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert len(packages) > 100
    assert [package.splitlines()[0] for package in packages if "==" not in package or "--hash=sha256:" not in package] == []
    assert not re.search(r"://|--(extra-)?index-url|--find-links", lock)


def test_no_text_names_a_path_of_the_machine_it_was_written_on() -> None:
    above = f"{ROOT.parent}/"
    assert [str(path) for path in TEXTS if len(above) > 2 and above in path.read_text(encoding="utf-8")] == []


def test_every_table_has_its_golden_file_and_every_golden_file_its_table() -> None:
    indicators = {indicator.table.qualified for indicator in (*graph().indicators, *graph().former)}
    tables = {step.table.qualified for step in graph().steps} - indicators - {DEFINITION_CHANGE.qualified}
    tables |= {table.qualified for table in (READING, LEDGER, FINDING, *(export.table for export in EXPORTS.values()))}
    assert {path.stem for path in (ROOT / "tests/golden/tables").glob("*.csv")} == tables


def test_every_dataset_has_deliveries_for_its_golden_table() -> None:
    assert {path.stem for path in (ROOT / "tests/golden/deliveries").glob("*.py")} == set(EXPORTS)
