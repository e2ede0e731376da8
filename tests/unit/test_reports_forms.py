"""The other forms of a pack: a workbook and a data package, which programs of other people read."""

import datetime as dt
import io
import json
import re
import shutil
import zipfile
from html import unescape
from types import SimpleNamespace

import openpyxl
import polars as pl
import pytest
from frictionless import Package
from openpyxl.utils import column_index_from_string
from typer.testing import CliRunner

from pipelines import cli, duck
from pipelines.orchestration.outputs import _put_reports_in_place as put_reports_in_place
from pipelines.reports import language
from pipelines.reports.content import Cards, Cell, Spark, Table, Text, heads
from pipelines.reports.data_package import KEY, data_package, why
from pipelines.reports.edition import edition
from pipelines.reports.files import GP_CII
from pipelines.reports.formats import Amount
from pipelines.reports.forms import FORMS
from pipelines.reports.ordered import write_ordered
from pipelines.reports.pack_workbook import pack_workbook
from pipelines.reports.pages import pages
from pipelines.reports.releasing import release
from pipelines.reports.sheets import opened
from pipelines.reports.table_columns import height
from pipelines.reports.table_sheet import Pen, number_format, table_sheet
from pipelines.reports.tabulated import Tabulated, sections, shown, tabulated
from pipelines.reports.theme import RULE
from pipelines.reports.value import HIDDEN
from tests.golden import world
from tests.grids import read

HEADS = 6


@pytest.fixture(scope="module")
def made(told):
    return edition(told, GP_CII, sample=True)


@pytest.fixture(scope="module")
def workbook(made):
    return openpyxl.load_workbook(io.BytesIO(pack_workbook(made)))


