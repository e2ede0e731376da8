"""A pack of a month before it takes a form: its pages, made once for all forms, and what each form says of itself."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from pipelines.contracts.export import Period
from pipelines.contracts.thresholds import Thresholds
from pipelines.reports import formats
from pipelines.reports.book import Book, retold
from pipelines.reports.content import Block, Cards, Page
from pipelines.reports.files import PACKS, told_title
from pipelines.reports.hiding import reasons
from pipelines.reports.language import Language, language, later, speaking, tr
from pipelines.reports.pages import chapters
from pipelines.reports.value import HIDDEN

INVENTED = later("données d'exemple, personnes inventées")
_STANDING = {
    "internal": later("usage interne – analystes"),
    "own": later("données propres du service – pour lui seul"),
    "provisional": later("provisoire – pas encore diffusé"),
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
        return (self.state, *(f"{formats.opening(stamp)}." for stamp in self.stamps))


@dataclass(frozen=True)
class Edition:
    """A pack of a month with its pages.

    Attributes:
        book: what the pages were made from.
        name: how it is asked for, or that of the sheet.
        title: to whom it goes, or of what the sheet is.
        masthead: what it says of itself.
        parts: the pages with their blocks, those that its reader is to read and those of the annex, each under its name.
        language: in which it is told.
    """

    book: Book
    name: str
    title: str
    masthead: Masthead
    parts: tuple[tuple[str, tuple[tuple[Page, tuple[Block, ...]], ...]], ...]
    language: Language = "fr"


def edition(book: Book, pack: str, *, sample: bool) -> Edition:
    """The pack as the book tells it, in the language of now."""
    own, annex = chapters(pack, internal=book.internal)
    parts = tuple((name, _built(pages, book)) for name, pages in (("", own), (tr("Annexe"), annex)) if pages)
    return Edition(book, pack, told_title(PACKS[pack]), masthead(book, sample=sample), parts, language())


@contextmanager
def telling(book: Book, language: Language) -> Iterator[Book]:
    """The book in a language, in which all is told meanwhile."""
    with speaking(language):
        yield book if language == "fr" else retold(book)


def _built(pages: Sequence[Page], book: Book) -> tuple[tuple[Page, tuple[Block, ...]], ...]:
    return tuple((replace(page, title=tr(page.title)), _blocks(page, book)) for page in pages)


def _blocks(page: Page, book: Book) -> tuple[Block, ...]:
    """What stands on a page: a heading over key figures of which none may be told does not."""
    return tuple(block for block in page.build(book) if not isinstance(block, Cards) or block.cards)


def masthead(book: Book, *, sample: bool) -> Masthead:
    """What every file made from the book says of itself."""
    received = book.rows("select max(received_at)::date from stg.delivery").item()
    last = formats.day(Period(book.period).last)
    state = (
        tr("État au {day}, d'après les livraisons reçues jusqu'au {received}.", day=last, received=formats.day(received))
        if received
        else tr("État au {day}.", day=last)
    )
    return Masthead(
        month=formats.month(book.period),
        state=state,
        hiding=_hiding(book.thresholds),
        stamps=_stamps(book, sample=sample),
    )


def _stamps(book: Book, *, sample: bool) -> tuple[str, ...]:
    """What every page says of the figures on it: for whom they are, and that persons are invented."""
    released = book.released and tr(
        "diffusé le {day} par {by} (diffusion no {number})",
        day=formats.day(book.released.day),
        by=book.released.by,
        number=book.released.number,
    )
    return (released or tr(_STANDING[book.standing]), *((tr(INVENTED),) if sample else ()))


def _hiding(thresholds: Thresholds | None) -> tuple[str, ...]:
    if thresholds is None:
        return ()
    return (
        *(f"{tr(HIDDEN[reason])}: {why}." for reason, why in reasons(thresholds).items()),
        tr(
            "«État à fin …»: une ventilation ne bouge qu'à la fin d'une année, et si chaque modalité a bougé de {count} personnes au "
            "moins, ou pas du tout.",
            count=thresholds.count,
        ),
    )
