"""A pack that somebody asks for, made from the published copy."""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines import duck
from pipelines.errors import CiiError
from pipelines.release.frozen import released, released_file
from pipelines.release.register import Release, releases_of_whole
from pipelines.release.tables import RELEASE
from pipelines.release.told import told_last
from pipelines.reports.book import Book, first_period, latest_period, open_book
from pipelines.reports.files import Pack, pack_named, report_path
from pipelines.reports.formats import counted
from pipelines.reports.forms import Making, makers
from pipelines.reports.language import Language
from pipelines.reports.pack import put_report, write_beside, write_index, write_pack
from pipelines.reports.passage import kept_book, own_book, passed
from pipelines.settings import Settings


def write_ordered(
    settings: Settings,
    name: str,
    *,
    period: dt.date | None,
    internal: bool,
    forms: Collection[str] = (),
    language: Language = "fr",
) -> list[Path]:
    """Write a pack of a month, the latest one unless another is named, and the list of all; the files written.

    A pack that was released is what was released: what changed since is told by the packs after it. It always lies there as HTML; what
    other forms lie beside it were made with it.

    Args:
        settings: where the warehouse lies.
        name: of the pack.
        period: its month; the latest one unless said.
        internal: whether it shows all, to the analysts alone.
        forms: in which forms besides HTML: `pdf`, `xlsx`, `csv`.
        language: in which it is told; the French HTML lies beside that of another.

    Raises:
        CiiError: there is no such pack, nothing is published for the month, or something hidden would follow from what is shown.
    """
    pack = pack_named(name)
    with asked_book(settings, period) as whole:
        written = _written(whole, settings, pack, internal=internal, forms=makers(forms, chromium=settings.chromium), language=language)
        write_index(settings.reports, sample=whole.sample)
    return written


@contextmanager
def asked_book(settings: Settings, period: dt.date | None) -> Iterator[Book]:
    """The whole published warehouse, seen from a month.

    Raises:
        CiiError: nothing is published for the month.
    """
    with duck.open_published(settings.published) as con:
        first, last = first_period(con), latest_period(con)
        if first is None or last is None:
            raise CiiError("Aucune livraison n'est en vigueur: il n'y a rien à rapporter. Déposez des envois, puis «cii run».")
        if period and period > last:
            raise CiiError(f"Rien n'est publié pour {period:%Y-%m}: le dernier mois est {last:%Y-%m}.")
        if period and period < first:
            raise CiiError(f"Rien n'est publié pour {period:%Y-%m}: le premier mois est {first:%Y-%m}.")
        yield open_book(con, period or last)


def known_releases(whole: Book, settings: Settings) -> list[Release]:
    """The releases that a pack has to know: all that were made by the day of the settings.

    Raises:
        CiiError: something was changed in the register or taken out of it, or the whole of it is not there any more.
    """
    known = releases_of_whole(settings.register, known_on=settings.known_on)
    for con in filter(None, (whole.con, whole.before)):
        if lost := next(published_but_lost(con, known), None):
            raise CiiError(f"{lost} Rétablissez le registre depuis une sauvegarde.")
    return known


def published_but_lost(con: duck.Connection, known: Collection[Release]) -> Iterator[str]:
    """What a copy knows of the register and is not there any more, one sentence."""
    # A copy that former code made has none of it.
    said = duck.count(con, RELEASE.qualified) if duck.exists(con, RELEASE.qualified) else 0
    if said > len(known):
        yield f"D'après la copie publiée il y a eu {counted(said, 'diffusion', 'diffusions')}; le registre n'en a que {len(known)}."


def _written(whole: Book, settings: Settings, pack: Pack, *, internal: bool, forms: Collection[Making], language: Language) -> list[Path]:
    if pack.service:
        with own_book(whole, pack.service, internal=internal) as book:
            return write_pack(book, settings.reports, pack.name, sample=whole.sample, forms=forms, language=language)
    if internal:
        return write_pack(whole, settings.reports, pack.name, sample=whole.sample, forms=forms, language=language)
    return write_passed(whole, settings, pack, out=settings.reports, forms=forms, language=language)


def write_passed(
    whole: Book, settings: Settings, pack: Pack, *, out: Path, forms: Collection[Making] = (), language: Language = "fr"
) -> list[Path]:
    """Write a pack that leaves the circle under `out`: as it was released, or else after the control; the files written.

    Raises:
        CiiError: something hidden would follow from what is shown, or what was released is not kept whole.
    """
    known = known_releases(whole, settings)
    if one := released(known, pack.name, whole.period):
        path = out / report_path(whole.period, pack.name)
        put_report(path, released_file(settings.register, one))
        if language == "fr" and not forms:
            return [path]
        with kept_book(settings.register / one.folder, one, language=language) as book:
            return [path, *write_beside(book, path, pack.name, sample=book.sample, forms=forms, language=language)]
    told = told_last(settings.register, known)
    with passed(whole, pack.name, thresholds=settings.thresholds, told=told) as book:
        return write_pack(book, out, pack.name, sample=whole.sample, forms=forms, language=language)
