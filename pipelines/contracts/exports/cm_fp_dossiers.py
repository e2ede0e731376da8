"""Files of the case management for vocational training (CM-FP), sent by the SFPO."""

import datetime as dt

from pipelines.contracts.codes import LAYOUT, SEX, Code, CodeList
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
        Code("SUIVI_PAR_RESEAU", "Suivi déjà assuré par le réseau", "Bereits vom Netz betreut"),
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
        Field(
            column=SHARED["case_id"],
            header="No dossier",
            synonyms=("Numéro de dossier", "Dossier", "Dossier-Nr.", "Dossiernummer"),
            required=True,
            key=True,
        ),
        Field(column=SHARED["avs13"], header="No AVS", synonyms=("Numéro AVS", "NAVS13", "AHV-Nr.", "AHV-Nummer"), required=True),
        Field(column=SHARED["birth_date"], header="Date de naissance", synonyms=("Né le", "Geburtsdatum"), required=True),
        Field(column=SHARED["sex"], header="Sexe", synonyms=("Geschlecht",), required=True, codes=SEX),
        Field(column=SHARED["municipality"], header="Commune", synonyms=("No OFS", "Gemeinde", "BFS-Nr."), required=True),
        Field(
            column=Column("referrer", Kind.CODE, "Annoncé par", "Gemeldet durch", "Qui a annoncé le dossier."),
            header="Annoncé par",
            synonyms=("Annonceur", "Gemeldet durch"),
            required=True,
            codes=REFERRER,
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
            header="Motif de clôture",
            synonyms=("Issue", "Abschlussgrund"),
            codes=OUTCOME,
            exactly_with="closed_on",
        ),
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
