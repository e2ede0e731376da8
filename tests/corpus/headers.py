"""What stands above the rows: nothing, titles, a header of any kind."""

from tests.corpus.clean import DOSSIERS, PLACES, Grid
from tests.corpus.formats import lines
from tests.corpus.trap import Change, Found, Trap, as_bytes, as_csv, both, inserting, moved, setting

_TEXT = lines(DOSSIERS.texts())
_PLACES = lines(PLACES.texts())
_HEADER = list(DOSSIERS.grid[0])
_WIDTH = len(_HEADER)


def _headed(**names: str) -> Change:
    """Other headers, by field."""
    return setting({(1, field): name for field, name in names.items()})


def _column(name: str, *cells: str, at: int = _WIDTH) -> Change:
    """One more column; cells that are not given are blank."""

    def change(grid: Grid) -> Grid:
        column = [name, *cells, *[""] * len(grid)]
        return [[*row[:at], column[place], *row[at:]] for place, row in enumerate(grid)]

    return change


def _without(field: str) -> Change:
    place = DOSSIERS.place(field)
    return lambda grid: [[*row[:place], *row[place + 1 :]] for row in grid]


def _reordered(grid: Grid) -> Grid:
    return [row[::-1] for row in grid]


def _header_refused(name: str, what: str, change: Change, *findings: Found, read: int = 12, **expected: object) -> tuple[Trap, Trap]:
    return both(name, what, change, *findings, refused=next(rule for *_, rule in findings if rule not in _WARNINGS), read=read, **expected)


_REQUIRED = [field.name for field in DOSSIERS.export.fields if field.required]
_WARNINGS = ("header.unnamed", "header.column_unknown")
_GERMAN = {field.name: field.synonyms[-1] for field in DOSSIERS.export.fields}
_TITLES = [[f"Titre {number}"] for number in range(1, 12)]
_MANY = [f"Titre {number}" for number in range(1, 12)]

_FILES = (
    as_bytes("empty", "No byte at all.", b"", (None, None, "file.empty"), refused="file.empty"),
    as_bytes("empty_bom", "Nothing but a byte order mark.", b"\xef\xbb\xbf", (None, None, "file.empty"), refused="file.empty"),
    as_csv(
        "empty_lines", "Nothing but blank lines and separators.", ["", "  ", ";;;;", ""], (None, None, "file.empty"), refused="file.empty"
    ),
    as_csv("no_header", "Rows without a header.", _TEXT[1:], (None, None, "header.missing"), refused="header.missing"),
    as_csv(
        "separator_pipe",
        "A separator no service was offered.",
        lines(DOSSIERS.texts(), "|"),
        (None, None, "header.missing"),
        refused="header.missing",
    ),
    as_csv(
        "prose",
        "A letter instead of a table.",
        ["Madame, Monsieur,", "", "rien à annoncer ce mois."],
        (None, None, "header.missing"),
        refused="header.missing",
    ),
    as_csv("separator_comma", "Commas between the cells.", lines(PLACES.texts(), ","), clean=PLACES),
    as_csv("separator_tab", "Tabs between the cells.", lines(DOSSIERS.texts(), "\t")),
    as_csv("sep", "A first line «sep=;».", ["sep=;", *_TEXT], at=moved(1)),
    as_csv("sep_comma", "A first line «sep=,», and commas.", ["sep=,", *lines(PLACES.texts(), ",")], clean=PLACES, at=moved(1)),
    as_csv("sep_quoted", "The first line «sep=;» in quotes, with separators behind.", ['"sep=;";;;', *_TEXT], at=moved(1)),
    as_csv("sep_titles", "«sep=;», a blank line and two titles.", ["sep=;", "", "Dossiers", "février 2013", *_TEXT], at=moved(4)),
    as_csv(
        "titles_eleven_with_blanks",
        "Ten titles with blank lines between.",
        [text for title in _MANY[:10] for text in (title, "")] + _TEXT,
        at=moved(20),
    ),
    as_csv(
        "title_with_separators",
        "A title line with as many separators as the header.",
        ["Dossiers;;;;;;;;;", "Service;SFPO;;;;;;;;", *_TEXT],
        at=moved(2),
    ),
    as_csv("title_with_quote", "A title with one quote.", ['Dossiers "ouverts', *_TEXT], at=moved(1)),
    as_csv("separators_behind", "Two separators too many on every line, header too.", [text + ";;" for text in _TEXT]),
    as_csv(
        "separators_behind_rows", "Separators too many on some rows only.", [text + ";" * (n % 4 * (n > 0)) for n, text in enumerate(_TEXT)]
    ),
    as_csv("separators_behind_header", "Separators too many on the header only.", [_TEXT[0] + ";;;", *_TEXT[1:]]),
)

