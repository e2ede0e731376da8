"""Budgets per measure and service, a file a year."""

import datetime as dt
from dataclasses import replace

from pipelines.contracts import fields
from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Export, Field

_OWED = dt.date(2013, 1, 1)

EXPORT = Export(
    name="budgets",
    title="Budgets des mesures",
    row="Une ligne par mesure pour laquelle le service a un budget dans l'année",
    services={"semp": _OWED, "saso": _OWED, "smig": _OWED},
    cadence="yearly",
    fields=(
        replace(fields.MEASURE_ID, key=True),
        Field(
            column=Column(
                "budget", Kind.AMOUNT, "Budget annuel", "Jahresbudget", "Budget du service pour la mesure et l'année, en francs."
            ),
            header="Budget annuel",
            synonyms=("Budget (CHF)", "Budget", "Jahresbudget"),
            required=True,
            minimum=0,
        ),
        Field(
            column=Column(
                "reserved_places", Kind.WHOLE, "Places réservées", "Reservierte Plätze", "Places réservées au service dans l'année."
            ),
            header="Places réservées",
            synonyms=("Places", "Reservierte Plätze"),
            required=True,
            minimum=0,
        ),
    ),
)
