"""Whoever does not see, sees little, or has no mouse: what axe-core finds in every pack, at twice the size, and in colours of one's own."""

from importlib import resources

import pytest

from pipelines.contracts.thresholds import Thresholds
from pipelines.reports.book import open_book
from pipelines.reports.files import COORDINATION, GP_CII, LEGISLATURE
from pipelines.reports.pack import write_index, write_pack
from pipelines.reports.passage import own_book, passed
from tests.golden import world

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
SERVICE = "service-sfpo"
SHEET, INDEX = "sheet", "index"
GERMAN = " in German"
# Folded parts are read as well; on white, axe can tell the contrast that an edge in shadow keeps from it.
OPENED = """() => {
  document.querySelectorAll('details').forEach(one => { one.open = true; });
  document.querySelectorAll('.wide').forEach(one => { one.style.background = '#fff'; });
}"""
FOUND = "async () => (await axe.run()).violations.map(({id, nodes}) => [id, nodes.length, nodes[0].html.slice(0, 200)])"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The packs of a month as their readers get them in either language, a yearly sheet and the list of all, by name."""
    out = tmp_path_factory.mktemp("accessible")
    whole = open_book(world.build(), world.PERIOD)
    made = {}
    for name in (GP_CII, COORDINATION, LEGISLATURE):
        with passed(whole, name, thresholds=Thresholds()) as book:
            made[name], made[name + GERMAN] = write_pack(book, out, name, sample=True, language="de")
    with own_book(whole, "SFPO", internal=False) as book:
        made[SERVICE], made[SERVICE + GERMAN] = write_pack(book, out, SERVICE, sample=True, language="de")
    _, _, made[SHEET], *_, made[SHEET + GERMAN] = write_pack(whole, out, COORDINATION, sample=True, language="de")
    return made | {INDEX: write_index(out, sample=True)}


@pytest.fixture(scope="module")
def reader(browser, files):
    """A function that opens a file as a reader with these settings does; the policy lets axe in here, and only here."""
    contexts = []

    def opened(name, **settings):
        context = browser.new_context(locale="fr-CH", bypass_csp=True, **{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.goto(files[name].as_uri())
        if name.removesuffix(GERMAN) not in (SHEET, INDEX):
            page.wait_for_selector("html[data-drawn]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()


def found(page):
    page.evaluate(OPENED)
    page.evaluate(AXE)
    return page.evaluate(FOUND)


@pytest.mark.parametrize(
    "name", [INDEX, *(name + language for name in (GP_CII, COORDINATION, LEGISLATURE, SERVICE, SHEET) for language in ("", GERMAN))]
)
def test_axe_finds_nothing(reader, name):
    assert found(reader(name)) == []


def test_a_german_pack_is_told_as_german_and_its_charts_name_months_in_german(reader):
    page = reader(GP_CII + GERMAN)
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.evaluate("document.querySelector('#cm_fp-stock .plot')._fullLayout.separators") == ".’"
    ticks = page.locator("#cm_fp-stock .xtick text").all_text_contents()
    assert ticks and all(
        tick.startswith(("Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.")) for tick in ticks
    )


def test_axe_finds_nothing_in_what_stands_behind_a_figure(reader):
    page = reader(GP_CII)
    page.locator(".cards [data-of]").first.click()
    assert page.is_visible("dialog") and found(page) == []


def test_axe_would_find_a_picture_without_words(reader):
    page = reader(SHEET)
    page.evaluate("document.querySelector('.drawing').removeAttribute('aria-label')")
    assert [rule for rule, *_ in found(page)] == ["svg-img-alt"]


@pytest.mark.parametrize("name", [GP_CII, COORDINATION, SHEET])
def test_at_twice_the_size_nothing_is_lost(reader, name):
    """A window of 1280 at 200 % has 640."""
    page = reader(name, viewport={"width": 640, "height": 450})
    page.evaluate(OPENED)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    cut = page.evaluate(
        """() => [...document.querySelectorAll('main :is(p, li, dd, dt, h2, h3, h4, strong, summary)')]
          .filter(one => !one.closest('.wide') && one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
          .map(one => one.textContent.slice(0, 60))"""
    )
    assert cut == []


def test_in_colours_of_one_s_own_charts_keep_theirs_and_keys_their_patch(reader):
    page = reader(GP_CII, forced_colors="active")
    patches = "all => all.map(one => getComputedStyle(one).forcedColorAdjust)"
    assert set(page.eval_on_selector_all(".legend i, .plot", patches)) == {"none"}
    grounds = page.eval_on_selector_all(".plot", "all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert set(grounds) == {"rgb(255, 255, 255)"}
