"""What a column name means, the same everywhere in the house; one module for each subject.

A column that a single dataset has is declared with its export.
"""

from itertools import chain

from pipelines.contracts.columns import (
    cases,
    courses,
    deliveries,
    figures,
    findings,
    indicators,
    measures,
    ne_eso,
    paths,
    people,
    reference,
    releases,
)
from pipelines.contracts.columns.column import Column, Kind

__all__ = ["IDENTIFYING", "SHARED", "Column", "Kind"]

_SUBJECTS = (people, cases, courses, paths, measures, ne_eso, deliveries, findings, reference, indicators, figures, releases)

SHARED: dict[str, Column] = {column.name: column for column in chain(*(module.COLUMNS for module in _SUBJECTS))}

# Columns that, beside a key, tell who somebody is, or quote what was written of somebody; never shown in a preview.
IDENTIFYING = frozenset({"person_id", "birth_year", "birth_month", "born_in", "municipality", "cell"})
