"""Training sessions of the CII, sent by the cantonal coordination."""

from dataclasses import replace

from pipelines.contracts import fields
from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Export, Field

EXPORT = Export(
    name="formations_cii",
    title="Formations CII",
    row="Une ligne par séance tenue dans le mois et service qui y a pris part",
    services={"cii": None},
    fields=(
        Field(
            column=Column("session_id", Kind.TEXT, "No séance", "Kursnummer", "Numéro de la séance de formation."),
            header="No séance",
            synonyms=("Numéro de séance", "Kurs-Nr.", "Kursnummer"),
            required=True,
            key=True,
        ),
        Field(
            column=Column("held_on", Kind.DATE, "Date de la séance", "Kursdatum", "Jour de la séance de formation."),
            header="Date",
            synonyms=("Date de la séance", "Datum", "Kursdatum"),
            required=True,
            within=True,
        ),
        replace(fields.SERVICE, key=True),
        Field(
            column=Column("participants", Kind.WHOLE, "Participants", "Teilnehmende", "Nombre de personnes du service à la séance."),
            header="Participants",
            synonyms=("Nombre de participants", "Teilnehmende"),
            required=True,
            minimum=0,
        ),
    ),
)
