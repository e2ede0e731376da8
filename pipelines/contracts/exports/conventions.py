"""Bilateral agreements between institutions, a file a year from the cantonal coordination."""

from dataclasses import replace

import polars as pl

from pipelines.contracts import fields
from pipelines.contracts.codes import SERVICE
from pipelines.contracts.columns import Column, Kind
from pipelines.contracts.export import Export, Field, RowCheck

EXPORT = Export(
    name="conventions",
    title="Conventions bilatérales",
    row="Une ligne par convention entre deux institutions",
    services={"cii": None},
    cadence="yearly",
    fields=(
        Field(
            column=Column("agreement_id", Kind.TEXT, "No convention", "Vereinbarungsnummer", "Numéro de la convention."),
            header="No convention",
            synonyms=("Numéro de convention", "Vereinbarungs-Nr.", "Vereinbarungsnummer"),
            required=True,
            key=True,
        ),
        Field(
            column=Column("party_a", Kind.CODE, "Partie A", "Partei A", "Premier service qui a signé la convention."),
            header="Partie A",
            synonyms=("Partei A",),
            required=True,
            codes=SERVICE,
        ),
        Field(
            column=Column("party_b", Kind.CODE, "Partie B", "Partei B", "Second service qui a signé la convention."),
            header="Partie B",
            synonyms=("Partei B",),
            required=True,
            codes=SERVICE,
            example="OAI",
        ),
        Field(
            column=Column("signed_on", Kind.DATE, "Date de signature", "Unterzeichnet am", "Jour de la signature."),
            header="Date de signature",
            synonyms=("Signée le", "Unterzeichnet am"),
            required=True,
        ),
        Field(
            column=Column("review_on", Kind.DATE, "Date de révision", "Überprüfung am", "Jour prévu pour revoir la convention."),
            header="Date de révision",
            synonyms=("Révision le", "Überprüfung am"),
            plan=True,
        ),
        # The list goes on telling the agreements that have ended.
        replace(fields.ENDED_ON, closes=True, not_before="signed_on"),
    ),
    checks=(
        RowCheck(
            "value.same",
            "party_b",
            ("party_b", "party_a"),
            pl.col("party_b") != pl.col("party_a"),
            other="party_a",
        ),
    ),
)
