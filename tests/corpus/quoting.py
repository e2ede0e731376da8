"""Quotes and line ends: what stands between two cells and two records, and the line a person sees in an editor."""

from tests.corpus.clean import DOSSIERS, PLACES
from tests.corpus.formats import csv, lines
from tests.corpus.trap import Trap, as_bytes, as_csv, each, moved, setting

_TEXT = lines(DOSSIERS.texts())
_PLACES = lines(PLACES.texts())


def _line_5(text: str) -> list[str]:
    """The places with another line 5."""
    return [*_PLACES[:4], text, *_PLACES[5:]]


def _provider(written: str) -> list[str]:
    """The places with the provider of line 5 as written, quotes and all."""
    return _line_5("P-04;Bureau école;" + written + ";N;PROFESSIONNEL;TOUS;24;21")


def _quoted(text: str) -> str:
    return ";".join(f'"{cell}"' for cell in text.split(";"))


def _reads(name: str, what: str, written: str, value: str, **expected: object) -> Trap:
    """Quoting that is right: the cell is read as the value."""
    return as_csv(name, what, _provider(written), clean=PLACES, reads={(5, "provider"): value}, **expected)


def _broken(name: str, what: str, written: str, **expected: object) -> Trap:
    """Quoting that is wrong costs its line, and that only."""
    return as_csv(name, what, _provider(written), (5, None, "line.quotes"), clean=PLACES, **expected)


