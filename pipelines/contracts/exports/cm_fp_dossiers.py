"""Files of the case management for vocational training (CM-FP), sent by the SFPO."""

import datetime as dt
from dataclasses import replace

from pipelines.contracts import fields
from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import SHARED, Column, Kind
from pipelines.contracts.export import Age, Export, Field

REFERRER = CodeList(
    "referrer",
    (
        Code("ECOLE", "École", "Schule"),
        Code("OCOSP", "Orientation (OCOSP)", "Berufsberatung (OCOSP)"),
        Code("SSR", "Service social régional", "Regionaler Sozialdienst"),
        Code("ORP", "Office régional de placement", "RAV", ("ORPN",)),
        Code("OAI", "Office AI", "IV-Stelle"),
        Code("FAMILLE", "Famille", "Familie"),
        Code("AUTRE", "Autre", "Andere"),
    ),
    LAYOUT,
)

OUTCOME = CodeList(
    "cm_fp_outcome",
    (
        Code("CFC", "CFC", "EFZ"),
        Code("AFP", "AFP", "EBA"),
        Code("APPRENTISSAGE", "Apprentissage débuté", "Lehre begonnen"),
        Code("EMPLOI", "En emploi", "Erwerbstätig"),
        Code("STRUCTURE_ADAPTEE", "Structure adaptée", "Angepasste Struktur"),
        Code("HORS_CRITERES", "Hors critères", "Kriterien nicht erfüllt"),
        Code("SANS_SOLUTION", "Sans solution", "Ohne Lösung"),
        Code("INTERRUPTION", "Interruption", "Abbruch"),
    ),
    LAYOUT,
)

SOLUTION = OUTCOME.subset("cm_fp_solution", of=("CFC", "AFP", "APPRENTISSAGE", "EMPLOI", "STRUCTURE_ADAPTEE"))

OUTCOME_DETAIL = CodeList(
    "outcome_detail",
    (
        Code("AGE", "Âge", "Alter"),
        Code("SANS_PROBLEMATIQUE_MULTIPLE", "Sans problématique multiple", "Keine Mehrfachproblematik"),
        Code("SUIVI_PAR_RESEAU", "Suivi déjà assuré par le réseau", "Bereits vom Netzwerk betreut", ("Bereits vom Netz betreut",)),
        Code("DEPART_CANTON", "Départ du canton", "Wegzug aus dem Kanton"),
        Code("GROSSESSE", "Grossesse", "Schwangerschaft"),
        Code("AUTRE", "Autre", "Andere"),
    ),
    LAYOUT,
)

CODE_LISTS = (REFERRER, OUTCOME, SOLUTION, OUTCOME_DETAIL)

EXPORT = Export(
    name="cm_fp_dossiers",
    title="Dossiers du case management formation professionnelle (CM-FP)",
    row="Une ligne par dossier ouvert à un moment du mois",
    services={"sfpo": dt.date(2009, 1, 1)},
    fields=(
        replace(fields.CASE_ID, key=True),
        fields.AVS13,
        fields.BIRTH_DATE,
        fields.SEX,
        fields.MUNICIPALITY,
        Field(
            column=Column("referrer", Kind.CODE, "Annoncé par", "Gemeldet durch", "Qui a annoncé le dossier."),
            header="Annoncé par",
            synonyms=("Annonceur", "Gemeldet durch"),
            required=True,
            codes=REFERRER,
        ),
        fields.ANNOUNCED_ON,
        replace(fields.CLOSED_ON, end=True, not_before="announced_on"),
        replace(fields.OUTCOME, header="Motif de clôture", synonyms=("Issue", "Abschlussgrund"), codes=OUTCOME, exactly_with="closed_on"),
        Field(
            column=Column("outcome_detail", Kind.CODE, "Précision", "Präzisierung", "Pourquoi le dossier est hors critères."),
            header="Précision",
            synonyms=("Präzisierung",),
            codes=OUTCOME_DETAIL,
            only_with=("outcome", "HORS_CRITERES"),
        ),
    ),
    ages=(Age(SHARED["announced_age"], at="announced_on", usual=(13, 35)),),
)
