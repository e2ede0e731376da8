"""The tables that no delivery fills: code lists, calendar, what is owed, who is linked, and the reference files with their sources."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from pipelines.contracts import plan
from pipelines.contracts.registry import CODE_LISTS, COLUMNS, EXPORTS
from pipelines.contracts.rules import RULES
from pipelines.contracts.table import Held, Schema, Table

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@dataclass(frozen=True)
class Given:
    """A table filled by the project itself.

    Attributes:
        table: what it is.
        rows: its rows, as of a day.
    """

    table: Table
    rows: Callable[[dt.date], pl.DataFrame]


def _table(schema: Schema, name: str, *, grain: str, columns: str, key: str) -> Table:
    held = tuple(Held(COLUMNS[word.rstrip("*")], word.endswith("*")) for word in columns.split())
    return Table(schema=schema, name=name, grain=grain, columns=held, key=tuple(key.split()), privacy="public")


def _reference(schema: Schema, name: str, *, grain: str, columns: str, key: str) -> Given:
    table = _table(schema, name, grain=grain, columns=columns, key=key)
    return Given(table, partial(_read, table))


def _read(table: Table, _: dt.date) -> pl.DataFrame:
    return read_reference(table)


def read_reference(table: Table) -> pl.DataFrame:
    """The rows of a reference file, typed by its table."""
    rows = pl.read_csv(REFERENCE / f"{table.name}.csv", infer_schema=False)
    return rows.select(
        pl.col(name).cast(kind) if kind != pl.Date else pl.col(name).str.to_date() for name, kind in table.frame_schema.items()
    )


def _codes(_: dt.date) -> pl.DataFrame:
    rows = [
        (code_list.name, code.code, position, code.label, code.label_de)
        for code_list in CODE_LISTS.values()
        for position, code in enumerate(code_list.codes, start=1)
    ]
    return pl.DataFrame(rows, schema=["list", "code", "position", "label", "label_de"], orient="row")


def _rules(_: dt.date) -> pl.DataFrame:
    rows = [(rule.id, rule.severity, rule.says, rule.remedy, rule.says_de, rule.remedy_de) for rule in RULES.values()]
    return pl.DataFrame(rows, schema=["rule", "severity", "message", "remedy", "message_de", "remedy_de"], orient="row")


def _fields(_: dt.date) -> pl.DataFrame:
    rows = [
        (export.name, field.name, position, field.header)
        for export in EXPORTS.values()
        for position, field in enumerate(export.fields, start=1)
    ]
    return pl.DataFrame(rows, schema=["dataset", "field", "position", "header"], orient="row")


def _sending(_: dt.date) -> pl.DataFrame:
    rows = [
        (service.upper(), export.name, export.cadence, owed_from)
        for export in EXPORTS.values()
        for service, owed_from in export.services.items()
    ]
    return pl.DataFrame(rows, schema={"service": pl.String, "dataset": pl.String, "cadence": pl.String, "owed_from": pl.Date}, orient="row")


MUNICIPALITY = _reference(
    "core",
    "municipality",
    grain="Une ligne par commune du canton de Neuchâtel, actuelle ou fusionnée depuis 2009.",
    columns="municipality* name* valid_from valid_to successor region* source*",
    key="municipality",
)

# Given by the settings of the run, and not by the project.
LINKED_SERVICE = _table(
    "core",
    "linked_service",
    grain="Une ligne par service dont une base légale permet de relier les personnes à celles des autres.",
    columns="service* basis*",
    key="service",
)


def linked_services(linking: Mapping[str, str]) -> pl.DataFrame:
    """The services that are linked, with their legal bases."""
    return pl.DataFrame(sorted(linking.items()), schema=LINKED_SERVICE.frame_schema, orient="row")


GIVEN: tuple[Given, ...] = (
    Given(
        _table(
            "core",
            "code",
            grain="Une ligne par code d'une liste fermée.",
            columns="list* code* position* label* label_de*",
            key="list code",
        ),
        _codes,
    ),
    Given(
        _table(
            "core",
            "rule",
            grain="Une ligne par règle de contrôle.",
            columns="rule* severity* message* remedy* message_de* remedy_de*",
            key="rule",
        ),
        _rules,
    ),
    Given(
        _table(
            "core",
            "field",
            grain="Une ligne par champ d'un jeu de données, avec l'en-tête demandé.",
            columns="dataset* field* position* header*",
            key="dataset field",
        ),
        _fields,
    ),
    Given(
        _table(
            "core",
            "sending",
            grain="Une ligne par jeu de données et service qui l'envoie.",
            columns="service* dataset* cadence* owed_from",
            key="service dataset",
        ),
        _sending,
    ),
    Given(
        _table(
            "core",
            "calendar",
            grain="Une ligne par période (mois, trimestre ou année) depuis 2000, avec l'échéance des envois.",
            columns="period* grain* cadence last_day* trailing_from* due_on",
            key="period grain",
        ),
        plan.calendar,
    ),
    MUNICIPALITY,
    _reference(
        "core",
        "benefit",
        grain="Une ligne par prestation: le service qui l'envoie, la forme de soutien et le système dont elle relève.",
        columns="benefit* service* benefit_state* system source*",
        key="benefit",
    ),
    _reference(
        "core",
        "age_group",
        grain="Une ligne par classe d'âge.",
        columns="age_group* age_from* age_to* source*",
        key="age_group",
    ),
    _reference(
        "core",
        "parameter",
        grain="Une ligne par paramètre et début de validité.",
        columns="parameter* valid_from* value date source*",
        key="parameter valid_from",
    ),
    _reference(
        "mart",
        "target",
        grain="Une ligne par cible fixée: indicateur, modalité et date.",
        columns="indicator* member* date* value* source*",
        key="indicator member date",
    ),
    _reference(
        "mart",
        "reference_value",
        grain="Une ligne par valeur publiée d'un indicateur pour une autre population que le canton, pour comparaison.",
        columns="indicator* dimension* member* value* population* source*",
        key="indicator dimension member",
    ),
    _reference(
        "mart",
        "published_figure",
        grain="Une ligne par chiffre publié que les données doivent rendre.",
        columns="figure* indicator* grain* period* dimension* member* qualifier* published* low* high source*",
        key="figure",
    ),
)