_HEADERS = (
    *both("header_only", "The header alone: nothing to report.", lambda grid: grid[:1], gone=range(2, 14)),
    *both("header_german", "German headers.", _headed(**_GERMAN)),
    *both(
        "header_shouted",
        "Headers in capitals, without accents, with underscores.",
        _headed(referrer="ANNONCE_PAR", closed_on="DATE_DE_CLOTURE", avs13="NO_AVS"),
    ),
    *both(
        "header_spaced",
        "Headers with points, dashes and blanks around.",
        _headed(avs13=" N° A.V.S. ", announced_on="Date - d’annonce", case_id="No. dossier"),
    ),
    *both("columns_reordered", "The columns in another order.", _reordered),
    *both("column_unknown", "A column nobody asked for.", _column("Remarque", "à voir"), (1, "Remarque", "header.column_unknown")),
    *both("column_blank", "A column without name and without cells, between the others.", _column("", at=4)),
    *both("column_optional_absent", "An optional column is absent.", _without("outcome_detail"), reads={(6, "outcome_detail"): None}),
    *_header_refused("column_missing", "A required column is absent.", _without("referrer"), (1, "referrer", "header.column_missing")),
    *_header_refused(
        "column_misspelt",
        "A required column is misspelt; the nearest name is told.",
        _headed(referrer="Anoncé pas"),
        (1, "referrer", "header.column_missing"),
        (1, "Anoncé pas", "header.column_unknown"),
        suggests={(1, "Anoncé pas"): "Annoncé par"},
        mendable=True,
    ),
    *_header_refused("column_twice", "A column stands twice.", _column("Sexe", "1"), (1, "sex", "header.column_twice")),
    *_header_refused(
        "column_twice_german", "A column stands twice, once in German.", _column("Geschlecht", "1"), (1, "sex", "header.column_twice")
    ),
    *_header_refused(
        "column_unknown_twice",
        "A column nobody asked for stands twice.",
        lambda grid: _column("Remarque", "b")(_column("Remarque", "a")(grid)),
        (1, "Remarque", "header.column_unknown"),
        (1, "Remarque", "header.column_twice"),
    ),
    *both(
        "header_unnamed",
        "A column without name whose cells are filled.",
        _column("", "à voir", "urgent", at=4),
        (1, None, "header.unnamed"),
    ),
    *_header_refused(
        "header_unnamed_required",
        "The name of a required column is blank.",
        _headed(referrer=""),
        (1, "referrer", "header.column_missing"),
        (1, None, "header.unnamed"),
    ),
    *_header_refused("header_repeated", "The header again, further down.", inserting(8, _HEADER), (8, None, "header.repeated"), read=13),
    *_header_refused(
        "header_repeated_below",
        "The header again below the last row, with a row.",
        inserting(14, _HEADER, ["CM-201", *DOSSIERS.grid[1][1:]]),
        (14, None, "header.repeated"),
        read=14,
    ),
    *_header_refused(
        "header_two_lines",
        "The header on two lines: the words of one column below each other.",
        lambda grid: [
            ["No", "No", "Date de", "", "", "Annoncé", "Date", "Date de", "Motif de", ""],
            ["dossier", "AVS", "naissance", "Sexe", "Commune", "par", "d'annonce", "clôture", "clôture", "Précision"],
            *grid[1:],
        ],
        (1, None, "header.two_lines"),
        read=0,
    ),
    *_header_refused(
        "header_two_halves",
        "Half of the names on one line, the others on the next.",
        lambda grid: [[*_HEADER[:5], *[""] * 5], [*[""] * 5, *_HEADER[5:]], *grid[1:]],
        (1, None, "header.two_lines"),
        read=0,
    ),
    *both(
        "header_group_above",
        "A line of groups above the header is a title.",
        inserting(1, ["Personne", "", "", "", "", "Dossier"]),
        at=moved(1),
    ),
    *both("titles_ten", "Ten titles above the header.", inserting(1, *_TITLES[:10]), at=moved(10)),
    *_header_refused("titles_eleven", "An eleventh title.", inserting(1, *_TITLES), (None, None, "header.missing"), read=0),
    *both("title_like_column", "A title that is also the name of a column.", inserting(1, ["Dossier"], ["février 2013"]), at=moved(2)),
)

TRAPS: tuple[Trap, ...] = (*_FILES, *_HEADERS)
