"""Dates, numbers and what stands for a number that is not told, as CSV and as sheet."""

import datetime as dt

from tests.corpus.clean import ATELIERS, PLACES
from tests.corpus.trap import Trap, each, one, some

_MARKERS = ("X", "*", "<30", "...", "…")

_DATES = (
    *some(
        "dates_written",
        "Days as dd.mm.yyyy, d.m.yyyy and yyyy-mm-dd.",
        {(2, "announced_on"): "3.10.2011", (3, "announced_on"): "2012-01-17", (5, "announced_on"): " 30.04.2012 "},
    ),
    *one("date_five_digit_year", "A year of five digits.", (5, "announced_on"), "31.08.20178", "date.format"),
    *one("date_31_february", "A day that the month does not have.", (5, "announced_on"), "31.02.2013", "date.format", mendable=True),
    *one("date_29_february", "29 February of a year without.", (5, "announced_on"), "29.02.2011", "date.format", mendable=True),
    *one("date_zero", "A date of zeros.", (5, "announced_on"), "00.00.0000", "date.format"),
    *one("birth_date_zero", "A birth date whose day is not known.", (5, "birth_date"), "00.00.1992", "date.format"),
    *one("date_two_digit_year", "A year of two digits.", (5, "announced_on"), "30.04.12", "date.two_digit_year", mendable=True),
    *one("birth_date_two_digit_year", "A birth year of two digits.", (5, "birth_date"), "21.07.92", "date.two_digit_year"),
    *one(
        "date_slashes",
        "A date with slashes.",
        (5, "announced_on"),
        "30/04/2012",
        "date.format",
        suggests={(5, "announced_on"): "30.04.2012"},
        mendable=True,
    ),
    *one("date_american", "A date with slashes, the month first.", (5, "announced_on"), "04/05/2012", "date.format"),
    *one(
        "date_words",
        "A date in words.",
        (5, "announced_on"),
        "30 avril 2012",
        "date.format",
        suggests={(5, "announced_on"): "30.04.2012"},
        mendable=True,
    ),
    *one("date_text", "A word in a date.", (5, "announced_on"), "hier", "date.format"),
    *one(
        "date_with_hour",
        "A date with the time of day, as text.",
        (5, "announced_on"),
        "2012-04-30 00:00:00",
        "date.format",
        suggests={(5, "announced_on"): "30.04.2012"},
        mendable=True,
    ),
    *one("date_after_period", "A date after the end of the month.", (5, "announced_on"), "01.03.2013", "date.after_period"),
    *one(
        "date_last_day",
        "The last day of the month is in it.",
        (5, "announced_on"),
        "28.02.2013",
        reads={(5, "announced_on"): dt.date(2013, 2, 28), (5, "announced_age"): 20},
    ),
    *some("date_order", "Closed before it was announced.", {(3, "announced_on"): "06.02.2013"}, (3, "closed_on", "date.order")),
    *some(
        "end_reported_late",
        "An end of the month before last.",
        {(3, "closed_on"): "31.12.2012"},
        (3, "closed_on", "end.reported_late"),
        reads={(3, "closed_on"): dt.date(2012, 12, 31)},
    ),
    *some(
        "end_two_months_late",
        "An end on the first day of the second month back.",
        {(3, "closed_on"): "01.12.2012"},
        (3, "closed_on", "end.reported_late"),
        reads={(3, "closed_on"): dt.date(2012, 12, 1)},
    ),
    *one("end_too_early", "An end three months back.", (3, "closed_on"), "30.11.2012", "end.too_early"),
    *one("end_after_period", "An end in the next month.", (3, "closed_on"), "01.03.2013", "date.after_period"),
    *some(
        "wrong_period",
        "Three of four ends lie in the next month: another month under this name.",
        {(line, "closed_on"): "05.03.2013" for line in (3, 6, 8)},
        (None, None, "file.wrong_period"),
        refused="file.wrong_period",
        read=12,
    ),
    *some(
        "ends_half_outside",
        "Two of four ends lie in another month: two rows in error, the file is accepted.",
        {(line, "closed_on"): "05.03.2013" for line in (3, 6)},
        *each((3, 6), "closed_on", "date.after_period"),
    ),
    *one("birth_in_future", "A birth after the month.", (5, "birth_date"), "21.07.2013", "birth_date.range"),
    *one("birth_long_ago", "An age of 120 years.", (5, "birth_date"), "21.07.1892", "birth_date.range"),
    *some(
        "age_unusual",
        "Eleven years old when announced.",
        {(5, "birth_date"): "21.07.2000"},
        (5, "announced_on", "age.unusual"),
        reads={(5, "birth_year"): 2000, (5, "announced_age"): 11},
    ),
)

