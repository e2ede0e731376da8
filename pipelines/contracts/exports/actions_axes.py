"""Actions of the seven axes, a file a year from the cantonal coordination."""

import datetime as dt
from dataclasses import replace

import polars as pl

from pipelines.contracts import fields
from pipelines.contracts.codes import LAYOUT, Code, CodeList
from pipelines.contracts.columns import SHARED, Column, Kind
from pipelines.contracts.export import Export, Field, RowCheck

STATUS = CodeList(
    "action_status",
    (
        Code("PREVU", "Prévu", "Geplant"),
        Code("PILOTE", "Pilote", "Pilot"),
        Code("EN_COURS", "En cours", "Laufend"),
        Code("REALISE", "Réalisé", "Umgesetzt"),
        Code("ABANDONNE", "Abandonné", "Aufgegeben"),
    ),
    LAYOUT,
)

AXIS = CodeList(
    "axis",
    (
        Code("1", "Prévenir l'exclusion socioprofessionnelle", "Sozialer und beruflicher Ausgrenzung vorbeugen"),
        Code("2", "Prestations aux employeurs", "Leistungen für Arbeitgeber"),
        Code("3", "Autonomie des moins de 35 ans", "Selbständigkeit der unter 35-Jährigen"),
        Code("4", "Prise en charge en réseau", "Begleitung im Netzwerk"),
        Code("5", "Optimiser les programmes d'insertion", "Eingliederungsprogramme optimieren"),
        Code("6", "Formes alternatives d'insertion", "Alternative Formen der Eingliederung"),
        Code("7", "Culture CII", "IIZ-Kultur"),
    ),
    "GP CII, axes 2013-2017",
)

CODE_LISTS = (STATUS, AXIS)

# `5.1` belongs to axis 5, `15.1` does not.
_LEADING_NUMBER = pl.col("sub_axis").str.extract(r"^\s*(\d+)").cast(pl.Int64)

EXPORT = Export(
    name="actions_axes",
    title="Actions des sept axes",
    row="Une ligne par action du programme",
    services={"cii": dt.date(2013, 1, 1)},
    cadence="yearly",
    fields=(
        replace(fields.ACTION_ID, key=True),
        Field(
            column=Column("axis", Kind.WHOLE, "Axe", "Achse", "Axe du programme, de 1 à 7."),
            header="Axe",
            synonyms=("No axe", "Achse"),
            required=True,
            minimum=1,
            maximum=7,
            example="5",
        ),
        Field(
            column=Column("sub_axis", Kind.TEXT, "Sous-axe", "Teilachse", "Sous-axe, par exemple 5.1."),
            header="Sous-axe",
            synonyms=("No sous-axe", "Teilachse"),
            required=True,
            example="5.1",
        ),
        fields.ACTION,
        fields.SERVICE,
        Field(column=SHARED["status"], header="Statut", synonyms=("État", "Status", "Stand"), required=True, codes=STATUS),
        # An action that is only planned begins on the day of a plan.
        Field(column=SHARED["started_on"], header="Début", synonyms=("Date de début", "Beginn"), plan=True),
        Field(column=SHARED["indicator"], header="Indicateur", synonyms=("Indikator",)),
    ),
    checks=(
        RowCheck(
            "text.begins_with",
            "sub_axis",
            ("sub_axis", "axis"),
            pl.col("sub_axis").is_null() | _LEADING_NUMBER.eq_missing(pl.col("axis")),
            other="axis",
        ),
    ),
)
