"""What only the cell of a sheet can hold: formulas, errors, dates and numbers that are no text."""

import datetime as dt

from pipelines.contracts.limits import Limits
from tests.corpus.clean import ATELIERS, DOSSIERS, PLACES, Clean
from tests.corpus.formats import rewritten, xlsx
from tests.corpus.trap import Trap, as_xlsx, finished, setting

_CELLS = DOSSIERS.cells()
_BOOK = xlsx(_CELLS)


def _set(cells: dict[tuple[int, str], object], clean: Clean = DOSSIERS) -> bytes:
    return xlsx(setting(cells, clean)(clean.cells()))


def _formula(cell: str, cached: object, *, clean: Clean = PLACES) -> bytes:
    return finished(lambda _, tab: tab.write_formula(cell, "=6*7", None, cached), clean)


_FORMULAS = (
    as_xlsx("formula", "A formula counts by the value it had when saved.", _formula("G5", 42), clean=PLACES, reads={(5, "places"): 42}),
    as_xlsx("formula_text", "A formula whose value is a text.", _formula("C5", "Évologia"), clean=PLACES),
    as_xlsx(
        "formula_unsaved",
        "A formula without a saved value, as a script writes it.",
        rewritten(_formula("G5", 42), ("<f>6*7</f><v>42</v>", "<f>6*7</f>")),
        (5, "places", "cell.formula"),
        clean=PLACES,
    ),
    as_xlsx(
        "formula_empty",
        "A formula whose saved value is an empty text.",
        rewritten(_formula("J5", "x", clean=DOSSIERS), ("<v>x</v>", "<v></v>")),
    ),
    as_xlsx(
        "formula_text_typed",
        "A text that begins with an equals sign.",
        _set({(5, "provider"): '=HYPERLINK("x")'}, PLACES),
        clean=PLACES,
        reads={(5, "provider"): '=HYPERLINK("x")'},
    ),
    as_xlsx(
        "error_reference", "An error value of Excel in a required cell.", _formula("G5", "#REF!"), (5, "places", "cell.error"), clean=PLACES
    ),
    as_xlsx("error_division", "An error value in a text.", _formula("C5", "#DIV/0!"), (5, "provider", "cell.error"), clean=PLACES),
    as_xlsx(
        "error_optional",
        "An error value in an optional cell is an error too.",
        _formula("J5", "#NAME?", clean=DOSSIERS),
        (5, "outcome_detail", "cell.error"),
    ),
    as_xlsx("error_na", "#N/A in an optional cell is an empty cell.", _formula("J5", "#N/A", clean=DOSSIERS)),
    as_xlsx(
        "error_na_required",
        "#N/A in a required cell is an empty cell.",
        _formula("G5", "#N/A"),
        (5, "places", "value.required"),
        clean=PLACES,
    ),
)

_VALUES = (
    as_xlsx("dates_1904", "Dates counted from 1904, as on a Mac.", finished(lambda *_: None, date_1904=True)),
    as_xlsx("date_with_time", "A date with the time of day.", _set({(5, "announced_on"): dt.datetime(2012, 4, 30, 14, 30)})),
    as_xlsx(
        "date_as_number",
        "A date as the number behind it, in a cell without format.",
        _set({(5, "announced_on"): 41029}),
        (5, "announced_on", "date.format"),
        suggests={(5, "announced_on"): "30.04.2012"},
        mendable=True,
    ),
    as_xlsx(
        "date_as_text",
        "Dates typed as text.",
        _set({(5, "announced_on"): "30.04.2012", (6, "announced_on"): "2012-06-11", (7, "announced_on"): "20.8.2012"}),
    ),
    as_xlsx(
        "time_as_date",
        "A time of day where a date belongs.",
        _set({(5, "announced_on"): dt.time(9, 30)}),
        (5, "announced_on", "date.format"),
    ),
    as_xlsx("number_as_text", "Numbers typed as text.", _set({(5, "places"): "24", (6, "places"): " 10 "}, PLACES), clean=PLACES),
    as_xlsx(
        "number_formatted",
        "A number shown with «places» behind it by its format.",
        finished(lambda made, tab: tab.write_number("G5", 24, made.add_format({"num_format": '0" places"'})), PLACES),
        clean=PLACES,
    ),
    as_xlsx(
        "share_as_percent",
        "A share in a cell of format per cent: 0.125 is shown as 12.5 %.",
        finished(lambda made, tab: tab.write_number("F5", 0.125, made.add_format({"num_format": "0.0%"})), ATELIERS),
        clean=ATELIERS,
    ),
    as_xlsx(
        "number_of_float",
        "A number a hair beside a whole one, as a sum leaves it.",
        _set({(5, "cost"): 100.1 + 0.2 + 0.2}, ATELIERS),
        clean=ATELIERS,
    ),
    as_xlsx(
        "avs_as_number",
        "AVS numbers as numbers.",
        _set({(line, "avs13"): int(str(DOSSIERS.grid[line - 1][1]).replace(".", "")) for line in range(2, 14)}),
    ),
    as_xlsx(
        "avs_as_rounded_number",
        "An AVS number that Excel rounded, saved as a number.",
        _set({(5, "avs13"): 7_569_220_000_000}),
        (5, "avs13", "avs.excel"),
    ),
    as_xlsx("avs_scientific", "An AVS number as «7.56922E+12».", _set({(5, "avs13"): "7.56922E+12"}), (5, "avs13", "avs.excel")),
    as_xlsx(
        "yes_as_truth",
        "Truth values of Excel are yes and no.",
        _set({(line, "open_to_all"): True for line in range(2, 14)}, ATELIERS),
        clean=ATELIERS,
    ),
    as_xlsx(
        "text_of_two_lines",
        "A text of two lines: the rows keep the numbers the sheet shows.",
        _set({(5, "provider"): "Évologia\nCernier"}, PLACES),
        clean=PLACES,
        reads={(5, "provider"): "Évologia\nCernier"},
    ),
    as_xlsx(
        "text_of_parts",
        "A text of which a word is bold.",
        finished(lambda made, tab: tab.write_rich_string("C5", made.add_format({"bold": True}), "Évo", "logia"), PLACES),
        clean=PLACES,
    ),
    as_xlsx(
        "inline_text",
        "A text that stands in the cell and not in the table of texts.",
        rewritten(_set({(5, "places"): 24}, PLACES), ('<c r="G5"><v>24</v></c>', '<c r="G5" t="inlineStr"><is><t>24</t></is></c>')),
        clean=PLACES,
    ),
    as_xlsx("no_dimension", "A sheet that does not say how large it is.", rewritten(_BOOK, ('<dimension ref="A1:J13"/>', ""))),
    as_xlsx(
        "dimension_wrong", "A sheet that says it holds one cell.", rewritten(_BOOK, ('<dimension ref="A1:J13"/>', '<dimension ref="A1"/>'))
    ),
    as_xlsx(
        "rows_apart",
        "A row that lies far below the others.",
        xlsx([*_CELLS[:12], *[[]] * 300, _CELLS[12]]),
        at=lambda line: 313 if line == 13 else line,
    ),
    as_xlsx(
        "cell_too_long_xlsx",
        "A text longer than the settings allow.",
        _set({(5, "provider"): "x" * 101}, PLACES),
        (5, "provider", "cell.too_long"),
        clean=PLACES,
        limits=Limits(cell_length=100),
    ),
)

TRAPS: tuple[Trap, ...] = (*_FORMULAS, *_VALUES)
