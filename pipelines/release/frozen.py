"""A pack as it was released: which one it is, its file, and whether what was kept is still what was released."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.errors import CiiError
from pipelines.release import kept
from pipelines.release.register import Release


def released(known: Iterable[Release], pack: str, period: dt.date) -> Release | None:
    """The last of the releases of a pack of a month, where there is one."""
    return next((one for one in reversed(list(known)) if (one.pack, one.period) == (pack, period)), None)


def released_file(register: Path, one: Release) -> bytes:
    """The file of a release, byte for byte as people received it.

    Raises:
        CiiError: what was kept is not there any more, or is not what was released.
    """
    if found := next(altered(register, one), None):
        raise CiiError(f"{found} Rétablissez le registre depuis une sauvegarde.")
    return kept.file_of(register / one.folder)


def altered(register: Path, one: Release) -> Iterator[str]:
    """What of a release is not kept as it was, one sentence each."""
    said = f"De la diffusion no {one.number} ({one.pack}, {one.period:%Y-%m}), "
    folder = register / one.folder
    if not folder.is_dir():
        yield f"{said}ce qui a été gardé manque."
        return
    try:
        if kept.hash_of(folder) != one.shown:
            yield f"{said}les données gardées ont été modifiées."
        if hashlib.sha256(kept.file_of(folder)).hexdigest() != one.file:
            yield f"{said}le fichier gardé a été modifié."
    except OSError:
        yield f"{said}ce qui a été gardé manque ou ne s'ouvre pas."
