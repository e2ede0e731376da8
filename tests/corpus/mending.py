"""What no machine puts right from the cells of a correction workbook, by the rule that is broken."""

from pipelines.contracts.rules import RULES
from tests.corpus.trap import Trap

_ANEW = "only the service's system can write the file anew"
_BROKEN = "of a broken line no value is shown, so nobody knows its cells"
_HEADER = "which column is which stands in no cell"
_MISSING = "the value stands in no cell"
_NEAREST = "no allowed value is near enough to be told"
_PERSON = "what tells who somebody is, is never shown nor suggested"
_TWO = "nobody knows which of the two is meant"

REASONS = {
    **dict.fromkeys([rule for rule in RULES if rule.startswith(("file.", "header."))], _ANEW),
    **dict.fromkeys(("header.missing", "header.two_lines", "header.merged", "header.column_missing"), _HEADER),
    **dict.fromkeys(("header.column_twice", "header.repeated", "file.sheet"), _TWO),
    "file.empty": "there is nothing to mend",
    "file.wrong_period": "only the service has the file of this month",
    **dict.fromkeys([rule for rule in RULES if rule.startswith("line.")], _BROKEN),
    **dict.fromkeys(("value.required", "value.marker_required", "given.missing", "cell.error", "cell.formula", "cell.too_long"), _MISSING),
    **dict.fromkeys(("number.format", "number.ambiguous", "number.decimals", "number.whole", "number.range"), _NEAREST),
    **dict.fromkeys(("date.format", "date.two_digit_year", "date.after_period", "date.before_period", "end.too_early"), _NEAREST),
    **dict.fromkeys(("code.unknown", "yes_no.format", "municipality.unknown"), _NEAREST),
    **dict.fromkeys(
        ("date.order", "given.unexpected", "given.only_with", "given.without", "text.begins_with", "value.same"),
        "nobody knows which of the two cells is wrong",
    ),
    **dict.fromkeys([rule for rule in RULES if rule.startswith(("avs.", "birth_date."))] + ["text.personal", "text.coded"], _PERSON),
}
"""The rules whose findings a machine cannot put right, at least at times, and why."""


def faults(trap: Trap) -> list[str]:
    """The rules that keep a row or the whole file out."""
    return [rule for *_, rule in trap.findings if RULES[rule].severity != "warning"]


def why_not(trap: Trap) -> str | None:
    """Why no machine mends the trap; None where it does, or where nothing is to be mended."""
    return None if trap.mendable else next((REASONS[rule] for rule in faults(trap) if rule in REASONS), None)