_QUOTES = (
    as_csv("all_quoted", "Every cell in quotes.", [_quoted(line) for line in _TEXT]),
    as_csv("header_unquoted", "Every cell of the rows in quotes, the header without.", [_TEXT[0], *map(_quoted, _TEXT[1:])]),
    _reads("quoted_separator", "A separator within quotes.", '"Évologia; Cernier"', "Évologia; Cernier"),
    _reads("quoted_quotes", "Doubled quotes within quotes.", '"Le ""Pont"""', 'Le "Pont"'),
    _reads(
        "quoted_break",
        "A line break within quotes: the lines below stand one further down.",
        '"Évologia\nCernier"',
        "Évologia\nCernier",
        at=moved(1, start=6),
    ),
    _reads("quoted_crlf", "The same with the file's own line end.", '"Évologia\r\nCernier"', "Évologia\nCernier", at=moved(1, start=6)),
    _reads(
        "quoted_breaks", "Three line breaks, a blank line and a separator within quotes.", '"A;\n\n\nB"', "A;\n\n\nB", at=moved(3, start=6)
    ),
    _reads("single_quotes", "Single quotes are letters.", "'Évologia'", "'Évologia'"),
    _reads("single_quote_alone", "An apostrophe alone is a letter.", "L'Areuse d'en bas '", "L'Areuse d'en bas '"),
    _reads("typographic_quotes", "Typographic quotes are letters.", "“Évologia” „Cernier“", "“Évologia” „Cernier“"),
    _broken("quote_in_the_middle", "Quotes around a word in the middle of a cell, not doubled.", 'Atelier "Évologia" Cernier'),
    _broken("quote_for_inches", "One quote in a cell without quotes.", 'Écrans 19"'),
    _broken("quote_never_closed", "A quote that opens and never closes.", '"Évologia'),
    _broken("quote_closed_early", "Letters behind the closing quote.", '"Évo"logia'),
    _broken("quotes_undoubled", "Quotes within quotes, not doubled.", '"Le "Pont""'),
    _broken("quotes_escaped", "Quotes within quotes with a backslash before them.", '"Le \\"Pont\\""'),
    _broken("quotes_after_blank", "A blank between the separator and the quote.", ' "Évologia; Cernier"'),
    as_csv(
        "quote_last_line",
        "The quote of the last line never closes.",
        [*_PLACES[:-1], 'P-12;Informatique;"Réalise;J;PROFESSIONNEL;TOUS;18;13'],
        (13, None, "line.quotes"),
        clean=PLACES,
    ),
    as_csv(
        "quotes_on_two_lines",
        "A quote opens on one line and another closes on the next: two rows, both in error, and none swallowed.",
        [
            *_PLACES[:4],
            'P-04;Bureau;"Évologia;N;PROFESSIONNEL;TOUS;24;21',
            'P-05;Couture;Nähwerk";C;SOCIOPROFESSIONNEL;TOUS;10;7',
            *_PLACES[6:],
        ],
        (5, None, "line.quotes"),
        (6, None, "line.quotes"),
        clean=PLACES,
    ),
    as_csv(
        "quote_before_quoted",
        "A stray quote, and four lines below a cell in right quotes: the lines between are read.",
        [*_provider('"Évologia')[:8], 'P-08;Vélos;"Atelier; Phénix";G;SOCIOPROFESSIONNEL;TOUS;8;8', *_PLACES[9:]],
        (5, None, "line.quotes"),
        clean=PLACES,
        reads={(9, "provider"): "Atelier; Phénix"},
    ),
    as_csv(
        "header_with_break",
        "A header cell over two lines, as Excel saves wrapped text.",
        [_TEXT[0].replace("Date d'annonce", '"Date\nd\'annonce"'), *_TEXT[1:]],
        at=moved(1),
    ),
    as_csv(
        "error_below_break",
        "A wrong date below a cell of two lines bears the line of the editor.",
        lines(setting({(3, "provider"): "Le Phare\nNeuchâtel", (6, "places"): "dix"}, PLACES)(PLACES.texts())),
        (7, "places", "number.format"),
        clean=PLACES,
        at=moved(1, start=4),
        reads={(3, "provider"): "Le Phare\nNeuchâtel"},
    ),
    as_csv(
        "error_within_break",
        "A wrong number in the row that holds the line break bears the line where the row begins.",
        lines(setting({(5, "provider"): "Évologia\nCernier", (5, "places"): "dix"}, PLACES)(PLACES.texts())),
        (5, "places", "number.format"),
        clean=PLACES,
        at=moved(1, start=6),
    ),
    as_csv("row_wrapped", "A record wrapped whole in quotes.", [*_TEXT[:4], f'"{_TEXT[4]}"', *_TEXT[5:]], (5, None, "line.wrapped")),
    as_csv(
        "row_wrapped_doubled",
        "A record with quoted cells wrapped whole in quotes, its own doubled.",
        _line_5('"' + _quoted(_PLACES[4]).replace('"', '""') + '"'),
        (5, None, "line.wrapped"),
        clean=PLACES,
    ),
    as_csv(
        "all_wrapped",
        "Every line wrapped whole in quotes, the header too.",
        [f'"{line}"' for line in _TEXT],
        *each(range(2, 14), None, "line.wrapped"),
        (None, None, "file.no_row"),
        refused="file.no_row",
        read=12,
    ),
    as_csv(
        "rows_wrapped",
        "Every row wrapped whole in quotes, the header not.",
        [_TEXT[0], *(f'"{line}"' for line in _TEXT[1:])],
        *each(range(2, 14), None, "line.wrapped"),
        (None, None, "file.no_row"),
        refused="file.no_row",
        read=12,
    ),
)

_ENDS = (
    as_bytes("ends_lf", "Line ends of Unix.", csv(_TEXT, newline="\n")),
    as_bytes("ends_cr", "Line ends of old Macs.", csv(_TEXT, newline="\r")),
    as_bytes(
        "ends_mixed",
        "Three kinds of line ends in turn.",
        "".join(line + ("\r\n", "\n", "\r")[n % 3] for n, line in enumerate(_TEXT)).encode(),
    ),
    as_bytes("ends_missing", "No line end behind the last line.", csv(_TEXT, last=False)),
    as_bytes("ends_many", "Five blank lines at the end.", csv([*_TEXT, "", "", "", "", ""])),
    as_bytes(
        "ends_of_unicode",
        "Line separators of Unicode within a text are letters.",
        csv(_provider("Évo\u2028logia")),
        clean=PLACES,
        reads={(5, "provider"): "Évo\u2028logia"},
    ),
)

TRAPS: tuple[Trap, ...] = (*_QUOTES, *_ENDS)
