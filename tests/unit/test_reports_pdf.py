"""How a page becomes a PDF, with a stand-in for Chromium: what is asked of it, what is made of what it gives, and what is said where it fails."""

import datetime as dt
import json
import os
import sys
from pathlib import Path

import pikepdf
import pytest

from pipelines.errors import CiiError
from pipelines.reports import pdf
from pipelines.reports.edition import edition
from pipelines.reports.files import GP_CII
from pipelines.reports.forms import makers
from pipelines.reports.pack import write_forms
from pipelines.reports.pdf import browser_of, printed
from pipelines.settings import Settings

# Keeps what it was asked, and hands out the PDF that lies beside it.
STAND_IN = """#!{python}
import json, pathlib, shutil, sys
here = pathlib.Path(__file__).parent
target = next(one for one in sys.argv if one.startswith("--print-to-pdf=")).split("=", 1)[1]
(here / "asked.json").write_text(json.dumps(sys.argv[1:]))
{does}
"""
PRINTS = 'shutil.copy(here / "raw.pdf", target)'


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "mars 2017" / "gp-cii.fr.html"
    path.parent.mkdir()
    path.write_text("<title>Rapport</title>")
    return path


@pytest.fixture
def made(book):
    return edition(book, GP_CII, sample=True)


def stand_in(folder: Path, does: str = PRINTS) -> Path:
    path = folder / "chromium"
    path.write_text(STAND_IN.format(python=sys.executable, does=does))
    path.chmod(0o700)
    return path


def element(kind, *kids, **more):
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), K=pikepdf.Array(kids), **more)


def raw(folder: Path, page: Path, *, day: str = "20170410") -> None:
    """What Chromium might print: a link to a file, and a chart in a figure, with pieces of its own."""
    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Title"] = "Rapport – mars 2017"
    made.docinfo["/CreationDate"] = f"D:{day}120000Z"
    made.docinfo["/Producer"] = "Skia"
    chart = element("Figure", element("Figure", 1), element("NonStruct", element("Figure", 2)), Alt=pikepdf.String("Places: 12"))
    tree = element("Document", element("Figure", chart, element("Strong", 3)))
    made.Root.StructTreeRoot = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=made.make_indirect(tree)))
    addresses = [
        (page.parent / "fiches" / "PSET-1%2F2.html").as_uri(),
        (page.parent.parent / "elsewhere.html").as_uri(),
        "https://example.org/a",
    ]
    made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(A=pikepdf.Dictionary(URI=pikepdf.String(one))) for one in addresses])
    made.save(folder / "raw.pdf")


def opened(content: bytes, folder: Path) -> pikepdf.Pdf:
    path = folder / "opened.pdf"
    path.write_bytes(content)
    return pikepdf.open(path)


def test_without_a_chromium_somebody_is_told_what_to_install_or_to_set(monkeypatch, page, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CiiError, match=r"installez Chromium .* CII_CHROMIUM"):
        makers(["xlsx", "pdf"], chromium=None)


def test_a_chromium_on_the_path_is_found_by_each_of_its_names(monkeypatch, page, tmp_path):
    raw(tmp_path, page)
    stand_in(tmp_path).rename(tmp_path / "google-chrome")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printed(page, browser_of(None)).startswith(b"%PDF-1.7")


def test_a_named_chromium_that_is_not_there_is_told_by_its_name_and_no_other_is_taken(page, tmp_path):
    with pytest.raises(CiiError, match="CII_CHROMIUM nomme nowhere, qui n'est pas là") as told:
        browser_of(tmp_path / "nowhere")
    assert str(tmp_path) not in str(told.value)


def test_the_setting_that_names_a_chromium_comes_from_the_environment():
    assert Settings.load(environment={"CII_CHROMIUM": "/opt/chrome"}).chromium == Path("/opt/chrome")
    assert Settings.load(environment={"CII_CHROMIUM": ""}).chromium is None


@pytest.mark.parametrize("does", ["", "sys.exit(1)", 'pathlib.Path(target).write_text("no PDF")'])
def test_where_nothing_is_printed_the_pdf_of_before_stays(made, page, tmp_path, does):
    out = page.with_name("gp-cii.fr.pdf")
    out.write_bytes(b"before")
    with pytest.raises(CiiError, match=r"chromium n'a pas imprimé gp-cii\.fr\.html"):
        write_forms(made, page, makers(["pdf"], chromium=stand_in(tmp_path, does)))
    assert out.read_bytes() == b"before"
    assert not [one.name for one in page.parent.iterdir() if one.name.startswith(".gp-cii")]


def test_a_chromium_that_cannot_be_run_is_told(page, tmp_path):
    path = tmp_path / "chromium"
    path.write_bytes(b"\x7fELF no program")
    path.chmod(0o700)
    with pytest.raises(CiiError, match="chromium ne se lance pas"):
        printed(page, path)


