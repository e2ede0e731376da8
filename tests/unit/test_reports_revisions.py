"""The page of revisions: what was said, what is said now, and why; and what of it a pack may tell."""

import pytest

from pipelines.contracts.thresholds import Thresholds
from pipelines.reports.book import values
from pipelines.reports.content import Table
from pipelines.reports.files import GP_CII
from pipelines.reports.formats import Amount
from pipelines.reports.pack import render
from pipelines.reports.pages import pages
from pipelines.reports.passage import passed
from tests.unit.page_parts import SPACE, built, of, rows, said, texts

RELEASES = """
insert into core.release values (1, 'gp-cii', date '2020-03-01', date '2020-04-16', 'Présidence inventée'),
  (2, 'coordination', date '2020-04-01', date '2020-05-14', 'Présidence inventée')
"""
# As of the small world, where the figure stands, or as asked.
REVISED = """
insert into mart.revision
select indicator, grain, period, dimension, member, 1, value + {by}, 1, numerator + {by}, denominator, value + {by}, numerator, denominator,
  {now}, reason, true
from mart.indicator_value where indicator = '{indicator}' and period = date '{period}' and dimension = '{dimension}' and member = '{member}'
  and grain = 'month'
"""
VALUE = "select value::int from mart.indicator_value where indicator = 'cm_fp_closed' and period = '2020-03-01' and dimension = 'total'"
LABEL = "Dossiers CM-FP clos"
EFFECT = "insert into mart.revision_effect values ('{}', 'month', date '{}', '{}', '{}', '{}', {})"
CLOSED = ("cm_fp_closed", "2020-03-01", "total", "total")


def revised(indicator, period, dimension="total", member="total", *, by=3, now="value"):
    return REVISED.format(indicator=indicator, period=period, dimension=dimension, member=member, by=by, now=now)


def effect(cause, by, *figure):
    return EFFECT.format(*(figure or CLOSED), cause, by)


def table(blocks, slug="revised"):
    return of(blocks, "revisions", Table, slug)


@pytest.fixture
def controlled(changed):
    """The steering group's pack of a small world in which something is otherwise."""
    opened = []

    def tell(*statements):
        opened.append(passed(changed(*statements), GP_CII, thresholds=Thresholds()))
        return opened[-1].__enter__()

    yield tell
    for one in opened:
        one.__exit__(None, None, None)


def test_before_the_first_release_there_is_nothing_to_revise_and_the_page_says_so(blocks, told):
    for found in (blocks, built(told, "revisions")):
        assert (
            said(found, "revisions") == ("Aucun rapport n'a encore été diffusé: il n'y a rien à réviser.",) and len(found["revisions"]) == 1
        )


def test_every_pack_that_leaves_the_circle_has_the_page():
    (page,) = (one for one in pages() if one.slug == "revisions")
    assert set(page.packs) == {"gp-cii", "coordination", "legislature"} and page.annex and not page.internal


def test_what_was_released_and_is_still_so_is_no_revision(changed):
    found = built(changed(RELEASES), "revisions")
    assert said(found, "revisions") == ("Ce qui a été diffusé n'a pas changé.",)
    assert texts(table(found, "releases")) == [
        ["2", "Rapport au groupe de coordination", "avril 2020", "14.05.2020, par Présidence inventée"],
        ["1", "Rapport au groupe de pilotage (GP CII)", "mars 2020", "16.04.2020, par Présidence inventée"],
    ]


@pytest.mark.parametrize("internal", [True, False])
def test_a_revised_total_says_what_was_said_when_what_is_so_and_each_cause_with_its_part(changed, controlled, internal):
    world = (RELEASES, revised(*CLOSED, by=3), effect("NEW_DATA", -5), effect("CORRECTED_DATA", 2))
    found = built(changed(*world) if internal else controlled(*world), "revisions")
    value = changed().con.execute(VALUE).fetchone()[0]
    assert said(found, "revisions")[0] == "1 chiffre diffusé n'est plus le même."
    assert rows(table(found)) == {
        LABEL: [
            f"mars{SPACE}2020",
            f"{value + 3} (diffusion no 1, 16.04.2020)",
            f"{value}",
            "−3",
            "livraison corrigée (+2); livraison nouvelle (−5)",
        ]
    }


@pytest.mark.parametrize(("by", "change"), [(0.005, "−0,50 point de pourcentage"), (0.05, "−5,00 points de pourcentage")])
def test_a_revised_share_changed_by_points_of_per_cent(changed, by, change):
    share = ("cm_fp_solution_rate", "2020-03-01")
    assert texts(table(built(changed(RELEASES, revised(*share, by=by)), "revisions")))[0][4] == change


def test_one_cause_alone_is_the_whole_change_and_needs_no_number(changed):
    found = built(changed(RELEASES, revised(*CLOSED), effect("DEFINITION", -3)), "revisions")
    assert texts(table(found))[0][-1] == "nouvelle définition"


