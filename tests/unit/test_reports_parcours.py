"""The page on people's paths between the systems; the small world's are told in `tests/golden/walked.py`."""

from dataclasses import replace

import pytest

from pipelines.reports.book import open_book, value_at, values
from pipelines.reports.chart import Chart, Panels
from pipelines.reports.content import Cards, Table, Text, charts
from pipelines.reports.flows import matrix, persons, sankey, spoken
from pipelines.reports.moves import Flow
from pipelines.reports.pack import render
from pipelines.reports.paths import NONE, SYSTEMS
from tests.golden import world
from tests.unit.page_parts import built, of, said

PAGES = ("parcours", "retours", "jeunes")
LINKED = ("system_recipients", "system_transition", "uncoordinated_transfer_rate", "cii_share_of_jobseekers")
UNLINKED = "update mart.indicator_value set value = null, numerator = null, denominator = null, reason = 'NOT_LINKED' where indicator in {}"


@pytest.fixture
def flow(blocks):
    return of(blocks, "parcours", Flow)


@pytest.fixture(scope="module")
def unlinked():
    """The world as it is where the SEMP alone may be linked."""
    con = world.build()
    con.execute("delete from core.linked_service where service <> 'SEMP'")
    linked = "select indicator from mart.indicator where linked"
    con.execute(UNLINKED.format(f"({linked})"))
    yield con
    con.close()


def cells(book, indicator, dimension, grain="month"):
    return {(member, str(one.period)): one for member, found in values(book, indicator, dimension, grain=grain).items() for one in found}


# -- recipients ----------------------------------------------------------------------------------


def test_the_panels_hold_every_month_of_every_combination_as_mart_gives_them(blocks, book):
    panels = of(blocks, "parcours", Panels, "recipients")
    drawn = [point for chart in panels.charts for series in chart.series for point in series.points]
    known = cells(book, "system_recipients", "system_combination")
    assert sorted((one.x, one.text) for one in drawn) == sorted((month, one.text) for (_, month), one in known.items())
    assert {one.x for one in drawn if one.provisional} == {month for (_, month), one in known.items() if one.flags} != set()


def test_one_system_and_several_stand_apart_and_say_that_their_scales_differ(blocks):
    panels = of(blocks, "parcours", Panels, "recipients")
    one, several = ([series.label for series in chart.series] for chart in panels.charts)
    assert one == ["AC seule", "AI seule", "AS seule"] and all(" et " in label for label in several)
    assert panels.notes[0].startswith("Les deux échelles diffèrent")


def test_where_next_to_nobody_may_be_told_of_in_several_only_one_system_is_drawn(told, blocks):
    chart = of(built(told, "parcours"), "parcours", Chart, "recipients")
    assert [series.label for series in chart.series] == ["AC seule", "AI seule", "AS seule"]
    assert "trop peu de personnes" in chart.notes[0]
    assert chart.title == of(blocks, "parcours", Panels, "recipients").title


# -- from December to December -------------------------------------------------------------------


def test_every_node_is_the_sum_of_its_moves_and_both_sides_hold_the_same_persons(flow, book):
    year = "2019-01-01"
    known = {member: one.value for (member, period), one in cells(book, "system_transition", "from_to", "year").items() if period == year}
    assert {f"{before}>{after}": count for (before, after), count in flow.counts.items()} == {pair: n for pair, n in known.items() if n}
    for side in (0, 1):
        sums = dict.fromkeys((state.code for state in flow.states), 0)
        for pair, count in known.items():
            code = pair.split(">")[side]
            if code in sums:
                sums[code] += count
        assert persons(flow, side) == sums
        assert sum(sums.values()) == value_at(book, "system_transition", grain="year", months_before=12).value == 42


def test_the_left_nodes_are_those_who_were_there_a_year_before_and_the_right_ones_those_who_are(flow, book):
    known = cells(book, "system_recipients", "system_combination")
    # Nobody of the small world turns 18 or 65 in 2019.
    for side, december in ((0, "2018-12-01"), (1, "2019-12-01")):
        there = {code: known[code, december].value for code in SYSTEMS if code != NONE and known[code, december].value}
        assert {code: count for code, count in persons(flow, side).items() if count and code != NONE} == there


