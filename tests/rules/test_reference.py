"""The reference files: what each line says fits together."""

import polars as pl
import pytest

from pipelines.contracts.given import GIVEN, read_reference
from pipelines.contracts.registry import EXPORTS

FIGURES = read_reference(next(given.table for given in GIVEN if given.table.name == "published_figure"))


def test_a_benefit_is_sent_by_the_service_that_its_contract_names() -> None:
    (benefit,) = (field for field in EXPORTS["prestations"].fields if field.name == "benefit")
    named = {(code, service.upper()) for service, codes in benefit.codes_of.items() for code in codes}
    rows = read_reference(next(given.table for given in GIVEN if given.table.name == "benefit"))
    assert set(rows.select("benefit", "service").rows()) == named


def fits(qualifier: str, published: float, low: float, high: float | None) -> bool:
    """Whether the bounds are those that the qualifier means."""
    if qualifier == "=":
        return low == high == published
    if qualifier == ">":
        return low > published and high is None
    return qualifier == "~" and high is not None and low <= published <= high


@pytest.mark.parametrize("row", FIGURES.rows(named=True), ids=lambda row: row["figure"])
def test_the_bounds_of_a_published_figure_are_those_its_qualifier_means(row) -> None:
    assert fits(row["qualifier"], row["published"], row["low"], row["high"])


@pytest.mark.parametrize(
    "wrong",
    [
        ("=", 5, 5, 6),
        ("=", 5, 4, 5),
        ("=", 5, 5, None),
        (">", 5, 5, None),
        (">", 5, 6, 9),
        ("~", 5, 6, 7),
        ("~", 5, 4, None),
        ("<", 5, 4, 5),
    ],
    ids=str,
)
def test_bounds_that_mean_something_else_are_seen(wrong) -> None:
    assert not fits(*wrong)
    assert fits("~", 6, 5, 7)


def test_every_line_of_every_reference_file_has_its_source() -> None:
    for given in GIVEN:
        if "source" in given.table.names:
            sources = read_reference(given.table)["source"]
            assert sources.len() and sources.str.strip_chars().str.len_chars().min() > 0, given.table.name


def test_a_figure_is_published_once() -> None:
    assert FIGURES.select(pl.col("figure").is_unique().all()).item()
