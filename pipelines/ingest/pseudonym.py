"""Keyed pseudonyms: the only trace of an AVS number in the warehouse, and the key they depend on."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Collection
from pathlib import Path

import polars as pl

from pipelines.contracts.codes import COORDINATION
from pipelines.errors import CiiError

_BLOCK = 64  # bytes, of SHA-256
_LEAST = 32  # characters of a key that is worth the name


class Pseudonyms:
    """HMAC-SHA256 under one key, first 32 hex digits.

    Written out after RFC 2104: both pads are hashed once and copied for each number, which halves the time of `hmac`.
    """

    def __init__(self, key: bytes) -> None:
        block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    @property
    def key_id(self) -> str:
        """A short name of the key that does not give it away."""
        return self._digest(b"cii-monitor: name of the key").hex()[:12]

    def of_service(self, service: str, *, linked: Collection[str]) -> "Pseudonyms":
        """Those of a service's persons: the same for all that are linked, under a key of its own, made from this one, for any other."""
        # The coordination is no service that could be linked or not: its files are about persons whom the linked services share.
        if service in linked or service == COORDINATION:
            return self
        return Pseudonyms(self._digest(f"cii-monitor: key of {service}".encode()))

    def of(self, numbers: pl.Series) -> pl.Series:
        """The pseudonyms of 13-digit numbers; null for null."""
        digests = [None if number is None else self._digest(number)[:16] for number in numbers.cast(pl.Binary).to_list()]
        return pl.Series(numbers.name, digests, dtype=pl.Binary).bin.encode("hex")

    def _digest(self, message: bytes) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()


def read_or_make_key(path: Path, warehouse_exists: bool) -> bytes:
    """The key in the file; made on first use, never anew once a warehouse depends on it."""
    try:
        key = path.read_bytes().strip()
    except FileNotFoundError:
        if warehouse_exists:
            raise CiiError(
                f"La clé des pseudonymes manque ({path}) alors que l'entrepôt existe. "
                "Remettez-la depuis la sauvegarde, ou indiquez où elle est dans CII_KEY_FILE."
            ) from None
        return _make_key(path)
    except OSError as error:
        raise CiiError(f"La clé des pseudonymes ne peut pas être lue ({path}: {error.strerror}). Vérifiez les droits du fichier.") from None
    if path.stat().st_mode & 0o077:
        raise CiiError(f"La clé des pseudonymes est lisible par d'autres ({path}). Réservez-la à vous: chmod 600.")
    if len(key) < _LEAST:
        raise CiiError(f"La clé des pseudonymes est vide ou trop courte ({path}). Remettez-la depuis la sauvegarde.")
    return key


def _make_key(path: Path) -> bytes:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A link appears at once and whole, and only where nothing is: neither a kill nor a second first run can spoil the key.
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.") as draft:
            draft.write(os.urandom(32).hex().encode() + b"\n")
            draft.flush()
            os.fsync(draft.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft.name, path)
    except OSError as error:
        raise CiiError(f"La clé des pseudonymes ne peut pas être créée ({path}: {error.strerror}). Vérifiez les droits.") from None
    return read_or_make_key(path, True)
