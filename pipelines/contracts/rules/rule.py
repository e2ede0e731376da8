"""What a rule is: what is wrong, what to do, in French and in German.

The reader of files fills the `{placeholders}` of the sentences with names of columns, allowed values or dates of the
contract, never with a personal value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["rejected", "error", "warning"]


class Both(NamedTuple):
    """A word of a sentence that differs between the languages."""

    fr: str
    de: str


class Told(NamedTuple):
    """The sentences of a rule, filled in: what is wrong, and what to do next."""

    message: str
    remedy: str
    message_de: str
    remedy_de: str


@dataclass(frozen=True)
class Rule:
    """A rule with its severity and its two sentences in both languages.

    Attributes:
        id: stable identifier, `stg.finding.rule`.
        severity: `rejected` (the file is refused), `error` (the row is kept out), `warning` (the row is loaded).
        says: what is wrong, in French.
        remedy: what to do next, in French.
        says_de: what is wrong, in German.
        remedy_de: what to do next, in German.
    """

    id: str
    severity: Severity
    says: str
    remedy: str
    says_de: str
    remedy_de: str

    def told(self, **words: object) -> Told:
        """The sentences, filled in; a word that differs between the languages is given as `Both`."""
        french, german = _in(words, 0), _in(words, 1)
        return Told(
            self.says.format_map(french),
            self.remedy.format_map(french),
            self.says_de.format_map(german),
            self.remedy_de.format_map(german),
        )


def _in(words: Mapping[str, object], language: int) -> dict[str, object]:
    return {name: word[language] if isinstance(word, Both) else word for name, word in words.items()}
