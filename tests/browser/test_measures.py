"""The pages on measures in a real browser: choices without a network, a sheet on one page of paper, and no script needed."""

import re

import pytest

from pipelines.reports.book import open_book
from pipelines.reports.files import COORDINATION
from pipelines.reports.pack import write_pack
from tests.golden import world
from tests.packs import write_packs

SHOWN = """() => [...document.querySelectorAll('#tableau_de_bord-measures tbody tr')]
  .filter(row => row.getBoundingClientRect().height > 0).map(row => row.querySelector('th').firstChild.textContent.trim())"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The files of the small world, in which a measure has as much to say as a sheet may hold."""
    con = world.build()
    for change in (
        "update core.measure_period set measure = 'Atelier de réinsertion par les métiers du bois et de la restauration du mobilier'",
        "update core.measure set target_group = 'Bénéficiaires de l''aide sociale de 25 à 55 ans sans formation achevée, à temps partiel'",
        "update core.measure set former_names = 'Atelier bois et meubles · Atelier de menuiserie · Bois pour tous'",
        "insert into core.measure_use select measure_id, s, period, in_use, ongoing, entries, exits, placed, dropped_out, cost "
        "from core.measure_use, (values ('OAI'), ('SMIG'), ('SFPO')) t(s) where measure_id = 'M-01' and service = 'SASO'",
        "insert into core.corrective_action by name select action_id || n as action_id, a.* exclude (action_id) "
        "replace (action || ', avec tous les services et d''ici à la fin de l''année, en commençant par les plus petits' as action) "
        "from core.corrective_action a, range(9) r(n) where measure_id = 'M-01'",
        "insert into core.grid_progress by name select d as grid_dimension, g.* exclude (grid_dimension) from core.grid_progress g, "
        "(values ('QUALITE'), ('COLLABORATION'), ('COMMUNICATION'), ('COMPETENCES_DE_BASE'), ('PROJET')) t(d) "
        "where g.grid_dimension = 'RYTHME'",
    ):
        con.execute(change)
    out = tmp_path_factory.mktemp("reports")
    written = write_packs(con, out, period=world.PERIOD)
    return list(dict.fromkeys(written + write_pack(open_book(con, world.PERIOD), out, COORDINATION, sample=True, language="de")))


@pytest.fixture(scope="module")
def coordination(written):
    (path,) = [path for path in written if path.name == "coordination-interne.fr.html"]
    return path


@pytest.fixture(scope="module")
def dashboard(watch, coordination):
    watched = watch(coordination.as_uri())
    watched.page.wait_for_selector("html[data-drawn]", state="attached")
    return watched


def test_the_dashboard_begins_with_the_mixed_measures_and_shows_what_is_chosen(dashboard):
    page = dashboard.page
    table = page.locator("#tableau_de_bord-measures")
    assert len(page.evaluate(SHOWN)) == 3
    assert table.locator("output").inner_text() == "3 sur 7"
    table.locator("select[data-filter=mixed]").select_option("")
    assert len(page.evaluate(SHOWN)) == 7
    table.locator("select[data-filter=service]").select_option("SASO")
    table.locator("select[data-filter=kind]").select_option("COACHING")
    assert page.evaluate(SHOWN) == ["Suivi jeunes"]
    assert dashboard.outside() == [] and dashboard.errors == []


def test_paper_has_every_row_unless_the_reader_has_chosen(watch, coordination):
    page = watch(coordination.as_uri()).page
    page.wait_for_selector("html[data-drawn]", state="attached")
    choice = page.locator("#tableau_de_bord-measures select[data-filter=service]")
    shown = []
    for chosen in (None, "SASO"):
        if chosen:
            choice.select_option(chosen)
        for moment in ("beforeprint", "afterprint"):
            page.evaluate(f"dispatchEvent(new Event('{moment}'))")
            shown.append((len(page.evaluate(SHOWN)), page.locator("#tableau_de_bord-measures .filters").is_visible()))
    assert shown == [(7, False), (3, True), (2, True), (2, True)]


def test_without_scripts_every_row_is_there_and_no_choice_is_offered(browser, coordination):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(coordination.as_uri())
    rows = page.locator("#tableau_de_bord-measures tbody tr")
    assert rows.count() == 7 and all(rows.nth(place).is_visible() for place in range(7))
    assert not page.locator(".filters").first.is_visible()
    context.close()


@pytest.mark.parametrize("place", ["tableau_de_bord", "repartition", "inventaire"])
def test_a_wide_table_scrolls_in_its_box_on_a_telephone(watch, coordination, place):
    page = watch(coordination.as_uri(), width=390).page
    page.wait_for_selector("html[data-drawn]", state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = page.evaluate(f"[...document.querySelectorAll('#{place} .wide')].map(box => [box.scrollWidth, box.clientWidth])")
    assert any(whole > seen for whole, seen in boxes)


@pytest.mark.parametrize(
    ("name", "more"), [("M-01_2019.html", "autres actions dans la liste"), ("M-01_2019.de.html", "in der Liste der Koordination")]
)
def test_a_sheet_with_as_much_to_say_as_it_may_prints_on_one_page(watch, written, name, more):
    (path,) = [path for path in written if path.name == name]
    watched = watch(path.as_uri())
    text = watched.page.inner_text("body")
    assert more in text and text.count("n = ") >= 8 and text.count("2018: –") > 30
    assert "IC " in text or "VI " in text
    cut = watched.page.evaluate("[...document.querySelectorAll('.wide')].filter(box => box.scrollWidth > box.clientWidth).length")
    assert cut == 0, "beside each other, no table is cut"
    printed = watched.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
    assert watched.outside() == [] and watched.errors == []
