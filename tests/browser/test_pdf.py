"""A pack as Chromium prints it: what a screen reader finds in the file, what stands on each page, and that nothing else is in it."""

import io
import os
import re
from collections import Counter
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import resources
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pikepdf
import pypdf
import pytest

from pipelines.reports.book import open_book
from pipelines.reports.files import COORDINATION, GP_CII
from pipelines.reports.pack import put_file
from pipelines.reports.pdf import browser_of, printed
from tests.browser.test_report import opened
from tests.golden import world
from tests.grids import html_grids
from tests.packs import write_packs
from tests.poison import hidden, poison, rendered

FILE = "gp-cii.fr.html"
STYLE = (resources.files("pipelines.reports") / "report.css").read_text()
# The width of an A4 page between its margins.
PAPER = 695


@pytest.fixture(scope="module")
def chromium(browser):
    """The Chromium of the other tests, where there is one."""
    return browser_of(Path(os.environ["CII_CHROMIUM"]) if os.environ.get("CII_CHROMIUM") else None)


@pytest.fixture(scope="module")
def page(tmp_path_factory, con_of_world):
    path = tmp_path_factory.mktemp("first") / FILE
    put_file(path, rendered(open_book(con_of_world, world.PERIOD), GP_CII).encode())
    return path


@pytest.fixture(scope="module")
def con_of_world():
    return world.build()


@pytest.fixture(scope="module")
def made(chromium, page):
    return printed(page, chromium)


