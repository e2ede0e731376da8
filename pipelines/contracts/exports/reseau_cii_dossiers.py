"""Files of the Réseau CII NE, sent by the cantonal coordination."""

import datetime as dt
from dataclasses import replace

from pipelines.contracts import fields
from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Export, Field

PARTNER = CodeList(
    "reseau_partner",
    (
        Code("ORP", "Office régional de placement", "RAV", ("ORPN",)),
        Code("OAI", "Office AI", "IV-Stelle"),
        Code("SSR", "Service social régional", "Regionaler Sozialdienst"),
    ),
    LAYOUT,
)

OUTCOME = CodeList(
    "reseau_outcome",
    (
        Code("EMPLOI", "En emploi", "Erwerbstätig"),
        Code("FORMATION", "En formation", "In Ausbildung"),
        Code("MESURE", "Mesure", "Massnahme"),
        Code("RENTE_AI", "Rente AI", "IV-Rente"),
        Code("AIDE_SOCIALE", "Aide sociale", "Sozialhilfe"),
        Code("NON_RETENU", "Non retenu", "Nicht aufgenommen"),
        Code("ABANDON", "Abandon", "Abbruch"),
        Code("AUTRE", "Autre", "Andere"),
    ),
    LAYOUT,
)

CODE_LISTS = (PARTNER, OUTCOME)

EXPORT = Export(
    name="reseau_cii_dossiers",
    title="Dossiers du Réseau CII NE",
    row="Une ligne par dossier ouvert à un moment du mois",
    services={"cii": dt.date(2015, 1, 1)},
    fields=(
        replace(fields.CASE_ID, key=True),
        fields.AVS13,
        Field(
            column=Column("detected_by", Kind.CODE, "Service détecteur", "Erkennende Stelle", "Service qui a détecté la situation."),
            header="Service détecteur",
            synonyms=("Détecté par", "Erkennende Stelle", "Meldende Stelle"),
            required=True,
            codes=PARTNER,
        ),
        Field(
            column=Column("detected_on", Kind.DATE, "Date de détection", "Datum der Erkennung", "Jour de la détection."),
            header="Date de détection",
            synonyms=("Détecté le", "Datum der Erkennung", "Meldedatum"),
            required=True,
        ),
        Field(
            column=Column(
                "accepted_on", Kind.DATE, "Date d'acceptation", "Annahmedatum", "Jour de l'acceptation; vide tant qu'il n'est pas accepté."
            ),
            header="Date d'acceptation",
            synonyms=("Accepté le", "Annahmedatum", "Aufnahmedatum"),
            not_before="detected_on",
        ),
        Field(
            column=Column("assessed_on", Kind.DATE, "Date du bilan", "Abklärungsdatum", "Jour du bilan."),
            header="Date du bilan",
            synonyms=("Bilan le", "Abklärungsdatum"),
            not_before="accepted_on",
            needs="accepted_on",
        ),
        Field(
            column=Column(
                "physician_present", Kind.YES_NO, "Médecin présent", "Ärztliche Teilnahme", "Vrai si un médecin a pris part au bilan."
            ),
            header="Médecin présent",
            synonyms=("Médecin", "Ärztliche Teilnahme", "Arzt anwesend"),
            when="assessed_on",
        ),
        Field(
            column=Column("lead", Kind.CODE, "Service pilote", "Federführende Stelle", "Service qui conduit le plan d'action."),
            header="Service pilote",
            synonyms=("Pilote", "Federführende Stelle"),
            codes=PARTNER,
            when="plan_on",
        ),
        Field(
            column=Column("plan_on", Kind.DATE, "Date du plan d'action", "Datum des Aktionsplans", "Jour où le plan d'action est arrêté."),
            header="Date du plan d'action",
            synonyms=("Plan d'action le", "Datum des Aktionsplans"),
            not_before="assessed_on",
        ),
        replace(fields.CLOSED_ON, end=True, not_before="detected_on"),
        replace(fields.OUTCOME, codes=OUTCOME, exactly_with="closed_on", without=("accepted_on", "NON_RETENU")),
    ),
)
