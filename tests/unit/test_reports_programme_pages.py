"""What holds of all pages on programmes: what they say where something lacks, quarters and years, definitions.

The small world is told in `tests/golden/world.py`, these programmes in `tests/golden/programmes.py`.
"""

import datetime as dt
from dataclasses import replace

import pytest

from pipelines.contracts.registry import EXPORTS
from pipelines.reports.basis import basis
from pipelines.reports.book import open_book, under_way, value_at, values
from pipelines.reports.chart import Chart
from pipelines.reports.content import Cards, Table, Text
from pipelines.reports.pages import pages
from pipelines.reports.tables import table_of
from pipelines.reports.value import UNKNOWN
from tests.unit.page_parts import SPACE, built, of

NEW = ("reseau_cii", "ne_eso", "intervention_precoce", "axes", "formation_conventions", "donnees_dues")
FAMILIES = ("reseau_", "ne_eso_", "early_intervention_", "axis_", "training_", "agreements_")


@pytest.fixture(scope="module")
def blocks(blocks):
    """Of these pages only."""
    return {slug: blocks[slug] for slug in NEW}


# -- what is not there ---------------------------------------------------------------------------


def test_with_no_value_at_all_every_page_is_built_and_says_so(changed):
    book = changed("delete from mart.indicator_value")
    empty = built(book, *NEW)
    assert all(len(empty[slug]) == 1 for slug in NEW[:4])
    assert of(empty, "reseau_cii", Text).sentences == (
        "Dossiers du Réseau CII NE: aucun envoi en vigueur jusqu'à fin mai 2020; ce qui en dépend reste vide.",
    )
    assert [len(block.sentences) for block in empty["formation_conventions"]] == [2]
    assert [page.slug for page in pages() if page.build(book)] == [page.slug for page in pages()]


@pytest.mark.parametrize("family", FAMILIES)
def test_one_programme_that_nobody_delivers_leaves_all_other_pages_as_they_were(changed, blocks, family):
    other = built(changed(f"delete from mart.indicator_value where starts_with(indicator, '{family}')"), *NEW)
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
