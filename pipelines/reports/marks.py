"""What stands in a table in place of a figure or beside it, and what it means: told over the table, and all of it in the notes."""

from collections.abc import Mapping, Sequence

from pipelines.reports.content import Cell, Table
from pipelines.reports.language import later, tr
from pipelines.reports.measures import STAR
from pipelines.reports.paths import STARRED
from pipelines.reports.states import legend
from pipelines.reports.value import BULLET, REASONS

# For `tr`; what the marks of hidden figures mean the pack says itself.
_WORDS = {
    REASONS["NOT_RECEIVED"]: later("une livraison qu'il faudrait n'est pas en vigueur."),
    REASONS["NOT_APPLICABLE"]: later("il n'y a pas de chiffre: rien à compter, ou pas encore assez de recul."),
    REASONS["NOT_LINKED"]: later("le chiffre rapproche des services qu'aucune base légale ne permet de relier."),
}
_SIGNS = {
    STAR: STARRED,
    BULLET: later("sans mot: compté et comparé au chiffre publié, mais pas montré."),
    "–": later("rien à indiquer, ou rien à quoi comparer."),
}


def marks(hiding: Sequence[str]) -> dict[str, str]:
    """Every mark with what it means; `hiding` says it of those of hidden figures, each in a sentence that begins with the mark."""
    hidden = dict(one.split(": ", 1) for one in hiding)
    signs = {sign: tr(meaning).removeprefix(f"{sign} ") for sign, meaning in _SIGNS.items()}
    return hidden | {tr(word): tr(meaning) for word, meaning in _WORDS.items()} | signs


def met(table: Table, known: Mapping[str, str]) -> list[str]:
    """What the marks in a table mean, a sentence each; where a note of the table says it, that note."""
    own = [note for note in table.notes if _explains(note)]
    cells = [cell for row in table.rows for cell in row]
    found = [mark for mark in known if any(_stands(mark, cell) for cell in cells) and not any(note.startswith(mark) for note in own)]
    return [*(f"{mark} {known[mark]}" if mark == STAR else f"{mark}: {known[mark]}" for mark in found), *own]


def other_notes(table: Table) -> list[str]:
    """The notes of a table that say more than what a mark in it means."""
    return [note for note in table.notes if not _explains(note)]


def _explains(note: str) -> bool:
    return note.startswith((f"{STAR} ", "–:")) or note == legend()


def _stands(mark: str, cell: Cell) -> bool:
    """Whether it stands in a cell: a star behind a figure, a day in what it rests on, a word in its place with or without more."""
    if mark == STAR:
        return cell.text.endswith(STAR)
    if mark.startswith("«"):
        return mark.strip("« …»").casefold() in cell.detail.casefold()
    return cell.text == mark or (mark not in _SIGNS and cell.text.startswith(f"{mark} "))
