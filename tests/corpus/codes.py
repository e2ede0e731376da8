"""Codes, municipalities, AVS numbers and the cells of one row together, as CSV and as sheet."""

from tests.corpus.clean import AGREEMENTS, ATELIERS, AXES, DOSSIERS, PLACES
from tests.corpus.trap import Trap, one, some

_FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)}
_NUMBER = DOSSIERS.grid[4][1]
_DIGITS = _NUMBER.replace(".", "")

_CODES = (
    *some(
        "codes_by_label",
        "Codes by their French and German labels, without accents, in any case.",
        {
            (2, "referrer"): "école",
            (3, "referrer"): "Berufsberatung (OCOSP)",
            (4, "referrer"): "service social regional",
            (5, "referrer"): "RAV",
            (3, "outcome"): "erwerbstätig",
            (6, "outcome"): "Hors critères",
            (6, "outcome_detail"): "Âge",
        },
    ),
    *some(
        "sexes_written",
        "Sexes by letters and words of both languages.",
        {
            (2, "sex"): "M",
            (3, "sex"): "F",
            (4, "sex"): "w",
            (5, "sex"): "Homme",
            (6, "sex"): "männlich",
            (7, "sex"): "Frau",
            (8, "sex"): "H",
        },
    ),
    *some(
        "branches_by_label",
        "Sections of the NOGA by letter and label.",
        {(2, "branch"): "c", (3, "branch"): "Gastgewerbe", (5, "branch"): "Services administratifs et de soutien"},
        clean=PLACES,
    ),
    *one(
        "code_misspelt",
        "A code with a letter missing; the nearest is told.",
        (3, "outcome"),
        "EMPLI",
        "code.unknown",
        suggests={(3, "outcome"): "EMPLOI"},
        mendable=True,
    ),
    *one(
        "code_mangled",
        "A label that was decoded wrongly; the code it means is told.",
        (3, "outcome"),
        "Structure adaptÃ©e",
        "code.unknown",
        suggests={(3, "outcome"): "STRUCTURE_ADAPTEE"},
        mendable=True,
    ),
    *one("code_unknown", "A code that is like none.", (3, "outcome"), "QQQ", "code.unknown"),
    *one("code_number", "A number that is no code.", (5, "sex"), "9", "code.unknown"),
    *some(
        "yes_written",
        "Yes and no in both languages and in digits.",
        {(line, "open_to_all"): word for line, word in zip(range(2, 8), ("oui", "O", "Ja", "j", "1", "OUI"), strict=True)},
        clean=ATELIERS,
    ),
    *some(
        "yes_by_cross",
        "A required column of crosses: crosses are yes, blanks no.",
        {(line, "open_to_all"): "X" if line < 13 else "" for line in range(2, 14)},
        clean=ATELIERS,
        reads={(13, "open_to_all"): False},
    ),
    *one(
        "yes_true",
        "A word for yes that no service was offered.",
        (5, "open_to_all"),
        "vrai",
        "yes_no.format",
        clean=ATELIERS,
        suggests={(5, "open_to_all"): "OUI"},
        mendable=True,
    ),
    *one("yes_perhaps", "Neither yes nor no.", (5, "open_to_all"), "peut-être", "yes_no.format", clean=ATELIERS),
    *one(
        "municipality_merged",
        "A municipality that has merged; its successor is told.",
        (5, "municipality"),
        "6472",
        "municipality.other_year",
        says=("6487",),
        suggests={(5, "municipality"): "6487"},
        reads={(5, "municipality"): 6472},
    ),
    *one(
        "municipality_not_yet",
        "A municipality that is still to come; where it belongs then is told.",
        (5, "municipality"),
        "6417",
        "municipality.other_year",
        reads={(5, "municipality"): 6417},
    ),
    *one("municipality_unknown", "A number of the canton that no municipality has.", (5, "municipality"), "6500", "municipality.unknown"),
    *one(
        "municipality_by_name",
        "The name of a municipality where its number belongs.",
        (5, "municipality"),
        "Val-de-Ruz",
        "municipality.unknown",
        suggests={(5, "municipality"): "6487"},
        mendable=True,
    ),
    *one("municipality_elsewhere", "A municipality of another canton.", (5, "municipality"), "351", reads={(5, "municipality"): 351}),
)