@pytest.fixture(scope="module")
def package(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    for name, content in data_package(made).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def settings(settings):
    with duck.connect(settings.published) as copy:
        copy.execute("create or replace table stg.fingerprint as select 'code' as part, 'a' as sha256")
    return settings


def ordered(settings, *, period=world.PERIOD, forms=tuple(FORMS), pack=GP_CII, internal=False):
    return [path.relative_to(settings.reports) for path in write_ordered(settings, pack, period=period, internal=internal, forms=forms)]


def cells(sheet):
    return [cell for row in sheet.iter_rows(min_row=HEADS + 1) for cell in row if cell.value is not None]


def tables(workbook):
    return [sheet for sheet in workbook if sheet.title not in ("Contenu", "Notes")]


def test_the_same_pack_gives_the_same_bytes_in_every_form(made):
    assert pack_workbook(made) == pack_workbook(made) and data_package(made) == data_package(made)


def test_every_table_of_the_pack_has_a_sheet_that_the_contents_lead_to(made, workbook):
    contents, *sheets, notes = workbook
    found = tabulated(made)
    assert (contents.title, notes.title) == ("Contenu", "Notes") and len(sheets) == len(found) > 40
    titles = [cell.value for cell in contents["B"] if cell.hyperlink and cell.value != "Marques, sources et définitions"]
    assert titles == [one.table.title for one in found] == [sheet["A1"].value for sheet in sheets]
    led = [cell.hyperlink.location for cell in contents["B"] if cell.hyperlink]
    assert led == [f"'{sheet.title}'!A1" for sheet in (*sheets, notes)]
    assert {sheet["A4"].hyperlink.location for sheet in sheets} == {"'Contenu'!A1"}


def test_under_the_title_of_each_page_the_contents_tell_its_sentences_and_then_its_tables(made, workbook):
    told = [tuple(cell or "" for cell in row[:2]) for row in workbook["Contenu"].iter_rows(min_row=8, values_only=True)]
    expected = []
    for page in sections(made):
        expected.append((page.number, page.title))
        for one in page.contents:
            expected += [(one.number, one.table.title)] if isinstance(one, Tabulated) else [("", words) for words in one.sentences]
    assert told[: len(expected)] == expected and len(told) == len(expected) + 2
    on_pages = [
        words for _, pages in made.parts for _, blocks in pages for one in blocks if isinstance(one, Text) for words in one.sentences
    ]
    assert [words for number, words in told if not number and words][:-1] == on_pages and len(on_pages) > 20
    texts = [row[1] for row in workbook["Contenu"].iter_rows(min_row=8) if row[1].value in on_pages]
    assert all(cell.alignment.wrap_text for cell in texts)


def test_every_sheet_says_how_its_figures_stand_and_that_persons_are_invented(workbook):
    stamps = "provisoire – pas encore diffusé · données d'exemple, personnes inventées"
    assert {sheet["A2"].value for sheet in tables(workbook)} == {stamps}
    said = [row[0].value for row in workbook["Contenu"].iter_rows(max_row=5)]
    assert "Provisoire – pas encore diffusé." in said and any(one.startswith("État au 31.05.2020, d'après les livraisons") for one in said)


def test_numbers_are_numbers_and_days_are_days_and_a_mark_is_neither(workbook):
    found = [cell for sheet in tables(workbook) for cell in cells(sheet)]
    numbers = [cell for cell in found if cell.data_type == "n" and not cell.is_date]
    days = [cell for cell in found if cell.is_date]
    marks = [cell for cell in found if cell.data_type == "s" and cell.value.startswith("•") and len(cell.value) < 12]
    assert len(numbers) > 300 and len(days) > 100 and len(marks) > 100
    assert {"%" in cell.number_format for cell in numbers} == {True, False} and "dd.mm.yyyy" in {cell.number_format[-10:] for cell in days}
    assert {(cell.alignment.horizontal, cell.quotePrefix) for cell in marks} == {("right", True)}


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Amount(3, "change"), '"+"#,##0;"−"#,##0;#,##0'),
        (Amount(-1.5, "change", 2, after=" points"), '"+"#,##0.00" points";"−"#,##0.00" points";#,##0.00" points"'),
        (Amount(0, "change"), "#,##0;#,##0"),
        (Amount(-0.001, "change", 2), "#,##0.00;#,##0.00"),
        (Amount(-2.25), '#,##0.0;"−"#,##0.0'),
        (Amount(0.17, "share", 0), '0"\N{NO-BREAK SPACE}"%'),
        (Amount(0.613, "share", after="*"), '0.0"\N{NO-BREAK SPACE}"%"*"'),
    ],
)
def test_a_number_is_written_with_its_sign_and_a_change_with_a_plus_but_nothing_has_none(amount, written):
    assert number_format(amount) == f"[$-100C]{written}"


def test_a_code_that_looks_like_a_number_stays_a_text_and_nothing_is_a_formula(book, changed):
    whole = changed("update core.measure_month set measure = '=1+1' where measure_id = (select min(measure_id) from core.measure_month)")
    workbook = openpyxl.load_workbook(io.BytesIO(pack_workbook(edition(whole, "coordination", sample=True))))
    found = [cell for sheet in tables(workbook) for cell in cells(sheet)]
    assert {cell.data_type for cell in found} <= {"s", "n", "d"} and "'=1+1" in {cell.value for cell in found}


def test_over_a_table_stands_what_each_mark_in_it_means_and_no_other(workbook):
    meant = {row[0]: row[2] for row in workbook["Notes"].iter_rows(min_row=5, max_row=15, values_only=True) if row[2]}
    assert list(meant)[:3] == ["• seuil", "• protégé", "• retenu"] and {"Non reçu", "Non applicable", "Non lié", "*", "•", "–"} < set(meant)
    seen = set()
    for sheet in tables(workbook):
        over, stand = str(sheet["A5"].value or ""), {read(cell) for cell in cells(sheet)}
        for mark in set(meant) - {"*", "•", "–", "«État à fin …»"}:
            here = any(text == mark or text.startswith(f"{mark} ") for text in stand)
            assert (f"{mark}: {meant[mark]}" in over) == here, (sheet.title, mark)
            seen |= {mark} if here else set()
        assert bool(re.search(r"\* (incomplet|provisoire)", over)) == any(text.endswith("*") for text in stand), sheet.title
        assert ("–: " in over) == ("–" in stand), sheet.title
        assert ("«État à fin …»: " in over) == any("état à fin" in text for text in stand), sheet.title
    assert seen == {"• seuil", "• protégé", "• retenu", "Non reçu", "Non applicable"}


