"""What one cell says, by the kind of its column; and the same said of whole columns."""

import datetime as dt
import random
from decimal import Decimal

import polars as pl
import pytest
from stdnum import ean
from stdnum.ch import ssn

from pipelines.contracts.codes import SEX, Code, CodeList
from pipelines.ingest import cells
from pipelines.ingest.municipality import register
from pipelines.ingest.text import plain
from pipelines.ingest.values import errors, typed
from tests.unit.ingest_cases import CM_FP, PERIOD, WORKSHOPS, avs, right_row

NUMBER = avs(123456785)
FULL_WIDTH = {ord(str(digit)): 0xFF10 + digit for digit in range(10)}


@pytest.mark.parametrize("written", ["28.02.2013", "2013-02-28"])
def test_a_date_is_read_in_the_allowed_styles(written: str) -> None:
    assert cells.date(written) == (dt.date(2013, 2, 28), None)


def test_a_date_may_do_without_leading_zeros() -> None:
    assert cells.date("1.2.2013") == (dt.date(2013, 2, 1), None)


@pytest.mark.parametrize("written", ["01.02.13", "1.2.13", "1.2.99"])
def test_a_year_of_two_digits_has_its_own_rule(written: str) -> None:
    assert cells.date(written) == (None, "date.two_digit_year")


@pytest.mark.parametrize(
    "written",
    [
        "31.02.2013",
        "00.00.0000",
        "31.08.20178",
        "29.02.2013",
        "2013-13-01",
        "2013-2-1",
        "13-02-01",
        "01/02/2013",
        "20130201",
        "41306",
        "hier",
        "1.2.201",
        "01.02.0203",
        "01.02.9999",
        "1.2.2013 00:00",
        "٠١.٠٢.٢٠١٣",
        "001.02.2013",
        "01.02.2013\n",
        "1,2,2013",
    ],
)
def test_what_is_no_date_is_no_date(written: str) -> None:
    assert cells.date(written) == (None, "date.format")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1234.50", "1234.50"),
        ("1234,5", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1’234,50", "1234.50"),
        ("1 234 567.5", "1234567.50"),
        ("1\u00a0234.50", "1234.50"),
        ("1\u202f234.50", "1234.50"),
        ("CHF 1'234.50", "1234.50"),
        ("1'234.50 CHF", "1234.50"),
        ("chf12", "12.00"),
        ("1'234.500", "1234.50"),
        ("1234.5000", "1234.50"),
        ("0.120", "0.12"),
        ("-12.5", "-12.50"),
        ("−12", "-12.00"),
        ("0", "0.00"),
        ("999999999999.99", "999999999999.99"),
    ],
)
def test_an_amount_is_read_to_the_centime(written: str, amount: str) -> None:
    assert cells.amount(written) == (Decimal(amount), None)


@pytest.mark.parametrize("written", ["1'234.567", "1234.567", "0.125", "12.3456 CHF", "0.001"])
def test_an_amount_with_more_than_centimes_is_not_rounded(written: str) -> None:
    assert cells.amount(written) == (None, "number.decimals")


@pytest.mark.parametrize("written", ["1.234", "1,234", "12.345", "123,456", "CHF 1.234", "-1.234"])
def test_an_amount_that_could_be_thousands_or_decimals_is_not_guessed(written: str) -> None:
    assert cells.amount(written) == (None, "number.ambiguous")


@pytest.mark.parametrize(
    "written",
    [
        "1.234,50",
        "1,234.50",
        "12'34",
        "1''234",
        "12a",
        "<30",
        "X",
        "*",
        "...",
        "1e3",
        "1.",
        ".5",
        "1 2",
        "--1",
        "1000000000000",
        "CHF",
        "CHF 5 CHF",
        "CHF 5%",
        "٣",
    ],
)
def test_what_is_no_amount_is_no_amount(written: str) -> None:
    assert cells.amount(written) == (None, "number.format")
    assert cells.whole(written).rule == "number.format"
    assert cells.number(written).rule == "number.format"


