"""What a SELECT says, by DuckDB's own parser: its tree, the tables it reads, the functions that aggregate."""

import json
from functools import cache
from typing import Any

from pipelines.duck import Connection, in_memory


def parsed(select: str) -> dict[str, Any]:
    """The syntax tree of a SELECT, from DuckDB's own parser.

    Raises:
        ValueError: the text is not a single SELECT that DuckDB can serialise.
    """
    row = _parser().execute("select json_serialize_sql(?::varchar)", [select]).fetchone()
    tree: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    if tree["error"] or len(tree["statements"]) != 1:
        raise ValueError(tree.get("error_message", "not one SELECT"))
    return tree


def written(tree: dict[str, Any]) -> str:
    """The SELECT of a syntax tree."""
    row = _parser().execute("select json_deserialize_sql(?::json)", [json.dumps(tree)]).fetchone()
    assert row
    return str(row[0])


def tables_in(select: str) -> set[str]:
    """The schema-qualified tables a SELECT reads.

    Raises:
        ValueError: the text is not a single SELECT that DuckDB can serialise.
    """
    tree = parsed(select)
    read: set[str] = set()
    own: set[str] = set()
    # A loop, not a recursion: the trees of a hundred queries have millions of nodes.
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if node.get("type") == "BASE_TABLE":
                read.add(f"{node['schema_name']}.{node['table_name']}".lstrip("."))
            if "cte_map" in node:
                own.update(entry["key"] for entry in node["cte_map"]["map"])
            waiting += [value for value in node.values() if isinstance(value, dict | list)]
        else:
            waiting += [value for value in node if isinstance(value, dict | list)]
    return read - own


@cache
def aggregates() -> frozenset[str]:
    """The functions that make one value of many rows."""
    rows = _parser().execute("select distinct function_name from duckdb_functions() where function_type = 'aggregate'").fetchall()
    return frozenset(name for (name,) in rows)


@cache
def _parser() -> Connection:
    return in_memory()
