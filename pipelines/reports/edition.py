"""A pack of a month before it takes a form: its pages, made once for all forms, and what each form says of itself."""

from dataclasses import dataclass

from pipelines.contracts.export import Period
from pipelines.contracts.thresholds import Thresholds
from pipelines.reports import formats
from pipelines.reports.book import Book
from pipelines.reports.content import Block, Cards, Page
from pipelines.reports.files import PACKS, Pack
from pipelines.reports.hiding import reasons
from pipelines.reports.pages import chapters
from pipelines.reports.value import HIDDEN

INVENTED = "données d'exemple, personnes inventées"
_STANDING = {
    "internal": "usage interne – analystes",
    "own": "données propres du service – pour lui seul",
    "provisional": "provisoire – pas encore diffusé",
}


@dataclass(frozen=True)
class Masthead:
    """What every file says of itself.

    Attributes:
        month: that it is of.
        state: up to which day its figures go, and its deliveries where any came: one sentence.
        hiding: what the marks of hidden figures mean, one sentence each; none where nothing is hidden.
        stamps: for whom its figures are, and that persons are invented.
    """

    month: str
    state: str
    hiding: tuple[str, ...]
    stamps: tuple[str, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """Its state and its stamps as sentences."""
        return (self.state, *(f"{stamp[:1].upper()}{stamp[1:]}." for stamp in self.stamps))


@dataclass(frozen=True)
class Edition:
    """A pack of a month with its pages.

    Attributes:
        book: what the pages were made from.
        pack: which one it is.
        masthead: what it says of itself.
        parts: the pages with their blocks, those that its reader is to read and those of the annex, each under its name.
        language: in which it is told.
    """

    book: Book
    pack: Pack
    masthead: Masthead
    parts: tuple[tuple[str, tuple[tuple[Page, tuple[Block, ...]], ...]], ...]
    language: str = "fr"


def edition(book: Book, pack: str, *, sample: bool) -> Edition:
    """The pack as the book tells it."""
    own, annex = chapters(pack, internal=book.internal)
    parts = ((name, tuple((page, _blocks(page, book)) for page in found)) for name, found in (("", own), ("Annexe", annex)) if found)
    return Edition(book, PACKS[pack], masthead(book, sample=sample), tuple(parts))


def _blocks(page: Page, book: Book) -> tuple[Block, ...]:
    """What stands on a page: a heading over key figures of which none may be told does not."""
    return tuple(block for block in page.build(book) if not isinstance(block, Cards) or block.cards)


def masthead(book: Book, *, sample: bool) -> Masthead:
    """What every file made from the book says of itself."""
    received = book.rows("select max(received_at)::date from stg.delivery").item()
    until = f", d'après les livraisons reçues jusqu'au {formats.day(received)}" if received else ""
    return Masthead(
        month=formats.month(book.period),
        state=f"État au {formats.day(Period(book.period).last)}{until}.",
        hiding=_hiding(book.thresholds),
        stamps=_stamps(book, sample=sample),
    )


def _stamps(book: Book, *, sample: bool) -> tuple[str, ...]:
    """What every page says of the figures on it: for whom they are, and that persons are invented."""
    released = book.released and f"diffusé le {formats.day(book.released.day)} par {book.released.by} (diffusion no {book.released.number})"
    return (released or _STANDING[book.standing], *((INVENTED,) if sample else ()))


def _hiding(thresholds: Thresholds | None) -> tuple[str, ...]:
    if thresholds is None:
        return ()
    return (
        *(f"{HIDDEN[reason]}: {why}." for reason, why in reasons(thresholds).items()),
        f"«État à fin …»: une ventilation ne bouge qu'à la fin d'une année, et si chaque modalité a bougé de {thresholds.count} "
        "personnes au moins, ou pas du tout.",
    )
