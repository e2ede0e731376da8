"""The template: what a person fills in is accepted, whatever the dataset, and nothing in it passes for data."""

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import openpyxl
import pytest

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Field, Period
from pipelines.contracts.registry import EXPORTS
from pipelines.errors import CiiError
from pipelines.ingest.check import check_file
from pipelines.reports.template import examples, template, write_template
from tests.support import cii, settings_in
from tests.unit.ingest_cases import WORKSHOPS, avs, right_row, taken

PERIODS = {"monthly": Period(dt.date(2013, 2, 1)), "yearly": Period(dt.date(2013, 1, 1), "yearly")}
# Every dataset of the house, and one with every kind of column.
ALL = {**EXPORTS, WORKSHOPS.name: WORKSHOPS}
every_export = pytest.mark.parametrize("export", ALL.values(), ids=ALL)


def opened(export: Export) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template(export)))


def typed(field: Field, text: str) -> object:
    """What Excel holds once a person has typed the text into the template's column."""
    if field.kind in (Kind.DATE, Kind.BIRTH_DATE):
        return dt.datetime.strptime(text, "%d.%m.%Y").date()
    if field.kind is Kind.WHOLE:
        return int(text)
    if field.kind in (Kind.NUMBER, Kind.AMOUNT):
        return float(text)
    if field.kind is Kind.AVS:
        bare = text.replace(".", "")
        return f"{bare[:3]}.{bare[3:7]}.{bare[7:11]}.{bare[11:]}"
    return text