def test_what_a_note_says_of_a_mark_stands_over_the_table_and_not_twice(workbook):
    states = [sheet for sheet in tables(workbook) if any(cell.value == "●" for cell in cells(sheet))]
    assert states
    for sheet in states:
        assert "● en vigueur" in sheet["A5"].value and not any("● en vigueur" in str(cell.value) for cell in sheet["A"][5:])


def test_under_a_table_stands_where_it_comes_from(workbook):
    marked = [sheet for sheet in tables(workbook) if any(cell.value == "• seuil" for cell in cells(sheet))]
    assert marked
    for sheet in marked:
        assert any(str(cell.value).startswith("• seuil: moins de 5 personnes") for cell in sheet["A"][: HEADS - 1]), sheet.title
    assert any(str(cell.value).startswith("Source: Dossiers CM-FP") for sheet in tables(workbook) for cell in sheet["A"])


def test_the_notes_define_every_indicator_with_its_version(made, workbook):
    told = {row[0]: row[1:5] for row in workbook["Notes"].iter_rows(values_only=True)}
    for about in {about for one in tabulated(made) for about in one.table.about}:
        assert told[about.label][0] == about.shown_unit and told[about.label][1].startswith(about.definition), about.label
        assert told[about.label][3].startswith("1") or about not in made.book.catalogue.values()
    assert "• protégé" in told and "Non lié" in told


def test_a_sheet_prints_across_a_page_with_its_heads_on_each(workbook):
    for sheet in tables(workbook):
        assert (
            sheet.page_setup.orientation == "landscape"
            and sheet.page_setup.paperSize == 9
            and sheet.print_title_rows == f"${HEADS}:${HEADS}"
        )
        assert sheet.freeze_panes.endswith(str(HEADS + 1)) and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert workbook.properties.title == "Rapport au groupe de pilotage (GP CII), mai 2020"
    assert {prop.name: prop.value for prop in workbook.custom_doc_props.props} == {"Language": "fr"}


def alone(rows, *columns, notes=()):
    """A workbook with one table."""
    book, file, look = opened(title="Un classeur", language="fr")
    table = Table(slug="alone", title="Un tableau", columns=columns, rows=tuple(rows), notes=notes)
    table_sheet(Pen(book, look), Tabulated("1.1", "Une page", table), stamps=("provisoire",), marks={})
    book.close()
    return file.getvalue()


@pytest.fixture
def drawn():
    """A workbook with one table: a line with gaps, one that goes below zero, and a row without."""
    months = [dt.date(2020, month, 1) for month in range(1, 6)]

    def spark(*values, text):
        return Spark({month: value if value is None else Amount(value) for month, value in zip(months, values, strict=True)}, text)

    rows = (
        (
            Cell("Seule", kind="text"),
            Cell("4", "n = 9", spark=spark(3, None, 0, None, 4, text="3 → 4; 2 mois non reçus"), amount=Amount(4)),
        ),
        (Cell("Dessous", kind="text"), Cell("−1", spark=spark(2, 1, 0, -2, -1, text="2 → −1"), amount=Amount(-1))),
        (Cell("Sans", kind="text"), Cell("7", amount=Amount(7))),
    )
    return alone(rows, *heads(("Chiffre",), ("Mai",)))


