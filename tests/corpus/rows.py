"""Rows, and what stands between and below them: blank lines, totals, footnotes, second tables, lines of another shape."""

from tests.corpus.clean import DOSSIERS, PLACES
from tests.corpus.formats import lines
from tests.corpus.trap import Found, Trap, as_csv, both, each, inserting, moved, setting

_TEXT = lines(DOSSIERS.texts())
_HEADER = DOSSIERS.grid[0]
_REQUIRED = [field.name for field in DOSSIERS.export.fields if field.required]


def _line(at: int, *text: str) -> list[str]:
    """The dossiers with other text for a line."""
    return [*_TEXT[: at - 1], *text, *_TEXT[at:]]


def _broken(name: str, what: str, at: int, *text: str, rule: str = "line.cells", **expected: object) -> Trap:
    """A line that does not fit the header costs itself and nothing else."""
    found = each(range(at, at + len(text)), None, rule)
    return as_csv(name, what, _line(at, *text), *found, at=moved(len(text) - 1, start=at + 1), **expected)


_BETWEEN = (
    as_csv(
        "blank_lines",
        "Blank lines, blanks and separators between the rows.",
        [*_TEXT[:3], "", "   ", ";;;;;;;;;", '"";""', *_TEXT[3:]],
        at=moved(4, start=4),
    ),
    *both(
        "blank_rows",
        "Blank rows between the others, one of words for «empty».",
        inserting(5, [], ["-", "n/a", "NULL", "#N/A"], []),
        at=moved(3, start=5),
    ),
    *both("total", "A total line below the rows.", inserting(14, ["", "", "", "", "", "Total", 12]), skipped=1),
    *both(
        "totals_between",
        "Totals between the rows and below.",
        inserting(8, ["", "Total intermédiaire", 6], ["", "TOTAL", 6]),
        skipped=2,
        at=moved(2, start=8),
    ),
    *both(
        "total_keyed",
        "A line with a key whose first cell begins with «Total» is a row.",
        setting({(4, "programme_id"): "Total-3"}, PLACES),
        clean=PLACES,
        reads={(4, "programme_id"): "Total-3"},
    ),
    *both(
        "footnotes",
        "Footnotes and a date of state below the rows.",
        inserting(14, [], ["Source: SFPO, état provisoire"], ["Établi le", "01.03.2013"]),
        skipped=2,
    ),
    *both(
        "footnote_above_row",
        "A note between two rows is no footnote.",
        inserting(8, ["Nouveaux dossiers ci-dessous", *[""] * 9]),
        *[(8, name, "value.required") for name in _REQUIRED[1:]],
        at=moved(1, start=8),
    ),
    as_csv(
        "footnote_bare",
        "A note between two rows without separators.",
        [*_TEXT[:7], "Nouveaux dossiers:", *_TEXT[7:]],
        (8, None, "line.cells"),
        at=moved(1, start=8),
    ),
    as_csv(
        "second_table",
        "A second table of another kind below the rows.",
        [*_TEXT, "", "Motif;Nombre;Part", "EMPLOI;1;25", "CFC;1;25"],
        *each([15, 16, 17], None, "line.cells"),
    ),
    *both(
        "second_table_wide",
        "The same as wide as the first: two cells of every line are read under headers that are not theirs.",
        inserting(14, [], ["Motif", "Nombre", "Part"], ["EMPLOI", "1", "25"]),
        *[(line, name, rule) for line in (15, 16) for name, rule in (("avs13", "avs.format"), ("birth_date", "date.format"))],
        *[(line, name, "value.required") for line in (15, 16) for name in _REQUIRED[3:]],
    ),
    *both(
        "second_table_alike",
        "A second table of the same kind below the rows.",
        inserting(14, [], ["Dossiers repris"], _HEADER, ["CM-201", *DOSSIERS.grid[1][1:]]),
        (16, None, "header.repeated"),
        refused="header.repeated",
        read=15,
    ),
    *both(
        "key_twice",
        "A key stands twice: every later row is an error.",
        setting({(5, "case_id"): "CM-102", (9, "case_id"): "CM-102"}),
        (5, "case_id", "key.duplicate"),
        (9, "case_id", "key.duplicate"),
        mendable=True,
    ),
    *both(
        "row_twice",
        "A row stands twice: the second is an error.",
        inserting(14, DOSSIERS.grid[2]),
        (14, "case_id", "key.duplicate"),
        mendable=True,
    ),
    *both(
        "key_twice_wrong",
        "A key given twice is an error though its first row is one too.",
        setting({(3, "sex"): "9", (7, "case_id"): "CM-102"}),
        (3, "sex", "code.unknown"),
        (7, "case_id", "key.duplicate"),
    ),
)

