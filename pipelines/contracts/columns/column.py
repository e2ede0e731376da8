"""What a column is: a name with one meaning, and what its values are."""

from dataclasses import dataclass
from enum import Enum

import polars as pl


class Kind(Enum):
    """What the values of a column are: a name, and the types that hold them in DuckDB and polars."""

    # The name comes first: members of equal value would be one member under two names.
    TEXT = ("text", "varchar", pl.String)
    CODE = ("code", "varchar", pl.String)
    DATE = ("date", "date", pl.Date)
    TIMESTAMP = ("timestamp", "timestamp", pl.Datetime("us"))
    WHOLE = ("whole", "bigint", pl.Int64)
    NUMBER = ("number", "double", pl.Float64)
    AMOUNT = ("amount", "decimal(14,2)", pl.Decimal(14, 2))
    YES_NO = ("yes_no", "boolean", pl.Boolean)
    MUNICIPALITY = ("municipality", "integer", pl.Int32)
    AVS = ("avs", "", pl.String)
    BIRTH_DATE = ("birth_date", "", pl.Date)

    @property
    def sql(self) -> str:
        """The DuckDB type; empty for what is never stored."""
        return str(self.value[1])

    @property
    def frame(self) -> pl.DataType | type[pl.DataType]:
        """The polars type."""
        kind: pl.DataType | type[pl.DataType] = self.value[2]
        return kind


@dataclass(frozen=True)
class Column:
    """A column name with its one meaning.

    Attributes:
        name: English identifier, the same in Python, SQL and files of ours.
        kind: what its values are.
        label: French name shown to people.
        label_de: German name shown to people.
        meaning: one French sentence, the comment of the column in the warehouse.
        personal: true where a value tells who somebody is; such a value is never written out.
    """

    name: str
    kind: Kind
    label: str
    label_de: str
    meaning: str
    personal: bool = False