def test_a_line_is_drawn_from_months_that_stand_in_its_row_and_said_in_words_beside_it(drawn):
    (sheet,) = openpyxl.load_workbook(io.BytesIO(drawn)).worksheets
    head, first, below, without = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADS, max_row=HEADS + 3))
    named = ["Chiffre", "Mai", "Mai: détail", "Mai: courbe", "Mai: courbe, en mots"]
    assert head[:5] == named and [one.replace("\N{NO-BREAK SPACE}", " ") for one in head[5:10]] == [
        f"Courbe, {month} 2020" for month in ("janv.", "févr.", "mars", "avril", "mai")
    ]
    assert first[:10] == ["Seule", 4, "n = 9", None, "3 → 4; 2 mois non reçus", 3, None, 0, None, 4]
    assert below[3:10] == [None, "2 → −1", 2, 1, 0, -2, -1] and not any(without[3:10])
    empty = sheet.cell(HEADS + 1, 7)
    assert empty.data_type == "n" and empty.value is None and empty.fill.fgColor.rgb == f"FF{RULE[1:].upper()}", (
        "no text, which counts as 0"
    )
    assert sheet.sheet_state == "visible" and not any(dimension.hidden for dimension in sheet.column_dimensions.values())
    assert any("à droite du tableau" in str(cell.value) for cell in sheet["A"])


def test_a_line_breaks_where_there_is_no_value_and_has_zero_at_its_foot(drawn):
    with zipfile.ZipFile(io.BytesIO(drawn)) as parts:
        written = parts.read("xl/worksheets/sheet1.xml").decode()
    groups = re.findall(r"<x14:sparklineGroup (.*?)>.*?<xm:f>.*?!(\w+:\w+)</xm:f><xm:sqref>(\w+)</xm:sqref>", written)
    told = {place: (months, dict(re.findall(r'(\w+)="(.*?)"', how))) for how, months, place in groups}
    assert {place: months for place, (months, _) in told.items()} == {"D7": "F7:J7", "D8": "F8:J8"}
    assert {how["displayEmptyCellsAs"] for _, how in told.values()} == {"gap"} and "type" not in told["D7"][1]
    assert told["D7"][1]["manualMin"] == "0" and "manualMin" not in told["D8"][1] and told["D7"][1]["markers"] == "1"


@pytest.mark.parametrize(("count", "across", "repeated"), [(10, 1, None), (30, 2, "$A:$A"), (60, 3, "$A:$A")])
def test_a_wide_table_is_printed_on_pages_side_by_side_each_with_the_first_column(count, across, repeated):
    columns = heads(("Chiffre",), (f"Colonne {number}" for number in range(count)))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(alone([[Cell("1")] * (count + 1)], *columns))).worksheets
    assert (int(sheet.page_setup.fitToWidth or 1), sheet.print_title_cols) == (across, repeated)


def test_what_a_reader_sees_is_within_the_printed_area_and_pages_are_not_too_small_to_be_read(workbook):
    for sheet in tables(workbook):
        last = sheet.dimensions.split(":")[1]
        right, foot = (re.search(r"\$([A-Z]+)\$(\d+)$", sheet.print_area)[place] for place in (1, 2))
        assert column_index_from_string(right) >= column_index_from_string(re.sub(r"\d", "", last)) and int(foot) >= sheet.max_row
        wide = sum((columns.max - columns.min + 1) * columns.width for columns in sheet.column_dimensions.values())
        pages = int(sheet.page_setup.fitToWidth or 1)
        assert wide < 250 * pages and bool(sheet.print_title_cols) == (pages > 1), sheet.title


@pytest.mark.parametrize(("count", "down"), [(5, 1), (30, 1), (60, 0)])
def test_a_few_rows_more_than_a_page_holds_have_no_page_of_their_own(count, down):
    rows = [(Cell(str(number), kind="text"), Cell("1")) for number in range(count)]
    (sheet,) = openpyxl.load_workbook(io.BytesIO(alone(rows, *heads(("Chiffre",), ("Mai",))))).worksheets
    assert int(1 if sheet.page_setup.fitToHeight is None else sheet.page_setup.fitToHeight) == down


