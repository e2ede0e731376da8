"""Participations in measures, sent by every service that uses them."""

import datetime as dt

from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import SHARED, Column, Kind
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
        Field(
            column=SHARED["participation_id"],
            header="No participation",
            synonyms=("Numéro de participation", "Teilnahme-Nr.", "Teilnahmenummer"),
            required=True,
            key=True,
        ),
        Field(
            column=SHARED["measure_id"],
            header="No mesure",
            synonyms=("Numéro de mesure", "Massnahmen-Nr.", "Massnahmennummer"),
            required=True,
        ),
        Field(column=SHARED["avs13"], header="No AVS", synonyms=("Numéro AVS", "NAVS13", "AHV-Nr.", "AHV-Nummer"), required=True),
        Field(column=SHARED["started_on"], header="Date de début", synonyms=("Début", "Beginn", "Eintritt"), required=True),
        Field(
            column=SHARED["ended_on"],
            header="Date de fin",
            synonyms=("Fin", "Ende", "Austritt"),
            end=True,
            not_before="started_on",
        ),
        Field(
            column=SHARED["outcome"],
            header="Issue",
            synonyms=("Motif de fin", "Ergebnis", "Austrittsgrund"),
            codes=OUTCOME,
            exactly_with="ended_on",
        ),
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