def test_a_number_may_carry_a_percent_sign_and_three_decimals() -> None:
    assert cells.number("47,5 %") == (47.5, None)
    assert cells.number("1.234") == (1.234, None)


def test_a_whole_number_has_no_decimals_but_zeros() -> None:
    assert cells.whole("1'234") == (1234, None)
    assert cells.whole("12.0") == (12, None)
    assert cells.whole("12.5") == (None, "number.whole")


@pytest.mark.parametrize("written", ["1.000", "1,000", "1.000 CHF", "CHF 1.000", "1,000%", "1,000 %"])
def test_a_whole_number_that_could_be_a_thousand_or_one_is_not_guessed_whatever_its_unit(written: str) -> None:
    assert cells.whole(written) == (None, "number.whole")


@pytest.mark.parametrize(
    ("written", "value"), [(word, True) for word in ("OUI", "o", "Ja", "J", "1")] + [(word, False) for word in ("non", "N", "nein", "0")]
)
def test_yes_and_no_are_read_in_both_languages(written: str, value: bool) -> None:
    assert cells.yes_no(written) == (value, None)


@pytest.mark.parametrize("written", ["peut-être", "2", "X", "VRAI", "*"])
def test_what_is_neither_yes_nor_no_is_an_error(written: str) -> None:
    assert cells.yes_no(written) == (None, "yes_no.format")


@pytest.mark.parametrize("written", ["2", "féminin", "FEMININ", "Weiblich", "w", "F", "frau"])
def test_a_code_is_read_by_code_label_or_synonym_without_case_and_accents(written: str) -> None:
    assert cells.code(SEX)(written) == ("2", None)


@pytest.mark.parametrize("written", ["4", "12", "Fém", "?"])
def test_a_code_outside_the_list_is_unknown_and_never_guessed(written: str) -> None:
    assert cells.code(SEX)(written) == (None, "code.unknown")


def test_a_label_that_two_codes_share_means_neither_and_a_code_beats_a_label() -> None:
    read = cells.code(
        CodeList("list", (Code("A", "Même", "B"), Code("B", "même", "Anders"), Code("F", "F+", "-"), Code("F+", "Autre", "?")), "tests")
    )
    assert [read(word).value for word in ("même", "b", "anders", "F", "F+")] == [None, "B", "B", "F", "F+"]


@pytest.mark.parametrize("between", ["", ".", " ", "-", "\u00a0", "\u202f", "–", "\u200b", "−", "\u200d", "\ufeff"])
def test_an_avs_number_is_read_whatever_stands_between_its_digits(between: str) -> None:
    assert cells.avs(between.join((NUMBER[:3], NUMBER[3:7], NUMBER[7:11], NUMBER[11:]))) == (NUMBER, None)


def test_an_avs_number_in_full_width_digits_is_read() -> None:
    assert cells.avs(NUMBER.translate(FULL_WIDTH)) == (NUMBER, None)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("7.56922E+12", "avs.excel"),
        ("7,56922E+12", "avs.excel"),
        ("7569220000000", "avs.excel"),
        ("123.45.678.910", "avs.old"),
        ("12345678910", "avs.old"),
        ("0756123456789", "avs.format"),
        (NUMBER[:-1], "avs.format"),
        (NUMBER + "0", "avs.format"),
        (NUMBER.replace("1", "O", 1), "avs.letters"),
        (NUMBER.replace("1", "o", 1), "avs.letters"),
        (NUMBER.replace("1", "I", 1), "avs.letters"),
        (NUMBER.replace("1", "l", 1), "avs.letters"),
        ("756." + NUMBER[3:7] + "." + NUMBER[7:11] + ".OI", "avs.letters"),
        (NUMBER.replace("1", "O", 1) + "0", "avs.format"),
        (NUMBER.replace("1", "B", 1), "avs.format"),
        ("757" + NUMBER[3:], "avs.format"),
        ("+" + NUMBER[:-1], "avs.format"),
        ("inconnu", "avs.format"),
        ("²", "avs.format"),
        (NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10), "avs.check_digit"),
        (NUMBER[:4] + NUMBER[5] + NUMBER[4] + NUMBER[6:], "avs.check_digit"),
    ],
)
def test_a_wrong_avs_number_has_the_rule_that_says_what_is_wrong(written: str, rule: str) -> None:
    assert cells.avs(written) == (None, rule)