@pytest.mark.parametrize(
    ("detail", "corner"), [("court", "C7"), ("un détail si long qu'il prendrait avec la tête toute la place d'un écran", "B7")]
)
def test_what_stays_as_one_scrolls_leaves_room_for_the_rest(detail, corner):
    rows = [(Cell("Une mesure au nom bien long, à peu près", detail, kind="text"), Cell("1"))]
    (sheet,) = openpyxl.load_workbook(io.BytesIO(alone(rows, *heads(("Chiffre",), ("Mai",))))).worksheets
    assert sheet.freeze_panes == corner


def test_widths_are_counted_in_digits_of_the_font_that_the_cells_have(drawn):
    with zipfile.ZipFile(io.BytesIO(drawn)) as parts:
        assert set(re.findall(r'<name val="(.*?)"/>', parts.read("xl/styles.xml").decode())) == {"Arial"}


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [("", 10, 1), ("mot", 10, 1), ("deux mots", 12, 1), ("deux mots", 8, 2), ("un mot et encore un mot", 9, 4), ("m" * 40, 20, 4)],
)
def test_a_row_is_as_high_as_the_lines_of_its_longest_text(words, width, lines):
    assert height([("x", 50), (words, width)]) == 4 + 12.5 * lines


def test_the_data_package_is_valid_and_its_keys_meet(package):
    report = Package(str(package / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    assert [task.name for task in report.tasks] == ["indicator_value", "indicator_value_parquet", "indicator"]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (lambda rows: pl.concat([rows, rows.head(1)]), "primary-key"),
        (lambda rows: rows.with_columns(reason=pl.lit("TOO_FEW")), "constraint-error"),
        (lambda rows: rows.with_columns(indicator=pl.lit("nobody_knows")), "foreign-key"),
        (lambda rows: rows.with_columns(value=pl.lit("• seuil")), "type-error"),
    ],
)
def test_rows_that_break_what_the_package_says_of_them_are_noticed(package, tmp_path, broken, words):
    shutil.copytree(package, tmp_path / "broken")
    path, described = tmp_path / "broken" / "indicator_value.csv", tmp_path / "broken" / "datapackage.json"
    rows = broken(pl.read_csv(path))
    rows.write_csv(path)
    description = json.loads(described.read_text())
    for resource in description["resources"]:
        resource.pop("hash")
        resource.pop("bytes", None)
    described.write_text(json.dumps(description))
    assert words in {kind for (kind,) in Package(str(described)).validate().flatten(["type"])}


def test_the_rows_are_the_figures_that_the_pack_shows_and_parquet_has_the_same(made, package):
    values = pl.read_csv(
        package / "indicator_value.csv", schema_overrides={"reason": pl.String, "numerator": pl.Float64}, try_parse_dates=True
    )
    known = pl.read_parquet(package / "indicator_value.parquet")
    assert known.rows() == values.rows() and known.n_unique(KEY) == len(known) == len(shown(tabulated(made))) > 300
    assert known.sort(KEY).equals(known), "in the order of their keys"
    assert set(pl.read_csv(package / "indicator.csv")["indicator"]) == set(known["indicator"])


def test_what_has_no_value_has_a_reason_and_what_is_hidden_has_no_number(package):
    rows = pl.read_parquet(package / "indicator_value.parquet")
    without = rows.filter(pl.col("value").is_null())
    assert set(without["reason"]) <= set(why()) and {"BELOW_THRESHOLD", "PROTECTED"} <= set(without["reason"])
    hidden = without.filter(pl.col("reason").is_in(list(HIDDEN)))
    assert len(hidden) > 50 and hidden.select("numerator", "denominator").null_count().row(0) == (len(hidden), len(hidden))
    assert without.filter(pl.col("numerator").is_not_null() & pl.col("denominator").is_null()).is_empty()
    assert set(rows.filter(pl.col("value").is_not_null())["reason"]) <= {None, "NOT_MOVED"}


def test_programs_read_the_csv_without_a_mark_in_front_and_with_points(package):
    content = (package / "indicator_value.csv").read_bytes()
    assert content.startswith(
        b"indicator,grain,period,dimension,member,numerator,denominator,value,reason,complete,mature,definition_version\n"
    )
    assert not content.startswith(b"\xef\xbb\xbf") and b";" not in content


