"""Benefits and support spells, sent by every service."""

import datetime as dt
from dataclasses import replace

from pipelines.contracts import fields
from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Export, Field

PERMIT = CodeList(
    "permit",
    (
        Code("CH", "Nationalité suisse", "Schweizer Staatsangehörigkeit", ("Suisse", "Schweiz")),
        Code("B", "Autorisation de séjour", "Aufenthaltsbewilligung"),
        Code("C", "Autorisation d'établissement", "Niederlassungsbewilligung"),
        Code("F", "Admission provisoire", "Vorläufige Aufnahme"),
        Code("F+", "Réfugié admis provisoirement", "Vorläufig aufgenommener Flüchtling"),
        Code("G", "Autorisation frontalière", "Grenzgängerbewilligung"),
        Code("L", "Autorisation de courte durée", "Kurzaufenthaltsbewilligung"),
        Code("N", "Requérant d'asile", "Asylsuchende"),
        Code("S", "Personne à protéger", "Schutzbedürftige"),
    ),
    "eCH-0006",
)

BENEFIT = CodeList(
    "benefit",
    (
        Code("AC_INDEMNITE", "Indemnités de chômage", "Arbeitslosenentschädigung", ("Indemnité journalière", "Taggeld")),
        Code("DE_SANS_INDEMNITE", "Demandeur d'emploi sans indemnité", "Stellensuchend ohne Entschädigung"),
        Code("AIDE_SOCIALE", "Aide sociale", "Sozialhilfe"),
        Code("AI_RENTE", "Rente AI", "IV-Rente"),
        Code("AI_MESURE", "Mesure de réadaptation AI", "Eingliederungsmassnahme der IV"),
        Code("FORMATION", "Formation postobligatoire", "Nachobligatorische Ausbildung"),
        Code("FORFAIT_INTEGRATION", "Forfait d'intégration", "Integrationspauschale"),
    ),
    LAYOUT,
)

END_REASON = CodeList(
    "benefit_end_reason",
    (
        Code("EMPLOI", "En emploi", "Erwerbstätig"),
        Code("FORMATION", "En formation", "In Ausbildung"),
        Code("FIN_DE_DROIT", "Fin de droit", "Aussteuerung", ("Fin de droits",)),
        Code("AUTRE_PRESTATION", "Autre prestation", "Andere Leistung"),
        Code("DEPART_CANTON", "Départ du canton", "Wegzug aus dem Kanton"),
        Code("RETRAITE", "Retraite", "Pensionierung"),
        Code("DECES", "Décès", "Tod"),
        Code("AUTRE", "Autre", "Andere"),
    ),
    LAYOUT,
)

BENEFIT_STATE = CodeList(
    "benefit_state",
    (
        Code("AC", "Indemnités de chômage", "Arbeitslosenentschädigung"),
        Code("AI", "Rente AI", "IV-Rente"),
        Code("AS", "Aide sociale", "Sozialhilfe"),
        Code("DE", "Demandeur d'emploi sans indemnité", "Stellensuchend ohne Entschädigung"),
        Code("AI_M", "Mesure de réadaptation AI", "Eingliederungsmassnahme der IV"),
        Code("FO", "Formation postobligatoire", "Nachobligatorische Ausbildung"),
        Code("IN", "Forfait d'intégration", "Integrationspauschale"),
    ),
    "Définition des indicateurs",
)

CODE_LISTS = (PERMIT, BENEFIT, END_REASON, BENEFIT_STATE)

_OWED = dt.date(2009, 1, 1)

EXPORT = Export(
    name="prestations",
    title="Prestations et périodes de soutien",
    row="Une ligne par période de prestation ouverte à un moment du mois",
    services={"semp": _OWED, "saso": _OWED, "smig": _OWED, "oai": None, "sfpo": None},
    fields=(
        replace(fields.AVS13, key=True),
        fields.BIRTH_DATE,
        fields.SEX,
        fields.MUNICIPALITY,
        Field(
            column=Column("permit", Kind.CODE, "Permis", "Bewilligung", "Catégorie de permis selon eCH-0006, ou CH; F+: réfugié."),
            header="Permis",
            synonyms=("Autorisation", "Bewilligung", "Ausweis"),
            required=True,
            codes=PERMIT,
        ),
        Field(
            column=Column("benefit", Kind.CODE, "Prestation", "Leistung", "Prestation ou soutien que le service verse ou conduit."),
            header="Prestation",
            synonyms=("Type de prestation", "Leistung"),
            required=True,
            key=True,
            codes=BENEFIT,
            codes_of={
                "semp": ("AC_INDEMNITE", "DE_SANS_INDEMNITE"),
                "saso": ("AIDE_SOCIALE",),
                "oai": ("AI_RENTE", "AI_MESURE"),
                "sfpo": ("FORMATION",),
                "smig": ("FORFAIT_INTEGRATION",),
            },
        ),
        replace(fields.STARTED_ON, key=True),
        replace(fields.ENDED_ON, end=True, not_before="started_on"),
        replace(fields.END_REASON, codes=END_REASON, exactly_with="ended_on"),
        Field(
            column=Column(
                "amount", Kind.AMOUNT, "Montant du mois", "Betrag des Monats", "Montant de la prestation pour le mois, en francs."
            ),
            header="Montant du mois",
            synonyms=("Montant (CHF)", "Montant", "Betrag des Monats", "Betrag"),
            required=True,
            minimum=0,
        ),
    ),
)