def test_moves_back_are_drawn_with_the_others_and_every_link_joins_its_two_nodes(flow):
    (trace,) = sankey(flow)["data"]
    labels, link = trace["node"]["label"], trace["link"]
    assert "AS seule → AC seule: 1" in link["customdata"]
    assert len(link["value"]) == len(flow.counts) and sum(link["value"]) == sum(flow.counts.values())
    for source, target, count, told in zip(link["source"], link["target"], link["value"], link["customdata"], strict=True):
        before, after = told.rsplit(":", 1)[0].split(" → ")
        assert labels[source].startswith(f"{before}: ") and labels[target].startswith(f"{after}: ") and told.endswith(f": {count}")
    for number, label in enumerate(labels):
        out = sum(count for source, count in zip(link["source"], link["value"], strict=True) if source == number)
        into = sum(count for target, count in zip(link["target"], link["value"], strict=True) if target == number)
        assert label.endswith(f": {out or into}") and not (out and into)


def test_nodes_stand_in_one_order_on_both_sides_and_do_not_overlap(flow):
    (trace,) = sankey(flow)["data"]
    node = trace["node"]
    for side in (0.001, 0.999):
        middles = [y for x, y in zip(node["x"], node["y"], strict=True) if x == side]
        assert middles == sorted(middles) and all(0 < y < 1 for y in middles)
    order = [state.label for state in flow.states]
    shown = [label.rsplit(":", 1)[0] for label, x in zip(node["label"], node["x"], strict=True) if x == 0.001]
    assert shown == [label for label in order if label in shown]


def test_the_table_of_the_diagram_has_its_sums_at_its_edges(flow):
    table = matrix(flow)
    *rows, whole = [[int(cell.text) for cell in row[1:]] for row in table.rows]
    assert all(sum(row[:-1]) == row[-1] for row in rows)
    assert [sum(column) for column in zip(*rows, strict=True)] == whole
    assert whole[-1] == sum(flow.counts.values())
    assert sum(bool(cell.data) for row in table.rows for cell in row) == len(flow.counts)


def test_the_diagram_is_told_in_words_by_its_largest_changes(flow):
    assert spoken(flow).startswith("D'un décembre à l'autre: 2018 à 2019. Passages les plus fréquents: Aucun → AC seule: ")
    assert spoken(replace(flow, counts={})).endswith("aucun.")


def test_the_diagram_shows_the_latest_pair_that_is_final(changed):
    for column in ("complete", "mature"):
        book = changed(
            f"update mart.indicator_value set {column} = false where indicator = 'system_transition' and period = date '2019-01-01'"
        )
        assert of(built(book, "parcours"), "parcours", Flow).dates == ("Décembre 2017", "Décembre 2018")


def test_all_moves_of_all_years_are_in_a_table_and_what_is_not_final_is_starred(blocks, book):
    table = of(blocks, "parcours", Table, "transitions")
    known = cells(book, "system_transition", "from_to", "year") | cells(book, "system_transition", "total", "year")
    shown = {(cell.data["move"], f"{cell.data['year']}-01-01"): cell.text for row in table.rows for cell in row[1:]}
    assert shown == {key: one.text + ("*" if one.flags else "") for key, one in known.items() if one.value is not None}
    assert shown["total", "2016-01-01"].endswith("*") and "AS seule → AC seule" in [row[0].text for row in table.rows]


# -- transfers and jobseekers --------------------------------------------------------------------


def test_transfers_are_shown_from_the_month_on_in_which_the_figure_exists(changed):
    book = changed("update core.parameter set date = date '2019-03-01', source = 'Inventée' where parameter = 'transfer_file_from'")
    chart = of(built(book, "parcours"), "parcours", Chart, "transfers")
    assert {min(point.x for point in series.points) for series in chart.series} == {"2019-03-01"}
    assert chart.notes[0] == "Ce taux existe dès mars 2019 (inventée)."
    known = cells(book, "uncoordinated_transfer_rate", "total")
    whole = chart.series[0]
    assert whole.label == "Tous les passages" and {point.x: point.text for point in whole.points} == {
        month: one.text for (_, month), one in known.items() if month >= "2019-03-01"
    }


# -- what is not linked, not there, or invented --------------------------------------------------


