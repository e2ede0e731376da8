"""The correction workbook: everything a service needs to act, nothing that tells who somebody is, nothing that Excel evaluates."""

import datetime as dt
import io
import string
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from pipelines.contracts.export import Period
from pipelines.contracts.rules import RULES, Both
from pipelines.ingest.check import check_file
from pipelines.ingest.findings import finding, gathered
from pipelines.orchestration.outputs import lay_reports, put_in_place, report_files
from pipelines.orchestration.resource import Held, silent
from pipelines.reports.answer import Answer, answer_to, answers, workbook_paths
from pipelines.reports.correction import LISTED, workbook
from pipelines.reports.letter import by_rule, mail, verdict
from tests.support import built, receipt, settings_in
from tests.unit.ingest_cases import CM_FP, PERIOD, PSET, avs, csv, right_row, table, taken, xlsx

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "＝")


def told(*findings: pl.DataFrame, **changes: object) -> Answer:
    """An answer to an accepted delivery with these findings."""
    usual = Answer(
        file="sfpo/cm_fp_dossiers_2013-02.xlsx",
        service="SFPO",
        dataset="cm_fp_dossiers",
        period=PERIOD,
        version=1,
        corrected="cm_fp_dossiers_2013-02_v2.xlsx",
        received_at=dt.datetime(2013, 3, 8, 9, 30),
        status="in_force",
        rows_read=12,
        rows_loaded=10,
        rows_rejected=1,
        lines_skipped=1,
        findings=gathered(findings),
        sample=False,
    )
    return replace(usual, **changes)


