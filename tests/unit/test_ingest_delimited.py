"""CSV files as services write them: every line is accounted for, under the number a person sees in an editor."""

import codecs
from dataclasses import replace

import polars as pl
import pytest

from pipelines.contracts.limits import Limits
from pipelines.ingest.delimited import Layout, careful, split
from pipelines.ingest.intake import Intake, take_in
from tests.unit.ingest_cases import CM_FP, PERIOD, PSET, PSEUDONYMS, csv, found, right_row, table, taken, taken_rows

HEADER = ";".join(field.header for field in PSET.fields)
RIGHT = [";".join(right_row(PSET, number)[field.name] for field in PSET.fields) for number in range(1, 8)]
LAYOUT = Layout(header=("a", "b", "c"), width=3, separator=";", first=0, last=0)


def _taken(*lines: str, newline: str = "\n", encoding: str = "utf-8"):
    return taken(newline.join(lines).encode(encoding), PSET)


def _lines(*lines: str) -> list[int]:
    return _taken(*lines).rows["line"].to_list()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_line_ending_gives_the_same_rows(newline: str) -> None:
    intake = _taken(HEADER, *RIGHT[:3], newline=newline)
    assert intake.rows["line"].to_list() == [2, 3, 4]
    assert intake.findings.is_empty()