def test_a_column_of_avs_numbers_is_judged_like_each_number_and_like_the_public_library() -> None:
    draw = random.Random(1)
    right = [avs(draw.randrange(10**9)) for _ in range(500)]
    wrong = [number[:place] + str(draw.randrange(10)) + number[place + 1 :] for number in right for place in [draw.randrange(3, 13)]]
    styles = [lambda n: n, lambda n: f"{n[:3]}.{n[3:7]}.{n[7:11]}.{n[11:]}", lambda n: f"{n[:3]} {n[3:]}", lambda n: f"{n[:3]}-{n[3:]}"]
    written = [draw.choice(styles)(number) for number in right + wrong] + [
        "7.56922E+12",
        "12345678910",
        "756",
        NUMBER.translate(FULL_WIDTH),
        "7569220000000",
    ]
    # Right in all but the prefix; and seven zeros by Excel, on a number whose check digit happens to be right.
    written += [
        "757" + NUMBER[3:12] + ean.calc_check_digit("757" + NUMBER[3:12]),
        next(avs(n) for n in range(0, 10**9, 10**6) if avs(n)[-1] == "0"),
    ]
    rows = pl.DataFrame({field.name: pl.Series([None] * len(written), dtype=pl.String) for field in CM_FP.fields}).with_columns(
        avs13=pl.Series(written)
    )
    values, problems = typed(rows, CM_FP, period=PERIOD, register=register())
    assert values["avs13"].to_list() == [cells.avs(one).value for one in written]
    assert dict(problems.select("row", "rule").rows()) == {row: rule for row, one in enumerate(written) if (rule := cells.avs(one).rule)}
    assert values["avs13"].is_not_null()[: len(right + wrong)].to_list() == [ssn.is_valid(number) for number in right + wrong]


def test_an_x_is_a_yes_and_a_blank_a_no_only_where_every_filled_cell_is_x() -> None:
    def column(*words: str | None, name: str = "open_to_all") -> tuple[list[bool | None], list[str]]:
        rows = pl.DataFrame({field.name: pl.Series([None] * len(words), dtype=pl.String) for field in WORKSHOPS.fields})
        values, problems = typed(rows.with_columns(pl.Series(name, words, dtype=pl.String)), WORKSHOPS, period=PERIOD, register=register())
        return values[name].to_list(), problems["rule"].to_list()

    assert column("X", None, "x") == ([True, False, True], [])
    assert column("X", None, "OUI") == ([None, None, True], ["yes_no.format"])
    assert column("X", None, name="subsidised") == ([None, None], ["yes_no.format"]), "where it is not required, a blank may mean unknown"
    assert column(None, None) == ([None, None], []), "a column without any X says nothing"


def test_a_warning_keeps_the_value_and_is_no_error() -> None:
    rows = pl.DataFrame([right_row(CM_FP, municipality="6472")], schema={field.name: pl.String for field in CM_FP.fields})
    values, problems = typed(rows, CM_FP, period=PERIOD, register=register())
    assert values["municipality"].to_list() == [6472]
    assert problems["rule"].to_list() == ["municipality.other_year"]
    assert errors(problems).is_empty()


@pytest.mark.parametrize("written", ["N° AVS", "no avs", "No_AVS", "NO.AVS", "Nº-AVS", "№ AVS", " No\nAVS ", "Ｎｏ AVS"])
def test_headers_are_one_without_case_accents_spaces_points_and_dashes(written: str) -> None:
    assert plain(written) == plain("No AVS")


def test_other_letters_make_another_header() -> None:
    assert len({plain(name) for name in ("No AVS", "No AI", "Productivité", "Productivité (%)")}) == 4
    assert plain("Œuvre d’été") == plain("oeuvre d'ete")


def test_a_number_of_thousands_of_digits_is_no_avs_number() -> None:
    assert cells.avs("7" * 5000).rule == "avs.format"
