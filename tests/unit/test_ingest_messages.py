"""What a finding says: the column, the allowed values and limits, the line or municipality meant, and never a person."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Period
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.intake import Intake
from pipelines.ingest.municipality import change, register, replacement
from tests.unit.ingest_cases import CM_FP, PSET, WORKSHOPS, avs, csv, period_of, right_row, table, taken, taken_rows


def _told(intake: Intake) -> dict[str, object]:
    """The only finding."""
    return intake.findings.row(0, named=True) if intake.findings.height == 1 else {}


def _amount(cell: str) -> tuple[str, str]:
    told = _told(taken_rows(WORKSHOPS, right_row(WORKSHOPS, 1, cost=cell)))
    return str(told["rule"]), str(told["message"])


@pytest.mark.parametrize(
    "cell",
    ["1'234.50", "1’234,50", "1 234,50", "1\u00a0234,50", "1\u202f234.50", "1234.50", "1234,5", "CHF 1'234.50", "1'234.50 CHF", "+1234.50"],
)
def test_an_amount_is_read_in_every_habit_that_leaves_no_doubt(cell: str) -> None:
    intake = taken_rows(WORKSHOPS, right_row(WORKSHOPS, 1, cost=cell))
    assert intake.findings.height == 0 and f"{intake.rows['cost'].item():.2f}" == "1234.50"


@pytest.mark.parametrize(
    ("cell", "rule", "why"),
    [
        ("1.234,50", "number.format", "point et virgule à la fois"),
        ("1,234.50", "number.format", "point et virgule à la fois"),
        ("1'234.-", "number.format", "tirets au lieu des centimes"),
        ("CHF 1'234.--", "number.format", "tirets au lieu des centimes"),
        ("(5)", "number.format", "parenthèses: valeur négative ou peu sûre?"),
        ("1e3", "number.format", "notation scientifique"),
        ("12 pers.", "number.format", "texte ou signes à côté des chiffres"),
        ("½", "number.format", "aucun chiffre"),
        ("douze", "number.format", "aucun chiffre"),
        ("12'34", "number.format", "séparateurs mal placés"),
        ("1.2.3", "number.format", "séparateurs mal placés"),
        ("1.", "number.format", "chiffre manquant avant ou après le séparateur"),
        (".5", "number.format", "chiffre manquant avant ou après le séparateur"),
        ("1234567890123456", "number.format", "trop de chiffres"),
        ("٣", "number.format", "chiffres d'une autre écriture"),
        ("1.234", "number.ambiguous", "milliers ou comme des décimales"),
        ("1,234", "number.ambiguous", "milliers ou comme des décimales"),
        ("12.345 CHF", "number.ambiguous", "milliers ou comme des décimales"),
        ("1'234.567", "number.decimals", "plus de deux décimales"),
        ("-5", "number.range", "0 ou plus"),
    ],
)
def test_an_amount_that_is_not_read_is_told_why(cell: str, rule: str, why: str) -> None:
    told, message = _amount(cell)
    assert told == rule
    assert why in message and "«Coût (CHF)»" in message


@pytest.mark.parametrize(
    ("cell", "rule", "why"),
    [
        ("31.02.2013", "date.format", "ce jour n'existe pas au calendrier"),
        ("2013-02-31", "date.format", "ce jour n'existe pas au calendrier"),
        ("00.00.0000", "date.format", "ce jour n'existe pas au calendrier"),
        ("31.08.20178", "date.format", "l'année n'a pas quatre chiffres"),
        ("01.02.0203", "date.format", "l'année n'est pas entre 1850 et 2199"),
        ("01/02/2013", "date.format", "ce n'est pas écrit jour.mois.année"),
        ("hier", "date.format", "ce n'est pas écrit jour.mois.année"),
        ("01.02.13", "date.two_digit_year", "deux chiffres"),
        ("01.03.2013", "date.after_period", "tombe après le 28.02.2013, alors que le fichier couvre février 2013"),
    ],
)
def test_a_date_that_is_not_accepted_is_told_why(cell: str, rule: str, why: str) -> None:
    told = _told(taken_rows(CM_FP, right_row(CM_FP, 1, announced_on=cell)))
    assert told["rule"] == rule
    assert why in str(told["message"]) and "«Date d'annonce»" in str(told["message"])


def test_an_end_out_of_time_is_told_with_the_first_day_that_would_do() -> None:
    ends = [
        _told(taken_rows(CM_FP, right_row(CM_FP, 1, announced_on="01.01.2012", closed_on=day, outcome="CFC")))
        for day in ("30.11.2012", "31.12.2012")
    ]
    assert "tombe avant le 01.12.2012: plus de deux mois avant février 2013" in str(ends[0]["message"]) and "vor dem 01.12.2012" in str(
        ends[0]["message_de"]
    )
    assert "tombe avant février 2013: cette fin" in str(ends[1]["message"])
    assert "liegt vor Februar 2013: Dieser" in str(ends[1]["message_de"])


@pytest.mark.parametrize("field", [field for field in WORKSHOPS.fields if field.kind is not Kind.TEXT], ids=str)
def test_a_cell_that_cannot_be_read_is_told_under_the_header_the_service_wrote(field) -> None:
    lines = table(WORKSHOPS, [right_row(WORKSHOPS, 1, **{field.name: "@@"})])
    lines[0] = [field.synonyms[0] if header == field.header else header for header in lines[0]]
    told = _told(taken(csv(lines), WORKSHOPS))
    assert f"«{field.synonyms[0]}»" in str(told["message"]) and f"«{field.synonyms[0]}»" in str(told["message_de"])
    if field.codes:
        assert all(code.code in str(told["remedy"]) for code in field.codes.codes)


def test_a_key_given_twice_names_the_line_of_the_first_row_by_row() -> None:
    rows = [right_row(PSET, number) for number in (1, 2, 1, 2, 1)]
    told = taken_rows(PSET, *rows).findings
    assert told.select("line", "message").rows() == [
        (line, f"Cette clé figure déjà à la ligne {first}.") for line, first in ((4, 2), (5, 3), (6, 2))
    ]
    assert told["message_de"].to_list() == [f"Dieser Schlüssel steht schon auf Zeile {first}." for first in (2, 3, 2)]


@pytest.mark.parametrize(
    ("cell", "period", "words"),
    [
        ("6472", "2013-02", ("6472 (Cernier)", "remplacée par 6487 (Val-de-Ruz)")),
        ("6457", "2025-01", ("6457 (Marin-Epagnier)", "remplacée par 6513 (Laténa)")),
        ("6457", "2009-01", ("6457 (Marin-Epagnier)", "remplacée par 6461 (La Tène)")),
        ("6487", "2012-12", ("6487 (Val-de-Ruz)", "n'existe que depuis le 01.01.2013")),
        ("6500", "2013-02", ("aucune commune ne porte ce numéro",)),
        ("Cernier", "2013-02", ("c'est un nom, pas un numéro",)),
        ("20000", "2013-02", ("quatre chiffres au plus",)),
    ],
)
def test_a_municipality_is_told_with_what_replaced_it(cell: str, period: str, words: tuple[str, ...]) -> None:
    month = Period(dt.date.fromisoformat(f"{period}-01"))
    born, announced = f"05.07.{month.first.year - 18}", month.first.strftime("%d.%m.%Y")
    told = _told(taken_rows(CM_FP, right_row(CM_FP, 1, municipality=cell, birth_date=born, announced_on=announced), period=month))
    assert all(word in str(told["message"]) for word in words)


def test_cells_of_one_column_that_break_one_rule_are_each_told_their_own_reason() -> None:
    rows = [right_row(WORKSHOPS, n, cost=cell) for n, cell in enumerate(("douze", "1.234,50", "douze"))]
    messages = taken_rows(WORKSHOPS, *rows).findings["message"].to_list()
    assert [message.partition("(aucun chiffre)")[1] != "" for message in messages] == [True, False, True]


def test_every_municipality_of_the_register_is_replaced_by_one_that_is_valid_or_begins_later() -> None:
    for year in range(2009, 2026):
        month = Period(dt.date(year, 1, 1))
        for number, known in register().items():
            instead = replacement(number, month, register=register())
            begins_later = known.first is not None and known.first > month.last
            assert (instead is None) == begins_later
            if instead != number:
                assert str(instead or known.first.year) in change(number, month, register=register()).fr


def test_too_many_errors_name_what_is_wrong_most_often() -> None:
    rows = [right_row(PSET, n, places="?" if n < 6 else "1", branch="?" if n < 2 else "A") for n in range(10)]
    told = taken_rows(PSET, *rows).findings.row(0, named=True)
    assert told["message"].endswith("Surtout: «Places»: ce n'est pas un nombre lisible (aucun chiffre) (6 lignes).")
    assert told["message_de"].endswith("Vor allem: «Places»: Das ist keine lesbare Zahl (keine Ziffer) (6 Zeilen).")


def test_the_commonest_error_may_stand_on_one_line_only() -> None:
    faults = ({"programme": ""}, {"provider": ""}, {"branch": "?"}, {"category": "?"}, {"audience": "?"})
    told = taken_rows(PSET, *(right_row(PSET, number, **fault) for number, fault in enumerate(faults))).findings.row(0, named=True)
    assert told["message"].endswith(" (1 ligne).") and told["message_de"].endswith(" (1 Zeile).")


def test_a_condition_of_a_contract_names_the_other_column_as_the_service_does() -> None:
    agreements = EXPORTS["conventions"]
    lines = table(agreements, [right_row(agreements, party_a="OAI", party_b="OAI")])
    lines[0] = ["Partei A" if header == "Partie A" else header for header in lines[0]]
    told = _told(taken(csv(lines), agreements, period=period_of(agreements)))
    assert told["message"] == "«Partie B» est le même que «Partei A»."


def test_too_many_days_after_the_month_hint_at_another_month() -> None:
    told = taken_rows(CM_FP, *(right_row(CM_FP, n, announced_on="05.03.2013") for n in range(6))).findings.row(0, named=True)
    assert told["rule"] == "file.too_many_errors"
    assert "un autre mois" in told["message"] and "einen anderen Monat" in told["message_de"]
    ends = [{"announced_on": "01.01.2012", "closed_on": "05.11.2012" if n < 5 else "05.02.2013", "outcome": "EMPLOI"} for n in range(12)]
    told = taken_rows(CM_FP, *(right_row(CM_FP, n, **end) for n, end in enumerate(ends))).findings.row(0, named=True)
    assert told["rule"] == "file.too_many_errors" and "un autre mois" in told["message"]
    told = taken_rows(PSET, *(right_row(PSET, n, places="?") for n in range(6))).findings.row(0, named=True)
    assert "autre mois" not in told["message"]


# -- persons --------------------------------------------------------------------------------------------------------------

NUMBER = avs(918273645)
_FULL_WIDTH = {ord(str(digit)): 0xFF10 + digit for digit in range(10)}
NUMBERS = (
    NUMBER,
    f"{NUMBER[:3]}.{NUMBER[3:7]}.{NUMBER[7:11]}.{NUMBER[11:]}",
    f"{NUMBER[:3]} {NUMBER[3:7]}-{NUMBER[7:11]} {NUMBER[11:]}",
    NUMBER.translate(_FULL_WIDTH),
    NUMBER[:3] + "O" + NUMBER[4:],
    NUMBER[:3] + "l" + NUMBER[4:],
    f"CHF {NUMBER}",
    f"{NUMBER} pers.",
    f"({NUMBER})",
    f"<{NUMBER}",
)
BIRTHS = (
    "05.07.1994",
    "1994-07-05",
    "05/07/1994",
    "07/05/1994",
    "05.07.94",
    "19940705",
    "05071994",
    "1994-07-05T00:00:00",
    "5 juillet 1994",
    "5.7.1994 fr.",
    "(05.07.1994)",
    "05.07.1994 Neuchâtel",
)


def _tells(text: str) -> bool:
    """Whether a text gives a person away: the middle of the number, or day, month and year of the birth."""
    said = text.translate({0xFF10 + digit: str(digit) for digit in range(10)})
    if NUMBER[4:11] in re.sub(r"\W", "", said):
        return True
    day = r"0?5\W{1,2}0?7\W{1,2}(?:19)?94|0?7\W0?5\W(?:19)?94|1994\W?0?7\W?0?5|05071994|(?i:5\W+jui\w*\W+1994)"
    return bool(re.search(rf"(?<!\d)(?:{day})", said))


def _deliveries(export: Export, secret: str) -> Iterator[Intake]:
    """The value in every cell, in the header and in the file's name."""
    fields = list(export.fields)
    rows = [right_row(export, number, **{field.name: secret}) for number, field in enumerate(fields)]
    yield taken_rows(export, *rows)
    # Few enough wrong rows that the file is accepted.
    yield taken_rows(export, *rows, *(right_row(export, number) for number in range(100, 100 + 5 * len(fields))))
    lines = table(export, rows[:2])
    yield taken(csv([[secret, *lines[0][1:]], *lines[1:]]), export)
    yield taken(csv([[*lines[0][:-1], secret], *lines[1:]]), export)
    yield taken(csv([[*line, secret] for line in lines]), export)
    yield taken(csv([*lines, [secret, *lines[1]]]), export)
    yield taken(csv([[secret, "x"], *lines]), export, file=f"{secret}.csv")
    yield taken(b"PK\x03\x04", export, file=f"{secret}.xlsx")


@pytest.mark.parametrize("secret", NUMBERS + BIRTHS)
@pytest.mark.parametrize("export", [CM_FP, WORKSHOPS], ids=lambda export: export.name)
def test_nothing_of_a_person_is_in_any_part_of_a_finding_wherever_it_was_written(export: Export, secret: str) -> None:
    assert _tells(secret) or not secret[3].isdigit(), "the test knows the value when it sees it"
    for intake in _deliveries(export, secret):
        for one in intake.findings.iter_rows(named=True):
            assert not [name for name, said in one.items() if isinstance(said, str) and _tells(said)], one["rule"]