def test_the_package_says_its_month_its_standing_and_up_to_when_deliveries_count(package):
    said = json.loads((package / "datapackage.json").read_text())
    assert said["name"] == "gp-cii-2020-05-fr" and said["languages"] == ["fr"] and "licenses" not in said
    for words in ("État au 31.05.2020, d'après les livraisons reçues jusqu'au", "Provisoire – pas encore diffusé.", "Données d'exemple"):
        assert words in said["description"]
    assert {"title": "Dossiers CM-FP du SFPO (cm_fp_dossiers)"} in said["sources"]


def test_forms_lie_beside_the_html_and_the_list_leads_to_them(settings):
    html, *others = ordered(settings)
    assert str(html) == "2020-05/gp-cii.fr.html"
    assert {str(path) for path in others} == {
        "2020-05/gp-cii.fr.xlsx",
        *(
            f"2020-05/gp-cii.fr.data/{name}"
            for name in ("datapackage.json", "indicator.csv", "indicator_value.csv", "indicator_value.parquet")
        ),
    }
    index = (settings.reports / "index.html").read_text()
    assert all(f'href="{path}"' in index for path in others if path.name != "indicator.csv")
    assert {(settings.reports / path).stat().st_mode & 0o777 for path in others} == {0o600}


def test_key_figures_of_which_none_may_be_told_have_no_heading_in_any_form(told):
    made = edition(told, GP_CII, sample=True)
    blocks = [block for _, pages in made.parts for page, found in pages for block in found if isinstance(block, Cards)]
    built = [block for page in pages() if GP_CII in page.packs for block in page.build(told) if isinstance(block, Cards)]
    assert blocks and all(block.cards for block in blocks) and not all(block.cards for block in built)


@pytest.mark.parametrize(("pack", "internal"), [("service-sfpo", False), ("coordination", True), ("legislature", False)])
def test_every_pack_has_the_same_forms(settings, pack, internal):
    found = {path.suffix for path in ordered(settings, pack=pack, internal=internal)}
    assert found == {".html", ".xlsx", ".csv", ".parquet", ".json"}


def test_an_analyst_asks_for_several_forms_and_the_html_is_always_one(monkeypatch):
    asked = {}
    monkeypatch.setattr("pipelines.reports.ordered.write_ordered", lambda *_, **how: asked.update(how) or [])
    words = ["report", GP_CII, *(word for form in ("xlsx", "html", "csv", "xlsx") for word in ("--format", form))]
    assert CliRunner().invoke(cli.app, words).exit_code == 0 and asked["forms"] == ("xlsx", "csv")
    assert CliRunner().invoke(cli.app, ["report", GP_CII, "--format", "docx"]).exit_code == 2
    assert {form.value for form in cli.Form} == {"html", "pdf", *FORMS}


def test_forms_that_were_made_with_this_very_html_stay_and_others_go_with_the_html_they_were_made_with(settings):
    (path, *others) = [settings.reports / one for one in ordered(settings)]
    beside = path.with_name("gp-cii-interne.fr.xlsx")
    beside.write_bytes(b"of another pack")
    ordered(settings, forms=())
    assert all(other.exists() for other in others), "the same html again"
    with duck.connect(settings.published) as con:
        con.execute("create or replace table mart.indicator_value as select * replace (value + 100 as value) from mart.indicator_value")
    ordered(settings, forms=("xlsx",))
    assert sorted(one.name for one in path.parent.iterdir()) == ["gp-cii-interne.fr.xlsx", "gp-cii.fr.html", "gp-cii.fr.xlsx"]
    assert "indicator_value.csv" not in (settings.reports / "index.html").read_text()


def test_a_run_that_puts_another_html_in_place_leaves_no_form_of_the_old_one(settings, tmp_path):
    _, *others = [settings.reports / one for one in ordered(settings)]
    for html, stay in ((None, True), ("another", False)):
        laid = tmp_path / "laid" / "2020-05"
        laid.mkdir(parents=True)
        path = settings.reports / "2020-05" / "gp-cii.fr.html"
        (laid / path.name).write_text(html or path.read_text())
        put_reports_in_place(laid.parent, settings)
        assert {other.exists() for other in others} == {stay}