def read(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(content: bytes, sheet: int | None = None) -> list[str]:
    book = read(content)
    sheets = book.worksheets if sheet is None else [book.worksheets[sheet]]
    return [str(cell.value) for one in sheets for row in one.iter_rows() for cell in row if cell.value is not None]


def listed(content: bytes) -> list[dict[str, object]]:
    """The rows of the list of findings, by the first word of each heading."""
    rows = list(read(content).worksheets[1].iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if str(row[0]).split(" / ")[0] in ("Ligne", "Zeile"))
    names = [str(cell).split(" / ")[0] for cell in rows[head]]
    return [dict(zip(names, row, strict=True)) for row in rows[head + 1 :]]


def broken(rule: str, lines: Iterable[int] = (3,), /, *, header: str = "Colonne", cell: str = "écrit", **words: object) -> pl.DataFrame:
    """Findings of any rule; words that the sentences ask for and nobody gives differ by language."""
    lines = list(lines)
    one = RULES[rule]
    names = {
        name for text in (one.says, one.remedy, one.says_de, one.remedy_de) for _, name, _, _ in string.Formatter().parse(text) if name
    }
    said = {name: Both(f"mot {name}", f"Wort {name}") for name in names - {"header"}} | words
    columns = {"values": pl.Series([cell] * len(lines)), "suggestions": pl.Series(["01"] * len(lines))}
    return finding(rule, lines, header=header, **columns, **said)


EVERY_RULE = workbook(told(*(broken(rule) for rule in RULES)))


@pytest.mark.parametrize("rule", RULES)
def test_a_finding_of_any_rule_says_what_is_wrong_and_what_to_do_in_both_languages(rule: str) -> None:
    (row,) = [row for row in listed(EVERY_RULE) if row["Règle"] == rule]
    expected = broken(rule).row(0, named=True)
    assert (row["Ce qui ne va pas"], row["Que faire"]) == (expected["message"], expected["remedy"])
    assert (row["Was nicht stimmt"], row["Was tun"]) == (expected["message_de"], expected["remedy_de"])
    assert (row["Ligne"], row["Colonne"], row["Valeur écrite"], row["Proposition"]) == (3, "Colonne", "écrit", "01")


def test_the_summary_counts_the_findings_by_rule_with_their_consequence_the_weightiest_first() -> None:
    answer = told(
        broken("number.above", (2, 3, 4), header="Occupées", other="Places"),
        broken("value.required", (5,), header="Sexe"),
        broken("value.required", (6,), header="Commune"),
        broken("date.format", (7,), header="Clôture", why="premier"),
        broken("date.format", (8, 9), header="Clôture", why="second"),
    )
    assert [(rule, severity, count) for rule, severity, count, *_ in by_rule(answer)] == [
        ("date.format", "error", 3),
        ("value.required", "error", 1),
        ("value.required", "error", 1),
        ("number.above", "warning", 3),
    ]
    shown = cells(workbook(answer), 0)
    assert "Ligne écartée" in shown and "Zeile abgelehnt" in shown and "Chargée avec avertissement" in shown
    # Each column stands for itself; what differs from finding to finding within it is left open.
    assert all(any(cell.startswith(f"«{header}» est vide.") for cell in shown) for header in ("Sexe", "Commune"))
    assert any(cell.startswith("«Clôture»: ce n'est pas une date valable (…). Écrivez") for cell in shown)
    assert any(cell.startswith("«Occupées» dépasse «Places».") for cell in shown)
    refused = cells(workbook(told(broken("file.empty"), status="rejected", rows_loaded=0)), 0)
    assert "Fichier refusé" in refused and "Datei abgelehnt" in refused


@pytest.mark.parametrize(
    ("changes", "says", "says_de"),
    [
        ({"status": "rejected"}, "Refusé", "Abgelehnt"),
        ({"status": "held"}, "Retenu", "Zurückgestellt"),
        ({"rows_rejected": 2}, "2 lignes sont écartées", "2 Zeilen sind abgelehnt"),
        ({"rows_rejected": 1}, "1 ligne est écartée", "1 Zeile ist abgelehnt"),
        ({"rows_rejected": 0}, "1 avertissement.", "1 Warnung."),
    ],
    ids=str,
)
def test_the_verdict_is_told_in_words(changes: dict[str, object], says: str, says_de: str) -> None:
    answer = told(broken("number.above", (2,)), **changes)
    assert says in verdict(answer).fr and says_de in verdict(answer).de
    assert verdict(answer).fr in cells(workbook(answer), 0)


def test_the_text_of_the_mail_names_the_file_what_happened_by_when_and_the_name_to_send_it_back_under() -> None:
    french, german = (" ".join(paragraph[language] for paragraph in mail(told(broken("date.format")))) for language in (0, 1))
    for text, month in ((french, "février 2013"), (german, "Februar 2013")):
        assert "«sfpo/cm_fp_dossiers_2013-02.xlsx»" in text and month in text
        assert "«cm_fp_dossiers_2013-02_v2.xlsx»" in text and "11.03.2013" in text
    refused = " ".join(paragraph.fr for paragraph in mail(told(broken("file.empty"), status="rejected")))
    assert "Le fichier est vide." in refused and "reste en vigueur" in refused
    assert {paragraph.fr for paragraph in mail(told(broken("date.format")))} <= set(cells(workbook(told(broken("date.format"))), 0))


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_nothing_that_a_service_wrote_is_evaluated_or_looks_like_a_formula(trigger: str) -> None:
    written = f"{trigger}cmd|' /C calc'!A0"
    answer = told(broken("header.column_unknown", (1,), header=written, cell=written), file=written)
    content = workbook(answer)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet") and b"<f>" in parts.read(name)]
    assert not [cell for cell in cells(content) if cell.startswith(TRIGGERS)]
    (row,) = listed(content)
    assert str(row["Valeur écrite"]).startswith("'")


def test_a_text_is_marked_as_text_so_that_editing_it_evaluates_nothing_and_a_code_keeps_its_noughts() -> None:
    sheet = read(workbook(told(broken("code.unknown")))).worksheets[1]
    line, *others = next(row for row in sheet.iter_rows() if row[0].value == 3)
    assert line.data_type == "n"
    assert all(cell.data_type == "s" and cell.number_format == "@" and cell.quotePrefix for cell in others if cell.value)
    assert others[4].value == "01"


def test_of_each_rule_the_first_thousand_findings_are_listed_and_all_are_counted() -> None:
    many = broken("date.format", range(2, LISTED + 9))
    few = broken("value.required", range(2, 7))
    content = workbook(told(many, few, rows_read=LISTED + 20, rows_rejected=LISTED + 7))
    rules = [row["Règle"] for row in listed(content)]
    assert (rules.count("date.format"), rules.count("value.required")) == (LISTED, 5)
    assert [row["Ligne"] for row in listed(content) if row["Règle"] == "date.format"] == list(range(2, LISTED + 2))
    counts = {row[5]: row[4] for row in read(content).worksheets[0].iter_rows(values_only=True)}
    assert counts["date.format"] == LISTED + 7 and counts["value.required"] == 5
    assert any("1’000 premières" in cell for cell in cells(content, 1)) and any("ersten 1’000" in cell for cell in cells(content, 1))
    assert not any("premières" in cell for cell in cells(workbook(told(few)), 1))


def test_the_same_findings_give_the_same_bytes() -> None:
    assert workbook(told(broken("date.format"))) == workbook(told(broken("date.format")))
    assert workbook(told(broken("date.format"))) != workbook(told(broken("date.order")))
    with zipfile.ZipFile(io.BytesIO(EVERY_RULE)) as parts:
        assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


@pytest.mark.parametrize(("language", "has", "lacks"), [("fr", "message", "message_de"), ("de", "message_de", "message")])
def test_one_language_alone_is_given_on_demand(language: str, has: str, lacks: str) -> None:
    expected = broken("date.format").row(0, named=True)
    shown = cells(workbook(told(broken("date.format")), language=language))
    assert expected[has] in shown and expected[lacks] not in shown
    assert ("Réponse à votre envoi" in shown) == (language == "fr")


def test_german_is_written_as_in_switzerland_and_no_sentence_is_left_in_one_language() -> None:
    assert not [cell for cell in cells(EVERY_RULE) if "ß" in cell]
    rows = listed(workbook(told(*(broken(rule) for rule in RULES)), language="de"))
    assert {row["Schwere"] for row in rows} == {"Ablehnung", "Fehler", "Warnung"}


def test_every_sheet_is_laid_out_to_be_read_filtered_and_printed() -> None:
    book = read(EVERY_RULE)
    assert len(book.worksheets) == 3
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert all(sheet.column_dimensions[letter].width >= 8 for letter in "ABC")
    findings = book.worksheets[1]
    head = next(row[0].row for row in findings.iter_rows() if str(row[0].value).startswith("Ligne"))
    assert findings.freeze_panes == f"A{head + 1}" and findings.print_title_rows == f"${head}:${head}"
    assert findings.auto_filter.ref == f"A{head}:J{head + len(RULES)}"
    assert all(cell.alignment.wrap_text for cell in findings[head + 1] if isinstance(cell.value, str))


def test_invented_persons_are_said_to_be_invented_on_every_sheet() -> None:
    for sample in (True, False):
        for place in range(3):
            shown = " ".join(cells(workbook(told(broken("date.format"), sample=sample)), place))
            assert ("onnées d'exemple, personnes inventées" in shown) is sample and ("Beispieldaten, erfundene Personen" in shown) is sample


def test_the_last_sheet_explains_each_column_with_its_codes_in_both_languages() -> None:
    shown = cells(EVERY_RULE, 2)
    assert all(field.header in shown for field in CM_FP.fields)
    assert {"HORS_CRITERES", "Hors critères", "Kriterien nicht erfüllt"} <= set(shown)
    assert any("Seulement avec HORS_CRITERES dans «Motif de clôture»." in cell for cell in shown)


def test_the_last_sheet_names_the_codes_that_the_sender_may_send_only() -> None:
    notes = cells(workbook(told(dataset="prestations", service="SASO")), -1)
    assert "AIDE_SOCIALE" in notes and "AI_RENTE" not in notes


def test_no_personal_value_enters_the_workbook_wherever_it_was_written() -> None:
    slid = right_row(CM_FP, 2) | {"referrer": avs(77), "birth_date": "5.7.94"}
    lines = table(CM_FP, [right_row(CM_FP, 1) | {"municipality": "05.07.1994"}, slid, right_row(CM_FP, 3) | {"sex": f"x {avs(78)}"}])
    lines[0].append(avs(79))
    intake = taken(csv([*lines, [avs(80), *lines[1]]]))
    content = workbook(told(intake.findings))
    assert len(listed(content)) >= 5
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist()).decode()
    bare = everything.replace(".", "").replace(" ", "")
    assert not [number for number in range(77, 81) if avs(number) in bare] and "05071994" not in bare and "5794" not in bare


