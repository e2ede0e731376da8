"""What stands behind a figure, opened in a real browser: by keyboard and by mouse, from disk, without anything moving."""

import pytest

from tests.browser.test_report import opened
from tests.golden import world
from tests.packs import write_packs

ACTIVE = (
    "() => { const {tagName, dataset, textContent} = document.activeElement; return {tagName, of: dataset.of ?? '', text: textContent}; }"
)
TITLE, DIALOG = "#explained", "dialog"


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """The pack to the steering group, and the whole ones to it and to the coordination group."""
    return write_packs(world.build(), tmp_path_factory.mktemp("explained"), period=world.PERIOD)[:3]


@pytest.fixture(params=[390, 1280])
def page(request, watch, packs):
    watched = opened(watch, packs[0], request.param)
    yield watched.page
    assert watched.errors == [] and watched.outside() == []


def tabbed_to_a_figure(page):
    """Where the tabulator first comes to a figure."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if (active := page.evaluate(ACTIVE))["of"]:
            return active
    raise AssertionError("no figure is reached")


def unfolded(page, figure):
    """The figures of a chart's table, which is opened."""
    page.click(f"{figure} summary")
    return page.locator(f"{figure} td[data-of]")


def test_a_figure_is_opened_read_and_closed_with_the_keyboard_alone(page):
    there = tabbed_to_a_figure(page)
    page.keyboard.press("Enter")
    assert page.is_visible(DIALOG) and page.inner_text(TITLE) == "Dossiers CM-FP ouverts, mai\N{NO-BREAK SPACE}2020"
    said = page.inner_text(DIALOG)
    assert "1’046" in said and "complet" in said and "Définition" in said and "SFPO" in said
    page.keyboard.press("Escape")
    assert not page.is_visible(DIALOG) and page.evaluate(ACTIVE) == there
    page.keyboard.press("Space")
    assert page.is_visible(DIALOG)
    page.keyboard.press("Enter")
    assert not page.is_visible(DIALOG), "the button that closes it has the focus"


def test_of_a_hidden_figure_is_said_why(page):
    page.locator(".cards [data-of]", has_text="• seuil").first.click()
    said = page.inner_text(DIALOG)
    assert "• seuil" in said and "moins de 5 personnes" in said and "Définition" in said


def test_in_a_table_the_arrows_go_from_figure_to_figure(page):
    figures = unfolded(page, "#pset-places")
    assert page.locator("#pset-places table").get_attribute("role") == "grid"
    assert page.locator("#pset-places td[tabindex='0']").count() == 1 < figures.count()
    figures.first.focus()
    first = page.evaluate(ACTIVE)["of"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.inner_text(TITLE) == "Places PSET, catégorie: Occupation, mai\N{NO-BREAK SPACE}2019"
    page.keyboard.press("Escape")
    for key in ("ArrowLeft", "ArrowUp", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    assert page.evaluate(ACTIVE)["of"] == first, "no arrow leaves the table"
    assert page.locator("#pset-places td[tabindex='0']").count() == 1


def test_a_click_opens_and_one_beside_it_closes_and_nothing_on_the_page_moves(page):
    figure = page.locator(".cards [data-of]").first
    figure.scroll_into_view_if_needed()
    before = figure.bounding_box()
    figure.click()
    assert page.is_visible(DIALOG) and figure.bounding_box() == before
    box = page.locator(DIALOG).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
    page.mouse.click(5, 5)
    assert not page.is_visible(DIALOG) and figure.bounding_box() == before


def test_who_marks_a_figure_to_copy_it_does_not_open_it(page):
    box = page.locator(".cards [data-of] strong").first.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, middle, steps=4)
    page.mouse.up()
    assert page.evaluate("String(getSelection())") and not page.is_visible(DIALOG)


def test_of_a_figure_opened_after_another_only_its_own_is_said(page):
    cards = page.locator(".cards [data-of]")
    for number in (0, 1):
        cards.nth(number).click()
        assert page.locator("dialog dt", has_text="Définition").count() == 1
        page.click("dialog button")
    assert "Solutions CM-FP trouvées" in page.locator(TITLE).text_content()


def test_who_filters_a_table_still_reaches_its_figures(watch, packs):
    page = opened(watch, packs[2]).page
    table = page.locator("#tableau_de_bord-measures")
    table.locator("select[data-filter=mixed]").select_option("")
    last = table.locator("td[data-of]").last
    last.focus()
    table.locator("select[data-filter=mixed]").select_option("OUI")
    reached = table.locator("td[tabindex='0']")
    assert not last.is_visible() and reached.count() == 1 and reached.is_visible()


def test_what_cannot_be_opened_looks_like_it_and_paper_shows_no_hint(page):
    assert page.locator("tbody td:not([data-of])[aria-haspopup]").count() == 0
    assert page.locator("#opens").is_visible()
    page.emulate_media(media="print")
    assert not page.locator("#opens").is_visible()