def test_a_released_pack_gives_its_forms_from_what_was_kept_whatever_the_copy_holds_by_now(settings):
    _, html = release(settings, GP_CII, period=world.PERIOD, by="Présidence inventée", now=dt.datetime(2020, 6, 18), code="code")
    first = {path: (settings.reports / path).read_bytes() for path in ordered(settings)}
    (described,) = (content for path, content in first.items() if path.name == "datapackage.json")
    assert "Diffusé le 18.06.2020 par Présidence inventée (diffusion no 1)." in json.loads(described)["description"]
    with duck.connect(settings.published) as con:
        con.execute("create or replace table mart.indicator_value as select * replace (value + 100 as value) from mart.indicator_value")
    again = {path: (settings.reports / path).read_bytes() for path in ordered(settings)}
    assert again == first and html.read_bytes() == first[html.relative_to(settings.reports)]


def in_german(settings, *, forms=tuple(FORMS), pack=GP_CII, internal=False):
    written = write_ordered(settings, pack, period=world.PERIOD, internal=internal, forms=forms, language="de")
    return [path.relative_to(settings.reports) for path in written]


def test_a_german_pack_lies_beside_the_french_one_in_all_forms_and_the_list_leads_to_it(settings):
    french, german, *others = in_german(settings)
    assert (str(french), str(german)) == ("2020-05/gp-cii.fr.html", "2020-05/gp-cii.de.html")
    assert {path.name for path in others if path.suffix != ".csv"} >= {"gp-cii.de.xlsx", "datapackage.json"} and len(others) == 5
    page = (settings.reports / german).read_text()
    assert '<html lang="de">' in page and "Mai 2020" in page and '"name":"de-CH"' in page and "60.0\N{NO-BREAK SPACE}%" in page
    assert "Offene CM-BB-Dossiers" in page and "Dossiers CM-FP ouverts" not in page, "what was read of the book in French is told anew"
    assert json.loads((settings.reports / "2020-05/gp-cii.de.data/datapackage.json").read_text())["languages"] == ["de"]
    sheets = openpyxl.load_workbook(settings.reports / "2020-05/gp-cii.de.xlsx")
    formats = {cell.number_format for sheet in sheets for cell in cells(sheet) if cell.data_type == "n"} - {"General"}
    assert formats and all(one.startswith("[$-807]") for one in formats), "numbers as German Switzerland writes them"
    catalogue = (settings.reports / "2020-05/gp-cii.de.data/indicator.csv").read_text()
    assert "Offene CM-BB-Dossiers" in catalogue and "Dossiers CM-FP ouverts" not in catalogue
    index = (settings.reports / "index.html").read_text()
    assert 'href="2020-05/gp-cii.de.html" hreflang="de"' in index and 'href="2020-05/gp-cii.de.xlsx" hreflang="de"' in index


def test_a_german_pack_goes_with_the_french_one_it_was_made_with(settings):
    _, german, *_ = in_german(settings)
    ordered(settings, forms=())
    assert (settings.reports / german).exists(), "the same again"
    with duck.connect(settings.published) as con:
        con.execute("create or replace table mart.indicator_value as select * replace (value + 100 as value) from mart.indicator_value")
    ordered(settings, forms=())
    assert [one.name for one in (settings.reports / german).parent.iterdir()] == ["gp-cii.fr.html"]


def test_a_released_pack_is_told_in_german_from_what_was_kept(settings):
    _, html = release(settings, GP_CII, period=world.PERIOD, by="Présidence inventée", now=dt.datetime(2020, 6, 18), code="code")
    _, german, *_ = first = {path: (settings.reports / path).read_bytes() for path in in_german(settings)}
    assert "freigegeben am 18.06.2020 durch Présidence inventée (Freigabe Nr. 1)" in first[german].decode()
    with duck.connect(settings.published) as con:
        con.execute("create or replace table mart.indicator_value as select * replace (value + 100 as value) from mart.indicator_value")
    again = {path: (settings.reports / path).read_bytes() for path in in_german(settings)}
    assert again == first and html.read_bytes() == first[html.relative_to(settings.reports)]


