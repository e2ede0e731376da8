"""Situations of early intervention in lower secondary school, sent by the SFPO."""

import datetime as dt
from dataclasses import replace

from pipelines.contracts import fields
from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import SHARED, Column, Kind
from pipelines.contracts.export import Age, Export, Field

OUTCOME = CodeList(
    "early_intervention_outcome",
    (
        Code("TRANSITION_SEC_II", "Passage au secondaire II", "Übertritt in die Sekundarstufe II"),
        Code("MESURE_TRANSITION", "Mesure de transition", "Brückenangebot"),
        Code("CM_FP", "Case management (CM-FP)", "Case Management (CM BB)"),
        Code("EMPLOI", "En emploi", "Erwerbstätig"),
        Code("SANS_SOLUTION", "Sans solution", "Ohne Lösung"),
        Code("AUTRE", "Autre", "Andere"),
    ),
    LAYOUT,
)

CODE_LISTS = (OUTCOME,)

EXPORT = Export(
    name="interventions_precoces",
    title="Interventions précoces au secondaire I",
    row="Une ligne par situation ouverte à un moment du mois",
    services={"sfpo": dt.date(2016, 8, 1)},
    fields=(
        Field(
            column=SHARED["case_id"],
            header="No situation",
            synonyms=("Numéro de situation", "Situation", "Fall-Nr.", "Fallnummer"),
            required=True,
            key=True,
        ),
        fields.AVS13,
        fields.BIRTH_DATE,
        fields.SEX,
        fields.MUNICIPALITY,
        Field(
            column=Column("coach", Kind.TEXT, "Coach", "Coach", "Code de la personne qui accompagne; jamais un nom."),
            header="Coach",
            synonyms=("Code du coach", "Coach-Code"),
            required=True,
            coded=True,
            example="COACH-1",
        ),
        fields.ANNOUNCED_ON,
        replace(fields.CLOSED_ON, end=True, not_before="announced_on"),
        replace(fields.OUTCOME, codes=OUTCOME, exactly_with="closed_on"),
    ),
    ages=(Age(SHARED["announced_age"], at="announced_on"),),
)
