"""Published figures on the pages: beside what the rows give, and up to when there were any."""

import pytest

from pipelines.reports.content import Table, Text
from pipelines.reports.figures import figure
from pipelines.reports.language import speaking, tr
from pipelines.reports.pages import pages
from pipelines.reports.record import QUALIFIED, published_until
from tests.unit.page_parts import SPACE, built, of, texts


def test_published_figures_stand_beside_with_their_qualifier(changed):
    book = changed(
        """
        insert into mart.figure_of_record
        values ('NE-ESO: postes', 'ne_eso_posts', 'month', date '2020-01-01', 'total', 'total', '~', 7, 'Bilan inventé', 6, -1, true),
               ('Formation: séances', 'training_sessions', 'quarter', date '2020-01-01', 'total', 'total', '=', 1, 'Bilan inventé', 1, 0, true)
        """
    )
    assert texts(of(built(book, "ne_eso", "formation_conventions"), "ne_eso", Table, "record")) == [
        ["NE-ESO: postes", f"janv.{SPACE}2020", "environ 7", "6", "−1", "Concorde", "Bilan inventé"]
    ]
    assert texts(of(built(book, "ne_eso", "formation_conventions"), "formation_conventions", Table, "record"))[0][:3] == [
        "Formation: séances",
        "1er trimestre 2020",
        "1",
    ]


def page_of(slug, book):
    """The charts of a page, and what else stands on it but sentences."""
    return [block for block in next(page for page in pages() if page.slug == slug).build(book) if not isinstance(block, Text)]


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
    blocks = tuple(page_of("pset", changed("delete from mart.figure_of_record")))
    assert not any(lines(block) for block in blocks)
    published = changed("update mart.figure_of_record set period = date '2020-05-01' where starts_with(indicator, 'pset')")
    assert not any(lines(block) for block in page_of("pset", published))
    assert published_until(book, blocks, family="nobody_published_this") == blocks


@pytest.mark.parametrize("otherwise", ["qualifier = '>'", "qualifier = '~'", "grain = 'year'", "member = 'F', dimension = 'sex'"])
def test_only_exact_figures_of_the_month_stand_beside_the_line_of_a_total(changed, otherwise):
    book = changed(f"update mart.figure_of_record set {otherwise} where figure = 'CM-FP: dossiers ouverts'")
    assert [series.label for series in page_of("cm_fp", changed())[0].series if series.aside] == ["Dossiers CM-FP ouverts"]
    assert not [series for series in page_of("cm_fp", book)[0].series if series.aside]


def test_a_figure_of_a_year_does_not_end_what_was_published_by_month(changed):
    assert lines(page_of("pset", changed())[0])
    book = changed("update mart.figure_of_record set grain = 'year' where starts_with(indicator, 'pset')")
    assert not any(lines(block) for block in page_of("pset", book))


def test_no_word_stands_before_an_exact_figure_in_any_language():
    with speaking("de"):
        assert tr(QUALIFIED["="]) == ""
