"""What the sentence about a cell says beyond its rule: why it is no number or no date, which municipality it names.

No word of the cell itself is told but the number of a municipality of the canton.
"""

import re

from pipelines.contracts.export import Period
from pipelines.contracts.rules import Both
from pipelines.ingest.cells import DAY, YEARS
from pipelines.ingest.municipality import Register, change, numbers_named

# The first that fits is told.
_NUMBERS = tuple(
    (re.compile(pattern, re.ASCII), why)
    for pattern, why in (
        (r"[^\d]*", Both("aucun chiffre", "keine Ziffer")),
        (r"\(.*\)", Both("parenthèses: valeur négative ou peu sûre?", "Klammern: negativer oder unsicherer Wert?")),
        (r"[+\-−]?[^-–—]*\d[.,]?\s?[-–—]++\s?+[^\d]*+", Both("tirets au lieu des centimes", "Striche anstelle der Rappen")),
        (r"[+\-−]?[\d.,]+\s?[eE]\s?[+\-]?\d+", Both("notation scientifique", "wissenschaftliche Schreibweise")),
        (r"[+\-−]?\d{1,3}(?:\.\d{3})+,\d+|[+\-−]?\d{1,3}(?:,\d{3})+\.\d+", Both("point et virgule à la fois", "Punkt und Komma zugleich")),
        (r"[+\-−]?\d{13,}(?:[.,]\d+)?", Both("trop de chiffres", "zu viele Ziffern")),
        (
            r"[+\-−]?(?:\d+[.,]|[.,]\d+)",
            Both("chiffre manquant avant ou après le séparateur", "Ziffer vor oder nach dem Trennzeichen fehlt"),
        ),
        (r"[\d'’.,\s]+", Both("séparateurs mal placés", "Trennzeichen am falschen Ort")),
    )
)
_OTHER_DIGITS = Both("chiffres d'une autre écriture", "Ziffern einer anderen Schrift")
_OTHER_SIGNS = Both("texte ou signes à côté des chiffres", "Text oder Zeichen neben den Ziffern")

_NO_SUCH_DAY = Both("ce jour n'existe pas au calendrier", "diesen Tag gibt es im Kalender nicht")
_YEAR_WRONG = Both("l'année n'a pas quatre chiffres", "das Jahr hat nicht vier Ziffern")
_YEAR_FAR = Both(f"l'année n'est pas entre {YEARS[0]} et {YEARS[-1]}", f"das Jahr liegt nicht zwischen {YEARS[0]} und {YEARS[-1]}")
_NOT_WRITTEN_SO = Both("ce n'est pas écrit jour.mois.année", "nicht Tag.Monat.Jahr geschrieben")


_NO_SUCH_MUNICIPALITY = Both("aucune commune ne porte ce numéro", "keine Gemeinde hat diese Nummer")
_NAME = Both("c'est un nom, pas un numéro", "das ist ein Name, keine Nummer")
_NO_NUMBER = Both("ce n'est pas un nombre de quatre chiffres au plus", "das ist keine Zahl von höchstens vier Ziffern")


def words(rule: str, cell: str, *, period: Period, register: Register) -> dict[str, object]:
    """What fills the sentences of a rule for one cell; nothing for most rules."""
    if rule == "number.format":
        return {"why": number_trouble(cell)}
    if rule == "date.format":
        return {"why": date_trouble(cell)}
    if rule == "municipality.unknown":
        return {"why": municipality_trouble(cell)}
    if rule == "municipality.other_year":
        number = int(cell)
        return {"number": number, "name": register[number].name, "change": change(number, period, register=register)}
    return {}


def municipality_trouble(cell: str) -> Both:
    """Why a cell is no municipality's number."""
    if cell.isascii() and cell.isdecimal() and len(cell) <= len("6458"):
        return _NO_SUCH_MUNICIPALITY
    return _NAME if numbers_named(cell) else _NO_NUMBER


def number_trouble(cell: str) -> Both:
    """Why a cell is no number."""
    if any(sign.isdecimal() and not sign.isascii() for sign in cell):
        return _OTHER_DIGITS
    return next((why for pattern, why in _NUMBERS if pattern.fullmatch(cell)), _OTHER_SIGNS)


def date_trouble(cell: str) -> Both:
    """Why a cell is no date."""
    match = DAY.fullmatch(cell)
    if not match:
        return _NOT_WRITTEN_SO
    year = match[3] or match[4]
    if len(year) != len("2012"):
        return _YEAR_WRONG
    # The day 0 of the year 0 is no day, whatever the year.
    return _YEAR_FAR if int(year) and int(year) not in YEARS else _NO_SUCH_DAY