def test_a_cell_longer_than_a_sheet_can_hold_is_cut_not_lost() -> None:
    (row,) = listed(workbook(told(broken("code.unknown", cell="a" * 40_000))))
    assert str(row["Valeur écrite"]).startswith("aaa") and len(str(row["Valeur écrite"])) < 2000


# -- of a whole warehouse ----------------------------------------------------------------------------


def deliver(raw: Path, file: str, content: bytes, *, received_at: str = "2013-03-05T08:00:00") -> None:
    (raw / file).parent.mkdir(exist_ok=True)
    (raw / file).write_bytes(content)
    receipt(raw, file, received_at=received_at)


def wrong(number: int = 1) -> bytes:
    return csv(table(CM_FP, [right_row(CM_FP, number), right_row(CM_FP, number + 1) | {"sex": "9"}]))


def test_every_delivery_with_findings_that_stands_is_answered_under_its_own_name(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    deliver(settings.raw, "sfpo/cm_fp_dossiers_2013-02.csv", wrong())
    deliver(settings.raw, "sfpo/cm_fp_dossiers_2013-02_v2.csv", csv([["nothing"]]))
    deliver(settings.raw, "sfpo/cm_fp_dossiers_2013-01.csv", wrong())
    deliver(settings.raw, "sfpo/cm_fp_dossiers_2013-01_v2.csv", wrong(5))
    deliver(settings.raw, "semp/pset_places_2013-02.csv", csv(table(PSET, [right_row(PSET)])))
    deliver(settings.raw, f"semp/{avs(5)}.csv", csv([["nothing"]]))
    deliver(settings.raw, "sfpo/cm_fp_dossiers_2012-12.csv", wrong())
    deliver(settings.raw, "sfpo/cm_fp_dossiers_2012-12.xlsx", xlsx(table(CM_FP, [right_row(CM_FP)])))
    with built(settings) as shop:
        told_of = {str(path): answer for path, answer in answers(shop.con, sample=True)}
        assert sorted(told_of) == [str(path) for path in workbook_paths(shop.con)]
    unrecognised = [path for path in told_of if path.startswith("semp/non-reconnu_")]
    assert sorted(set(told_of) - set(unrecognised)) == [
        "sfpo/cm_fp_dossiers_2012-12_v1_csv.xlsx",
        "sfpo/cm_fp_dossiers_2012-12_v1_xlsx.xlsx",
        "sfpo/cm_fp_dossiers_2013-01_v2.xlsx",
        "sfpo/cm_fp_dossiers_2013-02_v1.xlsx",
        "sfpo/cm_fp_dossiers_2013-02_v2.xlsx",
    ]
    assert len(unrecognised) == 1 and avs(5) not in unrecognised[0] and told_of[unrecognised[0]].corrected is None
    assert all(answer.findings.height and answer.sample for answer in told_of.values())
    assert told_of["sfpo/cm_fp_dossiers_2013-02_v2.xlsx"].status == "rejected"
    # The next free version is one that no delivery of the month bears, superseded ones counted too.
    assert told_of["sfpo/cm_fp_dossiers_2013-02_v1.xlsx"].corrected == "cm_fp_dossiers_2013-02_v3.csv"
    assert told_of["sfpo/cm_fp_dossiers_2013-01_v2.xlsx"].corrected == "cm_fp_dossiers_2013-01_v3.csv"


def test_warnings_that_compare_months_are_in_the_answer(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    for month in ("2013-01", "2013-02"):
        deliver(settings.raw, f"sfpo/cm_fp_dossiers_{month}.csv", csv(table(CM_FP, [right_row(CM_FP, 1 if month == "2013-01" else 2)
                                                                             | {"announced_on": "05.01.2013"}])))  # fmt: skip
    with built(settings) as shop:
        (answer,) = [answer for _, answer in answers(shop.con, sample=True)]
    assert answer.period == Period(dt.date(2013, 1, 1)) and answer.findings["rule"].to_list() == ["history.vanished"]
    assert "Rien" not in verdict(answer).fr and "1 avertissement" in verdict(answer).fr


def test_a_run_puts_the_workbooks_in_place_for_their_owner_and_removes_those_no_longer_needed(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    deliver(settings.raw, "sfpo/cm_fp_dossiers_2013-02.csv", wrong())
    folder = settings.warehouse / "findings"

    def publish() -> list[str]:
        with built(settings) as shop:
            held = Held(shop, silent)
            lay_reports(held)
            put_in_place(held)
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.xlsx"))

    assert publish() == ["sfpo/cm_fp_dossiers_2013-02_v1.xlsx"]
    made = folder / "sfpo/cm_fp_dossiers_2013-02_v1.xlsx"
    assert made in report_files(settings)
    assert made.stat().st_mode & 0o777 == 0o600
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "sfpo")} == {0o700}
    first = made.read_bytes()
    written = made.stat().st_ino
    assert publish() == ["sfpo/cm_fp_dossiers_2013-02_v1.xlsx"] and made.read_bytes() == first
    assert made.stat().st_ino == written, "what says the same is not written again"
    # Somebody, or a run that was killed, put another in its place.
    made.write_bytes(b"another")
    assert publish() == ["sfpo/cm_fp_dossiers_2013-02_v1.xlsx"] and made.read_bytes() == first
    deliver(settings.raw, "sfpo/cm_fp_dossiers_2013-02.csv", wrong(3), received_at="2013-03-06T08:00:00")
    assert publish() == ["sfpo/cm_fp_dossiers_2013-02_v1.xlsx"] and made.read_bytes() != first
    deliver(settings.raw, "sfpo/cm_fp_dossiers_2013-02_v2.csv", csv(table(CM_FP, [right_row(CM_FP, 1), right_row(CM_FP, 2)])))
    assert publish() == [] and not list(settings.workshop.glob("findings-*"))


def test_a_checked_file_is_answered_with_the_next_version_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "sfpo"
    folder.mkdir()
    for name in ("cm_fp_dossiers_2013-02.csv", "cm_fp_dossiers_2013-02_v4.csv", "cm_fp_dossiers_2013-03_v7.csv"):
        (folder / name).write_bytes(wrong())
    answer = answer_to(check_file(folder / "cm_fp_dossiers_2013-02.csv"))
    assert (answer.version, answer.corrected, answer.service) == (1, "cm_fp_dossiers_2013-02_v5.csv", "SFPO")
