"""What each column of a dataset must hold, in words, from its contract: the sheet of notes in every workbook a service receives."""

from collections.abc import Iterator, Sequence

import xlsxwriter

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Field
from pipelines.contracts.rules import Both
from pipelines.reports.sheets import Look, both, line, sheet, top

NAME = Both("Champs", "Felder")
_HEADER = Both("Colonne", "Spalte")
_NEEDED = Both("À remplir", "Auszufüllen")
_RULE = Both("Ce qu'elle contient", "Was sie enthält")
_CODE = Both("Code", "Code")
_LABEL = Both("Libellé", "Bezeichnung")
_SYNONYMS = Both("En-têtes lus aussi", "Auch gelesene Überschriften")
_EXAMPLE = Both("Exemple inventé", "Erfundenes Beispiel")
_DAY = Both("Un jour, par exemple 31.12.2012.", "Ein Tag, zum Beispiel 31.12.2012.")
_KINDS = {
    Kind.TEXT: Both("Un texte.", "Ein Text."),
    Kind.CODE: Both("Un code de la liste ci-dessous, ou son libellé.", "Ein Code der Liste unten oder seine Bezeichnung."),
    Kind.DATE: _DAY,
    Kind.BIRTH_DATE: _DAY,
    Kind.WHOLE: Both("Un nombre entier.", "Eine ganze Zahl."),
    Kind.NUMBER: Both("Un nombre.", "Eine Zahl."),
    Kind.AMOUNT: Both("Un montant en francs, au centime près.", "Ein Betrag in Franken, auf den Rappen genau."),
    Kind.YES_NO: Both("OUI ou NON.", "JA oder NEIN."),
    Kind.MUNICIPALITY: Both("Le numéro OFS de la commune, valable ce mois-là.", "Die BFS-Nummer der Gemeinde, die in diesem Monat gilt."),
    Kind.AVS: Both("Un numéro AVS à 13 chiffres: 756.1234.5678.97.", "Eine 13-stellige AHV-Nummer: 756.1234.5678.97."),
}


def needed(field: Field) -> Both:
    """Whether the column must be filled in."""
    if field.key:
        return Both("Toujours (clé)", "Immer (Schlüssel)")
    if field.required:
        return Both("Toujours", "Immer")
    if field.exactly_with or field.when:
        return Both("Selon le cas", "Je nach Fall")
    return Both("Facultatif", "Fakultativ")


def rule_of(field: Field, export: Export) -> Both:
    """What the column must hold, in sentences."""
    sentences = [_KINDS[field.kind], *_bounds(field), *_days(field, export), *_company(field, export)]
    if field.key:
        keys = " + ".join(f"«{export.by_name[name].header}»" for name in export.key)
        sentences.append(Both(f"Une seule ligne par {keys}.", f"Nur eine Zeile pro {keys}."))
    return Both(" ".join(one.fr for one in sentences), " ".join(one.de for one in sentences))


def _bounds(field: Field) -> Iterator[Both]:
    if field.minimum is not None:
        yield Both(f"Au moins {field.minimum}.", f"Mindestens {field.minimum}.")
    if field.maximum is not None:
        yield Both(f"Au plus {field.maximum}.", f"Höchstens {field.maximum}.")


def _days(field: Field, export: Export) -> Iterator[Both]:
    period = Both("de l'année", "des Jahres") if export.cadence == "yearly" else Both("du mois", "des Monats")
    if field.inside:
        yield Both(f"Dans le courant {period.fr} de l'envoi.", f"Innerhalb {period.de} der Lieferung.")
    elif field.end:
        yield Both(f"Pas avant le début {period.fr} de l'envoi.", f"Nicht vor Beginn {period.de} der Lieferung.")
    elif field.kind is Kind.DATE and not field.plan:
        yield Both(f"Au plus tard le dernier jour {period.fr} de l'envoi.", f"Spätestens am letzten Tag {period.de} der Lieferung.")
    if field.not_before:
        other = export.by_name[field.not_before].header
        yield Both(f"Pas avant «{other}».", f"Nicht vor «{other}».")


def _company(field: Field, export: Export) -> Iterator[Both]:
    """What the column owes to another one."""
    for name, only in ((field.exactly_with, True), (field.when, False)):
        if name:
            other = export.by_name[name].header
            yield Both(f"À remplir quand «{other}» l'est.", f"Auszufüllen, wenn «{other}» es ist.")
            if only:
                yield Both("Vide sinon.", "Sonst leer.")
    if field.needs:
        other = export.by_name[field.needs].header
        yield Both(f"Seulement quand «{other}» est rempli.", f"Nur wenn «{other}» ausgefüllt ist.")
    if field.without:
        name, code = field.without
        other = export.by_name[name].header
        yield Both(f"Toujours {code} tant que «{other}» est vide.", f"Immer {code}, solange «{other}» leer ist.")
    if field.only_with:
        name, code = field.only_with
        other = export.by_name[name].header
        yield Both(f"Seulement avec {code} dans «{other}».", f"Nur mit {code} in «{other}».")
    if field.not_above:
        other = export.by_name[field.not_above].header
        yield Both(f"En général pas plus que «{other}».", f"In der Regel nicht mehr als «{other}».")


def write_notes(
    book: xlsxwriter.Workbook, look: Look, export: Export, /, *, languages: tuple[int, ...], sample: bool, examples: Sequence[str] = ()
) -> None:
    """Add the sheet of notes: a line per column of the dataset, then a line per code.

    Args:
        book: the workbook.
        look: its formats.
        export: the contract.
        languages: in which languages, by their place in `Both`.
        sample: whether to say that the persons are invented.
        examples: an example per column, where there are any.
    """
    widths = [22.0, *(width for _ in languages for width in (30.0, 44.0)), *([22.0] if examples else []), 30.0]
    made = sheet(book, both(NAME, languages, between=" – "), widths=widths)
    title = Both(f"Les colonnes de {export.name}", f"Die Spalten von {export.name}")
    row = top(made, look, title=title, sample=sample, languages=languages)
    fields = [(both(_HEADER, languages), *(word[language] for language in languages for word in (_NEEDED, _RULE)))]
    fields += [
        (field.header, *(word[language] for language in languages for word in (needed(field), rule_of(field, export))))
        for field in export.fields
    ]
    if examples:
        fields = [(*cells, example) for cells, example in zip(fields, (both(_EXAMPLE, languages), *examples), strict=True)]
    others = (both(_SYNONYMS, languages), *(", ".join(field.synonyms) for field in export.fields))
    fields = [(*cells, synonyms) for cells, synonyms in zip(fields, others, strict=True)]
    codes = [(both(_HEADER, languages), *(word[language] for language in languages for word in (_CODE, _LABEL)))]
    codes += [
        (field.header, *(cell for language in languages for cell in (one.code, (one.label, one.label_de)[language])))
        for field in export.fields
        if field.codes
        for one in field.codes.codes
    ]
    for table in (fields, *([codes] if len(codes) > 1 else [])):
        for place, cells in enumerate(table):
            line(made, row + place, [(cell, look.head if place == 0 else look.body) for cell in cells], widths=widths)
        row += len(table) + 1
