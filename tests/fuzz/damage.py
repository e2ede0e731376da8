"""Ways to damage a file: bytes cut, flipped, doubled, moved and put in, with a liking for what means something to a reader."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.corpus.clean import ATELIERS, DOSSIERS, PLACES, Clean

_NAMES = [cell for clean in (DOSSIERS, PLACES, ATELIERS) for cell in clean.grid[0]]

# What a reader of CSV trips over, as text: quotes, separators, line ends, marks, names of columns, words, numbers without end.
WORDS = [
    *('"', '""', '"""', ";", ";;", ",", "\t", "|", "\n", "\r", "\r\n", "\r\r\n", '"\n"', '";"', ';"', '";', "'", "\\", " "),
    *("\0", "\ufeff", "\u2028", "\u00a0", "\v", "\f", "\x1a", "\x1b", "\x85", "\ufffd", "Ã©", "ﬁ", "̈", "٣", "１", "\u200b", "𝟗", "²"),
    *(
        "sep=;",
        "sep=,\n",
        "Total",
        ";Total;",
        "Source: SFPO",
        "#N/A",
        "#REF!",
        "=1+1",
        "NULL",
        "-",
        "X",
        "*",
        "<30",
        "...",
        "NaN",
        "inf",
        "1e999",
    ),
    *(
        "9" * 40,
        "-" + "9" * 400,
        "0" * 300,
        "1" * 5000,
        "7.56922E+12",
        "31.02.2013",
        "00.00.0000",
        "99.99.99999",
        "x" * 40_000,
        ";" * 400,
        '"' * 401,
    ),
    *_NAMES,
    ";".join(DOSSIERS.grid[0]),
    ";".join(DOSSIERS.grid[3]),
]

# What a reader of a sheet trips over.
MARKUP = [
    *(
        '<c r="A1" t="s"><v>99999999</v></c>',
        '<c r="XFD1048576"><v>1</v></c>',
        '<c r="A1048576"><v>1</v></c>',
        '<c r="ZZZZZZ9"/>',
        '<c r=""/>',
    ),
    *(
        '<c t="s"><v>-1</v></c>',
        '<c t="e"><v>#REF!</v></c>',
        '<c t="b"><v>2</v></c>',
        '<c t="d"><v>2013-02-31</v></c>',
        '<c t="n"><v>1e999</v></c>',
    ),
    *(
        '<c s="99999"><v>41000</v></c>',
        '<c s="1"><v>-41000</v></c>',
        '<c s="1"><v>1e17</v></c>',
        "<v>NaN</v>",
        "<v></v>",
        "<f>A1</f>",
        '<f t="shared" si="9"/>',
    ),
    *(
        '<row r="4294967296">',
        '<row r="0">',
        '<row r="-1">',
        "</row>",
        "</sheetData>",
        "<sheetData>",
        '<dimension ref="A1:XFD1048576"/>',
        '<dimension ref="B2:A1"/>',
    ),
    *(
        '<mergeCell ref="A1:XFD1048576"/>',
        '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
        '<mergeCell ref="?"/>',
        'state="hidden"',
    ),
    *(
        '<sheet name="Feuil1" sheetId="1" r:id="rId1"/>',
        '<sheet name="x" sheetId="2" r:id="rId99"/>',
        'date1904="1"',
        "<si><t>x</t></si>",
        "<si/>",
        'count="4294967295"',
    ),
    *(
        "&#0;",
        "&#x110000;",
        "&lol;",
        "&amp",
        "<!--",
        "<![CDATA[",
        "]]>",
        '<!DOCTYPE x [<!ENTITY lol "lol">]>',
        "<",
        ">",
        '"',
        "\0",
        "\xff",
        "_x0000_",
        "_x000D_",
    ),
]


@dataclass(frozen=True)
class Blow:
    """One act of damage: what is done, from where and to where (as shares of the file), and what is put in.

    On an edge it is done where something begins: a tag of XML, a cell of CSV.
    """

    act: str
    start: float
    end: float
    length: int
    put: str | bytes
    on_edge: bool


_ACTS = ("put", "cut", "overwrite", "flip", "double", "move", "tail")


def blows(words: Sequence[str], most: int = 4) -> st.SearchStrategy[list[Blow]]:
    """A few acts of damage."""
    share = st.floats(0, 1, exclude_max=True, allow_subnormal=False)
    put = st.one_of(st.sampled_from(words), st.text(max_size=3), st.binary(min_size=1, max_size=4))
    blow = st.builds(Blow, st.sampled_from(_ACTS), share, share, st.integers(1, 60), put, st.booleans())
    return st.lists(blow, min_size=1, max_size=most)


def struck(content: bytes, damage: Sequence[Blow], *, edge: bytes, encoding: str = "utf-8") -> bytes:
    """The bytes after the damage."""
    for blow in damage:
        put = blow.put if isinstance(blow.put, bytes) else blow.put.encode(encoding, "ignore")
        at, to = int(blow.start * len(content)), int(blow.end * len(content))
        if blow.on_edge:
            at, to = (max(0, content.find(edge, place)) for place in (at, to))
        content = _after(content, blow, put, at=at, to=to)
    return content


def _after(content: bytes, blow: Blow, put: bytes, *, at: int, to: int) -> bytes:
    span = content[at : at + blow.length]
    match blow.act:
        case "put":
            return content[:at] + put + content[at:]
        case "cut":
            return content[:at] + content[at + blow.length :]
        case "overwrite":
            return content[:at] + put + content[at + len(put) :]
        case "flip":
            return content[:at] + bytes(byte ^ (1 << blow.length % 8) for byte in span[:1]) + content[at + 1 :]
        case "double":
            return content[:at] + span * 2 + content[at + len(span) :]
        case "move":
            return content[:to] + span + content[to:]
        case _:
            return content[:at]


def repacked(content: bytes, part: int, damage: Sequence[Blow]) -> bytes:
    """The workbook with damage to one of its parts, every other time the sheet, in a ZIP that is whole."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        names = archive.namelist()
        hit = "xl/worksheets/sheet1.xml" if part % 2 else names[part // 2 % len(names)]
        for name in names:
            held = archive.read(name)
            made.writestr(name, struck(held, damage, edge=b"<") if name == hit else held)
    return file.getvalue()


def lines_of(clean: Clean, *, quoted: bool, separator: str) -> list[str]:
    """A clean delivery as lines; with quotes around every cell, or around none."""
    around = '"' if quoted else ""
    return [separator.join(f"{around}{cell}{around}" for cell in row) for row in clean.grid]
