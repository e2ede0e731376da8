"""A page as a PDF: printed by a Chromium that asks nothing of anyone, then put right, so that the same page gives the same bytes."""

import io
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

import pikepdf

from pipelines.errors import CiiError
from pipelines.reports.language import Language

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_SECONDS = 180
_ROOM = ".print-"
_OURS = "cii-monitor"
# A profile of its own, no network, no call home; the rest is how it prints.
_FLAGS = (
    "--headless",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,1024",  # wide enough for names at the ends of lines
    "--virtual-time-budget=60000",  # what is still to be drawn is waited for, by a clock that does not
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)


def printed(page: Path, browser: Path, *, language: Language = "fr") -> bytes:
    """The PDF of a page: tagged, with outline, language and title, and nothing in it that another day or place would change.

    Args:
        page: an HTML file that needs nothing but itself.
        browser: the Chromium that prints it.
        language: in which it is told.

    Raises:
        CiiError: it did not print.
    """
    with _room(page.absolute().parent) as folder:
        raw = Path(folder, "page.pdf")
        _run(
            [str(browser), *_FLAGS, *_unboxed(), f"--user-data-dir={folder}/profile", f"--print-to-pdf={raw}", page.absolute().as_uri()],
            page,
        )
        try:
            with pikepdf.open(raw) as pdf:
                return _put_right(pdf, page, language=language)
        except (FileNotFoundError, pikepdf.PdfError):
            raise CiiError(
                f"{browser.name} n'a pas imprimé {page.name}: essayez de l'imprimer depuis un navigateur, "
                "ou indiquez un autre Chromium par CII_CHROMIUM."
            ) from None


def browser_of(named: Path | None) -> Path:
    """The Chromium that is named, or the one that is installed.

    Raises:
        CiiError: there is none.
    """
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return Path(found)
    if named:
        raise CiiError(f"CII_CHROMIUM nomme {named.name}, qui n'est pas là ou ne se lance pas: vérifiez le chemin de Chromium.")
    raise CiiError(
        "Pas de PDF sans Chromium, qui n'est pas installé: installez Chromium ou Google Chrome, ou indiquez où il est par CII_CHROMIUM. "
        "Le rapport HTML s'imprime aussi depuis un navigateur."
    )


def _room(beside: Path) -> TemporaryDirectory[str]:
    """Where Chromium writes: beside the page, so that nothing of it lies elsewhere when all is killed; what was left so before goes."""
    for left in beside.glob(f"{_ROOM}*"):
        with suppress(OSError):
            # A younger one may be of somebody who prints right now.
            if left.stat().st_mtime < time.time() - 2 * _SECONDS:
                shutil.rmtree(left)
    # What a killed Chromium still writes must not keep the folder from going.
    return TemporaryDirectory(dir=beside, prefix=_ROOM, ignore_cleanup_errors=True)


def _unboxed() -> tuple[str, ...]:
    """What Chromium asks of root, who has no sandbox; the page is ours, and its policy lets no other script run."""
    return ("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()


def _run(command: Sequence[str], page: Path) -> None:
    """Let it print. What it says is of no help to anybody: whether there is a PDF tells how it went."""
    try:
        subprocess.run(
            command, check=False, timeout=_SECONDS, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise CiiError(
            f"{page.name}: toujours pas imprimé après {_SECONDS} secondes. Fermez ce qui occupe la machine, puis recommencez."
        ) from None
    except OSError:
        raise CiiError(f"{Path(command[0]).name} ne se lance pas: vérifiez le chemin de Chromium dans CII_CHROMIUM.") from None


def _put_right(pdf: pikepdf.Pdf, page: Path, *, language: Language) -> bytes:
    title = str(pdf.docinfo.get("/Title", page.stem))
    del pdf.docinfo
    if "/ID" in pdf.trailer:
        del pdf.trailer.ID  # half of it would be kept
    with pdf.open_metadata(set_pikepdf_as_editor=False) as about:
        about["dc:title"] = title
        about["dc:language"] = {language}
        about["pdf:Producer"] = about["xmp:CreatorTool"] = _OURS
    pdf.Root.Lang = pikepdf.String(language)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    _retag(pdf)
    _lead_from_here(pdf, page.absolute().parent)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _retag(pdf: pikepdf.Pdf) -> None:
    """Leave as figures what has a text of its own: Chromium calls so also what holds one, and each piece of it."""
    tree = pdf.Root.StructTreeRoot
    tree.RoleMap = pikepdf.Dictionary(Strong=pikepdf.Name.Span, Em=pikepdf.Name.Span)
    waiting = [(element, False) for element in _under(tree)]
    while waiting:
        element, pictured = waiting.pop()
        told = "/Alt" in element
        if element.get("/S") == pikepdf.Name.Figure and not told:
            element.S = pikepdf.Name.NonStruct if pictured else pikepdf.Name.Sect
        waiting += [(one, pictured or told) for one in _under(element)]


def _under(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements right under one; the others are numbers, of what is drawn."""
    kids = element.get("/K", pikepdf.Array())
    return [kid for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if isinstance(kid, pikepdf.Dictionary)]


def _lead_from_here(pdf: pikepdf.Pdf, folder: Path) -> None:
    """Links to files lead from the PDF's own folder, and tell of no other."""
    for page in pdf.pages:
        for note in page.get("/Annots", pikepdf.Array()):
            address = urlsplit(str(note.get("/A", pikepdf.Dictionary()).get("/URI", "")))
            if address.scheme == "file":
                _, _, inside = address.path.partition(f"{PurePosixPath(urlsplit(folder.as_uri()).path)}/")
                note.A.URI = pikepdf.String(inside or PurePosixPath(unquote(address.path)).name)
