"""Invented deliveries for the tests of reading: a right row of any contract, an export with every kind of column, and files around rows."""

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence

import polars as pl
import xlsxwriter
from stdnum import ean

from pipelines.contracts.codes import SERVICE, Code, CodeList
from pipelines.contracts.columns import SHARED, Column, Kind
from pipelines.contracts.export import Age, Export, Field, Period, RowCheck
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.intake import Intake, take_in
from pipelines.ingest.pseudonym import Pseudonyms

PERIOD = Period(dt.date(2013, 2, 1))
PSEUDONYMS = Pseudonyms(b"a key for tests only, 32 letters")
CM_FP = EXPORTS["cm_fp_dossiers"]
PSET = EXPORTS["pset_places"]


def _column(name: str, kind: Kind) -> Column:
    return Column(name, kind, name, name, f"{name}.")


_KIND = CodeList("kind", (Code("COURT", "Court", "Kurz"), Code("LONG", "De longue durée", "Langdauernd", ("L",))), "tests")
_VERDICT = CodeList("verdict", (Code("BON", "Bon", "Gut"), Code("AUCUN", "Aucun", "Keines")), "tests")

# Every kind of column, every attribute of a field, a check of its own.
WORKSHOPS = Export(
    name="ateliers",
    title="Ateliers",
    row="Une ligne par atelier",
    services={"semp": None},
    fields=(
        Field(column=_column("workshop_id", Kind.TEXT), header="No atelier", synonyms=("Werkstatt-Nr.",), required=True, key=True),
        Field(column=_column("held_by", Kind.CODE), header="Service", synonyms=("Dienst",), required=True, key=True, codes=SERVICE),
        Field(column=SHARED["avs13"], header="No AVS", synonyms=("AHV-Nr.",), required=True),
        Field(column=SHARED["birth_date"], header="Né le", synonyms=("Geburtsdatum",), required=True),
        Field(column=_column("cost", Kind.AMOUNT), header="Coût (CHF)", synonyms=("Kosten",), required=True, minimum=0),
        Field(column=_column("share", Kind.NUMBER), header="Part (%)", synonyms=("Anteil",), minimum=0, maximum=100),
        Field(column=_column("seats", Kind.WHOLE), header="Places", synonyms=("Plätze",), maximum=5000),
        Field(column=_column("taken", Kind.WHOLE), header="Places prises", synonyms=("Belegt",), not_above="seats"),
        Field(column=_column("open_to_all", Kind.YES_NO), header="Ouvert à tous", synonyms=("Für alle",), required=True),
        Field(column=_column("subsidised", Kind.YES_NO), header="Subventionné", synonyms=("Subventioniert",)),
        Field(column=_column("kind_of", Kind.CODE), header="Type", synonyms=("Art",), codes=_KIND),
        Field(column=_column("why_long", Kind.TEXT), header="Motif", synonyms=("Grund",), only_with=("kind_of", "LONG")),
        Field(column=_column("begun_on", Kind.DATE), header="Début", synonyms=("Beginn",), required=True),
        Field(column=_column("review_on", Kind.DATE), header="Révision", synonyms=("Überprüfung",), plan=True, not_before="begun_on"),
        Field(column=_column("over_on", Kind.DATE), header="Fin", synonyms=("Ende",), end=True, not_before="begun_on"),
        Field(column=_column("over_why", Kind.TEXT), header="Motif de fin", synonyms=("Endgrund",), exactly_with="over_on"),
        Field(column=_column("reviewer", Kind.TEXT), header="Réviseur", synonyms=("Prüfer",), when="review_on", coded=True),
        Field(column=_column("seen_on", Kind.DATE), header="Visite", synonyms=("Besuch",), within=True, needs="review_on"),
        Field(column=_column("verdict", Kind.CODE), header="Verdict", synonyms=("Urteil",), codes=_VERDICT, without=("seen_on", "AUCUN")),
    ),
    ages=(Age(_column("begun_age", Kind.WHOLE), at="begun_on", usual=(15, 65)),),
    checks=(
        RowCheck(
            "number.range",
            "taken",
            ("taken", "open_to_all"),
            pl.col("open_to_all") | (pl.col("taken") <= 12),
            words={"range": "12 ou moins"},
        ),
    ),
)


def avs(number: int) -> str:
    """A number that is right; by chance it could be someone's, so no test prints one."""
    body = f"756{number:09d}"
    return body + ean.calc_check_digit(body)


def period_of(export: Export) -> Period:
    """The period the rows of an export are written for."""
    return PERIOD if export.cadence == "monthly" else Period(dt.date(2013, 1, 1), "yearly")


def right_row(export: Export, number: int = 1, /, **changes: str) -> dict[str, str]:
    """A row with the required cells only that obeys the contract of any export; texts begin with 1 and differ by number."""
    row = {field.name: _right_cell(field, number, place) for place, field in enumerate(export.fields) if field.required}
    return row | changes


def _right_cell(field: Field, number: int, place: int) -> str:
    if field.codes:
        return field.codes.codes[place % len(field.codes.codes)].code
    return {
        Kind.TEXT: f"1.{number}{'-' if field.coded else ' '}{field.name}",
        Kind.DATE: PERIOD.first.strftime("%d.%m.%Y"),
        Kind.BIRTH_DATE: "05.07.1994",
        Kind.WHOLE: str(max(field.minimum or 1, 1)),
        Kind.NUMBER: str(max(field.minimum or 1, 1)),
        Kind.AMOUNT: "100.50",
        Kind.YES_NO: "OUI",
        Kind.MUNICIPALITY: "6458",
        Kind.AVS: avs(number),
    }[field.kind]


def table(export: Export, rows: Iterable[Mapping[str, str]]) -> list[list[str]]:
    """The header line as we ask for it, and the rows below it."""
    return [[field.header for field in export.fields]] + [[row.get(field.name, "") for field in export.fields] for row in rows]


def csv(lines: Iterable[Sequence[str]], *, separator: str = ";", newline: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """A CSV file without any quote."""
    return "".join(separator.join(line) + newline for line in lines).encode(encoding)


def xlsx(lines: Iterable[Sequence[object]], *, sheet: str = "Feuil1") -> bytes:
    """An XLSX file with one sheet; dates as dates, texts as texts."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "dd.mm.yyyy", "strings_to_formulas": False}) as book:
        tab = book.add_worksheet(sheet)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                tab.write(row, column, cell)
    return file.getvalue()


def taken(content: bytes, export: Export = CM_FP, *, file: str = "livraison", period: Period = PERIOD) -> Intake:
    """The file taken in; nothing may get lost on the way, whatever the test is about."""
    intake = take_in(content, file, export=export, period=period, pseudonyms=PSEUDONYMS)
    assert intake.rows_read == intake.rows_loaded + intake.rows_rejected + intake.lines_skipped
    assert intake.rows.height == intake.rows_loaded
    assert intake.accepted == (intake.reason is None)
    assert dict(intake.rows.schema) == {name: kind for name, kind in export.table.frame_schema.items() if name != "delivery_id"}
    return intake


def taken_rows(export: Export, *rows: Mapping[str, str], period: Period = PERIOD) -> Intake:
    """The rows written as a plain CSV and taken in; the first row stands on line 2."""
    return taken(csv(table(export, rows)), export, period=period)


def found(intake: Intake) -> list[tuple[int | None, str | None, str]]:
    """Line, field and rule of every finding."""
    return intake.findings.select("line", "field", "rule").rows()
