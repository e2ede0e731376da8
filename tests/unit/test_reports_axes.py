"""The page on the seven axes and their actions."""

from pipelines.contracts.registry import CODE_LISTS
from pipelines.reports.chart import Chart
from pipelines.reports.content import Table
from tests.unit.page_parts import SPACE, built, of


def actions(blocks):
    return {row[1].text: row for row in of(blocks, "axes", Table, "actions").rows if len(row) > 1}


def test_every_axis_is_a_heading_over_its_actions_also_without_any(blocks):
    table = of(blocks, "axes", Table, "actions")
    headings = [row[0].text for row in table.rows if len(row) == 1]
    assert [heading[:5] for heading in headings] == [f"Axe {axis}" for axis in range(1, 8)]
    assert headings[2].endswith("aucune action annoncée") and headings[3].endswith(": 2 actions")
    assert table.title == "Actions par axe, liste de 2020"


def test_an_action_shows_the_latest_value_of_what_it_names_with_its_period(blocks):
    rows = actions(blocks)
    assert [(cell.text, cell.detail) for cell in rows["Suivre en réseau"][5:]] == [
        ("Taux de réinsertion du réseau", "en %"),
        (f"63,6{SPACE}%", f"7 / 11 · IC 35–85{SPACE}% · incomplet · mai{SPACE}2020"),
    ]
    assert rows["Former à la collaboration"][6].detail == "provisoire · 2e trimestre 2020"
    assert [cell.text for cell in rows["Former les détecteurs"][5:]] == ["–", "–"]


def test_an_indicator_that_was_renamed_is_said_to_be_unknown_as_it_was_written(blocks):
    named, value = actions(blocks)["Ouvrir des postes productifs"][5:]
    assert (named.text, named.detail, named.kind, value.text) == ("Indicateur inconnu", "annoncé: «posts_of_old»", "text wrong", "–")


def test_an_indicator_without_a_total_or_without_a_value_is_told_apart(changed):
    book = changed(
        "update core.axis_action set indicator = 'pset_share' where action_id = 'X0'",
        "update core.axis_action set indicator = 'orphan' where action_id = 'X1'",
        "insert into mart.indicator by name select * replace ('orphan' as indicator) from mart.indicator where indicator = 'pset_share'",
    )
    rows = actions(built(book, "axes"))
    assert rows["Repérer tôt les élèves en difficulté"][6].text == "Sans total"
    assert rows["Suivre en réseau"][6].text == "Non reçu"


def test_a_state_that_changed_since_the_list_before_is_told(blocks):
    rows = actions(blocks)
    assert (rows["Suivre en réseau"][3].text, rows["Suivre en réseau"][3].detail) == ("En cours", "l'année d'avant: pilote")
    assert rows["Former les détecteurs"][3].detail == ""


def test_a_year_that_goes_on_has_no_bar_of_its_own(blocks):
    assert {str(point.x) for series in of(blocks, "axes", Chart, "states").series for point in series.points} == {"2019"}


def test_a_list_of_two_years_ago_does_not_tell_the_year_before(changed):
    book = changed("update core.axis_action set period = date '2018-01-01' where period = date '2019-01-01'")
    assert {row[3].detail for row in actions(built(book, "axes")).values()} == {""}


def test_axes_bear_the_names_of_their_code_list(blocks):
    headings = [row[0].text for row in of(blocks, "axes", Table, "actions").rows if len(row) == 1]
    assert [heading.partition(" – ")[2].partition(":")[0] for heading in headings] == [code.label for code in CODE_LISTS["axis"].codes]
