"""That nothing a report says lacks its German, and that the German says no less."""

import ast
import re

import pytest
from babel.messages.catalog import Message

from pipelines.contracts.registry import CODE_LISTS, COLUMNS
from pipelines.reports.language import agreeing, labelled, language, speaking, tr
from tests.words.make import CATALOGUE, REPORTS, TELL, brought_up_to_date, read, told

# French words that name one thing in a table and another in a sentence.
_TWO_THINGS = {"autre", "dû", "occupation"}
_HELD = re.compile(r"\{\w*\}")


def messages() -> list[Message]:
    return [one for one in read() if one.id]


def forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


def test_the_catalogue_holds_what_the_reports_say_and_nothing_else():
    assert CATALOGUE.read_bytes() == brought_up_to_date(read()), "run «make words», and tell what is new"


def test_every_message_is_told_in_german():
    assert not [one.id for one in messages() if one.fuzzy or not all(form.strip() for form in forms(one.string))]
    assert len(messages()) > 500


def test_the_german_holds_the_same_places_as_the_french():
    for one in messages():
        for french, german in zip(forms(one.id), forms(one.string), strict=True):
            # Where the number does not stand before its words, they say where.
            assert set(_HELD.findall(german)) - {"{n}"} == set(_HELD.findall(french)), one.id


def test_the_german_is_swiss():
    assert not [one.id for one in messages() if "ß" in "".join(forms(one.string))]


def test_what_the_contracts_name_has_the_same_german_in_the_reports():
    labels = (*COLUMNS.values(), *(code for codes in CODE_LISTS.values() for code in codes.codes))
    named = {one.label.lower(): {same.label_de.lower() for same in labels if same.label.lower() == one.label.lower()} for one in labels}
    met = 0
    for one in messages():
        for french, german in zip(forms(one.id), forms(one.string), strict=True):
            if french.lower() in named.keys() - _TWO_THINGS:
                assert german.lower() in named[french.lower()], french
                met += 1
    assert met > 50


def test_one_thing_has_one_german_word():
    """Unterbruch, CM BB, erkennende Stelle, Lesart, Aufgliederung, Ablösung von der Sozialhilfe: these are other words for them."""
    other = re.compile(
        r"Lücke|CM-FP|[Pp]ublizier|meldende Stelle|erkennende[rsmn]? Dienst|Leserichtung|\bGliederung|Austritte? aus der Sozialhilfe",
        re.IGNORECASE,
    )
    labels = (*COLUMNS.values(), *(code for codes in CODE_LISTS.values() for code in codes.codes))
    said = (*(german for one in messages() for german in forms(one.string)), *(one.label_de for one in labels))
    assert not [german for german in said if other.search(german)]


def test_no_message_is_put_together_before_it_is_told():
    """The catalogue finds a message only where it stands whole: what is filled in comes behind it."""
    calls = [(path, *one) for path in sorted(REPORTS.rglob("*.py")) for one in told(path)]
    assert len(calls) > 500
    for path, call, name in calls:
        assert not [one for one in call.args[TELL[name]] if isinstance(one, ast.JoinedStr | ast.BinOp)], f"{path.name}:{call.lineno}"
        # A word that is told later stands as it is; what a function is given is another's.
        assert name != "later" or isinstance(call.args[0], ast.Constant), f"{path.name}:{call.lineno}"


@pytest.mark.parametrize(
    ("count", "french", "german"),
    [(0, "mois", "Monate"), (1, "mois", "Monat"), (-1, "mois", "Monat"), (1.5, "mois", "Monate"), (2, "mois", "Monate")],
)
def test_german_counts_one_alone_in_the_singular(count, french, german):
    assert agreeing(count, "mois", "mois") == french
    with speaking("de"):
        assert agreeing(count, "mois", "mois") == german


def test_columns_and_codes_have_the_names_of_the_contracts():
    (sex,) = (code for code in CODE_LISTS["sex"].codes if code.code == "2")
    assert (labelled(COLUMNS["places"]), labelled(sex)) == ("Places", "Féminin")
    with speaking("de"):
        assert (labelled(COLUMNS["places"]), labelled(sex)) == ("Plätze", "Weiblich")


def test_what_no_catalogue_knows_stands_in_french_and_nothing_is_nothing():
    with speaking("de"):
        assert (language(), tr("inconnu de tous: {what}", what=1), tr("")) == ("de", "inconnu de tous: 1", "")
    assert language() == "fr"
