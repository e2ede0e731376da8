"""The pages on the Réseau CII, NE-ESO, early intervention, the axes, training, agreements, and what the services owe.

The small world is told in `tests/golden/world.py`, these programmes in `tests/golden/programmes.py`.
"""

import datetime as dt
from dataclasses import replace

import pytest

from pipelines.contracts.export import Period
from pipelines.contracts.registry import EXPORTS
from pipelines.reports.basis import basis
from pipelines.reports.book import UNKNOWN, open_book, under_way, value_at, values
from pipelines.reports.content import Cards, Chart, Table, Text
from pipelines.reports.figures import figure
from pipelines.reports.funnel import shares_of
from pipelines.reports.pack import render
from pipelines.reports.pages import pages
from pipelines.reports.pages.donnees_dues import PAGE as OWED
from pipelines.reports.record import published_until
from pipelines.reports.states import state_cell
from pipelines.reports.tables import table_of
from tests.golden import world

SPACE = "\N{NO-BREAK SPACE}"
NEW = ("reseau_cii", "ne_eso", "intervention_precoce", "axes", "formation_conventions", "donnees_dues")
FAMILIES = ("reseau_", "ne_eso_", "early_intervention_", "axis_", "training_", "agreements_")


@pytest.fixture(scope="module")
def con():
    return world.build()


@pytest.fixture(scope="module")
def book(con):
    return open_book(con, world.PERIOD)


@pytest.fixture(scope="module")
def blocks(book):
    return built(book)


def built(book):
    return {page.slug: page.build(book) for page in pages() if page.slug in NEW}


def of(blocks, page, kind, slug=None):
    return next(block for block in blocks[page] if isinstance(block, kind) and (slug is None or block.slug == slug))


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def shown(chart):
    return {str(point.x): (point.text, point.detail) for series in chart.series for point in series.points}


@pytest.fixture
def changed():
    """The book of a small world in which something is otherwise; every world is closed again."""
    opened = []

    def change(*statements, period=world.PERIOD):
        opened.append(world.build())
        for statement in statements:
            opened[-1].execute(statement)
        return open_book(opened[-1], period)

    yield change
    for con in opened:
        con.close()


# -- what is not there ---------------------------------------------------------------------------


def test_with_no_value_at_all_every_page_is_built_and_says_so(changed):
    book = changed("delete from mart.indicator_value")
    empty = built(book)
    assert all(len(empty[slug]) == 1 for slug in NEW[:4])
    assert of(empty, "reseau_cii", Text).sentences == (
        "Dossiers du Réseau CII NE: aucun envoi en vigueur jusqu'à fin mai 2020; ce qui en dépend reste vide.",
    )
    assert [len(block.sentences) for block in empty["formation_conventions"]] == [2]
    assert [page.slug for page in pages() if page.build(book)] == [page.slug for page in pages()]


@pytest.mark.parametrize("family", FAMILIES)
def test_one_programme_that_nobody_delivers_leaves_all_other_pages_as_they_were(changed, blocks, family):
    other = built(changed(f"delete from mart.indicator_value where starts_with(indicator, '{family}')"))
    differing = {slug for slug in NEW if other[slug] != blocks[slug]}
    page = {"early_intervention_": "intervention_precoce", "axis_": "axes", "training_": "formation_conventions"}
    page |= {"agreements_": "formation_conventions", "reseau_": "reseau_cii", "ne_eso_": "ne_eso"}
    # The axes show the latest value of what their actions name.
    assert page[family] in differing <= {page[family], "axes"}


def test_an_indicator_that_the_catalogue_does_not_know_is_an_absent_value(book):
    value = value_at(book, "gone_for_good")
    assert (value.text, value.about, value.flags) == ("Non reçu", UNKNOWN, ())
    assert values(book, "gone_for_good") == {} and book.about("gone_for_good", "reseau_open")[0] == UNKNOWN


def test_a_catalogue_without_the_new_indicators_leaves_every_page_standing(book):
    fewer = {name: about for name, about in book.catalogue.items() if not name.startswith((*FAMILIES, "measure_"))}
    for page in pages():
        assert page.build(replace(book, catalogue=fewer)), page.slug