def test_what_is_known_no_more_says_why(changed):
    gone = "update mart.revision set reason = 'NOT_RECEIVED', numerator = null"
    found = built(changed(RELEASES, revised(*CLOSED, now="null"), gone, effect("CORRECTED_DATA", "null")), "revisions")
    assert texts(table(found))[0][3:] == ["Non reçu", "–", "livraison corrigée"]


def test_a_pack_tells_no_revision_of_what_it_does_not_show(controlled):
    place = ("cm_fp_solutions", "2020-03-01", "outcome", "EMPLOI")
    elsewhere = revised("measure_cost", "2020-03-01", by=1000)
    con = controlled(RELEASES, revised(*place), effect("NEW_DATA", 3, *place), elsewhere, revised(*CLOSED), effect("NEW_DATA", 3)).con
    assert con.execute("select indicator, dimension from mart.revision").fetchall() == [("cm_fp_closed", "total")]
    assert con.execute("select indicator, dimension from mart.revision_effect").fetchall() == [("cm_fp_closed", "total")]


def test_the_parts_of_a_breakdown_s_change_are_not_told_for_they_may_be_too_small(controlled):
    place = ("pset_places", "2020-03-01", "category", "OCCUPATION")
    con = controlled(RELEASES, revised(*place, by=9), effect("NEW_DATA", -8, *place), effect("CORRECTED_DATA", -1, *place)).con
    assert sorted(con.execute("select cause, effect from mart.revision_effect").fetchall()) == [
        ("CORRECTED_DATA", None),
        ("NEW_DATA", None),
    ]


def test_what_stands_as_it_was_said_is_counted_and_is_no_revision(changed):
    """A row of a breakdown of which one member differs by one person."""
    row = "from mart.indicator_value where indicator = 'cm_fp_solutions' and dimension = 'outcome' and period = '2019-12-01' and grain = 'month'"
    whole = changed(RELEASES, *(revised("cm_fp_solutions", "2019-12-01", "outcome", code, by=1) for code in ("EMPLOI", "CFC")))
    told = whole.rows(
        f"select * replace (value + 1 as value, numerator + 1 as numerator), date '2020-02-14' as released_on {row} and value > 5"
    )
    with passed(whole, GP_CII, thresholds=Thresholds(), told=told) as book:
        stood = book.rows(f"select count(*) {row} and reason = 'NOT_MOVED'").item()
        assert stood == len(told) > 0 and book.rows("select count(*) from mart.revision").item() == 0
        changes, standing = said(built(book, "revisions"), "revisions")
        known = values(book, "cm_fp_solutions", "outcome")
        marked = {value.detail for line in known.values() for value in line if value.stood and value.value}
        text = render(book, sample=True)
    assert marked == {"tel que diffusé le 14.02.2020"} and "tel que diffusé le 14.02.2020" in text
    assert changes == "Ce qui a été diffusé n'a pas changé."
    assert standing.startswith(f"{stood} chiffre") and "trop peu de personnes y ont bougé" in standing


def test_a_new_definition_says_what_it_changed_and_to_a_pack_no_small_number(changed, controlled):
    redefined = """
    create or replace table mart.definition_change as
    select indicator, 2 as definition_version, grain, period, dimension, member, value + {} as value_before, value, {} as value_change
    from mart.indicator_value where indicator = 'cm_fp_closed' and dimension = 'total' and value is not null
    """
    newer = "update mart.indicator set definition_version = 2, valid_from = date '2020-05-01' where indicator = 'cm_fp_closed'"
    for by, told in ((-7, True), (-3, False)):
        statements = ("drop table mart.definition_change", newer, redefined.format(by, -by))
        whole = built(changed(*statements), "revisions")
        assert texts(table(whole, "definitions"))[0][0] == LABEL
        before, now = (int(cell.replace("’", "")) for cell in texts(table(whole, "definitions"))[0][2:])
        assert before - now == by
        shown = built(controlled(*statements), "revisions")["revisions"]
        assert [block.slug for block in shown if isinstance(block, Table)] == (["definitions"] if told else [])


def test_the_page_stands_in_the_file(controlled):
    text = render(controlled(RELEASES, revised(*CLOSED), effect("NEW_DATA", -3)), sample=True)
    assert 'id="revisions"' in text and "diffusion no 1, 16.04.2020" in text


def test_by_how_much_a_figure_changed_is_a_number_of_points_where_it_is_a_share(changed):
    rate = ("cm_fp_solution_rate", "2020-03-01")
    found = built(changed(RELEASES, revised(*CLOSED, by=3), revised(*rate, by=0.01)), "revisions")
    cells = {row[0].text: row[4] for row in table(found).rows}
    assert (cells[LABEL].text, cells[LABEL].counts) == ("−3", Amount(-3, "change"))
    (share,) = (cell for head, cell in cells.items() if head != LABEL)
    assert (share.text, share.counts) == ("−1,00 point de pourcentage", Amount(-1, "change", 2, after=" point de pourcentage"))
