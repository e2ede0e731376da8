"""The header line: which one it is, what its names mean, and what is said where they are wrong."""

import pytest

from tests.unit.ingest_cases import CM_FP, PSET, csv, found, right_row, table, taken, xlsx

LINES = table(PSET, [right_row(PSET, number) for number in range(1, 4)])
HEADER = LINES[0]
WRITERS = pytest.mark.parametrize("write", [csv, xlsx], ids=["csv", "xlsx"])


def _headed(*names: str):
    """The rows under other names."""
    return taken(csv([names, *LINES[1:]]), PSET)


def _renamed(**names: str) -> list[str]:
    return [names.get(field.name, field.header) for field in PSET.fields]


@WRITERS
def test_without_a_header_the_names_looked_for_are_told(write) -> None:
    intake = taken(write(table(CM_FP, [right_row(CM_FP, number) for number in range(3)])[1:]))
    assert intake.reason == "header.missing"
    assert all(f"«{field.header}»" in intake.findings["remedy"][0] for field in CM_FP.fields)
    assert "s'en approche" not in intake.findings["message"][0]


@WRITERS
def test_the_line_nearest_to_a_header_is_told(write) -> None:
    intake = taken(write([["Places 2013"], ["No prograame", "Organisatuer", "Brance"], *LINES[1:]]), PSET)
    assert "la ligne 2 s'en approche: «No prograame», «Organisatuer», «Brance»" in intake.findings["message"][0]


@WRITERS
@pytest.mark.parametrize(
    "header",
    [
        (["No", "Programme", "Organisateur", "Branche", "Catégorie", "Public", "Places", "Places"], ["programme", *[""] * 6, "occupées"]),
        (
            ["No", "Progr.", "Organisa-", "Branche", "Caté-", "Public", "Places", "Places"],
            ["programme", "", "teur", "", "gorie", "", "", "occupées"],
        ),
        ([*HEADER[:4], "", "", "", ""], ["", "", "", "", *HEADER[4:]]),
    ],
)
def test_a_header_on_two_lines_is_told_as_such(header: tuple[list[str], list[str]], write) -> None:
    intake = taken(write([["Places"], *header, *LINES[1:]]), PSET)
    assert found(intake) == [(2, None, "header.two_lines")]
    assert "lignes 2 et 3" in intake.findings["message"][0]


def test_the_group_above_two_columns_counts_for_both() -> None:
    upper = ["No dossier", "No AVS", "Sexe", "Commune", "Annoncé par", "Date d'annonce", "Date de", ""]
    assert taken(csv([upper, [*[""] * 7, "clôture"]])).reason == "header.two_lines"


@WRITERS
@pytest.mark.parametrize(
    "above",
    [["Programme"], ["Places par programme", "", "", "", "", "", "Nombre"], ["", "", "", "", "", "", "Places", "Places"], HEADER[:1]],
)
def test_a_title_above_a_whole_header_does_not_make_it_two_lines(above: list[str], write) -> None:
    assert taken(write([above, *LINES]), PSET).rows_loaded == 3


def test_rows_of_few_cells_below_the_header_do_not_make_it_two_lines() -> None:
    assert taken(csv([HEADER, ["1"], ["", "Programme"], *LINES[1:]]), PSET).accepted


def test_an_unknown_column_is_told_the_nearest_that_is_missing() -> None:
    intake = _headed(*_renamed(provider="Organisatuer", audience="Publics"))
    assert intake.reason == "header.column_missing"
    unknown, missing = (intake.findings.filter(rule=f"header.column_{kind}") for kind in ("unknown", "missing"))
    assert unknown.select("header", "suggestion").rows() == [("Organisatuer", "Organisateur"), ("Publics", "Public")]
    assert missing.select("header", "cell", "suggestion").rows() == [
        ("Public", "Publics", "Public"),
        ("Organisateur", "Organisatuer", "Organisateur"),
    ]
    assert "renommez «Organisatuer»" in missing["remedy"][1]


def test_a_column_that_is_there_is_suggested_to_no_other() -> None:
    intake = _headed(*_renamed(programme="Programmes"), "Publics")
    assert set(intake.findings.filter(rule="header.column_unknown").select("header", "suggestion").rows()) == {
        ("Programmes", "Programme"),
        ("Publics", None),
    }


@pytest.mark.parametrize("far", ["Remarque", "Date", "Organe", "P", "x" * 500])
def test_a_name_that_is_not_near_is_suggested_nothing(far: str) -> None:
    intake = _headed(*_renamed(provider=far))
    assert intake.findings["suggestion"].drop_nulls().is_empty()
    assert "renommez" not in str(intake.findings["remedy"].to_list())


def test_a_near_name_is_never_taken_for_the_right_one() -> None:
    assert not _headed(*_renamed(provider="Organisateurs!")).accepted


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        (["No dossier", "No AVS", "Date de naissance 5.7.1994"], "header.column_missing"),
        (["Nos dossier", "Date de naissance 5.7.1994"], "header.missing"),
        (["No dossier", "No AVS", "nÃ©e le 5.7.1994"], "header.mangled"),
    ],
)
def test_a_personal_value_in_a_header_is_shown_nowhere(names: list[str], rule: str) -> None:
    intake = taken(csv([names]))
    assert rule in intake.findings["rule"]
    assert "1994" in str(intake.findings.rows()), "the name is told, the day hidden"
    assert "5.7.1994" not in str(intake.findings.rows())


@WRITERS
def test_a_column_without_name_whose_cells_are_filled_is_told_by_its_place(write) -> None:
    wide = [[*line[:2], "", *line[2:]] for line in LINES]
    assert found(taken(write(wide), PSET)) == []
    wide[2][2] = "x"
    intake = taken(write(wide), PSET)
    assert (found(intake), intake.rows_loaded) == ([(1, None, "header.unnamed")], 3)
    assert "colonne 3 (C)" in intake.findings["message"][0]


def test_columns_are_lettered_as_in_a_sheet() -> None:
    wide = [[*([""] * 27), *line] for line in LINES]
    wide[1][26] = "x"
    assert "colonne 27 (AA)" in taken(csv(wide), PSET).findings["message"][0]


def test_an_unknown_column_may_be_one_that_is_missed_by_nobody() -> None:
    lines = table(CM_FP, [right_row(CM_FP)])
    lines[0] = [{"Date de clôture": "Date de fin", "Motif de clôture": "Raison"}.get(header, header) for header in lines[0]]
    intake = taken(csv(lines))
    unknown = intake.findings.filter(intake.findings["rule"] == "header.column_unknown")
    assert unknown["header"].to_list() == ["Date de fin", "Raison"]
    assert all("«Date de clôture», «Motif de clôture»" in text for column in ("remedy", "remedy_de") for text in unknown[column])
