"""Encodings: what is read, what is refused with its place, and text that was decoded wrongly before it came."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.text import is_mangled, mended
from tests.unit.ingest_cases import CM_FP, PSET, csv, found, right_row, table, taken, taken_rows, xlsx

LINES = table(CM_FP, [right_row(CM_FP, number, referrer="École") for number in range(1, 4)])


def _refusal(content: bytes) -> str:
    intake = taken(content)
    assert intake.reason == "file.encoding"
    return str(intake.findings["message"][0])


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("line", [1, 3, 4])
def test_bytes_that_fit_no_encoding_are_said_by_offset_and_line(line: int, newline: str) -> None:
    before = csv(LINES[: line - 1], newline=newline, encoding="cp1252")
    message = _refusal(before + b"\x81" + csv(LINES[line - 1 :], newline=newline, encoding="cp1252"))
    assert f"(octet {len(before)}, ligne {line})" in message


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_half_a_sign_of_utf_16_is_said_by_offset_and_line(mark: bytes, encoding: str) -> None:
    before = mark + csv(LINES[:2], encoding=encoding)
    half = "\U0001f600".encode(encoding)[:2]
    assert f"(octet {len(before)}, ligne 3)" in _refusal(before + half + csv(LINES[2:], encoding=encoding))
    whole = mark + csv(LINES, encoding=encoding)
    assert f"(octet {len(whole) - 2}, ligne 4)" in _refusal(whole[:-1]), "cut within the line end of line 4"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_without_its_mark_is_refused_and_named(encoding: str) -> None:
    assert "UTF-16 sans sa marque" in _refusal(csv(LINES, encoding=encoding))


@pytest.mark.parametrize(("encoding", "name"), [("cp850", "DOS (cp850)"), ("mac_roman", "Mac OS Roman")])
def test_an_encoding_of_an_old_machine_is_named_where_bytes_fit_no_other(encoding: str, name: str) -> None:
    rows = [["Zürich ü", "Société de Neuchâtel à l'été, où l'on reçoit", "Å"]] * 3
    assert name in _refusal(csv([*LINES, *rows], encoding=encoding))


def test_what_looks_like_no_encoding_is_not_guessed() -> None:
    assert "semble" not in _refusal(b"\x81" + csv(LINES))


def test_one_line_of_windows_1252_in_utf_8_is_said_with_its_line_and_mangles_nothing() -> None:
    content = csv(LINES[:3]) + "Neuchâtel".encode("cp1252") + csv(LINES[3:])
    assert f"(octet {len(csv(LINES[:3])) + 5}, ligne 4)" in _refusal(content)


def test_capitals_before_a_quotation_mark_do_not_make_windows_1252_pass_for_utf_8() -> None:
    intake = taken(b"CAF\xc9\xbb\r\n" + csv(LINES, encoding="cp1252"))
    assert (intake.accepted, intake.rows["line"].to_list()) == (True, [3, 4, 5])


def test_the_end_of_file_sign_of_dos_is_no_line() -> None:
    assert taken(csv(LINES) + b"\x1a").rows_read == 3


@pytest.mark.parametrize(
    "content",
    [
        csv(LINES[:1], encoding="cp850"),
        csv(LINES, encoding="mac_roman"),
        csv(LINES).decode("mac_roman").encode(),
        csv([["No dossier", "No AVS", "Date de cl\ufffdture"]]),
        csv([["No dossier", "No AVS", "Remarque libÃ©rÃ©e"]]),
        xlsx([[cell.encode().decode("cp1252") for cell in LINES[0]], *LINES[1:]]),
    ],
)
def test_headers_whose_accents_were_lost_refuse_the_file_and_are_told_once(content: bytes) -> None:
    intake = taken(content)
    assert intake.reason == "header.mangled"
    assert [rule for _, _, rule in found(intake)].count("header.mangled") == 1


def test_headers_that_are_told_as_mangled_are_not_missing_too() -> None:
    intake = taken(csv(LINES).decode("cp1252").encode())
    assert found(intake) == [(1, None, "header.mangled")]
    assert "«Date de clÃ´ture»" in intake.findings["message"][0]
    assert intake.rows_read == 3


@pytest.mark.parametrize("write", [csv, xlsx])
def test_a_mangled_text_is_loaded_with_a_warning_that_says_what_it_was(write) -> None:
    intake = taken(write(table(PSET, [right_row(PSET, 1), right_row(PSET, 2, provider="NeuchÃ¢tel"), right_row(PSET, 3)])), PSET)
    assert found(intake) == [(3, "provider", "text.mangled")]
    assert intake.findings.select("cell", "suggestion").rows() == [("NeuchÃ¢tel", "Neuchâtel")]
    assert (intake.rows_loaded, intake.rows["provider"][1]) == (3, "NeuchÃ¢tel")


def test_a_text_whose_letters_are_lost_has_no_suggestion() -> None:
    intake = taken_rows(PSET, right_row(PSET, provider="Neuch\ufffdtel"))
    assert intake.findings.select("rule", "suggestion").rows() == [("text.mangled", None)]


def test_a_suggestion_shows_nobody() -> None:
    intake = taken_rows(PSET, right_row(PSET, provider="nÃ©e en 5.7.1994, NeuchÃ¢tel"))
    assert "1994" in intake.findings["suggestion"][0]
    assert "5.7." not in intake.findings["suggestion"][0]


@pytest.mark.parametrize(
    ("mangled", "was"),
    [
        ("NeuchÃ¢tel", "Neuchâtel"),
        ("Ã‰cole", "École"),
        ("Å’uvre", "Œuvre"),
        ("1 â‚¬", "1 €"),
        ("lâ€™Ã©tÃ©", "l’été"),
        ("NeuchÃƒÂ¢tel", "Neuchâtel"),
        ("Neuch√¢tel", "Neuchâtel"),
        ("Neuch├ótel", "Neuchâtel"),
        ("C\x9cur", "Cœur"),
    ],
)
def test_what_was_decoded_wrongly_turns_back(mangled: str, was: str) -> None:
    assert mended(mangled) == was


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Neuchatel",
        "São",
        "JOÃO",
        "SÃO PAULO",
        "Ângela",
        "IRMÃ",
        "CAFÉ»",
        "CAFÉ…",
        "«\u00a0Marché\u00a0»",
        "«JOÃ»",
        "„SPÄ“",
        "L’ÉTÉ’S",
        "Zürich – Genève … «é» 5 €",
        "Müller & Söhne ©",
        "Ñandú, Åland, Ça, à côté",
        "Łódź, Čapek, Şahin",
        "n° 3 ½ ²",
    ],
)
def test_what_is_written_on_purpose_is_left_alone(text: str) -> None:
    assert not is_mangled(text)


@given(st.text("abcXYZ éèàâêîôûçëïüöäÉÈÀÂÇÖÜÄãõÃÕœŒ€’–«»\u00a0.,;-", max_size=20))
def test_a_mangled_text_always_turns_back_to_what_it_was(text: str) -> None:
    try:
        wrong = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        return
    if not text.isascii() and not is_mangled(text):
        assert mended(wrong) == text