def test_mixed_line_endings_and_a_missing_last_one_lose_nothing() -> None:
    assert taken(f"{HEADER}\r\n{RIGHT[0]}\n{RIGHT[1]}\r{RIGHT[2]}".encode(), PSET).rows["line"].to_list() == [2, 3, 4]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (b"", "cp1252"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_any_allowed_encoding_gives_the_same_text(mark: bytes, encoding: str) -> None:
    row = right_row(PSET, provider="Cœur d’Évologia – 5 €")
    intake = taken(mark + csv(table(PSET, [row])).decode().encode(encoding), PSET)
    assert intake.rows["provider"].to_list() == ["Cœur d’Évologia – 5 €"]


@pytest.mark.parametrize("byte", [b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"])
def test_bytes_that_fit_no_encoding_refuse_the_file_and_say_where(byte: bytes) -> None:
    intake = taken("é".encode("cp1252") + byte + csv(table(PSET, [right_row(PSET)])), PSET)
    assert intake.reason == "file.encoding"
    assert "octet 1" in intake.findings["message"][0]


def test_bytes_that_belie_their_byte_order_mark_refuse_the_file() -> None:
    intake = taken(codecs.BOM_UTF8 + "é".encode("cp1252") + csv(table(PSET, [right_row(PSET)])), PSET)
    assert (intake.reason, "octet 3" in intake.findings["message"][0]) == ("file.encoding", True)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("declared", [False, True])
def test_any_separator_is_found_declared_or_not(separator: str, declared: bool) -> None:
    lines = [line.replace(";", separator) for line in (HEADER, RIGHT[0])]
    intake = _taken(*[f"sep={separator}"] * declared, *lines)
    assert intake.rows["line"].to_list() == [2 + declared]
    assert intake.findings.is_empty()


def test_up_to_ten_title_lines_and_blank_ones_stand_above_the_header() -> None:
    titles = [f"Titre {number};;" for number in range(9)]
    assert _lines("", *titles, ";;;", "Places par programme, «essai»", "", HEADER, RIGHT[0], RIGHT[1]) == [15, 16]


def test_an_eleventh_title_line_is_one_too_many() -> None:
    intake = _taken(*[f"Titre {number}" for number in range(11)], HEADER, RIGHT[0])
    assert intake.reason == "header.missing"
    assert "lignes regardées: 11" in intake.findings["message"][0]


def test_a_title_that_is_also_a_column_name_is_no_header() -> None:
    assert _lines("Programme", "Public;2013", HEADER, RIGHT[0]) == [4]


def test_a_header_over_several_lines_is_one_line_of_cells() -> None:
    header = HEADER.replace("No programme", '"No\nprogramme"')
    assert _lines(header, RIGHT[0]) == [3]


def test_blank_lines_and_trailing_separators_are_passed_over_anywhere() -> None:
    assert _lines(HEADER, "", RIGHT[0] + ";;;", ";;;;;;;", ";;", "   ", '"";""', RIGHT[1], "", RIGHT[2] + ";", "") == [3, 8, 10]


def test_trailing_separators_behind_the_header_change_nothing() -> None:
    assert _lines(HEADER + ";;;", RIGHT[0] + ";;;", RIGHT[1], RIGHT[2] + ";;;;") == [2, 3, 4]


def test_a_quoted_cell_may_hold_separators_quotes_and_line_breaks() -> None:
    wild = RIGHT[1].replace("1.2 provider", '"Société ""Le Pont""; \nNeuchâtel\n\nSuisse"')
    intake = _taken(HEADER, RIGHT[0], wild, RIGHT[2])
    assert intake.rows["line"].to_list() == [2, 3, 7]
    assert intake.rows["provider"][1] == 'Société "Le Pont"; \nNeuchâtel\n\nSuisse'


def test_a_file_with_every_cell_quoted_is_a_regular_file() -> None:
    quoted = [";".join(f'"{cell}"' for cell in line.split(";")) for line in (HEADER, *RIGHT)]
    assert _taken(*quoted).rows.equals(_taken(HEADER, *RIGHT).rows)


def _shift(line: str) -> str:
    return line.replace("1.2 provider", "1.2; provider")


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (_shift(RIGHT[1]), "line.cells"),
        (RIGHT[1].rpartition(";")[0], "line.cells"),
        (RIGHT[1].replace(";", ","), "line.cells"),
        (f'"{RIGHT[1]}"', "line.wrapped"),
        (RIGHT[1].replace("1.2 provider", 'Le "Pont"'), "line.quotes"),
        (RIGHT[1].replace("1.2 provider", 'Ecran 19"'), "line.quotes"),
        (RIGHT[1].replace("1.2 provider", '"Le Pont'), "line.quotes"),
        (RIGHT[1].replace("1.2 provider", '"Le" Pont'), "line.quotes"),
        (RIGHT[1].replace("1.2 provider", '"Le "Pont""'), "line.quotes"),
    ],
)
def test_a_broken_line_is_an_error_by_itself_and_the_next_is_read_as_if_nothing_had_been(broken: str, rule: str) -> None:
    intake = _taken(HEADER, RIGHT[0], broken, *RIGHT[2:])
    assert found(intake) == [(3, None, rule)]
    assert intake.findings["cell"].to_list() == [None], "nobody knows which column a value belongs to"
    assert intake.rows["line"].to_list() == [2, 4, 5, 6, 7, 8]
    assert (intake.rows_read, intake.rows_rejected) == (7, 1)


@pytest.mark.parametrize("inside", [RIGHT[1], RIGHT[1].replace("1.2 provider", '""Le Pont; Nord""'), f"{RIGHT[1]};;"])
@pytest.mark.parametrize("behind", ["", ";;;"])
def test_a_record_wrapped_whole_in_quotes_is_told_as_such(inside: str, behind: str) -> None:
    intake = _taken(HEADER, RIGHT[0], f'"{inside}"{behind}', RIGHT[2])
    assert found(intake) == [(3, None, "line.wrapped")]
    assert intake.rows["line"].to_list() == [2, 4]


def test_a_whole_cell_in_quotes_that_is_no_record_is_not_called_one() -> None:
    assert found(_taken(HEADER, RIGHT[0], '"Places; programmes"', RIGHT[1])) == [(3, None, "line.cells")]


def test_a_file_whose_every_line_is_wrapped_says_so_of_each() -> None:
    intake = _taken(*(f'"{line}"' for line in (HEADER, *RIGHT)))
    assert (intake.accepted, intake.rows_read, intake.rows_rejected) == (False, 7, 7)
    assert intake.findings["rule"].to_list().count("line.wrapped") == 7


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x08", "\v", "\f", "\x1b", "\x1f", "\x7f"])
def test_a_control_byte_costs_its_line_and_ends_none(sign: str) -> None:
    intake = _taken(HEADER, RIGHT[0], RIGHT[1].replace("1.2 provider", f"a{sign}b"), RIGHT[2])
    assert found(intake) == [(3, None, "line.control")]
    assert intake.rows["line"].to_list() == [2, 4]


@pytest.mark.parametrize("line", ["x\0y", '"x\0\ny"' + ";" * 7, RIGHT[1] + ";\0"])
def test_a_control_byte_is_told_first_of_all_that_is_wrong_with_a_line(line: str) -> None:
    assert found(_taken(HEADER, RIGHT[0], line, RIGHT[2])) == [(3, None, "line.control")]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_no_other_sign_ends_a_line_as_in_an_editor(sign: str) -> None:
    intake = _taken(HEADER, RIGHT[0], RIGHT[1].replace("1.2 provider", f"a{sign}b"), RIGHT[2])
    assert intake.rows["line"].to_list() == [2, 3, 4]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_return_within_quotes_ends_a_line_as_in_an_editor(newline: str) -> None:
    wild = RIGHT[1].replace("1.2 provider", '"Le\rPont\r\nNord\nSud"')
    intake = _taken(HEADER, RIGHT[0], wild, RIGHT[2], newline=newline)
    assert intake.rows["line"].to_list() == [2, 3, 7]
    assert intake.rows["provider"][1] == "Le\nPont\nNord\nSud"


def test_doubled_returns_are_blank_lines_as_in_an_editor() -> None:
    assert taken("\r\r\n".join([HEADER, *RIGHT[:2]]).encode(), PSET).rows["line"].to_list() == [3, 5]


def test_a_line_says_how_many_cells_it_has() -> None:
    intake = _taken(HEADER, RIGHT[0], _shift(RIGHT[1]), *RIGHT[2:])
    assert "cellules: 9 au lieu de 8" in intake.findings["message"][0]


def test_a_stray_quote_swallows_no_line_up_to_the_next_quoted_cell() -> None:
    stray = RIGHT[1].replace("1.2 provider", '"Le Pont')
    quoted = RIGHT[4].replace("1.5 provider", '"A;B"')
    intake = _taken(HEADER, RIGHT[0], stray, RIGHT[2], RIGHT[3], quoted, *RIGHT[5:])
    assert found(intake) == [(3, None, "line.quotes")]
    assert intake.rows["line"].to_list() == [2, 4, 5, 6, 7, 8]


def test_two_stray_quotes_on_neighbouring_lines_cost_these_two_lines() -> None:
    first, second = RIGHT[1].replace("1.2 provider", '"Le Pont'), RIGHT[2].replace("1.3 provider", 'La Rive"')
    intake = _taken(HEADER, RIGHT[0], first, second, *RIGHT[3:])
    assert found(intake) == [(3, None, "line.quotes"), (4, None, "line.quotes")]
    assert intake.rows["line"].to_list() == [2, 5, 6, 7, 8]


def test_two_stray_quotes_cost_their_two_lines_where_the_second_row_lacks_a_value_too() -> None:
    first, second = RIGHT[1].replace("1.2 provider", '"Le Pont'), RIGHT[2].replace("1.3 provider", 'La Rive"').rpartition(";")[0] + ";"
    assert found(_taken(HEADER, RIGHT[0], first, second, *RIGHT[3:])) == [(3, None, "line.quotes"), (4, None, "line.quotes")]


def test_a_separator_within_a_whole_quoted_cell_makes_no_row_of_a_line_that_goes_on_below() -> None:
    wild = right_row(PSET, 2) | {"provider": '"Le Pont, Nord"', "programme": '"La Rive\n, Sud"'}
    rows = [",".join(row[field.name] for field in reversed(PSET.fields)) for row in (right_row(PSET, 1), wild, right_row(PSET, 3))]
    header = ",".join(field.header for field in reversed(PSET.fields))
    intake = _taken(*(f"{line},,,,,,," for line in (header, *rows)))
    assert found(intake) == [] and intake.rows["line"].to_list() == [2, 3, 5]
    assert (intake.rows["provider"][1], intake.rows["programme"][1]) == ("Le Pont, Nord", "La Rive\n, Sud")


def test_doubled_quotes_within_such_a_cell_change_nothing() -> None:
    provider, programme = '"Le ""Pont""; Nord; Sud; Est; Ouest; Centre"', '"La\nRive"'
    wild = right_row(PSET, 2) | {"programme": programme, "provider": provider, "programme_id": '"Mai; Juin; Juillet; Août\n2"'}
    order = ["branch", "category", "audience", "places", "programme_id", "provider", "programme", "occupied"]
    rows = [";".join(row[name] for name in order) for row in (right_row(PSET, 1), wild, right_row(PSET, 3))]
    intake = _taken(";".join(PSET.by_name[name].header for name in order), *rows)
    assert found(intake) == [] and intake.rows["line"].to_list() == [2, 3, 6]


@pytest.mark.parametrize("behind", range(8))
@pytest.mark.parametrize("text", ["410\n;;z", "Nord\nle lundi; le mardi; le jeudi"])
def test_blank_columns_behind_a_text_that_goes_on_below_make_no_row_of_its_last_line(text: str, behind: int) -> None:
    rows = [right_row(PSET, 1), right_row(PSET, 2) | {"programme_id": f'"{text}"'}, right_row(PSET, 3)]
    lines = [[field.header for field in PSET.fields], *([row[field.name] for field in PSET.fields] for row in rows)]
    intake = _taken(*(";".join(reversed(line)) + ";" * behind for line in lines))
    assert found(intake) == [] and intake.rows["line"].to_list() == [2, 3, 5]
    assert intake.rows["programme_id"][1] == text


@pytest.mark.parametrize("behind", [0, 3])
def test_two_stray_quotes_cost_their_two_lines_where_the_last_columns_of_a_row_are_empty_too(behind: int) -> None:
    order = [field for field in CM_FP.fields if field.required] + [field for field in CM_FP.fields if not field.required]
    header = ";".join(field.header for field in order) + ";" * behind
    first, second, third = ([right_row(CM_FP, number)[field.name] if field.required else "" for field in order] for number in (1, 2, 3))
    first[3], second[1] = '"x', 'x"'
    intake = taken("\n".join([header, *(";".join(row) + ";" * behind for row in (first, second, third))]).encode(), CM_FP)
    assert found(intake) == [(2, None, "line.quotes"), (3, None, "line.quotes")] and intake.rows["line"].to_list() == [4]


def test_a_value_beyond_the_named_columns_is_a_shifted_line_even_under_blank_headers() -> None:
    intake = _taken(HEADER + ";;", RIGHT[0] + ";;", _shift(RIGHT[1]) + ";", *[line + ";;" for line in RIGHT[2:]])
    assert found(intake) == [(3, None, "line.cells")]


def test_a_line_of_another_shape_is_not_padded() -> None:
    assert _taken(HEADER, *RIGHT, "1.9 x;1.9 y;1.9 z").findings["rule"].to_list() == ["line.cells"]


def test_an_empty_file_and_one_of_blank_lines_are_refused_as_empty() -> None:
    assert [taken(content, PSET).reason for content in (b"", b"\r\n \r\n;;;\r\n", codecs.BOM_UTF8)] == ["file.empty"] * 3


def test_a_text_that_names_no_column_has_no_header() -> None:
    intake = _taken(*RIGHT)
    assert (intake.reason, intake.rows_read) == ("header.missing", 0)


def test_an_empty_delivery_is_valid() -> None:
    intake = _taken(HEADER)
    assert (intake.accepted, intake.rows_read, intake.findings.height) == (True, 0, 0)


def test_total_lines_and_footnotes_are_skipped_and_counted() -> None:
    intake = _taken(
        HEADER, RIGHT[0], ";;;;;;17;12", "Total général;;;;;;", RIGHT[1], ";Total;;;;;17;12", "", "Source: SEMP", "état au 1.3.2013;"
    )
    assert found(intake)[0] == (3, "audience", "value.required"), "sums without the word are a row like another"
    assert found(intake)[-1] == (4, None, "line.cells"), "its key is filled: not a total line"
    assert (intake.rows_read, intake.lines_skipped, intake.rows_rejected, intake.rows_loaded) == (7, 3, 2, 2)


def test_a_subtotal_between_rows_is_skipped_too() -> None:
    intake = _taken(HEADER, RIGHT[0], ";Total intermédiaire;3;4;5;6;7;8", RIGHT[1])
    assert (intake.rows["line"].to_list(), intake.lines_skipped, intake.findings.height) == ([2, 4], 1, 0)


def test_a_footnote_has_two_cells_at_most() -> None:
    two, three = "état au;1.3.2013;;;;;;", "état au;1.3.2013;provisoire;;;;;"
    assert [(_taken(HEADER, *RIGHT, note).lines_skipped, _taken(HEADER, *RIGHT, note).rows_rejected) for note in (two, three)] == [
        (1, 0),
        (0, 1),
    ]


def test_a_note_beside_an_otherwise_blank_line_is_reported_and_not_lost() -> None:
    intake = _taken(HEADER, RIGHT[0], ";;;;;;;;note", RIGHT[1])
    assert (found(intake), intake.rows_read) == ([(3, None, "line.cells")], 3)


def test_a_total_line_with_many_cells_after_the_last_row_hides_no_footnote() -> None:
    intake = _taken(HEADER, RIGHT[0], "Source: SEMP", "TOTAL", ";TOTAL;3;4;5;6;7;8")
    assert (intake.rows_loaded, intake.lines_skipped, intake.findings.height) == (1, 3, 0)


def test_a_line_of_one_or_two_cells_between_rows_is_no_footnote() -> None:
    intake = taken_rows(PSET, right_row(PSET, 1), {"programme_id": "1.2", "programme": "x"}, right_row(PSET, 3))
    assert (intake.rows_rejected, intake.lines_skipped) == (1, 0)


def test_the_rows_of_a_table_of_two_columns_are_no_footnotes() -> None:
    narrow = replace(PSET, fields=PSET.fields[:2])
    intake = taken(b"No programme;Programme\n1;a\n2;b\nSource: SEMP;\n", narrow)
    assert (intake.rows["line"].to_list(), intake.lines_skipped) == ([2, 3], 1)


@pytest.mark.parametrize(
    "last",
    [
        "P9;Prog 9",
        "P9;Prog 9;;;;;;",
        "P9;Cuisine du Nord;;;;;;",
        ";Cuisine du Nord;CNIP;;;;;",
        "P9;;;;;;;",
        ";;;;;;17;12",
        "P9,Prog 9,CNIP,C,PROFESSIONNEL,TOUS,5,4",
        "Cuisine du Nord,CNIP",
        "Cuisine du Nord\tCNIP",
        ",Total des cuisines,CNIP",
        'Cuisine du Nord "Le Pont"',
        '"Cuisine du Nord',
        "Cuisine du Nord;;;;;;;;x",
        ";Total du Nord;CNIP;C;PROFESSIONNEL;TOUS;5;4;x",
    ],
)
def test_a_last_line_that_may_be_a_row_is_an_error_and_no_footnote(last: str) -> None:
    intake = _taken(HEADER, *RIGHT, last)
    assert (intake.rows_loaded, intake.rows_rejected, intake.lines_skipped) == (7, 1, 0)
    assert intake.findings["line"].unique().to_list() == [9]
    above = _taken(HEADER, *RIGHT, "Source: SEMP", last)
    assert (above.rows_loaded, above.rows_rejected, above.lines_skipped) == (7, 2, 0), "what stands above a row is no footnote"


@pytest.mark.parametrize(
    "note", ["Source: SEMP", "Source: SEMP, ORP;;;;;;;", "Places occupées : état au dernier jour.;;;;;;;", "Total;;;;;;;"]
)
def test_a_sentence_in_the_first_column_below_the_rows_is_a_footnote(note: str) -> None:
    intake = _taken(HEADER, *RIGHT, note, ";Total;;;;;17;12", note)
    assert (intake.rows_loaded, intake.lines_skipped, intake.findings.height) == (7, 3, 0)


def test_a_footnote_under_a_table_that_begins_in_its_second_column_is_one() -> None:
    shifted = [";" + line for line in (HEADER, *RIGHT, "Source: SEMP;;;;;;;")]
    assert (_taken(*shifted).rows_loaded, _taken(*shifted).lines_skipped) == (7, 1)


def _no_rows() -> dict[str, list[str]]:
    return {
        "commas under semicolons": [HEADER, *(line.replace(";", ",") for line in RIGHT)],
        "semicolons under tabs": [HEADER.replace(";", "\t"), *RIGHT],
        "two cells each": [HEADER, *(";".join(line.split(";")[:2]) + ";;;;;;" for line in RIGHT)],
        "two cells each, cut": [HEADER, *(";".join(line.split(";")[:2]) for line in RIGHT)],
        "two sentences each": [HEADER, *["Cuisine du Nord;CNIP et Caritas;;;;;;"] * 8],
        "one line of commas": [HEADER, RIGHT[0].replace(";", ",")],
        "nothing but a note": [HEADER, "Aucun programme ce mois"],
        "nothing but a note in its cell": [HEADER, "Aucun programme ce mois;;;;;;;"],
        "a note and a total": [HEADER, "Aucun programme ce mois", ";Total;;;;;0;0"],
        "a stray quote": [HEADER, '"Aucun programme ce mois'],
    }


@pytest.mark.parametrize("kind", _no_rows())
def test_a_file_without_any_row_that_can_be_read_never_says_that_there_is_nothing_to_report(kind: str) -> None:
    intake = _taken(*_no_rows()[kind])
    assert (intake.accepted, intake.reason, intake.rows_loaded) == (False, "file.no_row", 0)
    assert intake.rows_rejected > 0


def test_an_empty_delivery_may_have_a_total_line() -> None:
    intake = _taken(HEADER, ";Total;;;;;0;0")
    assert (intake.accepted, intake.rows_read, intake.lines_skipped, intake.findings.height) == (True, 1, 1, 0)


def test_lines_of_nothing_but_words_for_empty_are_blank_in_both_ways_of_reading() -> None:
    blank = ["-;-;-;-;-;-;-;-", '"#N/A"; n/a ;;;" - ";;;NULL', "n/a;;;;;;;;;;", '"- ";"";;;;;;;;']
    assert _lines(HEADER, RIGHT[0], *blank, RIGHT[1]) == [2, 7]
    assert _taken(HEADER, RIGHT[0], *blank, RIGHT[1]).rows_read == 2


@pytest.mark.parametrize("marker", ["", "-", "n/a", "N/A", "NULL", "null", "#N/A", " - ", "\u00a0"])
def test_every_marker_of_emptiness_is_a_missing_value(marker: str) -> None:
    intake = taken_rows(PSET, right_row(PSET, occupied=marker))
    assert found(intake) == [(2, "occupied", "value.required")]


def test_both_ways_of_reading_say_the_same_of_regular_lines() -> None:
    lines = ["a;b;c", '"a";"b b";c', ";;", '"";x;', " a ; b;\t", "é;’;\u00a0"]
    slow = {record.line: record.cells for record in careful(lines, range(len(lines)), layout=LAYOUT)}
    fast = dict(enumerate(list(row) for row in split(pl.Series(lines), LAYOUT).rows()))
    assert slow == {line: cells for line, cells in fast.items() if any(cell.strip() for cell in cells)}


def test_lines_that_do_not_stand_together_are_never_one_record() -> None:
    records = list(careful(['x;"a', 'b";y'], [5, 7], layout=LAYOUT))
    assert [(record.line, record.broken) for record in records] == [(5, "line.quotes"), (7, "line.quotes")]
    assert [(record.line, record.cells) for record in careful(['x;"a', 'b";y'], [5, 6], layout=LAYOUT)] == [(5, ["x", "a\nb", "y"])]


# -- limits ---------------------------------------------------------------------------------------------------------------


def _limited(limits: Limits, *lines: str) -> Intake:
    return take_in("\n".join(lines).encode(), "livraison", export=PSET, period=PERIOD, pseudonyms=PSEUDONYMS, limits=limits)


@pytest.mark.parametrize("cell", ["x" * 51, "é" * 51, '"' + "x" * 51 + '"', '"' + "x;" * 26 + '"', '"' + "x" * 30 + "\n" + "x" * 20 + '"'])
def test_a_cell_beyond_the_limit_costs_its_line_only(cell: str) -> None:
    intake = _limited(Limits(cell_length=50), HEADER, RIGHT[0], RIGHT[1].replace("1.2 provider", cell), RIGHT[2])
    assert found(intake) == [(3, None, "cell.too_long")]
    assert intake.rows_loaded == 2


@pytest.mark.parametrize("cell", ["x" * 50, "é" * 50, '"' + "x" * 30 + "\n" + "x" * 19 + '"'])
def test_a_cell_at_the_limit_is_read(cell: str) -> None:
    assert _limited(Limits(cell_length=50), HEADER, RIGHT[0].replace("1.1 provider", cell)).rows_loaded == 1


@pytest.mark.parametrize("last", [RIGHT[3], f"{RIGHT[3]};x", RIGHT[3].replace("1.4 provider", '"a;b"')])
def test_more_rows_than_the_limit_refuse_the_file(last: str) -> None:
    intake = _limited(Limits(rows=3), HEADER, *RIGHT[:3], "", last)
    assert intake.reason == "file.too_large"
    assert "lignes, au plus 3" in intake.findings["message"][0]
    assert _limited(Limits(rows=3), HEADER, *RIGHT[:3], "", ";;;").rows_loaded == 3


def test_more_columns_than_the_limit_refuse_the_file() -> None:
    assert _limited(Limits(columns=7), HEADER, RIGHT[0]).reason == "file.too_large"
    assert _limited(Limits(columns=8), HEADER, RIGHT[0]).rows_loaded == 1


def test_a_line_with_more_cells_than_the_limit_costs_itself_only() -> None:
    intake = _limited(Limits(columns=8), "Titre" + ";x" * 100, HEADER, RIGHT[0], RIGHT[1] + ";x" * 100, RIGHT[2])
    assert (found(intake), intake.rows_loaded) == ([(4, None, "line.cells")], 2)


def test_a_value_far_behind_the_named_columns_is_not_passed_over() -> None:
    intake = _limited(Limits(columns=8), HEADER, RIGHT[0], RIGHT[1] + ";" * 50 + "x", RIGHT[2])
    assert (found(intake), intake.rows_loaded) == ([(3, None, "line.cells")], 2)


# -- tables below the rows ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "second",
    [
        ["Organisateur;Total", "CNIP;12", "Caritas;5"],
        ["Organisateur;Total;;;;;;", "CNIP;12;;;;;;", "Caritas;5;;;;;;"],
        ["Mois;Nombre;Part", "janvier;12;50", "février;12;50"],
        ["CNIP;12", "Caritas;5", "Autres;1"],
        ["Organisateur,Total", "CNIP,12", "Caritas,5"],
    ],
)
def test_nothing_of_a_second_table_is_loaded_or_passed_over_in_silence(second: list[str]) -> None:
    intake = _taken(HEADER, *RIGHT, "", *second)
    assert (intake.rows_read, intake.rows_loaded, intake.rows_rejected) == (10, 7, 3)
    assert intake.findings["line"].unique().to_list() == [10, 11, 12]


def test_a_second_table_of_the_same_kind_refuses_the_file() -> None:
    intake = _taken(HEADER, *RIGHT[:3], "", "Autres places", HEADER, *RIGHT[3:])
    assert (intake.reason, intake.findings.filter(pl.col("rule") == "header.repeated")["line"].to_list()) == ("header.repeated", [7])


@pytest.mark.parametrize("note", ["Source", "*", "¹", "*)", "2013", "01.03.2013", "Remarques:"])
def test_a_mark_below_the_rows_that_is_no_sentence_is_an_error_and_not_passed_over(note: str) -> None:
    for line in (note, f"{note};;;;;;;"):
        intake = _taken(HEADER, *RIGHT, line)
        assert (intake.rows_loaded, intake.rows_rejected, intake.lines_skipped) == (7, 1, 0)


@pytest.mark.parametrize("note", ["¹ voir remarque", "* état provisoire", "Source : SEMP"])
def test_a_sentence_behind_a_mark_right_below_the_rows_is_a_footnote(note: str) -> None:
    assert (_taken(HEADER, *RIGHT, note).rows_loaded, _taken(HEADER, *RIGHT, note).lines_skipped) == (7, 1)
