"""The common observation grid: how a participation goes, dimension by dimension."""

from dataclasses import replace

from pipelines.contracts import fields
from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Export, Field

STAGE = CodeList(
    "stage",
    (Code("ENTREE", "Entrée", "Eintritt"), Code("SUIVI", "Suivi", "Verlauf"), Code("SORTIE", "Sortie", "Austritt")),
    LAYOUT,
)

DIMENSION = CodeList(
    "grid_dimension",
    (
        Code("ASSIDUITE", "Assiduité", "Anwesenheit"),
        Code("RYTHME", "Rythme", "Tempo"),
        Code("QUALITE", "Qualité", "Qualität"),
        Code("AUTONOMIE", "Autonomie", "Selbständigkeit"),
        Code("COLLABORATION", "Collaboration", "Zusammenarbeit"),
        Code("COMMUNICATION", "Communication", "Kommunikation"),
        Code("COMPETENCES_DE_BASE", "Compétences de base", "Grundkompetenzen"),
        Code("PROJET", "Projet", "Projekt"),
    ),
    LAYOUT,
)

CODE_LISTS = (STAGE, DIMENSION)

EXPORT = Export(
    name="observations",
    title="Grille d'observation commune",
    row="Une ligne par observation d'une participation dans une dimension de la grille",
    services={"semp": None, "saso": None, "smig": None, "oai": None, "sfpo": None},
    fields=(
        replace(fields.PARTICIPATION_ID, key=True),
        Field(
            column=Column("observed_on", Kind.DATE, "Date d'observation", "Beobachtungsdatum", "Jour de l'observation."),
            header="Date d'observation",
            synonyms=("Observé le", "Beobachtungsdatum"),
            required=True,
            key=True,
            within=True,
        ),
        Field(
            column=Column("stage", Kind.CODE, "Moment", "Zeitpunkt", "Moment de la participation: entrée, suivi ou sortie."),
            header="Moment",
            synonyms=("Étape", "Zeitpunkt"),
            required=True,
            codes=STAGE,
        ),
        Field(
            column=Column("grid_dimension", Kind.CODE, "Dimension", "Dimension", "Dimension de la grille d'observation."),
            header="Dimension",
            synonyms=("Critère", "Kriterium"),
            required=True,
            key=True,
            codes=DIMENSION,
        ),
        Field(
            column=Column("score", Kind.WHOLE, "Note", "Bewertung", "Note de la grille, de 1 à 4."),
            header="Note",
            synonyms=("Score", "Bewertung"),
            required=True,
            minimum=1,
            maximum=4,
        ),
    ),
)
