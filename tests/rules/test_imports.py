"""Who imports whom: a line of code knows its room."""

import ast
from pathlib import Path

import pytest

from pipelines.settings import ROOT

ROOMS = {
    "contracts": {"contracts"},
    "errors": set(),
    "settings": {"contracts", "errors"},
    "duck": {"contracts", "duck", "errors"},
    "ingest": {"contracts", "errors", "ingest"},
    "disclosure": {"contracts", "disclosure", "duck", "errors", "indicators"},
    "indicators": {"contracts", "errors", "indicators"},
    "release": {"contracts", "disclosure", "duck", "errors", "ingest", "release"},
    "reports": {"contracts", "disclosure", "duck", "errors", "indicators", "ingest", "release", "reports", "settings"},
    "reference": set(),
    "sample": {"contracts", "duck", "errors", "sample"},
    "orchestration": {"contracts", "duck", "errors", "indicators", "ingest", "orchestration", "release", "reports", "settings"},
    "definitions": {"orchestration", "settings"},
    "cli": {"cli", "definitions", "errors", "ingest", "orchestration", "reports", "sample", "settings"},
}

LIBRARIES = {
    "duckdb": {"duck"},
    "dagster": {"orchestration", "definitions", "assets"},
    "highspy": {"disclosure"},
    "plotly": {"reports"},
    "pandera": {"ingest"},
}

SOURCES = sorted(path for folder in ("pipelines", "assets") for path in (ROOT / folder).rglob("*.py"))


def room(path: Path) -> str:
    """The room a source file stands in."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "assets" if parts[0] == "assets" else parts[1] if len(parts) > 1 else ""


def imports(path: Path, *, for_types_too: bool) -> list[str]:
    """The modules a file imports, those for type checking left out on demand."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not for_types_too:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                node.body = [ast.Pass()]
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_before_it(path: Path) -> None:
    here = room(path)
    for name in imports(path, for_types_too=True):
        parts = name.split(".")
        if parts[0] == "pipelines" and len(parts) > 1 and here != "assets":
            assert parts[1] in ROOMS[here], f"{path} imports {name}"
        assert parts[0] not in ("tests", "notebooks"), f"{path} imports {name}"
        assert parts[0] != "assets" or here in ("assets", "definitions"), f"{path} imports {name}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_is_imported_only_where_it_lives(path: Path) -> None:
    for name in imports(path, for_types_too=False):
        allowed = LIBRARIES.get(name.split(".")[0])
        if allowed is not None:
            assert room(path) in allowed, f"{path} imports {name}"


def test_one_module_alone_imports_duckdb() -> None:
    found = [path for path in SOURCES if any(name.split(".")[0] == "duckdb" for name in imports(path, for_types_too=True))]
    assert found == [ROOT / "pipelines" / "duck" / "__init__.py"]


def test_every_room_has_its_rule() -> None:
    assert {room(path) for path in SOURCES} - {"", "assets", "__init__"} == set(ROOMS)
