"""A table made by a query: one SQL file whose header says what a row is and which columns it has.

A file `assets/<schema>/<name>.sql` opens with comment lines. The first paragraph is the table's comment; then come
`key: value` lines, continued by deeper indentation; then one SELECT. An unknown header key is an error.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pipelines.contracts.columns import Column
from pipelines.contracts.table import Held, Privacy, Schema, Table


@dataclass(frozen=True)
class Query:
    """A SQL file.

    Attributes:
        schema: the folder.
        name: the file's stem.
        about: the first paragraph of its header.
        header: the `key: value` pairs.
        select: the one SELECT.
    """

    schema: Schema
    name: str
    about: str
    header: Mapping[str, str]
    select: str

    @property
    def qualified(self) -> str:
        """`schema.name`."""
        return f"{self.schema}.{self.name}"

    def only(self, allowed: Collection[str], *, required: Collection[str]) -> "Query":
        """This query if its header has all required keys and none but allowed ones.

        Raises:
            ValueError: a key is unknown, missing or empty.
        """
        unknown = set(self.header) - set(allowed)
        missing = {key for key in required if not self.header.get(key)}
        if unknown or missing or not self.about:
            raise ValueError(f"{self.qualified}: unknown header keys {sorted(unknown)}, missing {sorted(missing)}, or no first line")
        return self


TABLE_KEYS = ("key", "columns", "privacy", "indexed")


def read_query(path: Path) -> Query:
    """The query of a SQL file; its folder is the schema and its stem the table's name."""
    head: list[str] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    while lines and lines[0].startswith("--"):
        head.append(lines.pop(0)[2:].removeprefix(" ").rstrip())
    about: list[str] = []
    header: dict[str, str] = {}
    key = ""
    for line in head:
        if match := re.match(r"([a-z_]+): ?(.*)$", line):
            key = match[1]
            if key in header:
                raise ValueError(f"{path.name}: header key {key} is given twice")
            header[key] = match[2].strip()
        elif line.startswith(" ") and key:
            header[key] = f"{header[key]} {line.strip()}".strip()
        elif line and not header:
            about.append(line)
        elif line:
            raise ValueError(f"{path.name}: header line without a key: {line}")
    return Query(cast(Schema, path.parent.name), path.stem, " ".join(about), header, "\n".join(lines).strip().rstrip(";"))


def table_of(query: Query, *, columns: Mapping[str, Column]) -> Table:
    """The contract in a query's header: `columns: case_id* person_id* closed_on`, the star for never empty.

    `indexed: no` where the index of the key would take most of a large table's time, and the query itself gives no row twice.
    """
    query.only(TABLE_KEYS, required=("key", "columns", "privacy"))
    if query.header.get("indexed", "no") != "no":
        raise ValueError(f"{query.qualified}: indexed is no, or is not said")
    held = tuple(Held(columns[word.rstrip("*")], word.endswith("*")) for word in query.header["columns"].split())
    return Table(
        schema=query.schema,
        name=query.name,
        grain=query.about,
        columns=held,
        key=tuple(query.header["key"].split()),
        privacy=cast(Privacy, query.header["privacy"]),
        indexed="indexed" not in query.header,
    )