_NUMBERS = (
    *some(
        "amounts_written",
        "Amounts with francs, blanks, apostrophes and commas.",
        {(2, "cost"): "CHF 100.50", (3, "cost"): "100,5", (4, "cost"): "100.50 CHF", (5, "cost"): "CHF\u00a0100,50"},
        clean=ATELIERS,
    ),
    *some(
        "thousands_written",
        "Thousands set apart by apostrophes and blanks of three kinds.",
        {(2, "seats"): "1'200", (3, "seats"): "1’200", (4, "seats"): "1 200", (5, "seats"): "1\u00a0200", (6, "seats"): "1\u202f200"},
        clean=ATELIERS,
        reads={(line, "seats"): 1200 for line in range(2, 7)},
    ),
    *some("share_written", "Shares with a per cent sign and a comma.", {(2, "share"): "12,5 %", (3, "share"): "12.5%"}, clean=ATELIERS),
    *one("number_word", "A number in words.", (5, "places"), "douze", "number.format", clean=PLACES),
    *one(
        "number_with_word",
        "A number with the word for what it counts.",
        (5, "places"),
        "24 places",
        "number.format",
        clean=PLACES,
        suggests={(5, "places"): "24"},
        mendable=True,
    ),
    *one("number_two_points", "A number with two points.", (5, "cost"), "1.2.3", "number.format", clean=ATELIERS),
    *one("number_huge", "A number of twenty digits.", (5, "cost"), "9" * 20, "number.format", clean=ATELIERS),
    *one(
        "number_ambiguous",
        "An amount that is a thousand or a franc, with a point.",
        (5, "cost"),
        "1.234",
        "number.ambiguous",
        clean=ATELIERS,
    ),
    *one("number_ambiguous_comma", "The same with a comma.", (5, "cost"), "1,234", "number.ambiguous", clean=ATELIERS),
    *one("number_decimals", "An amount with four decimals.", (5, "cost"), "100.1234", "number.decimals", clean=ATELIERS, mendable=True),
    *one("number_not_whole", "Half a place.", (5, "places"), "12.5", "number.whole", clean=PLACES),
    *one("number_whole_decimals", "A whole number with a decimal of zero.", (5, "places"), "24.0", clean=PLACES),
    *some(
        "number_negative",
        "Fewer than no places.",
        {(5, "places"): "-3"},
        (5, "places", "number.range"),
        (5, "occupied", "number.above"),
        clean=PLACES,
    ),
    *one("number_above_range", "A share of more than a hundred.", (5, "share"), "120", "number.range", clean=ATELIERS),
    *one(
        "number_above",
        "More places occupied than there are.",
        (5, "occupied"),
        "25",
        "number.above",
        clean=PLACES,
        reads={(5, "occupied"): 25},
    ),
    *some(
        "number_zero",
        "No place at all is a number like another.",
        {(5, "places"): "0", (5, "occupied"): "0"},
        clean=PLACES,
        reads={(5, "places"): 0, (5, "occupied"): 0},
    ),
)

_MARKED = (
    *[
        trap
        for place, marker in enumerate(_MARKERS, start=1)
        for trap in (
            *one(
                f"marker_{place}_required",
                f"«{marker}» where a number is required.",
                (5, "places"),
                marker,
                "value.marker_required",
                clean=PLACES,
            ),
            *one(
                f"marker_{place}_optional",
                f"«{marker}» where a number may be missing.",
                (5, "seats"),
                marker,
                "value.marker",
                clean=ATELIERS,
                reads={(5, "seats"): None},
            ),
        )
    ],
    *one("marker_date", "«...» for a date that is not yet.", (5, "closed_on"), "...", "value.marker"),
    *one("marker_text", "An X in a text is a text.", (5, "provider"), "X", clean=PLACES, reads={(5, "provider"): "X"}),
    *some(
        "words_for_empty",
        "Every word for «empty» in an optional column.",
        {(line, "outcome_detail"): word for line, word in zip(range(7, 13), ("-", "n/a", "NULL", "#N/A", " ", "N/A"), strict=True)},
    ),
    *[
        trap
        for name, word in {"nothing": "", "dash": "-", "n_a": "n/a", "null": "NULL", "excel_n_a": "#N/A"}.items()
        for trap in one(f"required_{name}", f"«{word}» in a required column is an empty cell.", (5, "referrer"), word, "value.required")
    ],
)

TRAPS: tuple[Trap, ...] = (*_DATES, *_NUMBERS, *_MARKED)
