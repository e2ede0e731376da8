"""Participations in measures, sent by every service that uses them."""

import datetime as dt
from dataclasses import replace

from pipelines.contracts import fields
from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Export, Field

OUTCOME = CodeList(
    "participation_outcome",
    (
        Code("EMPLOI", "En emploi", "Erwerbstätig"),
        Code("FORMATION", "En formation", "In Ausbildung"),
        Code("AUTRE_MESURE", "Autre mesure", "Andere Massnahme"),
        Code("FIN_PREVUE", "Fin prévue", "Vorgesehenes Ende"),
        Code("ABANDON", "Abandon", "Abbruch"),
        Code("EXCLUSION", "Exclusion", "Ausschluss"),
        Code("SANTE", "Santé", "Gesundheit"),
        Code("AUTRE", "Autre", "Andere"),
    ),
    LAYOUT,
)

CODE_LISTS = (OUTCOME,)

_OWED = dt.date(2013, 1, 1)

EXPORT = Export(
    name="participations",
    title="Participations aux mesures",
    row="Une ligne par participation ouverte à un moment du mois",
    services={"semp": _OWED, "saso": _OWED, "smig": _OWED, "oai": None, "sfpo": None},
    fields=(
        replace(fields.PARTICIPATION_ID, key=True),
        fields.MEASURE_ID,
        fields.AVS13,
        replace(fields.STARTED_ON, synonyms=("Début", "Beginn", "Eintritt")),
        replace(fields.ENDED_ON, synonyms=("Fin", "Ende", "Austritt"), end=True, not_before="started_on"),
        replace(fields.OUTCOME, synonyms=("Motif de fin", "Ergebnis", "Austrittsgrund"), codes=OUTCOME, exactly_with="ended_on"),
        Field(
            column=Column(
                "cost", Kind.AMOUNT, "Coût du mois", "Kosten des Monats", "Ce qui est facturé au service pour le mois, en francs."
            ),
            header="Coût du mois",
            synonyms=("Coût (CHF)", "Coût", "Kosten des Monats", "Kosten"),
            required=True,
            minimum=0,
        ),
    ),
)
