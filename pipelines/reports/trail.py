"""From an indicator's query to the rows it counts: the same query, with the rows of `core` behind each of its own rows.

The query is changed as a syntax tree, never as text. Every SELECT in it hands on, in one more column, the keys of the rows it
reads; one that groups hands on those of its whole group. What only sums at the end is taken apart, so that each row stands alone.
"""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

from pipelines.duck import syntax

Node = dict[str, Any]
Keys = Mapping[str, tuple[str, ...]]

COUNTED = ("numerator", "denominator", "observation")
_SUMMING = {"count_star": "1", "count": "if(amount is null, 0, 1)", "sum": "amount"}
_NONE = "[]::struct(source varchar, key varchar[])[]"


class UntracedError(Exception):
    """The query is built in a way that its rows cannot be followed through."""


class _Source(NamedTuple):
    """A table within a FROM, and the SQL of the keys it hands on.

    Attributes:
        alias: what the query calls it.
        trail: the keys of its rows, as SQL.
        column: where it hands them on already, in a column of its own.
        describing: whether it is joined by its whole key: then it only describes rows that are there without it.
    """

    alias: str
    trail: str
    column: str = ""
    describing: bool = False


def counted_rows(select: str, *, keys: Keys) -> str:
    """The SELECT of the rows that an indicator's query counts, with the rows of `core` behind each as `trail`.

    Args:
        select: the indicator's own query.
        keys: the key columns of the tables whose rows are followed.

    Raises:
        UntracedError: no row can be followed through it.
    """
    tree = syntax.parsed(select)
    node = tree["statements"][0]["node"]
    _take_apart(node)
    name = _traced(node, keys, {}, numbers=count(1), counting=True)
    if not name:
        raise UntracedError("the query reads no table whose rows can be followed")
    return f'select * exclude ("{name}"), "{name}" as trail from ({syntax.written(tree)})'


def _traced(node: Node, keys: Keys, known: Mapping[str, str], *, numbers: Iterator[int], counting: bool = False) -> str:
    """Let a node hand on the keys of the rows it reads; the name of the column in which it does, nothing where it reads none."""
    known = dict(known)
    for entry in node["cte_map"]["map"]:
        known[entry["key"]] = _traced(entry["value"]["query"]["node"], keys, known, numbers=numbers)
    if node["type"] == "SET_OPERATION_NODE":
        return _traced_union(node, keys, known, numbers=numbers)
    if node["type"] != "SELECT_NODE" or any(one["type"] == "DISTINCT_MODIFIER" for one in node["modifiers"]):
        raise UntracedError("rows that are made one cannot be told apart")
    sources = list(_sources(node["from_table"], keys, known, numbers=numbers))
    _hide(node, sources)
    followed = (_naming(node, sources) if counting else []) or [source for source in sources if not source.describing]
    if not followed:
        return ""
    name = f"trail_{next(numbers)}"
    together = f"flatten([{', '.join(source.trail for source in followed)}])"
    node["select_list"].append(
        _expression(f"list_sort(list_distinct(flatten(list({together}))))" if _groups(node) else together, alias=name)
    )
    return name


def _traced_union(node: Node, keys: Keys, known: Mapping[str, str], *, numbers: Iterator[int]) -> str:
    """Both sides hand on their rows at the same place; a side without any hands on none."""
    if node["setop_type"] != "UNION" or not node["setop_all"]:
        raise UntracedError("rows that are made one cannot be told apart")
    sides = [node["left"], node["right"]]
    names = [_traced(side, keys, known, numbers=numbers) for side in sides]
    if any(names):
        for side, name in zip(sides, names, strict=True):
            if not name:
                side["select_list"].append(_expression(_NONE, alias="trail_0"))
    return names[0] or ("trail_0" if names[1] else "")


def _sources(table: Node, keys: Keys, known: Mapping[str, str], *, numbers: Iterator[int], optional: bool = False) -> Iterator[_Source]:
    """The tables of a FROM whose rows can be followed."""
    if table["type"] == "JOIN":
        kind = table["join_type"]
        left = list(_sources(table["left"], keys, known, numbers=numbers, optional=optional or kind in ("RIGHT", "OUTER")))
        yield from left
        if kind not in ("SEMI", "ANTI"):
            right = _sources(table["right"], keys, known, numbers=numbers, optional=optional or kind in ("LEFT", "OUTER"))
            yield from (source._replace(describing=bool(left) and _by_whole_key(table, keys)) for source in right)
    elif table["type"] == "SUBQUERY":
        if column := _traced(table["subquery"]["node"], keys, known, numbers=numbers):
            yield _Source(table["alias"], f'"{table["alias"]}"."{column}"', column)
    elif table["type"] == "BASE_TABLE":
        alias, name = table["alias"] or table["table_name"], f"{table['schema_name']}.{table['table_name']}".lstrip(".")
        if column := known.get(name, ""):
            yield _Source(alias, f'"{alias}"."{column}"', column)
        elif key := keys.get(name):
            cells = [f'"{alias}"."{column}"' for column in key]
            one = f"[{{'source': '{name}', 'key': [{', '.join(f'{cell}::varchar' for cell in cells)}]}}]"
            yield _Source(alias, f"case when {cells[0]} is null then [] else {one} end" if optional else one)