@pytest.fixture(scope="module")
def pdf(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "pack.pdf"
    path.write_bytes(made)
    with pikepdf.open(path) as found:
        yield found


@pytest.fixture(scope="module")
def texts(pdf):
    return [one.extract_text() for one in pypdf.PdfReader(pdf.filename).pages]


@pytest.fixture(scope="module")
def elements(pdf):
    """The tags of the file with their attributes, as they are read."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += reversed(list(one))
        elif isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                found.append(one)
            waiting += [one.K] if "/K" in one else []
    return found


def kinds(elements):
    return Counter(str(one.S) for one in elements)


def test_the_file_is_tagged_speaks_french_and_has_a_title_and_an_outline_of_its_headings(pdf):
    assert bool(pdf.Root.MarkInfo.Marked) and str(pdf.Root.Lang) == "fr"
    with pdf.open_metadata() as about:
        assert about["dc:title"] == "Rapport au groupe de pilotage (GP CII) – mai 2020"
    with pdf.open_outline() as outline:
        (report,) = outline.root
        assert report.title == "Collaboration interinstitutionnelle: mai 2020"
        assert [one.title for one in report.children][:2] == ["Résumé", "Parcours entre les services"]
        assert "Chiffres clés" in [one.title for one in report.children[0].children]


def test_headings_tables_and_lists_are_tagged_as_such_and_no_button_is(elements):
    found = kinds(elements)
    assert found["/H1"] == 1 and found["/H2"] > 5 and found["/H3"] > found["/H2"]
    assert found["/Table"] > 3 and found["/TH"] > 20 and found["/TD"] > found["/TR"]
    assert found["/LI"] > 10 and found["/Form"] == 0


def test_every_table_has_heads_of_columns_and_each_says_what_it_is_head_of(elements):
    heads = [one for one in elements if one.S == "/TH"]
    scopes = Counter(str(part.Scope) for one in heads for part in one.A if "/Scope" in part)
    assert scopes["/Column"] > 10 and scopes["/Row"] > 10 and sum(scopes.values()) == len(heads)


def test_every_chart_is_a_figure_with_its_text_and_no_figure_is_without(elements, page):
    told = [str(one.Alt) for one in elements if one.S == "/Figure" and "/Alt" in one]
    assert len(told) == kinds(elements)["/Figure"]
    said = re.findall(r'class="plot" role="img" aria-label="([^"]*)"', page.read_text())
    assert len(said) > 10 and len(told) >= len(said)
    assert all(any(text[:20] in one for one in told) for text in ("Dossiers annoncés, clos et ouverts",))


def test_charts_are_drawn_in_lines_and_letters_and_not_in_dots(pdf):
    kinds = [str(one.get("/Subtype", "")) for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    assert "/Image" not in kinds


def test_what_is_written_in_the_charts_can_be_read(texts, watch, page):
    words = " ".join(texts).replace("\N{NO-BREAK SPACE}", " ")
    labels = opened(watch, page).page.eval_on_selector_all(".annotation-text", "nodes => nodes.map(node => node.textContent)")
    assert len(set(labels)) > 5
    close = re.sub(r"\s", "", words)
    assert [label for label in labels if re.sub(r"\s", "", label) not in close] == []


def test_every_page_says_what_it_is_of_when_it_was_how_it_stands_and_its_number(texts):
    assert 10 < len(texts) < 60
    for number, text in enumerate(texts, 1):
        for said in (
            "Rapport au groupe de pilotage (GP CII)",
            "mai 2020",
            "provisoire – pas encore diffusé – données d'exemple",
            f"{number} / {len(texts)}",
        ):
            assert said in text.replace("\N{NO-BREAK SPACE}", " "), (number, said)


def test_the_chapters_to_be_read_take_a_sheet_each_and_those_of_the_annex_follow_one_another(texts):
    begins = {
        title: next(number for number, text in enumerate(texts, 1) if title in text) for title in ("Annexe Durées", "Annexe Révisions")
    }
    assert begins["Annexe Durées"] == 5
    assert any(text.count("Annexe ") > 1 for text in texts[5:])


def test_what_a_figure_means_is_told_once_on_paper_and_where_it_comes_from_beside_each(texts):
    paper = unspaced("".join(texts))
    assert paper.count(unspaced("Dossiers CM-FP annoncés jusqu'au dernier jour du mois, cumulés depuis 2009.")) == 1
    assert paper.count(unspaced("Source Dossiers CM-FP du SFPO (cm_fp_dossiers)")) > 4


def test_every_row_of_a_table_and_every_key_figure_is_on_paper_what_it_is_on_the_screen(page, texts):
    """Cell by cell; what is folded on the screen is not printed, and of states by month only the signs of the last ones."""
    paper = unspaced("".join(texts))
    grids = html_grids(re.sub(r"<details.*?</details>", "", page.read_text(), flags=re.DOTALL))
    rows = [row for grid in grids for row in grid.rows if not any("state" in cell.kind for cell in row)]
    told = [unspaced("".join(cell.text + cell.small for cell in row)) for row in rows]
    assert len(told) > 100 and not [row for row in told if row not in paper]


def unspaced(text):
    return re.sub(r"\s+", "", text)


def test_paper_shows_definitions_and_nothing_to_press(texts):
    words = " ".join(texts)
    assert "Dossiers CM-FP annoncés" in words
    for told in ("Définitions et sources", "Tableau des valeurs", "s'ouvrent, et disent", "Fermer"):
        assert told not in words, told


def test_the_pages_stand_but_for_years_of_months(pdf, texts):
    lying = [number for number, one in enumerate(pdf.pages) if one.mediabox[2] > one.mediabox[3]]
    assert len(lying) <= 2
    assert all(abs(float(min(one.mediabox[2:])) - 595) < 1 for one in pdf.pages)


def test_what_is_hidden_may_be_anything_and_the_pdf_is_the_same_byte_for_byte(con_of_world, chromium, made, tmp_path):
    places = hidden(open_book(con_of_world, world.PERIOD), GP_CII)
    other = world.build()
    poison(other, places)
    put_file(tmp_path / "elsewhere" / FILE, rendered(open_book(other, world.PERIOD), GP_CII).encode())
    assert len(places) > 5000
    assert printed(tmp_path / "elsewhere" / FILE, chromium) == made


@pytest.fixture
def asked():
    """A server on this machine that remembers whether anybody came."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self):
            came.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        def log_message(self, *_):
            pass

    came = []
    server = HTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(address=f"http://127.0.0.1:{server.server_port}/asked", paths=came)
    server.shutdown()


def test_nothing_is_asked_of_anyone_while_it_prints(chromium, tmp_path, asked):
    path = tmp_path / "asks.html"
    path.write_text(f"<title>t</title><p>printed<script>fetch('{asked.address}').catch(() => document.body.append('refused'))</script>")
    made = tmp_path / "asks.pdf"
    made.write_bytes(printed(path, chromium))
    assert "refused" in pypdf.PdfReader(made).pages[0].extract_text()
    assert asked.paths == []


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    return write_packs(world.build(), tmp_path_factory.mktemp("paper"), period=world.PERIOD)


@pytest.mark.parametrize("number", [0, 1, 2], ids=["pack", "whole", COORDINATION])
def test_nothing_reaches_over_the_edge_of_the_paper_so_that_no_letter_shrinks(watch, packs, number):
    page = opened(watch, packs[number], PAPER).page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    over = page.evaluate(
        """() => [...document.querySelectorAll('main *')]
          .filter(one => !one.closest('svg, details:not([open]), .block:has(.broad, .matrix)') && one.getBoundingClientRect().right > innerWidth + 1)
          .map(one => `${one.closest('.block')?.id} ${one.tagName} ${one.className}`)"""
    )
    assert over == []
    charts = page.eval_on_selector_all(".plot .main-svg", "all => all.map(one => one.getBoundingClientRect().width)")
    assert set(charts) == {PAPER, 335} or set(charts) == {335}


def test_what_was_printed_is_again_what_it_was_on_the_screen(watch, packs):
    page = opened(watch, packs[0]).page
    look = "() => [...document.querySelectorAll('.plot')].map(one => [one.offsetWidth, one.querySelector('.main-svg').clientHeight])"
    roles = "() => document.querySelectorAll('[role=button][aria-haspopup=dialog]').length"
    before, buttons = page.evaluate(look), page.evaluate(roles)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(look) != before and page.evaluate(roles) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_timeout(500)
    assert page.evaluate(look) == before and page.evaluate(roles) == buttons > 0


def test_a_narrow_window_prints_what_a_wide_one_prints_and_goes_on_as_before(watch, packs):
    plot = "[one.offsetWidth, one.querySelector('.main-svg')?.clientHeight, one.textContent]"
    look = f"JSON.stringify([...document.querySelectorAll('.plot')].map(one => {plot}))"
    narrow, wide = (opened(watch, packs[0], width).page for width in (360, 1280))
    seen = {page: page.evaluate(look) for page in (narrow, wide)}
    sheets = []
    for page, before in seen.items():
        pages = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        sheets.append([one.extract_text() for one in pages])
        page.wait_for_function(f"before => {look} === before", arg=before)
    assert sheets[0] == sheets[1]
    narrow.set_viewport_size({"width": 1280, "height": 900})
    narrow.wait_for_function(f"before => {look} === before", arg=seen[wide])


def test_a_sheet_is_printed_on_one_page_without_another_s_margins(chromium, packs, tmp_path):
    sheet = next(path for path in packs if path.parent.name == "fiches")
    copy = tmp_path / "sheet.pdf"
    copy.write_bytes(printed(sheet, chromium))
    (only,) = pypdf.PdfReader(copy).pages
    lines = only.extract_text().splitlines()
    assert any("Fiche annuelle" in line for line in lines) and "1 / 1" not in lines


def sheets(folder, chromium, *sections: str) -> list[str]:
    """The texts of the sheets of paper on which these sections are printed."""
    html = folder / "sections.html"
    html.write_text(f"<!doctype html><title>Essai</title><style>{STYLE}</style><main>{''.join(sections)}</main>")
    path = folder / "sections.pdf"
    path.write_bytes(printed(html, chromium))
    return [one.extract_text() for one in pypdf.PdfReader(path).pages]


def filled(height: int) -> str:
    return f'<div style="height: {height}mm"></div>'


def test_a_heading_of_the_annex_stands_over_what_it_heads(chromium, tmp_path):
    head = "<h2><small>Annexe</small> {}</h2>"
    half = f'<figure class="block half"><figcaption>Graphique</figcaption>{filled(70)}</figure>'
    cards = f'<section class="block"><h3>Chiffres</h3><ul class="cards"><li>{filled(20)}</li></ul></section>'
    for left in range(10, 34, 4):
        before = f'<section class="page">{head.format("Avant")}{filled(240 - left)}</section>'
        after = f'<section class="page">{head.format("Suite")}<ul class="sentences"><li>Rien.</li></ul>{cards}{half}</section>'
        first, second = sheets(tmp_path, chromium, before, after)
        assert "Suite" not in first and {"Suite", "Rien.", "Chiffres", "Graphique"} <= {*re.findall(r"[\w.]+", second)}, left


def test_the_source_of_a_chart_stands_on_its_sheet(chromium, tmp_path):
    about = '<p class="note">Remarque</p><dl class="about"><dt>Source</dt><dd>Essai</dd></dl>'
    chart = f'<section class="block"><h3>Graphique</h3><div class="plot" style="break-inside: avoid; height: 60mm"></div>{about}</section>'
    pages = [f'<section class="page">{filled(height)}{chart}</section>' for height in range(150, 210, 4)]
    for text in sheets(tmp_path, chromium, *pages):
        assert ("Graphique" in text) == ("Remarque" in text) == ("Source" in text)
