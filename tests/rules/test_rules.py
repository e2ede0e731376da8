"""Every rule is told in both languages, and both say the same of the same things."""

import string

import pytest

from pipelines.contracts.rules import RULES, Rule


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_what_is_wrong_and_what_to_do_in_both_languages(rule: Rule) -> None:
    sentences = (rule.says, rule.remedy, rule.says_de, rule.remedy_de)
    assert all(sentence.endswith(".") and len(sentence.split()) > 1 for sentence in sentences)
    assert len(set(sentences)) == 4
    assert rule.severity in ("rejected", "error", "warning")


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_both_languages_name_the_same_things(rule: Rule) -> None:
    assert _placeholders(rule.says) | _placeholders(rule.remedy) == _placeholders(rule.says_de) | _placeholders(rule.remedy_de)


def test_german_is_written_as_in_switzerland() -> None:
    assert not [rule.id for rule in RULES.values() if "ß" in rule.says_de + rule.remedy_de]