_ROW = _TEXT[4]
_SHIFTED: list[Found] = [
    (5, "municipality", "value.required"),
    (5, "referrer", "code.unknown"),
    (5, "announced_on", "date.format"),
    (5, "closed_on", "end.too_early"),
    (5, "outcome", "given.missing"),
]

_LINES = (
    _broken("separator_added", "A separator too many within a line.", 6, _TEXT[5].replace(";6512;", ";;6512;")),
    as_csv(
        "separator_added_before_blanks",
        "A separator too many in a line that ends in blank cells: every cell stands under the next header.",
        _line(5, _ROW.replace(";6487;", ";;6487;")),
        *_SHIFTED,
    ),
    _broken("separator_missing", "A separator too few.", 5, _ROW.replace("ORP;", "ORP ")),
    _broken("line_cut", "A line cut off in the middle.", 5, ";".join(_ROW.split(";")[:5])),
    _broken("line_of_commas", "A line in another dialect, with commas.", 5, _ROW.replace(";", ",")),
    _broken("line_of_tabs", "A line in another dialect, with tabs.", 5, _ROW.replace(";", "\t")),
    _broken(
        "line_broken", "A line break within a cell without quotes: two lines, both in error.", 5, *_ROW.replace("ORP", "O\nRP").split("\n")
    ),
    _broken("line_first", "The first line below the header has a separator too few.", 2, _TEXT[1].replace(";ECOLE", "ECOLE")),
    _broken("line_last", "The last line has a separator too few.", 13, _TEXT[12].replace(";ECOLE", "ECOLE")),
    _broken("value_behind", "A row with text behind the last named column.", 5, _ROW + ";à voir"),
    _broken("nul_byte", "A NUL byte within a line.", 5, _ROW.replace("ORP", "O\0RP"), rule="line.control"),
    _broken("nul_cell", "A cell of nothing but NUL bytes.", 5, _ROW.replace("ORP", "\0\0"), rule="line.control"),
    _broken(
        "control_byte",
        "A control byte (vertical tab) within a line, which is no line end.",
        5,
        _ROW.replace("ORP", "O\vRP"),
        rule="line.control",
    ),
    as_csv("eof_of_dos", "The sign by which old systems end a file.", [*_TEXT, "\x1a"], (14, None, "line.control")),
    as_csv(
        "lines_joined",
        "Two rows on one line: the line end between them is lost.",
        [*_TEXT[:4], _TEXT[4] + _TEXT[5], *_TEXT[6:]],
        (5, None, "line.cells"),
        at=lambda line: line - (line > 5),
    ),
    as_csv(
        "lines_on_end",
        "Three lines one below the other have a separator too many.",
        [*_TEXT[:4], *(text + ";x" for text in _TEXT[4:7]), *_TEXT[7:]],
        *each([5, 6, 7], None, "line.cells"),
    ),
    as_csv(
        "no_row",
        "The rows in another dialect than the header: nothing to read, and nothing said to be nothing.",
        [_TEXT[0], *(text.replace(";", ",") for text in _TEXT[1:])],
        *each(range(2, 14), None, "line.cells"),
        (None, None, "file.no_row"),
        refused="file.no_row",
        read=12,
    ),
    as_csv(
        "too_many_errors",
        "Five rows of twelve in error.",
        lines(setting({(line, "sex"): "9" for line in range(2, 7)})(DOSSIERS.texts())),
        *each(range(2, 7), "sex", "code.unknown"),
        (None, None, "file.too_many_errors"),
        refused="file.too_many_errors",
        read=12,
    ),
    as_csv(
        "four_errors",
        "Four rows of twelve in error, too few to refuse the file.",
        lines(setting({(line, "sex"): "9" for line in range(2, 6)})(DOSSIERS.texts())),
        *each(range(2, 6), "sex", "code.unknown"),
    ),
)

TRAPS: tuple[Trap, ...] = (*_BETWEEN, *_LINES)