def test_where_fewer_than_two_services_are_linked_each_part_says_so_and_no_figure_stands(unlinked):
    book = open_book(unlinked, world.PERIOD)
    page = built(book, *PAGES)["parcours"]
    told = [sentence for block in page if isinstance(block, Text) for sentence in block.sentences]
    for indicator in LINKED:
        (about,) = book.about(indicator)
        (sentence,) = [one for one in told if one.startswith(f"{about.label}: non lié.")]
        assert sentence.endswith("ici un seul: SEMP.")
    assert not charts(page) and not [block for block in page if isinstance(block, Flow | Table)]
    assert {card.text for block in page if isinstance(block, Cards) for card in block.cards} == {"Non lié"}
    assert "Services dont les personnes peuvent être reliées entre elles: SEMP." in told


def test_a_figure_whose_own_persons_may_not_be_linked_says_so_beside_others_that_are(changed):
    share = "cii_share_of_jobseekers"
    book = changed("delete from core.linked_service where service in ('SEMP', 'SMIG')", UNLINKED.format(f"('{share}')"))
    page = built(book, "parcours")["parcours"]
    told = [sentence for block in page if isinstance(block, Text) for sentence in block.sentences]
    assert [sentence for sentence in told if "non lié" in sentence] == [
        "Demandeurs d'emploi suivis aussi par un autre service: non lié; les personnes qu'il compte sont celles d'un service qu'aucune base "
        "légale ne permet de relier (sans base légale: SEMP, SMIG)."
    ]
    assert "jobseekers" not in {chart.slug for chart in charts(page)} and "recipients_alone" in {chart.slug for chart in charts(page)}


def test_each_system_alone_stands_without_any_link(unlinked):
    page = built(open_book(unlinked, world.PERIOD), "retours")["retours"]
    assert {block.slug for block in page if isinstance(block, Panels)} == {"retention", "returns"}
    assert not [block for block in page if getattr(block, "slug", "") in ("profiles", "revolving")]
    told = [sentence for block in page if isinstance(block, Text) for sentence in block.sentences]
    assert any(sentence.startswith("Profils des parcours en deux ans: non lié.") for sentence in told)


def test_the_definition_says_which_services_a_figure_rests_on_and_which_are_left_out(changed):
    book = changed("delete from core.linked_service where service = 'SMIG'")
    youth, recipients, entries = book.about("youth_state", "system_recipients", "system_entries")
    assert youth.services == "Personnes reliées entre services: SEMP, SASO, OAI, SFPO; sans base légale pour relier, donc sans: SMIG."
    assert recipients.services == "Personnes reliées entre services: SEMP, OAI, SASO."
    assert entries.services == "Services: SEMP, OAI, SASO, chaque service pour lui-même."
    assert youth.services in render(book, sample=False)


@pytest.mark.parametrize("slug", PAGES)
def test_without_any_delivery_a_page_is_one_sentence_on_its_lack(changed, slug):
    book = changed("delete from mart.indicator_value", "delete from mart.system_survival", "delete from mart.outcome_incidence")
    (text,) = built(book, slug)[slug]
    assert text.sentences[0].endswith("aucun envoi en vigueur jusqu'à fin mai 2020; ce qui en dépend reste vide.")


@pytest.mark.parametrize("indicator", LINKED)
def test_one_part_without_figures_leaves_the_others(changed, blocks, indicator):
    page = built(changed(f"delete from mart.indicator_value where indicator = '{indicator}'"), "parcours")["parcours"]
    (about,) = [block for block in page if isinstance(block, Text)][1:]
    assert "rien à montrer jusqu'à fin mai 2020" in about.sentences[0]
    gone = {getattr(block, "slug", "") for block in blocks["parcours"]} - {getattr(block, "slug", "") for block in page}
    assert 1 <= len(gone) <= 2


def test_invented_persons_are_named_so_beside_every_figure_and_real_ones_are_not(blocks, changed):
    real = built(changed("update stg.delivery set sample = false"), *PAGES)
    for slug in PAGES:
        for made, sample in ((blocks, True), (real, False)):
            noted = [block for block in made[slug] if isinstance(block, Chart | Panels | Flow | Table)]
            assert noted and all(any(note.startswith("Données d'exemple") for note in block.notes) == sample for block in noted)


def test_the_page_says_its_period_and_what_lacks(blocks):
    first, linked, *_ = said(blocks, "parcours")
    assert first.startswith("Prestations et périodes de soutien: janv.") and "à compléter" in first
    assert linked == "Services dont les personnes peuvent être reliées entre elles: SEMP, SASO, OAI, SFPO, SMIG."
