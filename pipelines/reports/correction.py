"""The correction workbook: what became of a delivery, and every finding with its line, what is wrong and how to put it right."""

from collections.abc import Iterator

import polars as pl
import xlsxwriter

from pipelines.contracts.months import spoken
from pipelines.contracts.rules import Both
from pipelines.reports import formats
from pipelines.reports.answer import Answer
from pipelines.reports.fieldnotes import write_notes
from pipelines.reports.letter import CONSEQUENCES, SEVERITIES, by_rule, mail, skipped, verdict
from pipelines.reports.sheets import LANGUAGES, Look, both, line, opened, sheet, top

LISTED = 1000  # findings of a rule that are listed; all are counted

_SUMMARY = Both("Résumé", "Übersicht")
_FINDINGS = Both("Remarques", "Befunde")
_NEXT_NAME = Both("Nom du fichier corrigé", "Name der korrigierten Datei")
_NOTHING = Both("–", "–")
_HEADS_BY_RULE = (Both("Conséquence", "Folge"), Both("Constat et que faire", "Befund und was tun"))
_HEADS_SHARED = (Both("Nombre", "Anzahl"), Both("Règle", "Regel"), Both("Gravité", "Schwere"))
_SAID = (Both("Ce qui ne va pas", "Was nicht stimmt"), Both("Que faire", "Was tun"))
_HEADS = (
    Both("Ligne", "Zeile"),
    Both("Colonne", "Spalte"),
    Both("Valeur écrite", "Geschriebener Wert"),
    *_SAID,
    Both("Proposition", "Vorschlag"),
    Both("Règle", "Regel"),
    Both("Gravité", "Schwere"),
)
_CUT = Both(
    "De chaque règle, les {listed} premières remarques sont listées; le résumé donne leur nombre exact.",
    "Von jeder Regel sind die ersten {listed} Befunde aufgeführt; die Übersicht nennt die genaue Zahl.",
)


def workbook(answer: Answer, *, language: str = "fr-de") -> bytes:
    """The workbook's bytes; the same for the same answer.

    Args:
        answer: what is told.
        language: `fr`, `de`, or `fr-de` for both side by side.
    """
    languages = LANGUAGES[language]
    book, file, look = opened(title=f"{answer.dataset or ''} {answer.period or ''}".strip(), language=language)
    _summary(book, look, answer, languages)
    _findings(book, look, answer, languages)
    if answer.export:
        write_notes(book, look, answer.export, languages=languages, sample=answer.sample)
    book.close()
    return file.getvalue()


def _summary(book: xlsxwriter.Workbook, look: Look, answer: Answer, languages: tuple[int, ...]) -> None:
    widths = [22.0, 52.0] * len(languages) + [9.0, 22.0, 15.0]
    made = sheet(book, both(_SUMMARY, languages, between=" – "), widths=widths)
    title = Both("Réponse à votre envoi", "Antwort auf Ihre Lieferung")
    row = top(made, look, title=title, sample=answer.sample, languages=languages)
    for label, value in [*_facts(answer), *_message(answer)]:
        facts = [cell for language in languages for cell in ((label[language], look.label), (value[language], look.plain))]
        line(made, row, facts, widths=widths)
        row += 1
    heads = [words[language] for language in languages for words in _HEADS_BY_RULE]
    heads += [both(words, languages) for words in _HEADS_SHARED]
    line(made, row + 1, [(head, look.head) for head in heads], widths=widths)
    for place, (rule, severity, count, says, remedy) in enumerate(by_rule(answer), start=row + 2):
        told = [
            cell
            for language in languages
            for cell in ((CONSEQUENCES[severity][language], look.tints[severity]), (f"{says[language]} {remedy[language]}", look.body))
        ]
        shared = [(count, look.number), (rule, look.body), (both(SEVERITIES[severity], languages), look.body)]
        line(made, place, [*told, *shared], widths=widths)


def _facts(answer: Answer) -> Iterator[tuple[Both, Both]]:
    """The lines of the summary, each with its label."""
    yield Both("Verdict", "Ergebnis"), verdict(answer)
    yield Both("Fichier", "Datei"), _same(answer.file)
    yield Both("Service", "Dienst"), _same(answer.service)
    yield Both("Jeu de données", "Datensatz"), _same(answer.dataset)
    yield Both("Période", "Periode"), spoken(answer.period) if answer.period else _NOTHING
    yield Both("Version", "Version"), _same(answer.version)
    yield Both("Reçu le", "Eingang"), _same(answer.received_at and formats.day(answer.received_at))
    for label, count in (
        (Both("Lignes lues", "Gelesene Zeilen"), answer.rows_read),
        (Both("Lignes chargées", "Geladene Zeilen"), answer.rows_loaded),
        (Both("Lignes écartées", "Abgelehnte Zeilen"), answer.rows_rejected),
    ):
        yield label, _same(formats.number(count))
    passed = (": ".join(filter(None, (formats.number(answer.lines_skipped), lines))) for lines in skipped(answer))
    yield Both("Lignes passées (totaux, notes)", "Übergangene Zeilen (Totale, Fussnoten)"), Both(*passed)
    yield _NEXT_NAME, _same(answer.corrected)


def _message(answer: Answer) -> Iterator[tuple[Both, Both]]:
    """The text of the mail, a cell per paragraph, so that it pastes as paragraphs."""
    yield Both("", ""), Both("", "")
    label = Both("Texte pour un courriel", "Text für eine E-Mail")
    for paragraph in mail(answer):
        yield label, paragraph
        label = Both("", "")


def _same(value: object) -> Both:
    written = "–" if value is None else str(value)
    return Both(written, written)


def _findings(book: xlsxwriter.Workbook, look: Look, answer: Answer, languages: tuple[int, ...]) -> None:
    widths = [8.0, 18.0, 18.0, 34.0, 34.0, 18.0, 20.0, 14.0, *[34.0, 34.0] * (len(languages) - 1)]
    made = sheet(book, both(_FINDINGS, languages, between=" – "), widths=widths)
    title = Both("Remarques, ligne par ligne", "Befunde, Zeile für Zeile")
    row = top(made, look, title=title, sample=answer.sample, languages=languages)
    listed = answer.findings.filter(pl.int_range(pl.len()).over("rule") < LISTED)
    if listed.height < answer.findings.height:
        for place, language in enumerate(languages):
            made.write_string(row + place, 0, _CUT[language].format(listed=formats.number(LISTED)), look.quiet)
        row += len(languages) + 1
    heads = [both(words, languages[:1] if words in _SAID else languages) for words in _HEADS]
    heads += [words[language] for language in languages[1:] for words in _SAID]
    line(made, row, [(head, look.head) for head in heads], widths=widths)
    made.freeze_panes(row + 1, 0)
    made.repeat_rows(row)
    made.autofilter(row, 0, row + listed.height, len(heads) - 1)
    made.ignore_errors({"number_stored_as_text": f"A1:J{row + listed.height + 1}"})
    for place, one in enumerate(listed.iter_rows(named=True), start=row + 1):
        said = [(one[message], one[remedy]) for message, remedy in (("message", "remedy"), ("message_de", "remedy_de"))]
        severity = (both(SEVERITIES[one["severity"]], languages), look.tints[one["severity"]])
        cells = (one["header"], one["cell"], *said[languages[0]], one["suggestion"], one["rule"])
        others = (cell for language in languages[1:] for cell in said[language])
        shown = [(one["line"], look.number), *((cell, look.body) for cell in cells), severity, *((cell, look.body) for cell in others)]
        line(made, place, shown, widths=widths)