def test_a_page_says_its_period_and_the_months_that_lack(book):
    assert basis(book, "reseau_open", dataset="reseau_cii_dossiers") == (
        f"Dossiers du Réseau CII NE: janv.{SPACE}2019 à mai{SPACE}2020. 1 mois sans envoi: nov.{SPACE}2019.",
    )
    assert basis(book, "training_sessions", dataset="formations_cii", grain="quarter") == (
        "Formations CII: 1er trimestre 2019 à 2e trimestre 2020. Rien ne manque. 2e trimestre 2020: en cours.",
    )


def test_a_month_that_came_in_part_is_said_to_be_completed(changed):
    book = changed("update mart.indicator_value set complete = false where indicator = 'ne_eso_posts' and period = date '2020-02-01'")
    (said,) = basis(book, "ne_eso_posts", dataset="ne_eso_candidatures")
    assert said.endswith(f"1 mois à compléter: févr.{SPACE}2020.")


# -- quarters and years --------------------------------------------------------------------------


def test_a_quarter_and_a_year_are_those_that_hold_the_month_of_the_report(book):
    assert value_at(book, "training_sessions", grain="quarter").period == dt.date(2020, 4, 1)
    assert value_at(book, "training_sessions", grain="quarter", months_before=3).value == 1
    assert value_at(book, "axis_actions", grain="year", months_before=12).value == 5
    assert under_way(book, dt.date(2020, 1, 1), "year") and not under_way(book, dt.date(2020, 1, 1), "quarter")


def test_periods_after_the_last_known_one_are_shown_as_not_received(con):
    later = open_book(con, dt.date(2021, 2, 1))
    assert [(value.period, value.text) for value in values(later, "training_sessions", grain="quarter")["total"][-3:]] == [
        (dt.date(2020, 7, 1), "Non reçu"),
        (dt.date(2020, 10, 1), "Non reçu"),
        (dt.date(2021, 1, 1), "Non reçu"),
    ]


# -- Réseau CII ----------------------------------------------------------------------------------


def test_a_step_is_told_as_a_share_of_the_one_before_it(blocks):
    assert {name: (text, detail.split(" · ")[0]) for name, (text, detail) in shown(of(blocks, "reseau_cii", Chart, "funnel")).items()} == {
        "Détectées": ("20", "incomplet"),
        "Acceptées": ("17", f"85,0{SPACE}% de l'étape précédente"),
        "Bilan fait": ("15", f"88,2{SPACE}% de l'étape précédente"),
        "Plan d'action": ("15", f"100,0{SPACE}% de l'étape précédente"),
        "Closes": ("14", f"70,0{SPACE}% de la première étape"),
    }


def test_nothing_is_a_share_of_nothing(book):
    none = replace(value_at(book, "reseau_detected"), value=0.0)
    assert shares_of({"one": none, "two": none}) == {"one": "", "two": ""}


def test_steps_are_listed_by_the_service_that_detected_and_add_up(blocks):
    rows = {row[0]: [int(text) for text in row[1:]] for row in texts(of(blocks, "reseau_cii", Table, "services"))}
    whole = rows.pop("Toutes")
    assert list(rows) == ["Office régional de placement", "Office AI", "Service social régional"]
    assert [sum(step) for step in zip(*rows.values(), strict=True)] == whole


def test_rates_and_medians_carry_what_they_rest_on(blocks):
    cards = {card.label: card for card in of(blocks, "reseau_cii", Cards).cards}
    assert (cards["Taux de réinsertion du réseau"].text, cards["Taux de réinsertion du réseau"].detail) == (
        f"63,6{SPACE}%",
        "7 / 11 · incomplet",
    )
    assert cards["Durée médiane du réseau jusqu'au plan d'action"].detail == "n = 11 · incomplet"


# -- NE-ESO --------------------------------------------------------------------------------------


def test_a_candidacy_that_fails_several_criteria_is_said_to_count_under_each(blocks):
    chart = of(blocks, "ne_eso", Chart, "ineligible")
    assert {name: text for name, (text, _) in shown(chart).items()} == {
        "Productivité": "3",
        "Charge de famille": "1",
        "Problématique sociale lourde": "0",
        "Dettes": "0",
        "Âge": "1",
    }
    assert chart.notes[1] == "Une candidature peut ne pas remplir plusieurs critères à la fois; candidatures hors critères en tout: 3."


