"""Corrective actions on measures (mandate, tasks 2 and 3), a file a year from the cantonal coordination."""

from dataclasses import replace

from pipelines.contracts import fields
from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import SHARED, Column, Kind
from pipelines.contracts.export import Export, Field

DECIDED_BY = CodeList(
    "decided_by",
    (
        Code("GROUPE_COORDINATION", "Groupe de coordination", "Koordinationsgruppe"),
        Code("GP_CII", "Groupe de pilotage CII", "Steuergruppe IIZ"),
    ),
    LAYOUT,
)

CODE_LISTS = (DECIDED_BY,)

EXPORT = Export(
    name="actions_correctives",
    title="Actions correctives",
    row="Une ligne par action corrective sur une mesure",
    services={"cii": None},
    cadence="yearly",
    fields=(
        replace(fields.ACTION_ID, key=True),
        fields.MEASURE_ID,
        Field(
            column=Column("opened_on", Kind.DATE, "Ouverte le", "Eröffnet am", "Jour où l'action corrective est décidée."),
            header="Ouverte le",
            synonyms=("Date d'ouverture", "Eröffnet am"),
            required=True,
        ),
        Field(
            column=SHARED["due_on"],
            header="Échéance",
            synonyms=("Délai", "Frist", "Fällig am"),
            required=True,
            plan=True,
            not_before="opened_on",
        ),
        # The list goes on telling the actions that are closed.
        Field(
            column=SHARED["closed_on"],
            header="Close le",
            synonyms=("Date de clôture", "Geschlossen am"),
            closes=True,
            not_before="opened_on",
        ),
        Field(
            column=Column("decided_by", Kind.CODE, "Décidée par", "Beschlossen durch", "Qui a décidé l'action corrective."),
            header="Décidée par",
            synonyms=("Décision de", "Beschlossen durch"),
            required=True,
            codes=DECIDED_BY,
        ),
        fields.ACTION,
    ),
)