def _by_whole_key(join: Node, keys: Keys) -> bool:
    """Whether the right side is a table of which each row of the left finds at most one, by its whole key."""
    table = join["right"]
    key = keys.get(f"{table.get('schema_name')}.{table.get('table_name')}")
    if not key or not join["condition"]:
        return False
    equated = {
        tuple(side["column_names"])
        for one in _nodes(join["condition"])
        if one.get("type") == "COMPARE_EQUAL"
        for side in (one["left"], one["right"])
        if side["class"] == "COLUMN_REF"
    }
    either = any(one.get("type") == "CONJUNCTION_OR" for one in _nodes(join["condition"]))
    return not either and {(table["alias"] or table["table_name"], column) for column in key} <= equated


def _hide(node: Node, sources: list[_Source]) -> None:
    """A star shows what it showed before, and none of the keys that are handed on."""
    for item in node["select_list"]:
        if item["class"] == "STAR":
            among = (source for source in sources if source.column and item["relation_name"] in ("", source.alias))
            item["exclude_list"] += [source.column for source in among]


def _naming(node: Node, sources: list[_Source]) -> list[_Source]:
    """The tables that what is counted names: where two are joined, one often only says to whom the other belongs."""
    items = (item for item in node.get("select_list", ()) if item["alias"] in COUNTED)
    named = {
        one["column_names"][0] for item in items for one in _nodes(item) if one.get("class") == "COLUMN_REF" and one["column_names"][1:]
    }
    return [source for source in sources if source.alias in named]


def _take_apart(node: Node) -> None:
    """Let a query that only sums or counts at its end give the single rows: who takes their sums has the same figures."""
    if node["type"] != "SELECT_NODE" or not _groups(node) or node["having"]:
        return
    items = [item for item in node["select_list"] if item["alias"] in COUNTED]
    if any(_aggregates(item) for item in node["select_list"] if item not in items):
        return
    if all(item.get("function_name") in _SUMMING and not item["distinct"] for item in items):
        for item in items:
            amount = item["children"][0] if item["children"] else None
            alone = _expression(_SUMMING[item["function_name"]], alias=item["alias"], amount=amount)
            if item["filter"]:
                rest = "" if item["function_name"] == "sum" else "else 0"
                alone = _expression(f"case when kept then amount {rest} end", alias=item["alias"], kept=item["filter"], amount=alone)
            node["select_list"][node["select_list"].index(item)] = alone
        node |= {"group_expressions": [], "group_sets": [], "aggregate_handling": "STANDARD_HANDLING"}


def _groups(node: Node) -> bool:
    """Whether a row of the node is made of a group of those it reads."""
    return bool(node["group_sets"]) or node["aggregate_handling"] == "FORCE_AGGREGATES" or _aggregates(node["select_list"])


def _aggregates(expressions: Any) -> bool:
    names = syntax.aggregates()
    return any(one.get("class") == "FUNCTION" and one["function_name"] in names for one in _nodes(expressions))


def _expression(sql: str, *, alias: str, **slots: Node | None) -> Node:
    """The tree of an expression; a name in it that is a slot stands for another tree."""
    node: Node = syntax.parsed(f"select {sql}")["statements"][0]["node"]["select_list"][0]
    filled: Node = _filled(node, slots)
    return filled | {"alias": alias}


def _filled(node: Any, slots: Mapping[str, Node | None]) -> Any:
    if isinstance(node, dict):
        if node.get("class") == "COLUMN_REF" and (slot := slots.get(node["column_names"][0])):
            return slot | {"alias": ""}
        return {name: _filled(value, slots) for name, value in node.items()}
    return [_filled(one, slots) for one in node] if isinstance(node, list) else node


def _nodes(tree: Any) -> Iterator[Node]:
    """All nodes of a tree but those of queries within it."""
    if isinstance(tree, dict):
        yield tree
        if tree.get("class") != "SUBQUERY":
            for value in tree.values():
                yield from _nodes(value)
    elif isinstance(tree, list):
        for one in tree:
            yield from _nodes(one)
