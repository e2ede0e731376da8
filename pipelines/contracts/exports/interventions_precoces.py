"""Situations of early intervention in lower secondary school, sent by the SFPO."""

import datetime as dt

from pipelines.contracts.codes import LAYOUT, SEX, Code, CodeList
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
        Field(column=SHARED["avs13"], header="No AVS", synonyms=("Numéro AVS", "NAVS13", "AHV-Nr.", "AHV-Nummer"), required=True),
        Field(column=SHARED["birth_date"], header="Date de naissance", synonyms=("Né le", "Geburtsdatum"), required=True),
        Field(column=SHARED["sex"], header="Sexe", synonyms=("Geschlecht",), required=True, codes=SEX),
        Field(column=SHARED["municipality"], header="Commune", synonyms=("No OFS", "Gemeinde", "BFS-Nr."), required=True),
        Field(
            column=Column("coach", Kind.TEXT, "Coach", "Coach", "Code de la personne qui accompagne; jamais un nom."),
            header="Coach",
            synonyms=("Code du coach", "Coach-Code"),
            required=True,
        ),
        Field(
            column=SHARED["announced_on"],
            header="Date d'annonce",
            synonyms=("Annoncé le", "Meldedatum"),
            required=True,
        ),
        Field(
            column=SHARED["closed_on"],
            header="Date de clôture",
            synonyms=("Clos le", "Abschlussdatum"),
            end=True,
            not_before="announced_on",
        ),
        Field(
            column=SHARED["outcome"],
            header="Issue",
            synonyms=("Motif de clôture", "Ergebnis", "Abschlussgrund"),
            codes=OUTCOME,
            exactly_with="closed_on",
        ),
    ),
    ages=(Age(SHARED["announced_age"], at="announced_on"),),
)