def test_the_criteria_are_told_with_the_day_from_which_they_hold(changed):
    bounds = [("productivity_from", "2012-01-01", 50), ("productivity_to", "2012-01-01", 70), ("debt_to", "2012-01-01", 7000)]
    bounds += [
        ("age_from", "2012-01-01", 40),
        ("age_to", "2012-01-01", "null"),
        ("age_from", "2019-03-01", 20),
        ("age_to", "2021-01-01", 60),
    ]
    rows = ", ".join(f"('ne_eso_{name}', date '{day}', {value}, 'inventée')" for name, day, value in bounds)
    book = changed("delete from core.parameter", f"insert into core.parameter (parameter, valid_from, value, source) values {rows}")
    assert texts(of(built(book), "ne_eso", Table, "criteria")) == [
        ["Productivité", f"50 à 70{SPACE}%"],
        ["Charge de famille", "aucune"],
        ["Problématique sociale lourde", "aucune"],
        ["Dettes", f"7’000{SPACE}francs au plus"],
        ["Âge", f"40{SPACE}ans et plus; dès le 01.03.2019: 20{SPACE}ans et plus"],
    ]


def test_those_who_left_social_aid_are_told_by_extent_and_by_activity(blocks):
    table = of(blocks, "ne_eso", Table, "left")
    assert texts(table) == [
        ["En tout", "2"],
        ["Par ampleur"],
        ["Totale", "2"],
        ["Partielle", "0"],
        ["Par secteur d'activité"],
        ["Archivage", "2"],
    ]


def test_published_figures_stand_beside_with_their_qualifier(changed):
    book = changed(
        """
        insert into mart.figure_of_record
        values ('NE-ESO: postes', 'ne_eso_posts', 'month', date '2020-01-01', 'total', 'total', '~', 7, 'Bilan inventé', 6, -1, true),
               ('Formation: séances', 'training_sessions', 'quarter', date '2020-01-01', 'total', 'total', '=', 1, 'Bilan inventé', 1, 0, true)
        """
    )
    assert texts(of(built(book), "ne_eso", Table, "record")) == [
        ["NE-ESO: postes", f"janv.{SPACE}2020", "environ 7", "6", "−1", "Concorde", "Bilan inventé"]
    ]
    assert texts(of(built(book), "formation_conventions", Table, "record"))[0][:3] == ["Formation: séances", "1er trimestre 2020", "1"]


# -- early intervention --------------------------------------------------------------------------


def test_a_school_year_tells_its_fullest_month_and_its_latest(blocks):
    table = of(blocks, "intervention_precoce", Table, "years")
    assert [[(cell.text, cell.detail) for cell in row[:3]] for row in table.rows] == [
        [("2018–2019", ""), (f"62,5{SPACE}%", f"5 / 8 · mai{SPACE}2019"), (f"62,5{SPACE}%", f"5 / 8 · juil.{SPACE}2019")],
        [("2019–2020", ""), (f"75,0{SPACE}%", f"6 / 8 · août{SPACE}2019"), (f"37,5{SPACE}%", f"3 / 8 · mai{SPACE}2020")],
    ]
    assert table.rows[1][3].text == f"55,6{SPACE}%" and table.rows[1][3].detail == f"5 / 9 · mai{SPACE}2020"


def test_without_a_capacity_the_load_is_not_calculated(changed):
    empty = "numerator = null, denominator = null, value = null, reason = 'NOT_APPLICABLE'"
    book = changed(f"update mart.indicator_value set {empty} where indicator in ('early_intervention_load', 'early_intervention_capacity')")
    found = built(book)
    assert [row[:3] for row in texts(of(found, "intervention_precoce", Table, "years"))] == [
        ["2018–2019", "Non applicable", "Non applicable"],
        ["2019–2020", "Non applicable", "Non applicable"],
    ]
    assert of(found, "intervention_precoce", Chart, "capacity").drawn


# -- axes ----------------------------------------------------------------------------------------


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
        (f"63,6{SPACE}%", f"7 / 11 · incomplet · mai{SPACE}2020"),
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
    rows = actions(built(book))
    assert rows["Repérer tôt les élèves en difficulté"][6].text == "Sans total"
    assert rows["Suivre en réseau"][6].text == "Non reçu"


def test_a_state_that_changed_since_the_list_before_is_told(blocks):
    rows = actions(blocks)
    assert (rows["Suivre en réseau"][3].text, rows["Suivre en réseau"][3].detail) == ("En cours", "l'année d'avant: pilote")
    assert rows["Former les détecteurs"][3].detail == ""


