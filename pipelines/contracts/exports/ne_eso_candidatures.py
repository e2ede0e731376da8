"""Candidacies and contracts in the productive social enterprises (NE-ESO), sent by the SASO."""

import datetime as dt
from dataclasses import replace

import polars as pl

from pipelines.contracts import fields
from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Age, Export, Field, RowCheck

CONTRACT = CodeList(
    "contract",
    (Code("CDI", "Durée indéterminée", "Unbefristet"), Code("CDD", "Durée déterminée", "Befristet")),
    LAYOUT,
)

EXIT_EXTENT = CodeList(
    "exit_extent",
    (Code("TOTALE", "Totale", "Vollständig"), Code("PARTIELLE", "Partielle", "Teilweise")),
    LAYOUT,
)

END_REASON = CodeList(
    "ne_eso_end_reason",
    (
        Code("NON_ELIGIBLE", "Non éligible", "Kriterien nicht erfüllt"),
        Code("NON_RETENU", "Non retenu", "Nicht ausgewählt"),
        Code("ABANDON", "Abandon", "Abbruch"),
        Code("EMPLOI_1ER_MARCHE", "Emploi sur le premier marché", "Stelle im ersten Arbeitsmarkt"),
        Code("FIN_CONTRAT", "Fin de contrat", "Vertragsende"),
        Code("AUTRE", "Autre", "Andere"),
    ),
    LAYOUT,
)

CRITERION = CodeList(
    "criterion",
    (
        Code("PRODUCTIVITE", "Productivité", "Produktivität"),
        Code("CHARGE_DE_FAMILLE", "Charge de famille", "Familienpflichten"),
        Code("PROBLEMATIQUE", "Problématique sociale lourde", "Schwere soziale Problematik"),
        Code("DETTES", "Dettes", "Schulden"),
        Code("AGE", "Âge", "Alter"),
    ),
    "Définition des indicateurs",
)

CODE_LISTS = (CONTRACT, EXIT_EXTENT, END_REASON, CRITERION)

EXPORT = Export(
    name="ne_eso_candidatures",
    title="Candidatures et contrats NE-ESO",
    row="Une ligne par candidature ou contrat NE-ESO ouvert à un moment du mois",
    services={"saso": dt.date(2012, 1, 1)},
    fields=(
        Field(
            column=Column("candidacy_id", Kind.TEXT, "No candidature", "Bewerbungsnummer", "Numéro de la candidature."),
            header="No candidature",
            synonyms=("Numéro de candidature", "Bewerbungs-Nr.", "Bewerbungsnummer"),
            required=True,
            key=True,
        ),
        fields.AVS13,
        fields.BIRTH_DATE,
        Field(
            column=Column("applied_on", Kind.DATE, "Date de candidature", "Bewerbungsdatum", "Jour de la candidature."),
            header="Date de candidature",
            synonyms=("Candidature le", "Bewerbungsdatum"),
            required=True,
        ),
        Field(
            column=Column("productivity", Kind.NUMBER, "Productivité", "Produktivität", "Productivité estimée, en pour cent de 0 à 100."),
            header="Productivité (%)",
            synonyms=("Productivité", "Produktivität (%)", "Produktivität"),
            required=True,
            minimum=0,
            maximum=100,
        ),
        Field(
            column=Column("dependants", Kind.YES_NO, "Charge de famille", "Familienpflichten", "Vrai si la personne a charge de famille."),
            header="Charge de famille",
            synonyms=("Famille à charge", "Familienpflichten", "Unterhaltspflichten"),
            required=True,
        ),
        Field(
            column=Column(
                "heavy_social_problem",
                Kind.YES_NO,
                "Problématique sociale lourde",
                "Schwere soziale Problematik",
                "Vrai si une problématique sociale lourde est constatée.",
            ),
            header="Problématique sociale lourde",
            synonyms=("Problématique lourde", "Schwere soziale Problematik"),
            required=True,
        ),
        Field(
            column=Column("debt", Kind.AMOUNT, "Dettes", "Schulden", "Dettes de la personne à la candidature, en francs."),
            header="Dettes (CHF)",
            synonyms=("Dettes", "Schulden (CHF)", "Schulden"),
            required=True,
            minimum=0,
        ),
        Field(
            column=Column("trial_started_on", Kind.DATE, "Début du stage", "Beginn des Praktikums", "Premier jour du stage."),
            header="Début du stage",
            synonyms=("Stage dès le", "Beginn des Praktikums"),
            not_before="applied_on",
        ),
        Field(
            column=Column("trial_ended_on", Kind.DATE, "Fin du stage", "Ende des Praktikums", "Dernier jour du stage."),
            header="Fin du stage",
            synonyms=("Stage jusqu'au", "Ende des Praktikums"),
            not_before="trial_started_on",
        ),
        Field(
            column=Column("enterprise", Kind.TEXT, "Entreprise", "Unternehmen", "Entreprise sociale qui engage."),
            header="Entreprise",
            synonyms=("Employeur", "Unternehmen", "Betrieb"),
            when="hired_on",
        ),
        Field(
            column=Column("activity", Kind.TEXT, "Secteur d'activité", "Tätigkeitsbereich", "Secteur d'activité du poste."),
            header="Secteur d'activité",
            synonyms=("Activité", "Tätigkeitsbereich"),
        ),
        Field(
            column=Column("hired_on", Kind.DATE, "Date d'engagement", "Anstellungsdatum", "Premier jour du contrat."),
            header="Date d'engagement",
            synonyms=("Engagé le", "Anstellungsdatum"),
            not_before="applied_on",
        ),
        Field(
            column=Column(
                "contract", Kind.CODE, "Type de contrat", "Vertragsart", "Contrat à durée indéterminée (CDI) ou déterminée (CDD)."
            ),
            header="Type de contrat",
            synonyms=("Contrat", "Vertragsart"),
            codes=CONTRACT,
            when="hired_on",
        ),
        Field(
            column=Column(
                "left_social_aid_on",
                Kind.DATE,
                "Sortie de l'aide sociale",
                "Ablösung von der Sozialhilfe",
                "Jour de la sortie de l'aide sociale.",
            ),
            header="Sortie de l'aide sociale",
            synonyms=("Sorti de l'aide sociale le", "Ablösung von der Sozialhilfe"),
            not_before="hired_on",
        ),
        Field(
            column=Column(
                "exit_extent", Kind.CODE, "Ampleur de la sortie", "Umfang der Ablösung", "Sortie totale ou partielle de l'aide sociale."
            ),
            header="Ampleur de la sortie",
            synonyms=("Ampleur", "Umfang der Ablösung"),
            codes=EXIT_EXTENT,
            when="left_social_aid_on",
        ),
        replace(fields.ENDED_ON, end=True, not_before="applied_on"),
        replace(fields.END_REASON, codes=END_REASON, exactly_with="ended_on"),
    ),
    ages=(
        Age(
            Column(
                "applied_age",
                Kind.WHOLE,
                "Âge à la candidature",
                "Alter bei der Bewerbung",
                "Âge révolu au jour de la candidature, pris à la lecture.",
            ),
            at="applied_on",
        ),
    ),
    checks=(
        # A trial may be told by its end alone.
        RowCheck(
            "date.order",
            "trial_ended_on",
            ("trial_ended_on", "applied_on", "trial_started_on"),
            pl.col("trial_started_on").is_not_null() | (pl.col("trial_ended_on") >= pl.col("applied_on")),
            other="applied_on",
        ),
    ),
)
