"""The writer's own room: one run at a time, its database, and the key it reads with."""

import datetime as dt
import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines import duck
from pipelines.contracts.export import Period
from pipelines.contracts.registry import EXPORTS
from pipelines.errors import CiiError
from pipelines.ingest.ledger import FINDING, READING
from pipelines.ingest.locate import Arrival, arrivals, by_name, readable
from pipelines.ingest.pseudonym import Pseudonyms, read_or_make_key
from pipelines.ingest.receipts import Receipts, acknowledge, lying_on
from pipelines.ingest.register import acceptances, accepted
from pipelines.orchestration import fingerprint
from pipelines.settings import Settings


@dataclass(frozen=True)
class Workshop:
    """What a run holds from its first to its last step.

    Attributes:
        settings: where and how.
        con: the connection to the build database.
        pseudonyms: the key that the linked services share.
        arrivals: what lay in the landing zone when the run began, or on the day it looks back to.
        receipts: when each content first arrived.
        publication: the fingerprint of what this run makes, taken when it began.
        accepted: the held deliveries that somebody let into force.
        waited: whether another run held the room first.
    """

    settings: Settings
    con: duck.Connection
    pseudonyms: Pseudonyms
    arrivals: tuple[Arrival, ...]
    receipts: Receipts
    publication: str = ""
    accepted: frozenset[str] = frozenset()
    waited: bool = False

    @property
    def sample(self) -> bool:
        """Whether the persons are invented."""
        return _sample(self.receipts)

    def pending(self) -> list[Arrival]:
        """The arrivals that are to be read and were not yet."""
        read = {row[0] for row in self.con.execute("select delivery_id from stg.reading").fetchall()}
        wanted = readable(self.arrivals, known_on=self.settings.known_on)
        return [one for one in wanted if in_range(one.period, self.settings) and one.delivery_id not in read]


def in_range(period: Period | None, settings: Settings) -> bool:
    """Whether a period is one of those asked for; a file that names none always is."""
    if period is None:
        return True
    return (settings.first is None or period.last >= settings.first) and (settings.last is None or period.first <= settings.last)


def key_of(settings: Settings) -> Pseudonyms:
    """The key of the pseudonyms; made on first use, never where a warehouse was already made with another."""
    made = any(path for folder in (settings.warehouse, settings.workshop) for path in folder.glob("*.duckdb"))
    return Pseudonyms(read_or_make_key(settings.key_file, made))


def seen(settings: Settings) -> list[Arrival]:
    """What lies in the landing zone.

    Raises:
        CiiError: there is no landing zone, or it cannot be looked into.
    """
    said = f"Le dossier des envois «{settings.raw.name}»"
    try:
        if not settings.raw.is_dir():
            raise CiiError(f"{said} n'existe pas: créez-le, ou indiquez-le par --raw ou CII_RAW_DIR.")
        return arrivals(settings.raw, exports=EXPORTS)
    except OSError:
        raise CiiError(f"{said} ne peut pas être lu: vérifiez les droits, ou indiquez-en un autre par --raw.") from None


def lying(settings: Settings) -> list[Arrival]:
    """What lies in the landing zone, or of an old day what lay there then.

    Raises:
        CiiError: there is no landing zone, or a receipt cannot be read.
    """
    if not settings.as_of:
        return seen(settings)
    there = lying_on(settings.receipts, settings.as_of)
    return [by_name(one.file, one.sha256, size=one.size, exports=EXPORTS) for one in there]


