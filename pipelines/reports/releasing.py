"""Releasing a pack: its data are frozen, written into the register, and made again from there whenever somebody asks."""

import datetime as dt
import hashlib
from dataclasses import asdict
from pathlib import Path

import polars as pl
from filelock import FileLock

from pipelines import duck
from pipelines.errors import CiiError
from pipelines.ingest.mask import masked
from pipelines.release import kept
from pipelines.release.frozen import altered
from pipelines.release.register import Release, broken, last_entry, record, releases
from pipelines.release.told import told_last
from pipelines.reports.book import Book, Released
from pipelines.reports.data_package import told_texts
from pipelines.reports.files import Pack, pack_named, report_path
from pipelines.reports.language import speaking
from pipelines.reports.ordered import asked_book, known_releases, published_but_lost
from pipelines.reports.pack import put_report, render, write_index
from pipelines.reports.passage import kept_book, passed
from pipelines.settings import Settings

# What a later release is compared with: what decides the figures besides the deliveries.
MADE_OF = "stg.fingerprint"
_MADE_OF = "select part, sha256 from stg.fingerprint where part in ('code', 'settings', 'linked') order by part"
_DEFINITIONS = "select indicator, definition_version, valid_from, definition from mart.indicator"


def release(settings: Settings, name: str, *, period: dt.date | None, by: str, now: dt.datetime, code: str) -> tuple[Release, Path]:
    """Freeze a pack as it would be made now; its entry in the register, and the file.

    Args:
        settings: where the warehouse lies.
        name: of the pack.
        period: its month; the latest one unless said.
        by: who releases it.
        now: when, in local time.
        code: the hash of all code.

    Raises:
        CiiError: nobody is named, the pack is a service's own, the register is not whole, nothing is published for the month, or
            something hidden would follow from what is shown.
    """
    pack, who = pack_named(name), masked(" ".join(by.split()))
    if not who:
        raise CiiError('Dites qui diffuse: --by "…".')
    if pack.service:
        raise CiiError(f"{name} montre à un service ses propres données: il ne se diffuse pas. Il se fait par «cii report {name}».")
    settings.register.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(settings.register / ".lock", mode=0o600), asked_book(settings, period) as whole:
        known = known_releases(whole, settings)
        named = Released(len(known) + 1, now.date(), who)
        told = told_last(settings.register, known)
        with passed(whole, pack.name, thresholds=settings.thresholds, told=told, released=named) as book:
            file = render(book, sample=whole.sample, pack=pack.name).encode()
            draft = kept.keep(settings.register, _tables(book, whole), file=file)
        one = _entry(pack, whole, named, now=now, file=file, draft=draft, code=code, previous=last_entry(known))
        record(settings.register, one)
        kept.settle(settings.register, one.folder)
        path = settings.reports / report_path(one.period, pack.name)
        put_report(path, file)
        write_index(settings.reports, sample=whole.sample)
    return one, path


def _tables(book: Book, whole: Book) -> dict[str, pl.DataFrame]:
    tables = {name: duck.frame(book.con, f"select * from {name}") for name in duck.layouts(book.con)}
    assert book.thresholds
    with speaking("de"):
        german = told_texts(tables[kept.INDICATORS])
    return tables | {
        kept.IN_GERMAN: german,
        kept.THRESHOLDS: pl.DataFrame([asdict(book.thresholds)]),
        MADE_OF: whole.rows(_MADE_OF),
    }


def _entry(pack: Pack, whole: Book, named: Released, *, now: dt.datetime, file: bytes, draft: Path, code: str, previous: str) -> Release:
    made_of = dict(whole.rows(_MADE_OF).iter_rows())
    return Release(
        number=named.number,
        pack=pack.name,
        period=whole.period,
        released_at=now.replace(microsecond=0),
        released_by=named.by,
        shown=kept.hash_of(draft),
        definitions=kept.hash_of_rows(whole.rows(_DEFINITIONS)),
        deliveries=kept.hash_of_rows(whole.rows("select delivery_id, status from stg.delivery")),
        code=code,
        settings=made_of.get("settings", ""),
        file=hashlib.sha256(file).hexdigest(),
        previous=previous,
    )


def verified(settings: Settings, *, code: str) -> tuple[list[Release], list[str]]:
    """The releases, and what is wrong with them: the chain, what is kept, and that it makes the same file again.

    Raises:
        CiiError: the register cannot be read.
    """
    known = releases(settings.register)
    wrong = [*broken(settings.register), *_lost(settings, known)]
    for one in known:
        found = list(altered(settings.register, one))
        wrong += found
        if not found and one.code == code and _made_again(settings.register / one.folder, one) != one.file:
            wrong.append(f"La diffusion no {one.number} ne se refait pas à l'octet près de ce qui a été gardé.")
    return known, wrong


def _lost(settings: Settings, known: list[Release]) -> list[str]:
    if not settings.published.exists():
        return []
    with duck.open_published(settings.published) as con:
        return list(published_but_lost(con, known))


def _made_again(folder: Path, one: Release) -> str:
    with kept_book(folder, one) as book:
        return hashlib.sha256(render(book, sample=book.sample, pack=one.pack).encode()).hexdigest()