def test_a_year_that_goes_on_has_no_bar_of_its_own(blocks):
    assert {str(point.x) for series in of(blocks, "axes", Chart, "states").series for point in series.points} == {"2019"}


# -- training and agreements ---------------------------------------------------------------------


def test_quarters_are_listed_latest_first_and_the_running_one_is_marked(blocks):
    table = of(blocks, "formation_conventions", Table, "quarters")
    assert texts(table)[:2] == [
        ["2e trimestre 2020 (en cours)", "1", "2", f"50,0{SPACE}%"],
        ["1er trimestre 2020", "1", "7", f"50,0{SPACE}%"],
    ]
    assert table.rows[0][3].detail == "1 / 2 · provisoire"


def test_agreements_in_force_are_listed_by_pair_with_their_review(blocks):
    table = of(blocks, "formation_conventions", Table, "agreements")
    assert [(row[0], row[3]) for row in texts(table)] == [
        ("SASO – OAI", "dans les douze mois"),
        ("SASO – SMIG", "plus tard"),
        ("SEMP – OAI", "échue"),
        ("SEMP – SFPO", "sans date"),
    ]
    assert table.notes == ("4 conventions en vigueur au 31.05.2020; 1 révision échue.",)


def test_a_review_on_the_last_day_of_the_month_is_overdue(changed):
    book = changed("update core.agreement set review_on = date '2020-05-31' where party_b = 'SMIG'")
    assert ["SASO – SMIG", "01.09.2017", "31.05.2020", "échue"] in texts(of(built(book), "formation_conventions", Table, "agreements"))


# -- what is owed --------------------------------------------------------------------------------


def owed(service, dataset, state, period=world.PERIOD, *, days="null", due=True):
    cadence = EXPORTS[dataset].cadence
    last = Period(period, cadence).last
    cells = f"'{service}', '{dataset}', date '{period}', '{cadence}', date '{last}', {due}, {state in ('in_force', 'late')}, '{state}', 1, {days}"
    columns = "service, dataset, period, cadence, due_on, owed, in_force, state, versions, days_late"
    return f"insert into core.delivery_month ({columns}) values ({cells})"


NOTHING = "delete from core.delivery_month"


def told(book):
    return OWED.build(book)[0].sentences


def test_who_is_late_is_told_by_service_with_what_lacks_and_why(changed):
    book = changed(
        NOTHING,
        owed("SEMP", "participations", "in_force"),
        owed("SASO", "participations", "missing"),
        owed("SASO", "participations", "rejected", dt.date(2020, 4, 1)),
        owed("SASO", "budgets", "missing", dt.date(2019, 1, 1)),
        owed("SMIG", "prestations", "held"),
    )
    assert told(book)[:3] == (
        "Pour mai 2020: 1 envoi en vigueur sur 3 dus.",
        f"SASO, en retard: budgets des mesures, 2019 (manquant); participations aux mesures, avril{SPACE}2020 (rejeté); "
        f"participations aux mesures, mai{SPACE}2020 (manquant).",
        f"SMIG, en retard: prestations et périodes de soutien, mai{SPACE}2020 (retenu).",
    )


def test_nobody_is_late_for_what_came_what_may_still_come_and_what_is_optional(changed):
    book = changed(
        NOTHING,
        owed("SEMP", "participations", "late", days=3),
        owed("SASO", "participations", "expected"),
        owed("SMIG", "observations", "missing", due=False),
        owed("SASO", "participations", "missing", dt.date(2019, 4, 1)),
    )
    assert told(book)[1] == "Aucun des trois services n'est en retard pour mai 2020 ni pour les douze mois d'avant."


def test_sfpo_and_oai_owe_nothing_and_have_no_row(changed):
    book = changed(NOTHING, owed("OAI", "participations", "missing"), owed("SFPO", "participations", "missing"))
    assert told(book)[:2] == (
        "Jusqu'à mai 2020, aucune de ces données n'était due.",
        "Le SFPO et l'OAI ne doivent rien ici: ce qu'ils envoient pour ces programmes est repris quand il vient.",
    )
    tables = OWED.build(book)[1:]
    assert {row[0].text for table in tables for row in table.rows} == {"SEMP", "SASO", "SMIG"}


