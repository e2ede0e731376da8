"""What a table of the warehouse is: grain, columns, key and privacy, from which its DDL and comments are made."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

from pipelines.contracts.columns import Column

Schema = Literal["stg", "core", "mart"]
Privacy = Literal["public", "internal", "pseudonymous"]


@dataclass(frozen=True)
class Held:
    """A column as a table holds it."""

    column: Column
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of the warehouse.

    Attributes:
        schema: `stg`, `core` or `mart`.
        name: the table's name within it.
        grain: what a row is, in French ("Une ligne par …"); the table's comment.
        columns: its columns in order.
        key: the columns that identify a row; none where rows of several sources stand together.
        privacy: `public` (could be printed), `internal` (figures before disclosure control, files), `pseudonymous`
            (rows of persons).
        indexed: false where the key is proved on reading instead of by an index, since the table only grows and may be
            large.
    """

    schema: Schema
    name: str
    grain: str
    columns: tuple[Held, ...]
    key: tuple[str, ...]
    privacy: Privacy
    indexed: bool = True

    def __post_init__(self) -> None:
        missing = set(self.key) - set(self.names)
        if missing or (self.indexed and not self.key):
            raise ValueError(f"{self.qualified}: key columns {sorted(missing)} are not columns of the table")

    @property
    def qualified(self) -> str:
        """`schema.name`."""
        return f"{self.schema}.{self.name}"

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(held.column.name for held in self.columns)

    @property
    def frame_schema(self) -> dict[str, pl.DataType | type[pl.DataType]]:
        """The polars types by column."""
        return {held.column.name: held.column.kind.frame for held in self.columns}

    def create(self, *, anew: bool = True) -> str:
        """The statement that creates the table; if it is not there, where it need not be anew."""
        required = set(self.key) | {held.column.name for held in self.columns if held.required}
        lines = [
            f'"{held.column.name}" {held.column.kind.sql}{" not null" if held.column.name in required else ""}' for held in self.columns
        ]
        if self.indexed:
            lines.append("primary key ({})".format(", ".join(f'"{column}"' for column in self.key)))
        return "create table {}{} (\n  {}\n)".format("" if anew else "if not exists ", self.qualified, ",\n  ".join(lines))

    def comments(self, *, sample: bool, view: bool = False) -> list[str]:
        """The statements that comment the table, or view, and its columns; sample data is named as such."""
        note = " (données d'exemple, personnes inventées)" if sample else ""
        statements = [f"comment on {'view' if view else 'table'} {self.qualified} is {_quoted(self.grain + note)}"]
        for held in self.columns:
            statements.append(f'comment on column {self.qualified}."{held.column.name}" is {_quoted(held.column.meaning)}')
        return statements


def _quoted(text: str) -> str:
    """A string literal of SQL; COMMENT takes no parameter, and the texts are the contracts' own."""
    return "'" + text.replace("'", "''") + "'"
