"""What a service sends: an export with its fields, from which everything about a dataset is made."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Literal

import polars as pl

from pipelines.contracts.codes import CodeList
from pipelines.contracts.columns import SHARED, Column, Kind
from pipelines.contracts.table import Held, Table

Cadence = Literal["monthly", "yearly"]


@dataclass(frozen=True)
class Period:
    """The month or year a delivery speaks of."""

    first: dt.date
    cadence: Cadence = "monthly"

    @property
    def last(self) -> dt.date:
        """Its last day."""
        month = 12 if self.cadence == "yearly" else self.first.month
        return dt.date(self.first.year, month, calendar.monthrange(self.first.year, month)[1])

    def months_before(self, months: int) -> dt.date:
        """The first day of the month that lies `months` before the first month."""
        index = self.first.year * 12 + self.first.month - 1 - months
        return dt.date(index // 12, index % 12 + 1, 1)

    def __str__(self) -> str:
        return self.first.strftime("%Y" if self.cadence == "yearly" else "%Y-%m")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column of an export: what it means, how the service heads it, what its values must obey.

    Attributes:
        column: the meaning.
        header: the French header we ask for.
        synonyms: other headers read as this one, German ones too.
        required: empty cells are errors.
        key: part of the key within a file.
        codes: the closed list of a `CODE` field.
        codes_of: the codes that each service may send, where they differ.
        minimum: least number allowed.
        maximum: greatest number allowed.
        end: the date that ends what the row tells of, inside the period or reported up to two months late.
        closes: such a date in a list that goes on telling what has ended: it may lie before the period.
        within: a date that must lie inside the period; a late one is an error.
        plan: a date of a plan or review, which may lie after the period.
        lasting: stays as it is for a key, from file to file; a change is a warning at the next rebuild.
        not_before: the field whose date this one must not precede.
        exactly_with: given exactly when that field is.
        when: must be given when that field is.
        needs: allowed only where that field is given.
        only_with: allowed only where that field holds that code.
        without: where that field is empty, only this code is allowed.
        not_above: above that field's number is a warning.
        coded: a code that stands for a person, never the name: it holds a digit and no space.
        example: an invented value that fits the other columns' examples, where the one for its kind does not.
    """

    column: Column
    header: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    key: bool = False
    codes: CodeList | None = None
    codes_of: Mapping[str, tuple[str, ...]] | None = None
    minimum: int | None = None
    maximum: int | None = None
    end: bool = False
    closes: bool = False
    within: bool = False
    plan: bool = False
    lasting: bool = False
    not_before: str | None = None
    exactly_with: str | None = None
    when: str | None = None
    needs: str | None = None
    only_with: tuple[str, str] | None = None
    without: tuple[str, str] | None = None
    not_above: str | None = None
    coded: bool = False
    example: str = ""

    @property
    def name(self) -> str:
        """The column's name."""
        return self.column.name

    @property
    def kind(self) -> Kind:
        """The column's kind."""
        return self.column.kind

    @property
    def inside(self) -> bool:
        """Whether its date lies inside the period; an end that is reported late does not."""
        return self.within or (self.end and not self.plan)

    @property
    def personal(self) -> bool:
        """Whether a cell may tell who somebody is, if only by mistake."""
        return self.column.personal or self.coded


@dataclass(frozen=True)
class Age:
    """An age in whole years at a date of the row, taken on reading since the birth day is not kept.

    Attributes:
        column: the name it is stored under.
        at: the field whose date it is taken at.
        usual: ages outside this range are a warning.
    """

    column: Column
    at: str
    usual: tuple[int, int] | None = None


@dataclass(frozen=True)
class RowCheck:
    """A condition on the typed row.

    Attributes:
        rule: the id in `rules.RULES`.
        field: the field the finding points at.
        reads: all fields the condition reads; a cell that could not be read makes it moot.
        holds: true or null where the row is right.
        other: the field that the sentences name beside.
        words: what else fills the rule's sentences.
    """

    rule: str
    field: str
    reads: tuple[str, ...]
    holds: pl.Expr
    other: str | None = None
    words: Mapping[str, object] | None = None


@dataclass(frozen=True, kw_only=True)
class Export:
    """A dataset as the services send it.

    Attributes:
        name: file stem and table name in `stg`.
        title: French title.
        row: what a row is, in French ("Une ligne par …").
        services: the services that send it, in lower case as in the folder names, with the first period owed
            (None: optional).
        cadence: monthly or yearly.
        fields: its columns, in the order of the template.
        ages: ages taken on reading.
        checks: conditions that the fields' own attributes do not say.
    """

    name: str
    title: str
    row: str
    services: dict[str, dt.date | None]
    cadence: Cadence = "monthly"
    fields: tuple[Field, ...]
    ages: tuple[Age, ...] = ()
    checks: tuple[RowCheck, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by name."""
        return {field.name: field for field in self.fields}

    def sent_by(self, *services: str) -> "Export":
        """The contract as it holds for these services: of some code lists, each may send a part only."""
        return replace(self, fields=tuple(_sent_by(field, services) for field in self.fields))

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the key's fields."""
        return tuple(field.name for field in self.fields if field.key)

    @cached_property
    def table(self) -> Table:
        """The table in `stg` that holds the accepted rows, by delivery and line."""
        columns = [Held(SHARED["delivery_id"], required=True), Held(SHARED["line"], required=True)]
        for field in self.fields:
            columns += [Held(column, required=field.required) for column in stored_columns(field)]
        columns += [Held(age.column) for age in self.ages]
        personal = any(field.kind is Kind.AVS for field in self.fields)
        return Table(
            schema="stg",
            name=self.name,
            grain=f"{self.row}, par livraison; toutes les versions acceptées.",
            columns=tuple(columns),
            key=("delivery_id", "line"),
            privacy="pseudonymous" if personal else "internal",
            indexed=False,
        )


def _sent_by(field: Field, services: tuple[str, ...]) -> Field:
    if not (field.codes and field.codes_of):
        return field
    return replace(field, codes=field.codes.subset(field.codes.name, of=chain(*(field.codes_of[service] for service in services))))


def stored_columns(field: Field) -> tuple[Column, ...]:
    """The columns a field is stored under: a person's number and birth date are never kept as they are."""
    if field.kind is Kind.AVS:
        return (SHARED["person_id"],)
    if field.kind is Kind.BIRTH_DATE:
        return (SHARED["birth_year"], SHARED["birth_month"])
    return (field.column,)
