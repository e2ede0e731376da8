"""What is found wrong: one row per cell, line or file, already masked, with the sentence a service reads."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import polars as pl

from pipelines.contracts.export import Period
from pipelines.contracts.months import spoken
from pipelines.contracts.rules import RULES, Told
from pipelines.ingest.mask import masked, masked_personal

SCHEMA = {
    "line": pl.Int64,
    "field": pl.String,
    "header": pl.String,
    "cell": pl.String,
    "rule": pl.String,
    "severity": pl.String,
    "message": pl.String,
    "remedy": pl.String,
    "message_de": pl.String,
    "remedy_de": pl.String,
    "suggestion": pl.String,
}


class Refused(Exception):
    """The file cannot be taken in at all; carries the one finding that says why."""

    def __init__(self, finding: pl.DataFrame) -> None:
        super().__init__()
        self.finding = finding


def finding(
    rule: str,
    at: pl.Series | Iterable[int | None] = (None,),
    /,
    *,
    field: str | None = None,
    header: str | None = None,
    values: pl.Series | None = None,
    suggestions: pl.Series | None = None,
    personal: bool = False,
    each: Sequence[Mapping[str, object]] | None = None,
    **words: object,
) -> pl.DataFrame:
    """The findings of one rule, one per line; `words` and the header fill its sentences.

    Args:
        rule: the rule's id.
        at: the lines; by default none in particular.
        field: the field's name.
        header: its header as the service wrote it.
        values: the cells as written, by line; masked here, so that nothing else has to.
        suggestions: the nearest allowed values, by line; never of a personal column.
        personal: the column tells who somebody is.
        each: what else the sentences name and differs by line.
        **words: what else the sentences name.
    """
    shown = None if header is None else masked(header)
    sentences = _sentences(rule, [{}] if each is None else each, words={"header": shown} | words)
    return pl.DataFrame({"line": pl.Series(at, dtype=pl.Int64)}).with_columns(
        pl.lit(field, pl.String).alias("field"),
        pl.lit(shown, pl.String).alias("header"),
        pl.lit(None, pl.String).alias("cell") if values is None else _masked_cells(values, personal).alias("cell"),
        pl.lit(rule).alias("rule"),
        pl.lit(RULES[rule].severity).alias("severity"),
        *(pl.lit(sentences[name][0]).alias(name) if each is None else sentences[name] for name in Told._fields),
        pl.lit(None, pl.String).alias("suggestion") if suggestions is None else suggestions.cast(pl.String).alias("suggestion"),
    )


def gathered(findings: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All findings in one frame, in the order a person would walk the file."""
    return pl.concat([pl.DataFrame(schema=SCHEMA), *findings]).sort("line", "field", "rule", maintain_order=True)


def _masked_cells(cells: pl.Series, personal: bool) -> pl.Series:
    distinct = cells.drop_nulls().unique()
    shown = [masked_personal(cell) if personal else masked(cell) for cell in distinct]
    return cells.replace_strict(distinct, pl.Series(shown, dtype=pl.String), default=None, return_dtype=pl.String)


def _sentences(rule: str, each: Sequence[Mapping[str, object]], *, words: Mapping[str, object]) -> pl.DataFrame:
    """What the rule says of every line; the same words are put together once."""

    @cache
    def told(own: tuple[tuple[str, object], ...]) -> Told:
        said = dict(words) | dict(own)
        return RULES[rule].told(**{name: spoken(word) if isinstance(word, Period) else word for name, word in said.items()})

    return pl.DataFrame([told(tuple(own.items())) for own in each], schema=dict.fromkeys(Told._fields, pl.String), orient="row")
