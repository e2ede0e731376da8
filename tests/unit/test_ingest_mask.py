"""What is hidden of a text, and what may stay."""

import pytest

from pipelines.ingest.mask import masked, masked_personal, tells_a_person
from tests.unit.ingest_cases import avs

NUMBER = avs(123456785)
TAIL = NUMBER[-2:]


@pytest.mark.parametrize("between", ["", ".", " ", "-", "\u00a0", "\u202f", "–", " - ", "\u200b", "/"])
def test_an_avs_number_keeps_its_last_two_digits_only(between: str) -> None:
    written = between.join((NUMBER[:3], NUMBER[3:7], NUMBER[7:11], NUMBER[11:]))
    assert masked(f"voir {written}, svp") == f"voir 756.••••.••••.{TAIL}, svp"


def test_an_avs_number_in_full_width_digits_is_hidden() -> None:
    assert masked(NUMBER.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})) == f"756.••••.••••.{TAIL}"


@pytest.mark.parametrize("letter", ["O", "o", "I", "l"])
def test_an_avs_number_with_a_letter_among_its_digits_is_hidden_all_the_same(letter: str) -> None:
    for place in range(3, 11):
        written = NUMBER[:place] + letter + NUMBER[place + 1 :]
        assert masked(f"voir {written}") == f"voir 756.••••.••••.{TAIL}"
        assert tells_a_person(written)


@pytest.mark.parametrize(
    "written",
    [
        "7.56922E+12",
        "7,56922E+12",
        "7.56922e12",
        "123.45.678.910",
        "12345678910",
        NUMBER + "0",
        NUMBER[:10],
        "756.1234.567",
        "41 32 889 68 12 5",
    ],
)
def test_what_could_be_a_number_of_a_person_is_hidden_whole(written: str) -> None:
    assert masked(written) == "••••"


@pytest.mark.parametrize(
    "written",
    [
        "05.07.1994",
        "5.7.1994",
        "1994-07-05",
        "1994-7-5",
        "05/07/1994",
        "05-07-1994",
        "31.02.1994",
        "005.07.1994",
        "05.007.1994",
        "1994-007-05",
        "05_07_1994",
        "05–07–1994",
        "05,07,1994",
        "Jul 5, 1994",
        "00.00.1994",
        "5. 7. 1994",
        "5 07 1994",
        "1994/07/05",
        "5 juillet 1994",
        "5. Juli 1994",
        "1er août 1994",
        "05-Jul-1994",
    ],
)
def test_a_full_date_keeps_its_year_only_even_if_it_does_not_exist(written: str) -> None:
    assert masked(f"du {written}") == "du ••.••.1994"


def test_a_date_with_time_a_short_year_or_a_year_too_long_is_hidden() -> None:
    assert masked("1994-07-05 00:00:00") == "••.••.1994 00:00:00"
    assert masked("05.07.94") == "••.••.94"
    assert masked("05.07.19945") == "••.••.19945"
    assert masked("19940705") == masked("05071994") == "••••"


def test_two_dates_and_a_number_in_one_text_are_all_hidden() -> None:
    assert masked(f"01.02.2013 - 05.02.2013 {NUMBER}") == f"••.••.2013 - ••.••.2013 756.••••.••••.{TAIL}"


@pytest.mark.parametrize(
    "harmless",
    [
        "sfpo/cm_fp_dossiers_2013-02_v2.xlsx",
        "CMFP-2009-0012",
        "1'234'567.50",
        "6458",
        "OCSOP",
        "Évologia – atelier 3",
        "2013",
        "12.5",
        "5.1",
        "",
    ],
)
def test_what_tells_nobody_stays(harmless: str) -> None:
    assert masked(harmless) == harmless


@pytest.mark.parametrize("written", ["Jeanne Rochat", f"Jeanne Rochat {NUMBER}", "x", "756", "né 05.07.1994", ""])
def test_a_personal_cell_is_hidden_whole_unless_it_is_a_number_or_date_alone(written: str) -> None:
    assert masked_personal(written) == "••••"


def test_a_personal_cell_that_is_a_number_or_date_shows_what_the_contract_allows() -> None:
    assert masked_personal(f" {NUMBER} ") == f"756.••••.••••.{TAIL}"
    assert masked_personal("05.07.1994") == "••.••.1994"
