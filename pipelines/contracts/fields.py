"""Fields that several exports have: what is meant, how it is headed, and what else is read as that header.

An export takes one as it is or, by `replace`, with what holds for its own rows: key, code list, what its dates are held to.
"""

from pipelines.contracts import codes
from pipelines.contracts.columns import SHARED
from pipelines.contracts.export import Field

# Of persons.
AVS13 = Field(column=SHARED["avs13"], header="No AVS", synonyms=("Numéro AVS", "NAVS13", "AHV-Nr.", "AHV-Nummer"), required=True)
BIRTH_DATE = Field(column=SHARED["birth_date"], header="Date de naissance", synonyms=("Né le", "Geburtsdatum"), required=True)
SEX = Field(column=SHARED["sex"], header="Sexe", synonyms=("Geschlecht",), required=True, codes=codes.SEX)
MUNICIPALITY = Field(column=SHARED["municipality"], header="Commune", synonyms=("No OFS", "Gemeinde", "BFS-Nr."), required=True)

# Of cases.
CASE_ID = Field(
    column=SHARED["case_id"],
    header="No dossier",
    synonyms=("Numéro de dossier", "Dossier", "Dossier-Nr.", "Dossiernummer"),
    required=True,
)
ANNOUNCED_ON = Field(column=SHARED["announced_on"], header="Date d'annonce", synonyms=("Annoncé le", "Meldedatum"), required=True)
CLOSED_ON = Field(column=SHARED["closed_on"], header="Date de clôture", synonyms=("Clos le", "Abschlussdatum"))
OUTCOME = Field(column=SHARED["outcome"], header="Issue", synonyms=("Motif de clôture", "Ergebnis", "Abschlussgrund"))

# Of what lasts.
STARTED_ON = Field(column=SHARED["started_on"], header="Date de début", synonyms=("Début", "Beginn"), required=True)
ENDED_ON = Field(column=SHARED["ended_on"], header="Date de fin", synonyms=("Fin", "Ende"))
END_REASON = Field(column=SHARED["end_reason"], header="Motif de fin", synonyms=("Motif de sortie", "Grund des Endes"))

# Of measures and programmes.
MEASURE_ID = Field(
    column=SHARED["measure_id"],
    header="No mesure",
    synonyms=("Numéro de mesure", "Massnahmen-Nr.", "Massnahmennummer"),
    required=True,
)
PARTICIPATION_ID = Field(
    column=SHARED["participation_id"],
    header="No participation",
    synonyms=("Numéro de participation", "Teilnahme-Nr.", "Teilnahmenummer"),
    required=True,
)
PROVIDER = Field(column=SHARED["provider"], header="Organisateur", synonyms=("Prestataire", "Veranstalter"), required=True)
BRANCH = Field(column=SHARED["branch"], header="Branche", synonyms=("Section NOGA", "NOGA"), required=True, codes=codes.NOGA_SECTION)
PLACES = Field(column=SHARED["places"], header="Places", synonyms=("Nombre de places", "Plätze"), required=True, minimum=0)

# Of the coordination's lists.
ACTION_ID = Field(
    column=SHARED["action_id"], header="No action", synonyms=("Numéro d'action", "Aktions-Nr.", "Aktionsnummer"), required=True
)
ACTION = Field(column=SHARED["action"], header="Action", synonyms=("Aktion", "Massnahme"), required=True)
SERVICE = Field(column=SHARED["service"], header="Service", synonyms=("Dienst", "Dienststelle"), required=True, codes=codes.SERVICE)