def test_a_released_pack_is_told_in_german_when_the_catalogue_knows_its_definitions_no_more(settings, monkeypatch):
    with duck.connect(settings.published) as con:
        (definition,) = con.execute("select definition from mart.indicator where indicator = 'cm_fp_open'").fetchone()
    release(settings, GP_CII, period=world.PERIOD, by="Présidence inventée", now=dt.datetime(2020, 6, 18), code="code")
    words = language._catalogue("de")
    forgotten = SimpleNamespace(gettext=lambda text: text if text == definition else words.gettext(text), ngettext=words.ngettext)
    monkeypatch.setattr(language, "_catalogue", lambda _: forgotten)
    _, german, *others = in_german(settings, forms=("csv",))
    for path in (german, next(path for path in others if path.name == "indicator.csv")):
        told = unescape((settings.reports / path).read_text())
        assert words.gettext(definition) in told and definition not in told


def test_yearly_sheets_take_the_forms_and_the_language_of_their_pack(settings):
    written = in_german(settings, pack="coordination", internal=True, forms=("xlsx",))
    sheets = [path.name for path in written if path.parent.name == "fiches"]
    assert {name.split(".", 1)[1] for name in sheets} == {"html", "de.html", "de.xlsx"}
    page = (settings.reports / "2020-05" / "fiches" / "M-01_2020.de.html").read_text()
    assert '<html lang="de">' in page and "Jahresblatt" in page
    assert 'href="fiches/M-01_2020.de.html"' in (settings.reports / "2020-05" / "coordination-interne.de.html").read_text()
    assert "M-01_2020.de.html" not in (settings.reports / "index.html").read_text(), "the list leads to the French sheets"


def test_a_reader_asks_for_german(monkeypatch):
    asked = {}
    monkeypatch.setattr("pipelines.reports.ordered.write_ordered", lambda *_, **how: asked.update(how) or [])
    assert CliRunner().invoke(cli.app, ["report", GP_CII, "--language", "de"]).exit_code == 0 and asked["language"] == "de"
    assert CliRunner().invoke(cli.app, ["report", GP_CII, "--language", "it"]).exit_code == 2


def test_the_figures_of_a_sheet_are_numbers_in_its_workbook_and_stand_in_its_data_package(settings):
    ordered(settings, pack="coordination", internal=True)
    beside = settings.reports / "2020-05" / "fiches" / "M-01_2020.html"
    figures, services = (openpyxl.load_workbook(beside.with_suffix(".xlsx")).worksheets[place] for place in (1, 4))
    for sheet in (figures, services):
        assert len([cell for cell in cells(sheet) if cell.data_type == "n"]) > 8
    values = pl.read_parquet(beside.with_suffix(".data") / "indicator_value.parquet")
    assert set(values["member"]) == {"M-01"} and len(values) > 8


def test_a_sheet_says_in_its_workbook_what_it_says_on_paper(settings):
    ordered(settings, pack="coordination", internal=True, forms=("xlsx",))
    beside = settings.reports / "2020-05" / "fiches" / "M-01_2020.html"
    page = " ".join(unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", beside.read_text(), flags=re.DOTALL)).split())
    told = [cell.value for cell in openpyxl.load_workbook(beside.with_suffix(".xlsx"))["Contenu"]["B"] if cell.value]
    assert told[2].startswith("Fiche annuelle d'une mesure mixte.") and told[4].startswith("Livraisons en vigueur de l'année: ")
    unsaid = told[told.index("Ce que les données ne disent pas") : -1]
    assert len(unsaid) > 2 and [words for words in (*told[2:5], *unsaid) if " ".join(words.split()) not in page] == []