_AVS = (
    *[
        trap
        for name, written in {
            "nothing_between": _DIGITS,
            "blanks": _NUMBER.replace(".", " "),
            "no_break_spaces": _NUMBER.replace(".", "\u00a0"),
            "narrow_spaces": _NUMBER.replace(".", "\u202f"),
            "dashes": _NUMBER.replace(".", "-"),
            "long_dashes": _NUMBER.replace(".", "–"),
            "full_width": _NUMBER.translate(_FULL_WIDTH),
            "blanks_around": f" {_NUMBER} ",
        }.items()
        for trap in one(f"avs_{name}", "An AVS number written with " + name.replace("_", " ") + ".", (5, "avs13"), written)
    ],
    *one("avs_letter_o", "A letter O for a zero.", (5, "avs13"), _NUMBER.replace("0", "O", 1), "avs.letters"),
    *one("avs_letter_i", "A letter I for a one.", (5, "avs13"), _NUMBER.replace("1", "I", 1), "avs.letters"),
    *one("avs_scientific_text", "«7.56922E+12» as text.", (5, "avs13"), "7.56922E+12", "avs.excel"),
    *one("avs_scientific_comma", "«7,56922E+12» as text.", (5, "avs13"), "7,56922E+12", "avs.excel"),
    *one("avs_rounded", "An AVS number whose last digits Excel made zeros.", (5, "avs13"), "7569220000000", "avs.excel"),
    *one("avs_old", "An old number of eleven digits.", (5, "avs13"), "123.45.678.113", "avs.old"),
    *one("avs_short", "A digit missing.", (5, "avs13"), _DIGITS[:-1], "avs.format"),
    *one("avs_long", "A digit too many.", (5, "avs13"), _DIGITS + "1", "avs.format"),
    *one("avs_other_country", "A number that does not begin with 756.", (5, "avs13"), "757" + _DIGITS[3:], "avs.format"),
    *one("avs_check_digit", "A wrong check digit.", (5, "avs13"), _NUMBER[:-1] + str((int(_NUMBER[-1]) + 1) % 10), "avs.check_digit"),
    *one("avs_word", "A word where the number belongs.", (5, "avs13"), "inconnu", "avs.format"),
    *one("avs_empty", "No number.", (5, "avs13"), "", "value.required"),
)

_ROWS = (
    *one("given_missing", "Closed without a reason.", (3, "outcome"), "", "given.missing"),
    *one("given_unexpected", "A reason without a closing date.", (2, "outcome"), "CFC", "given.unexpected"),
    *one("given_only_with", "A detail that belongs to another reason.", (3, "outcome_detail"), "AGE", "given.only_with"),
    *some("given_when", "A review without reviewer.", {(5, "review_on"): "01.03.2013"}, (5, "reviewer", "given.missing"), clean=ATELIERS),
    *some(
        "date_of_another_month",
        "A day that must lie in the month lies before it.",
        {(5, "review_on"): "01.03.2013", (5, "reviewer"): "R-1", (5, "seen_on"): "31.01.2013"},
        (5, "seen_on", "date.before_period"),
        clean=ATELIERS,
    ),
    *one("given_needs", "A visit without the review it belongs to.", (5, "seen_on"), "05.02.2013", "given.unexpected", clean=ATELIERS),
    *one("given_without", "A verdict before the visit.", (5, "verdict"), "BON", "given.without", clean=ATELIERS),
    *one("sub_axis_of_another", "A sub-axis of another axis.", (5, "sub_axis"), "5.1", "text.begins_with", clean=AXES),
    *one("sub_axis_number", "A sub-axis that Excel holds as a number.", (5, "sub_axis"), 1.1, clean=AXES, reads={(5, "sub_axis"): "1.1"}),
    *one("same_party_twice", "An agreement of a service with itself.", (5, "party_b"), "SASO", "value.same", clean=AGREEMENTS),
    *some(
        "text_coded",
        "A name where a code stands for a person.",
        {(5, "review_on"): "01.03.2013", (5, "reviewer"): "Anne Exemple"},
        (5, "reviewer", "text.coded"),
        clean=ATELIERS,
    ),
    *one("text_personal", "An AVS number in a text.", (5, "provider"), f"Atelier {_NUMBER}", "text.personal", clean=PLACES),
    *one("text_birth_date", "A whole date in a text.", (5, "provider"), "21.07.1992", "text.personal", clean=PLACES),
    *some(
        "cells_swapped",
        "Number and birth date each under the other's header.",
        {(5, "avs13"): "21.07.1992", (5, "birth_date"): _NUMBER},
        (5, "avs13", "avs.format"),
        (5, "birth_date", "date.format"),
    ),
    *one(
        "text_like_formula",
        "A text that a sheet would take for a formula.",
        (5, "provider"),
        "=1+1",
        clean=PLACES,
        reads={(5, "provider"): "=1+1"},
    ),
    *some(
        "several_in_one_row",
        "Four wrong cells in one row: four findings, one row.",
        {(5, "sex"): "9", (5, "municipality"): "6500", (5, "announced_on"): "31.02.2013", (5, "birth_date"): "31.02.1992"},
        (5, "sex", "code.unknown"),
        (5, "municipality", "municipality.unknown"),
        (5, "announced_on", "date.format"),
        (5, "birth_date", "date.format"),
    ),
    *some(
        "warning_and_error",
        "A warning and an error in one row: the row is kept out, both are said.",
        {(5, "municipality"): "6472", (5, "sex"): "9"},
        (5, "municipality", "municipality.other_year"),
        (5, "sex", "code.unknown"),
    ),
)

TRAPS: tuple[Trap, ...] = (*_CODES, *_AVS, *_ROWS)
