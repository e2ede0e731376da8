"""The files of the landing zone, looked at without trusting them: no link out of it, no pipe, nothing that still moves."""

import errno
import hashlib
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

# Hidden files, lock files of office programs, what a system puts into folders by itself, and what is not whole yet.
PASSED_OVER = re.compile(r"\..*|~\$.*|thumbs\.db|desktop\.ini|.*\.(tmp|part)", re.IGNORECASE)
_LIKE_A_DELIVERY = re.compile(r".*\.(csv|xlsx)", re.IGNORECASE)

# A file written to so lately may still be on its way. That alone proves nothing, so it is looked at again after a pause.
_LATELY = 2.0
_PAUSE = 0.2

_NO_SUCH_THING = {errno.ELOOP, errno.ENXIO, errno.ENODEV, errno.EISDIR, errno.ENOTDIR}


@dataclass(frozen=True)
class Seen:
    """A file and its bytes, or the rule that says why they cannot be had.

    Attributes:
        file: its path relative to the landing zone, with `/`; of a folder that cannot be listed, with `/` at the end.
        sha256: the hash of its bytes; empty where they cannot be had.
        size: its length in bytes.
        refusal: the rule.
    """

    file: str
    sha256: str = ""
    size: int = 0
    refusal: str | None = None


class UnseenError(Exception):
    """The bytes of a file cannot be had; carries the rule that says why."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def seen(raw: Path) -> list[Seen]:
    """Every file of every service folder, in the order of names; one that cannot be read stops nobody else's.

    Each is looked at when it is listed and once more when all were read: what moved in between is still being written.
    """
    listed = list(_listed(raw))
    first = {one.file: _look(raw / one.file) for one in listed}
    read = [one if one.refusal else _hashed(raw, one.file) for one in listed]
    if any(one.sha256 and _lately(first[one.file]) for one in read):
        time.sleep(_PAUSE)
    return [_settled(one, raw, first=first[one.file]) for one in read]


def content(raw: Path, file: str) -> bytes:
    """The bytes of a file.

    Raises:
        UnseenError: they cannot be had.
    """
    with _opened(raw, file) as handle:
        return handle.read()


def _listed(raw: Path) -> Iterator[Seen]:
    for folder in sorted(path for path in raw.iterdir() if not path.name.startswith(".") and (path.is_dir() or path.is_symlink())):
        try:
            if not _inside(folder, raw).is_dir():
                continue
            with os.scandir(folder) as entries:
                names = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        except UnseenError as unseen:
            yield Seen(f"{printable(folder.name)}/", refusal=unseen.rule)
            continue
        except OSError as error:
            yield Seen(f"{printable(folder.name)}/", refusal=_rule(error, folder))
            continue
        for name, is_folder in names:
            if PASSED_OVER.fullmatch(name) or (is_folder and not _LIKE_A_DELIVERY.fullmatch(name)):
                continue
            shown = printable(f"{folder.name}/{name}")
            yield Seen(shown, refusal=None if shown == f"{folder.name}/{name}" else "file.name")


def printable(name: str) -> str:
    """A name as it can be written down: what is no letter of any script, or breaks a line, is replaced."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)


def _look(path: Path) -> tuple[int, int] | None:
    """Size and time of the last change."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _lately(look: tuple[int, int] | None) -> bool:
    return look is not None and abs(time.time() - look[1] / 1e9) < _LATELY


def _hashed(raw: Path, file: str) -> Seen:
    try:
        with _opened(raw, file) as handle:
            # In pieces: a file too large to be read is still told apart from others.
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
            return Seen(file, digest, handle.tell())
    except UnseenError as unseen:
        return Seen(file, refusal=unseen.rule)


def _settled(one: Seen, raw: Path, *, first: tuple[int, int] | None) -> Seen:
    last = _look(raw / one.file)
    if one.refusal or (last == first and last is not None and last[0] == one.size):
        return one
    return Seen(one.file, refusal="file.vanished" if last is None else "file.busy")


@contextmanager
def _opened(raw: Path, file: str) -> Iterator[BufferedReader]:
    path = raw / file
    try:
        real = _inside(path, raw)
        # Before it is opened: a pipe would wait for a writer, a device might do something.
        if not stat.S_ISREG(real.stat().st_mode):
            raise UnseenError("file.not_a_file")
        with os.fdopen(os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW), "rb") as handle:
            yield handle
    except OSError as error:
        raise UnseenError(_rule(error, path)) from None


def _inside(path: Path, raw: Path) -> Path:
    """Where a path leads to; a link out of the landing zone is never followed."""
    if not stat.S_ISLNK(path.lstat().st_mode):
        return path
    real = Path(os.path.realpath(path, strict=True))
    if not real.is_relative_to(raw.resolve()):
        raise UnseenError("file.outside")
    return real


def _rule(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return "file.not_a_file" if path.is_symlink() else "file.vanished"
    return "file.not_a_file" if error.errno in _NO_SUCH_THING else "file.denied"