@contextmanager
def workshop(settings: Settings, *, tell: Callable[[str], None] = lambda _: None) -> Iterator[Workshop]:
    """The room, for one run alone; `tell` is told who holds it, if somebody does, and why all is read anew.

    Raises:
        CiiError: another run holds it for longer than the settings wait, a folder cannot be written, or what lies there does not
            go with the warehouse or the settings.
    """
    prepare(settings)
    with _alone(settings, tell) as waited:
        pseudonyms = key_of(settings)
        here = seen(settings)
        receipts = acknowledge(settings.receipts, here, now=dt.datetime.now())
        found = lying(settings) if settings.as_of else here
        made_of = fingerprint.made_of(pseudonyms.key_id, settings, sample=_sample(receipts))
        fingerprint.refuse_another(settings, made_of)
        _refuse_an_invented_basis(settings, receipts)
        _drop_if_read_otherwise(settings, made_of, tell)
        publication = fingerprint.publication_fingerprint(settings, found, key_id=pseudonyms.key_id)
        con = duck.connect(settings.build)
        try:
            for table in (READING, FINDING, *(export.table for export in EXPORTS.values())):
                duck.ensure(con, table)
            fingerprint.record(con, made_of)
            # Read after the fingerprint was taken: what is accepted in between is new to the next run.
            decided = accepted(acceptances(settings.acceptances, known_on=settings.known_on))
            yield Workshop(settings, con, pseudonyms, tuple(found), receipts, publication, decided, waited)
        finally:
            con.close()
            if settings.as_of:
                duck.remove(settings.build)


def prepare(settings: Settings) -> None:
    """Make the folders of the warehouse; all that this process writes from now on is for its owner only."""
    os.umask(0o077)
    try:
        for folder in (settings.warehouse, settings.workshop, settings.dagster_home, settings.reports, settings.acceptances.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
    except OSError:
        raise CiiError(
            f"Le dossier «{settings.warehouse.name}» ne peut pas être écrit: vérifiez les droits, ou indiquez --warehouse."
        ) from None


def room(settings: Settings) -> FileLock:
    """What a run holds, so that no other goes on beside it; whoever is killed lets it go."""
    return FileLock(settings.workshop / "run.lock", mode=0o600)


@contextmanager
def _alone(settings: Settings, tell: Callable[[str], None]) -> Iterator[bool]:
    """Holds the room; gives whether somebody else did first."""
    lock = room(settings)
    holder, waited = settings.holder, False
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waited = True
        tell(f"attend la fin d'un autre traitement ({_held_by(holder)})")
        try:
            lock.acquire(timeout=settings.wait)
        except Timeout:
            raise CiiError(f"Un autre traitement est en cours ({_held_by(holder)}): attendez sa fin, puis relancez.") from None
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": f"{dt.datetime.now():%d.%m.%Y %H:%M}"}))
        yield waited
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _held_by(holder: Path) -> str:
    try:
        held = json.loads(holder.read_text())
        return f"processus {held['pid']} sur {held['host']}, depuis le {held['since']}"
    except (OSError, ValueError, KeyError):
        return "il vient de commencer"


def _refuse_an_invented_basis(settings: Settings, receipts: Receipts) -> None:
    """What links the invented persons of the sample is no law that would let real ones be linked."""
    if receipts and not _sample(receipts) and settings.for_sample_only:
        raise CiiError(
            f"Les envois de «{settings.raw.name}» ne sont pas des données d'exemple, et «{settings.file.name}» ne donne pour "
            f"{', '.join(settings.for_sample_only)} qu'une base légale inventée: nommez sous [linking] la loi ou l'article qui permet "
            "de relier ces personnes à celles des autres services, ou supprimez la ligne du service."
        )


def _drop_if_read_otherwise(settings: Settings, made_of: Mapping[str, str], tell: Callable[[str], None]) -> None:
    """Forget what was read with other code, another key or other links; files are read again, there are no migrations.

    An as-of run works on a copy of the build, so that what it decides is not in the way of the next run.
    """
    main = settings.but(as_of=None).build
    if settings.as_of:
        duck.remove(settings.build)
        for source, copy in zip(duck.files(main), duck.files(settings.build), strict=True):
            if source.exists():
                shutil.copyfile(source, copy)
    if not settings.build.exists():
        return
    try:
        with duck.connect(settings.build) as con:
            before = fingerprint.recorded(con)
    except duck.DamagedError:
        before = {}
    if before.get("reading") != made_of["reading"]:
        duck.remove(settings.build)
        linked = before.get("linked", made_of["linked"])
        if linked != made_of["linked"]:
            tell(f"Les services reliés ont changé (avant: {linked}; maintenant: {made_of['linked']}): tous les fichiers sont relus.")


def _sample(receipts: Receipts) -> bool:
    return any(receipt.sample for receipt in receipts.values())
