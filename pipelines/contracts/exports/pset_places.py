"""Places of the temporary employment programmes (PSET), sent by the SEMP."""

import datetime as dt

from pipelines.contracts import fields
from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Export, Field

CATEGORY = CodeList(
    "category",
    (
        Code("OCCUPATION", "Occupation", "Beschäftigung"),
        Code("SOCIOPROFESSIONNEL", "Socioprofessionnel", "Sozialberuflich"),
        Code("PROFESSIONNEL", "Professionnel", "Beruflich"),
    ),
    LAYOUT,
)

AUDIENCE = CodeList(
    "pset_audience",
    (
        Code("TOUS", "Tous publics", "Alle"),
        Code("AIDE_SOCIALE", "Réservé à l'aide sociale", "Der Sozialhilfe vorbehalten"),
    ),
    LAYOUT,
)

CODE_LISTS = (CATEGORY, AUDIENCE)

EXPORT = Export(
    name="pset_places",
    title="Places des programmes d'emploi temporaire (PSET)",
    row="Une ligne par programme à la fin du mois",
    services={"semp": dt.date(2011, 12, 1)},
    fields=(
        Field(
            column=Column("programme_id", Kind.TEXT, "No programme", "Programmnummer", "Numéro du programme."),
            header="No programme",
            synonyms=("Numéro de programme", "Programm-Nr."),
            required=True,
            key=True,
        ),
        Field(
            column=Column("programme", Kind.TEXT, "Programme", "Programm", "Nom du programme."),
            header="Programme",
            synonyms=("Nom du programme", "Programm"),
            required=True,
        ),
        fields.PROVIDER,
        fields.BRANCH,
        Field(
            column=Column("category", Kind.CODE, "Catégorie", "Kategorie", "Catégorie de programme PSET."),
            header="Catégorie",
            synonyms=("Kategorie",),
            required=True,
            codes=CATEGORY,
        ),
        Field(
            column=Column("audience", Kind.CODE, "Public", "Zielpublikum", "À qui le programme ou la mesure s'adresse."),
            header="Public",
            synonyms=("Public cible", "Zielgruppe"),
            required=True,
            codes=AUDIENCE,
        ),
        fields.PLACES,
        Field(
            column=Column("occupied", Kind.WHOLE, "Places occupées", "Belegte Plätze", "Places occupées à la fin du mois."),
            header="Places occupées",
            synonyms=("Occupées", "Belegte Plätze"),
            required=True,
            minimum=0,
            not_above="places",
        ),
    ),
)
