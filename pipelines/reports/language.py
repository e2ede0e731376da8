"""The language in which a report is told: French, in which its words are written, or German by the catalogue beside them.

Which one is said once, around the making of a report (`speaking`); what is made there asks for nothing more. A word that no catalogue
knows stands in French: a report is not lost for it, and a test finds it.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Literal

from pipelines.contracts.codes import Code
from pipelines.contracts.columns.column import Column

Language = Literal["fr", "de"]

_SPOKEN: ContextVar[Language] = ContextVar("language", default="fr")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Tell in that language what is made meanwhile."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language() -> Language:
    """The language in which is told now."""
    return _SPOKEN.get()


def tr(message: str, /, **words: object) -> str:
    """The French message in the language of the report, its placeholders filled with `words`."""
    # Of the empty message a catalogue says who wrote it.
    told = message if _SPOKEN.get() == "fr" or not message else _catalogue(_SPOKEN.get()).gettext(message)
    return told.format(**words) if words else told


def later(message: str) -> str:
    """The message as it stands: one that is written where no language is chosen yet, for `tr` to tell where it is read."""
    return message


def agreeing(count: float, singular: str, plural: str) -> str:
    """The one of two forms that goes with a count: French counts all below two in the singular, German one alone."""
    if _SPOKEN.get() == "fr":
        return singular if abs(count) < 2 else plural
    return _catalogue(_SPOKEN.get()).ngettext(singular, plural, 1 if abs(count) == 1 else 2)


def labelled(one: Code | Column) -> str:
    """The label of a code, or the name of a column that people read."""
    return one.label if _SPOKEN.get() == "fr" else one.label_de


@cache
def _catalogue(language: Language) -> gettext.GNUTranslations:
    """The words of a language, which stand as text beside this file."""
    # Every run tells French, which needs none of this.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (resources.files(__package__) / f"{language}.po").open("rb") as words:
        write_mo(compiled, read_po(words, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