def test_the_matrix_shows_thirteen_months_and_the_days_of_a_late_delivery(changed):
    book = changed(
        NOTHING, owed("SASO", "participations", "late", days=3), owed("SMIG", "participations", "late", dt.date(2019, 4, 1), days=9)
    )
    matrix, yearly = OWED.build(book)[1:]
    rows = {(row[0].text, row[0].detail): row[1:] for row in matrix.rows}
    assert {len(cells) for cells in rows.values()} == {13}
    late = rows["SASO", "participations aux mesures"][-1]
    assert (late.text, late.detail) == ("◐ 3", "En vigueur, reçu en retard de 3 jours")
    assert {cell.text for cell in rows["SMIG", "participations aux mesures"]} == {"·"}
    assert ("SASO", "inventaire des mesures d'insertion") not in rows
    assert [cell.text for cell in yearly.columns] == ["Service", "2018", "2019", "2020"]


def test_a_correction_that_waits_is_marked():
    assert state_cell("in_force", "held").detail == "En vigueur; correction: retenu"


def test_what_is_owed_stands_in_the_report_of_the_coordination_group(book):
    assert 'id="donnees_dues"' in render(book, sample=True, report=OWED.report)
    assert 'id="donnees_dues"' not in render(book, sample=True)


# -- where published figures end ------------------------------------------------------------------


def page_of(slug, book):
    return next(page for page in pages() if page.slug == slug).build(book)


def lines(block):
    return [one for one in figure(block)["layout"].get("annotations", ()) if one["name"] == "published"]


def test_charts_over_months_show_where_published_figures_end(book):
    charts = {block.slug: block for block in page_of("cm_fp", book)}
    (line,) = lines(charts["stock"])
    assert line["text"] == f"publié jusqu'à sept.{SPACE}2019" and line["x"] == line["ax"] == "2019-09-16"
    assert any(note.startswith(f"Trait vertical: dernier chiffre publié (sept.{SPACE}2019)") for note in charts["stock"].notes)
    assert not lines(charts["record"]) and not lines(charts["incidence_outcome"])
    assert all(lines(block) for block in page_of("pset", book))


def test_only_sample_data_are_said_to_be_invented(changed):
    note = page_of("pset", changed("update stg.delivery set sample = false"))[0].notes[-1]
    assert note == f"Trait vertical: dernier chiffre publié (juil.{SPACE}2019)."
    assert "invention plausible" in page_of("pset", changed())[0].notes[-1]


def test_no_line_is_drawn_where_nothing_was_published_or_nothing_follows(changed, book):
    blocks = tuple(block for block in page_of("pset", changed("delete from mart.figure_of_record")))
    assert not any(lines(block) for block in blocks)
    published = changed("update mart.figure_of_record set period = date '2020-05-01' where starts_with(indicator, 'pset')")
    assert not any(lines(block) for block in page_of("pset", published))
    assert published_until(book, blocks, family="nobody_published_this") == blocks


# -- every page ----------------------------------------------------------------------------------


def test_every_figure_of_these_pages_has_its_definition(blocks):
    for slug, page in blocks.items():
        for block in page:
            if isinstance(block, Chart | Cards):
                assert block.about and UNKNOWN not in block.about, (slug, block)
                assert all(about.definition and about.source for about in block.about)


def test_the_cells_of_a_chart_s_table_are_its_points(blocks):
    for page in blocks.values():
        for chart in (block for block in page if isinstance(block, Chart)):
            cells = [cell.text for row in table_of(chart).rows for cell in row if cell.data]
            assert sorted(cells) == sorted(point.text for series in chart.series for point in series.points), chart.slug
            assert chart.drawn


def test_neither_datasets_nor_indicators_are_shown_by_their_technical_names(blocks, book):
    names = {*EXPORTS, *book.catalogue} - {"budgets", "conventions", "mesures", "observations", "participations", "prestations"}
    for slug, page in blocks.items():
        told = [sentence for block in page if isinstance(block, Text) for sentence in block.sentences]
        tables = [table_of(block) if isinstance(block, Chart) else block for block in page if isinstance(block, Table | Chart)]
        told += [part for table in tables for row in (table.columns, *table.rows) for cell in row for part in (cell.text, cell.detail)]
        told += [note for block in page for note in getattr(block, "notes", ())]
        assert not [(name, text) for text in told for name in names if name in text], slug