def test_a_chromium_that_never_ends_is_given_up(monkeypatch, page, tmp_path):
    monkeypatch.setattr(pdf, "_SECONDS", 1)
    with pytest.raises(CiiError, match="toujours pas imprimé après 1 secondes"):
        printed(page, stand_in(tmp_path, "import time; time.sleep(60)"))


def test_it_prints_from_a_profile_of_its_own_that_goes_and_reaches_no_network(page, tmp_path):
    raw(tmp_path, page)
    printed(page, stand_in(tmp_path))
    asked = json.loads((tmp_path / "asked.json").read_text())
    profile = next(one.split("=", 1)[1] for one in asked if one.startswith("--user-data-dir="))
    assert not Path(profile).parent.exists() and page.as_uri() in asked
    assert {"--host-resolver-rules=MAP * ~NOTFOUND", "--export-tagged-pdf", "--generate-pdf-document-outline"} <= set(asked)


def test_what_chromium_writes_lies_beside_the_page_for_its_owner_alone(page, tmp_path):
    raw(tmp_path, page)
    notes = '(here / "room.json").write_text(json.dumps([str(pathlib.Path(target).parent), pathlib.Path(target).parent.stat().st_mode & 0o777]))'
    printed(page, stand_in(tmp_path, f"{PRINTS}\n{notes}"))
    folder, mode = json.loads((tmp_path / "room.json").read_text())
    assert Path(folder).parent == page.parent and mode == 0o700


def test_what_a_killed_print_left_goes_with_the_next_and_one_at_work_keeps_its_room(page, tmp_path):
    raw(tmp_path, page)
    left, at_work = page.with_name(".print-left"), page.with_name(".print-at-work")
    for folder in (left, at_work):
        folder.mkdir()
        (folder / "page.pdf").write_bytes(b"%PDF")
    os.utime(left, (0, 0))
    printed(page, stand_in(tmp_path))
    assert {one.name for one in page.parent.iterdir()} == {page.name, at_work.name}


def test_only_root_is_without_a_sandbox(monkeypatch):
    monkeypatch.setattr(pdf.os, "geteuid", lambda: 1000)
    assert pdf._unboxed() == ()
    monkeypatch.setattr(pdf.os, "geteuid", lambda: 0)
    assert pdf._unboxed() == ("--no-sandbox",)


def test_another_day_gives_the_same_bytes(page, tmp_path):
    given = []
    for day in ("20170410", "20261123"):
        raw(tmp_path, page, day=day)
        given.append(printed(page, stand_in(tmp_path)))
    assert given[0] == given[1]
    assert b"2026" not in given[0]


def test_the_pdf_says_what_it_is_in_which_language_and_not_when_or_with_what_it_was_made(page, tmp_path):
    raw(tmp_path, page)
    made = opened(printed(page, stand_in(tmp_path)), tmp_path)
    with made.open_metadata() as about:
        assert about["dc:title"] == "Rapport – mars 2017" and about["dc:language"] == {"fr"}
        assert about["pdf:Producer"] == "cii-monitor" and "xmp:CreateDate" not in about and "xmp:ModifyDate" not in about
    assert str(made.Root.Lang) == "fr" and bool(made.Root.ViewerPreferences.DisplayDocTitle)
    assert set(made.docinfo.keys()) <= {"/Title", "/Producer", "/Creator"} and "Skia" not in str(made.docinfo)


def test_a_german_pdf_says_so(page, tmp_path):
    raw(tmp_path, page)
    made = opened(printed(page, stand_in(tmp_path), language="de"), tmp_path)
    assert str(made.Root.Lang) == "de"
    with made.open_metadata() as about:
        assert list(about["dc:language"]) == ["de"]


def test_only_what_has_a_text_of_its_own_stays_a_figure(page, tmp_path):
    raw(tmp_path, page)
    made = opened(printed(page, stand_in(tmp_path)), tmp_path)
    outer = made.Root.StructTreeRoot.K.K[0]
    chart, strong = outer.K
    assert [str(outer.S), str(chart.S), str(chart.K[0].S), str(chart.K[1].K[0].S)] == ["/Sect", "/Figure", "/NonStruct", "/NonStruct"]
    assert str(made.Root.StructTreeRoot.RoleMap[str(strong.S)]) == "/Span"


def test_links_to_files_lead_from_the_folder_and_no_folder_is_told(page, tmp_path):
    raw(tmp_path, page)
    made = opened(printed(page, stand_in(tmp_path)), tmp_path)
    assert [str(one.A.URI) for one in made.pages[0].Annots] == ["fiches/PSET-1%252F2.html", "elsewhere.html", "https://example.org/a"]


def test_the_pdf_is_its_owner_s_alone(made, page, tmp_path):
    raw(tmp_path, page)
    out = page.with_name("gp-cii.fr.pdf")
    write_forms(made, page, makers(["pdf"], chromium=stand_in(tmp_path)))
    assert out.stat().st_mode & 0o777 == 0o600
    assert dt.date.today().isoformat().encode() not in out.read_bytes()
