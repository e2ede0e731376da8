"""The register of releases: `warehouse/register/releases.csv`, only ever appended to, each entry chained to the one before it.

An entry holds the hash of all that a pack was made of and of the entry before it, so that one that was changed or taken out is
noticed. What each release kept lies beside the list in a folder of its own: a folder without its entry tells of a last one that
was taken out.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from pipelines.errors import CiiError
from pipelines.ingest.journal import Journal, append, entries
from pipelines.release import kept

LIST = "releases.csv"
FIRST = "-"


@dataclass(frozen=True, kw_only=True)
class Release:
    """A pack that somebody released; hashes are SHA-256 in hexadecimal.

    Attributes:
        number: 1 for the first one, counted over all packs.
        pack: its name.
        period: its month.
        released_at: local time.
        released_by: who, as they wrote it.
        shown: hash of the tables that hold the data shown.
        definitions: hash of the definitions of the indicators.
        deliveries: hash of the ledger of deliveries.
        code: hash of all code.
        settings: hash of the settings.
        file: hash of the file that people received.
        previous: the entry before it; `-` for the first one.
    """

    number: int
    pack: str
    period: dt.date
    released_at: dt.datetime
    released_by: str
    shown: str
    definitions: str
    deliveries: str
    code: str
    settings: str
    file: str
    previous: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Its fields as they stand in the list."""
        return tuple(_text(getattr(self, one.name)) for one in fields(self))

    @property
    def entry(self) -> str:
        """The hash of all of it, that of the entry before it among them."""
        return hashlib.sha256("\n".join(self.texts).encode()).hexdigest()

    @property
    def folder(self) -> str:
        """Where what is kept of it lies, from the folder of the register."""
        return f"{self.number:04}_{self.pack}_{self.period:%Y-%m}"


def _text(value: object) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, dt.datetime) else str(value)


def _release(line: dict[str, str]) -> tuple[Release, str]:
    said = {name: line[name] for name in line if name != "entry"}
    number, period, at = (
        int(said.pop("number")),
        dt.date.fromisoformat(said.pop("period")),
        dt.datetime.fromisoformat(said.pop("released_at")),
    )
    return Release(number=number, period=period, released_at=at, **said), line["entry"]


_JOURNAL = Journal((*(one.name for one in fields(Release)), "entry"), _release, "cette diffusion")


def releases(register: Path, *, known_on: dt.date = dt.date.max) -> list[Release]:
    """The releases made by a day, in their order; what the last one kept gets its name where its writer was stopped just before.

    Raises:
        CiiError: a line cannot be read.
    """
    found = [one for one, _ in entries(register / LIST, _JOURNAL)]
    if found:
        kept.settle(register, found[-1].folder)
    return [one for one in found if one.released_at.date() <= known_on]


def releases_of_whole(register: Path, *, known_on: dt.date = dt.date.max) -> list[Release]:
    """The releases made by a day, of a register in which nothing was changed or taken out.

    Raises:
        CiiError: something was: what leaves the circle has to know all that was told.
    """
    if wrong := next(broken(register), None):
        raise CiiError(f"{wrong} Rétablissez le registre depuis une sauvegarde; «cii release --verify» dit tout ce qui ne va pas.")
    return releases(register, known_on=known_on)


def last_entry(found: Sequence[Release]) -> str:
    """What the next entry is chained to."""
    return found[-1].entry if found else FIRST


def record(register: Path, release: Release) -> None:
    """Write a release down and bring it to the disk.

    Raises:
        CiiError: the list cannot be written.
    """
    append(register / LIST, _JOURNAL, [(*release.texts, release.entry)])


def broken(register: Path) -> Iterator[str]:
    """What was changed or taken out of the list, one sentence each; nothing where it is whole.

    Raises:
        CiiError: a line cannot be read.
    """
    lines = entries(register / LIST, _JOURNAL)
    for one, entry in lines:
        if one.entry != entry:
            yield f"La diffusion no {one.number} a été modifiée dans {LIST}: son empreinte n'est plus celle de ce qui y est écrit."
    chain = [(0, FIRST), *((one.number, entry) for one, entry in lines)]
    for (number, entry), (one, _) in zip(chain, lines, strict=False):
        if one.number != number + 1 or one.previous != entry:
            yield f"Avant la diffusion no {one.number}, une ligne de {LIST} manque ou n'est plus la même."
    known = {one.folder for one, _ in lines}
    for folder in sorted(path.name for path in register.glob("[0-9]*_*") if path.is_dir()):
        if folder not in known:
            yield f"Le dossier {folder} est celui d'une diffusion qui n'est plus dans {LIST}."
