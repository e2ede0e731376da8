"""Inventory of the insertion measures, sent by the SEMP."""

import datetime as dt
from dataclasses import replace

from pipelines.contracts import fields
from pipelines.contracts.codes import SERVICE, Code, CodeList
from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Export, Field

# In the order of the cantonal typology, from prevention to placement.
KIND = CodeList(
    "measure_kind",
    (
        Code("PREVENTION", "Prévention", "Prävention"),
        Code("EVALUATION", "Évaluation", "Abklärung"),
        Code("COMPETENCES_DE_BASE", "Compétences de base", "Grundkompetenzen"),
        Code("FORMATION", "Formation", "Bildung"),
        Code("OCCUPATION", "Occupation", "Beschäftigung"),
        Code("SOCIOPROFESSIONNEL", "Socioprofessionnel", "Sozialberuflich"),
        Code("PROFESSIONNEL", "Professionnel", "Beruflich"),
        Code("COACHING", "Coaching", "Coaching"),
        Code("PLACEMENT", "Placement", "Vermittlung"),
    ),
    "Typologie cantonale des mesures, de la prévention au placement",
)

CODE_LISTS = (KIND,)

EXPORT = Export(
    name="mesures",
    title="Inventaire des mesures d'insertion",
    row="Une ligne par mesure ouverte à un moment du mois",
    services={"semp": dt.date(2013, 1, 1)},
    fields=(
        replace(fields.MEASURE_ID, key=True),
        Field(
            column=Column("measure", Kind.TEXT, "Mesure", "Massnahme", "Nom de la mesure."),
            header="Mesure",
            synonyms=("Nom de la mesure", "Massnahme"),
            required=True,
            lasting=True,
        ),
        replace(fields.PROVIDER, lasting=True),
        Field(
            column=Column("lead_service", Kind.CODE, "Service répondant", "Zuständiger Dienst", "Service qui répond de la mesure."),
            header="Service répondant",
            synonyms=("Répondant", "Zuständiger Dienst"),
            required=True,
            codes=SERVICE,
        ),
        fields.BRANCH,
        Field(
            column=Column("kind", Kind.CODE, "Type de mesure", "Massnahmentyp", "Type de mesure, de la prévention au placement."),
            header="Type",
            synonyms=("Type de mesure", "Typ", "Massnahmentyp"),
            required=True,
            codes=KIND,
        ),
        Field(
            column=Column("target_group", Kind.TEXT, "Public cible", "Zielgruppe", "À qui la mesure s'adresse, avec les mots du service."),
            header="Public cible",
            synonyms=("Public", "Zielgruppe", "Zielpublikum"),
            required=True,
        ),
        fields.PLACES,
        Field(
            column=Column(
                "monthly_cost_per_place",
                Kind.AMOUNT,
                "Coût mensuel par place",
                "Monatskosten pro Platz",
                "Coût d'une place par mois, en francs.",
            ),
            header="Coût mensuel par place",
            synonyms=("Coût par place (CHF)", "Monatskosten pro Platz"),
            required=True,
            minimum=0,
        ),
        Field(
            column=Column("starts_on", Kind.DATE, "Début de la mesure", "Beginn der Massnahme", "Premier jour de la mesure."),
            header="Début",
            synonyms=("Date de début", "Beginn"),
            required=True,
        ),
        Field(
            column=Column(
                "ends_on",
                Kind.DATE,
                "Fin de la mesure",
                "Ende der Massnahme",
                "Dernier jour de la mesure, souvent prévu; vide: sans terme.",
            ),
            header="Fin",
            synonyms=("Date de fin", "Ende"),
            end=True,
            plan=True,
            not_before="starts_on",
        ),
        Field(
            column=Column(
                "has_sheet", Kind.YES_NO, "Fiche descriptive", "Beschreibungsblatt", "Vrai si la mesure a une fiche descriptive."
            ),
            header="Fiche descriptive",
            synonyms=("Fiche", "Beschreibungsblatt"),
            required=True,
        ),
    ),
)