def filled(export: Export, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The template with rows, as a person saves it."""
    book = opened(export)
    sheet = book[export.name]
    for line, row in enumerate(rows, start=2):
        for column, field in enumerate(export.fields, start=1):
            if text := row.get(field.name):
                sheet.cell(line, column).value = typed(field, text)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def whole_row(export: Export) -> dict[str, str]:
    """A row with every column filled in: the example of the notes, of another person."""
    row = dict(zip(export.by_name, examples(export, PERIODS[export.cadence]), strict=True))
    return {name: avs(9) if export.by_name[name].kind is Kind.AVS else text for name, text in row.items()}


@every_export
def test_what_a_person_fills_in_is_accepted_with_all_its_rows(export: Export) -> None:
    rows = [right_row(export, 1), right_row(export, 2), whole_row(export)]
    intake = taken(filled(export, rows), export, period=PERIODS[export.cadence], file=f"{export.name}.xlsx")
    assert intake.findings.rows() == [] and (intake.accepted, intake.rows_loaded) == (True, 3)


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_a_filled_template_is_accepted_by_the_check_under_the_name_it_was_given(export: Export, tmp_path: Path) -> None:
    service = next(iter(export.services))
    path = write_template(export.name, service=service, period=str(PERIODS[export.cadence]), out=tmp_path / service)
    path.write_bytes(filled(export, [right_row(export.sent_by(service), 1)]))
    checked = check_file(path)
    assert checked.intake.accepted and checked.intake.rows_loaded == 1 and checked.service == service


@every_export
def test_an_empty_template_says_that_there_is_nothing_to_announce(export: Export) -> None:
    intake = taken(template(export), export, period=PERIODS[export.cadence])
    assert intake.accepted and (intake.rows_read, intake.findings.rows()) == (0, [])


@every_export
def test_the_sheet_holds_the_headers_and_no_example_and_is_the_first(export: Export) -> None:
    book = opened(export)
    assert book.sheetnames[0] == export.name and book[export.name].max_row == 1
    assert [cell.value for cell in book[export.name][1]] == [field.header for field in export.fields]
    assert book[export.name].freeze_panes == "A2"
    fills = {field.required: set() for field in export.fields}
    for cell, field in zip(book[export.name][1], export.fields, strict=True):
        fills[field.required].add(cell.fill.fgColor.rgb)
    assert len(fills[True]) == 1 and not fills[True] & fills.get(False, set())


@every_export
def test_codes_are_chosen_from_a_list_of_all_of_them_on_a_sheet_that_nobody_sees(export: Export) -> None:
    book = opened(export)
    choices = {}
    for rule in book[export.name].data_validations.dataValidation:
        assert len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32
        if rule.type == "list":
            sheet, _, cells = rule.formula1.replace("=", "").replace("'", "").replace("$", "").partition("!")
            assert book[sheet].sheet_state == "hidden"
            column = openpyxl.utils.column_index_from_string(str(rule.sqref).split(":")[0].rstrip("0123456789"))
            choices[export.fields[column - 1].name] = [cell.value for (cell,) in book[sheet][cells]]
    assert choices == {field.name: [code.code for code in field.codes.codes] for field in export.fields if field.codes} | {
        field.name: ["OUI", "NON"] for field in export.fields if field.kind is Kind.YES_NO
    }


@every_export
def test_columns_of_which_excel_would_eat_digits_are_text_and_dates_are_dates(export: Export) -> None:
    sheet = opened(export)[export.name]
    for column, field in enumerate(export.fields, start=1):
        letter = openpyxl.utils.get_column_letter(column)
        wanted = {Kind.DATE: "dd.mm.yyyy", Kind.BIRTH_DATE: "dd.mm.yyyy", Kind.WHOLE: "0", Kind.NUMBER: "General", Kind.AMOUNT: "0.00"}
        assert sheet.column_dimensions[letter].number_format == wanted.get(field.kind, "@")
        assert sheet.column_dimensions[letter].width >= len(field.header)


@every_export
def test_the_notes_explain_every_column_in_both_languages_with_an_example(export: Export) -> None:
    notes = opened(export).worksheets[1]
    rows = {row[0]: row for row in notes.iter_rows(values_only=True) if row[0]}
    for field, example in zip(export.fields, examples(export, PERIODS["monthly"]), strict=True):
        shown = [row for row in notes.iter_rows(values_only=True) if row[0] == field.header]
        assert shown and shown[0][5] == example and all(len(str(text)) > 5 for text in (shown[0][2], shown[0][4]))
    assert "Exemple inventé / Erfundenes Beispiel" in rows["Colonne / Spalte"] or any(
        "Exemple inventé / Erfundenes Beispiel" in row for row in notes.iter_rows(values_only=True)
    )


@every_export
def test_the_notes_name_the_other_headers_that_are_read(export: Export) -> None:
    rows = list(opened(export).worksheets[1].iter_rows(values_only=True))
    shown = {row[0]: row[6] for row in rows[: len(export.fields) + 4] if row[6]}
    assert shown.pop("Colonne / Spalte").startswith("En-têtes lus aussi")
    assert shown == {field.header: ", ".join(field.synonyms) for field in export.fields if field.synonyms}


def test_the_notes_say_what_the_contract_says() -> None:
    told = " ".join(str(cell) for row in opened(WORKSHOPS).worksheets[1].iter_rows(values_only=True) for cell in row if cell)
    for words in (
        "Une seule ligne par «No atelier» + «Service».",
        "Nur eine Zeile pro «No atelier» + «Service».",
        "Au moins 0. Au plus 100.",
        "En général pas plus que «Places».",
        "Seulement avec LONG dans «Type».",
        "Pas avant «Début».",
        "À remplir quand «Fin» l'est. Vide sinon.",
        "Innerhalb des Monats der Lieferung.",
    ):
        assert words in told


def test_the_template_of_a_service_offers_the_codes_that_it_may_send_only(tmp_path: Path) -> None:
    export = next(one for one in EXPORTS.values() if any(field.codes_of for field in one.fields))
    field = next(field for field in export.fields if field.codes_of)
    for service, codes in field.codes_of.items():
        path = write_template(export.name, service=service, period=None, out=tmp_path / service)
        book = openpyxl.load_workbook(path)
        column = [one.name for one in export.fields if one.codes or one.kind is Kind.YES_NO].index(field.name) + 1
        offered = [cell.value for cell in next(book["_listes"].iter_cols(min_col=column, max_col=column))]
        assert [code for code in offered if code] == [code.code for code in field.codes.codes if code.code in codes]


def test_the_same_contract_gives_the_same_bytes() -> None:
    assert template(WORKSHOPS) == template(WORKSHOPS)


def test_a_template_is_written_for_its_owner_and_never_over_a_file(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    made = cii(settings, "template", "pset_places", "--service", "SEMP", "--period", "2013-02", "--out", str(tmp_path / "new" / "folder"))
    path = tmp_path / "new" / "folder" / "pset_places_2013-02.xlsx"
    assert made.returncode == 0 and str(path) in made.stdout
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700
    before = path.read_bytes()
    again = cii(settings, "template", "pset_places", "--out", str(path))
    assert again.returncode == 1 and "existe déjà" in again.stderr and path.read_bytes() == before


@pytest.mark.parametrize(
    ("dataset", "service", "period", "says"),
    [
        ("nothing", None, None, "pset_places"),
        ("pset_places", "sfpo", None, "semp"),
        ("pset_places", None, "2013", "2013-02"),
        ("pset_places", None, "2013-13", "2013-02"),
        ("pset_places", None, "0000-01", "2013-02"),
    ],
)
def test_a_template_of_nothing_is_refused_in_a_sentence(dataset: str, service: str | None, period: str | None, says: str, tmp_path) -> None:
    with pytest.raises(CiiError, match=says):
        write_template(dataset, service=service, period=period, out=tmp_path)


@pytest.mark.parametrize("words", [("template", "pset_places"), ("dictionary",)])
def test_nothing_is_written_where_the_services_deliver(words: tuple[str, ...], tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    made = cii(settings, *words, "--out", str(settings.raw / "semp" / "pset_places_2013-05.xlsx"))
    assert made.returncode == 1 and "dossier des envois" in made.stderr
    assert list(settings.raw.rglob("*")) == []
