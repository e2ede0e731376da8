"""The figures of a pack for programs: what it shows of the indicators as CSV and Parquet, with their catalogue and `datapackage.json`.

CSV is written as programs read it: commas, a point before decimals, UTF-8 without a mark in front. With semicolons and the mark, Excel
would open it by a double click, and where decimals have a comma it takes 1.5 for the first of May: for Excel there is the workbook.
"""

import hashlib
import json
from io import BytesIO
from typing import Any

import polars as pl

from pipelines.contracts.registry import COLUMNS
from pipelines.reports.edition import Edition
from pipelines.reports.formats import inside, several
from pipelines.reports.hiding import OF_ANY_THRESHOLD
from pipelines.reports.language import labelled, later, tr
from pipelines.reports.tabulated import shown, tabulated
from pipelines.reports.value import REASONS, Value

KEY = ("indicator", "grain", "period", "dimension", "member")
_GRAINS = ("month", "quarter", "year")
_NOT_MOVED = later("tel que diffusé avant: trop peu de personnes ont bougé depuis pour que le nouveau chiffre se dise")
_VALUES = pl.Schema(
    {
        "indicator": pl.String,
        "grain": pl.String,
        "period": pl.Date,
        "dimension": pl.String,
        "member": pl.String,
        "numerator": pl.Float64,
        "denominator": pl.Float64,
        "value": pl.Float64,
        "reason": pl.String,
        "complete": pl.Boolean,
        "mature": pl.Boolean,
        "definition_version": pl.Int64,
    }
)
_TEXTS = ("label", "definition", "source", "numerator_label", "denominator_label")
_OF_CATALOGUE = ("indicator", "label", "unit", *_TEXTS[1:], "definition_version", "valid_from")
_CATALOGUE = f"select {', '.join(_OF_CATALOGUE)} from mart.indicator order by indicator"
# The columns of its files.
FIELDS = tuple(dict.fromkeys((*_VALUES, *_OF_CATALOGUE)))
_TYPES = {pl.String: "string", pl.Date: "date", pl.Float64: "number", pl.Boolean: "boolean", pl.Int64: "integer"}


def why() -> dict[str, str]:
    """Why a value is not there, or is an earlier one."""
    hidden = {"BELOW_THRESHOLD": tr("trop peu de personnes"), **{code: tr(words) for code, words in OF_ANY_THRESHOLD.items()}}
    return {
        **{code: tr("masqué: {why}", why=words) for code, words in hidden.items()},
        "NOT_MOVED": tr(_NOT_MOVED),
        **{code: inside(tr(words)) for code, words in REASONS.items()},
    }


def data_package(edition: Edition) -> dict[str, bytes]:
    """The files of the package by name; `datapackage.json` says what is in the others."""
    catalogue = told_texts(edition.book.rows(_CATALOGUE))
    catalogue = catalogue.with_columns(pl.Series("unit", [several(unit) for unit in catalogue["unit"]], dtype=pl.String))
    values = _rows(shown(tabulated(edition)), dict(catalogue.select("indicator", "definition_version").iter_rows()))
    told = catalogue.filter(pl.col("indicator").is_in(values["indicator"].unique().to_list()))
    files = {"indicator_value.csv": _csv(values), "indicator_value.parquet": _parquet(values), "indicator.csv": _csv(told)}
    of_values = _schema(values) | {
        "primaryKey": list(KEY),
        "foreignKeys": [{"fields": ["indicator"], "reference": {"resource": "indicator", "fields": ["indicator"]}}],
    }
    resources = [
        _resource("indicator_value.csv", files, title=tr("Les chiffres du rapport"), schema=of_values),
        _resource("indicator_value.parquet", files, title=tr("Les mêmes lignes en Parquet"), schema=of_values),
        _resource("indicator.csv", files, title=tr("Ce que sont les indicateurs"), schema=_schema(told) | {"primaryKey": ["indicator"]}),
    ]
    text = json.dumps(_description(edition, told) | {"resources": resources}, ensure_ascii=False, indent=2)
    return files | {"datapackage.json": f"{text}\n".encode()}


def told_texts(catalogue: pl.DataFrame) -> pl.DataFrame:
    """The catalogue with its texts in the language of now; a unit is told where it is written."""
    # Not by the engine: in its threads nobody has said which language is spoken.
    told = {name: [tr(words or "") or None for words in catalogue[name]] for name in _TEXTS}
    return catalogue.with_columns(pl.Series(name, words, dtype=pl.String) for name, words in told.items())


def _rows(values: list[Value], versions: dict[str, int]) -> pl.DataFrame:
    """A row per figure; where there is no value, the reason is always there."""
    rows = [
        (
            *value.figure,
            # As behind the figures of the HTML: what would be divided is told where it is known by what.
            value.numerator if value.value is not None or value.denominator is not None else None,
            value.denominator,
            value.value,
            value.reason,
            value.complete,
            value.mature,
            versions[value.figure.indicator],
        )
        for value in values
        if value.figure
    ]
    return pl.DataFrame(rows, schema=_VALUES, orient="row")


def _csv(rows: pl.DataFrame) -> bytes:
    return rows.write_csv().encode()


def _parquet(rows: pl.DataFrame) -> bytes:
    file = BytesIO()
    rows.write_parquet(file, compression="zstd")
    return file.getvalue()


def _schema(rows: pl.DataFrame) -> dict[str, Any]:
    return {"fields": [_field(name, _TYPES[kind.base_type()]) for name, kind in rows.schema.items()]}


def _field(name: str, kind: str) -> dict[str, Any]:
    column = COLUMNS[name]
    field: dict[str, Any] = {"name": name, "type": kind, "title": labelled(column), "description": tr(column.meaning)}
    if name == "reason":
        told = "; ".join(f"{code}: {words}" for code, words in why().items())
        description = tr("Pourquoi il n'y a pas de valeur, ou pas la dernière. {codes}.", codes=told)
        return field | {"description": description, "constraints": {"enum": list(why())}}
    if name == "grain":
        return field | {"constraints": {"required": True, "enum": list(_GRAINS)}}
    return field | ({"constraints": {"required": True}} if name in KEY else {})


def _resource(name: str, files: dict[str, bytes], *, title: str, schema: dict[str, Any]) -> dict[str, Any]:
    stem, _, ending = name.rpartition(".")
    csv = ending == "csv"
    return {
        "name": stem if csv else f"{stem}_{ending}",
        "title": title,
        "type": "table",
        "path": name,
        "format": ending,
        "mediatype": "text/csv" if csv else "application/vnd.apache.parquet",
        # Of a file that is no text, validators do not count the bytes.
        **({"encoding": "utf-8", "bytes": len(files[name])} if csv else {}),
        "hash": f"sha256:{hashlib.sha256(files[name]).hexdigest()}",
        "schema": schema,
    }


def _description(edition: Edition, told: pl.DataFrame) -> dict[str, Any]:
    """What the package says of itself; no licence is given, so there is none to name."""
    head, book = edition.masthead, edition.book
    return {
        "name": f"{edition.name}{'-interne' if book.internal else ''}-{book.period:%Y-%m}-{edition.language}",
        "title": f"{edition.title}, {head.month}",
        "description": " ".join((*head.said, *head.hiding)),
        "languages": [edition.language],
        "sources": [{"title": source} for source in told["source"].unique().sort()],
    }
