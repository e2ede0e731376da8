"""What is kept of a release: the tables its pages were made from, and the file itself, in a folder that nobody changes any more.

The tables are those that passed the disclosure control; nothing else of the warehouse is kept.
"""

import gzip
import hashlib
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import polars as pl

from pipelines.duck import publication
from pipelines.errors import CiiError

# How few persons were told of.
THRESHOLDS = "core.threshold"
# The indicators, and the same with their texts in German: a later catalogue may know the words of then no more.
INDICATORS, IN_GERMAN = "mart.indicator", "mart.indicator_de"
_FILE = "pack.html.gz"
_DRAFT = ".draft"


def keep(register: Path, tables: Mapping[str, pl.DataFrame], *, file: bytes) -> Path:
    """Lay the tables and the file down; the folder that `settle` gives its name once the release is written down."""
    _discard(register)
    draft = register / _DRAFT
    draft.mkdir(mode=0o700, parents=True)
    try:
        for name, rows in sorted(tables.items()):
            rows.write_parquet(draft / f"{name}.parquet", compression="zstd")
        # Without the time of writing: the same file gives the same bytes.
        (draft / _FILE).write_bytes(gzip.compress(file, mtime=0))
        for path in draft.iterdir():
            path.chmod(0o600)
            publication.flush(path)
        publication.flush(draft)
    except BaseException:
        _discard(register)
        raise
    return draft


def _discard(register: Path) -> None:
    shutil.rmtree(register / _DRAFT, ignore_errors=True)


def settle(register: Path, folder: str) -> None:
    """Give what was laid down the name of its release, also where that was stopped just before."""
    if (register / folder).exists():
        return
    # Whoever looks at the register ends what was stopped: somebody else may do it at the same moment.
    with suppress(FileNotFoundError):
        (register / _DRAFT).rename(register / folder)
        publication.flush(register)


def tables_of(folder: Path) -> dict[str, pl.DataFrame]:
    """The tables that a release kept, by their names."""
    return {path.name.removesuffix(".parquet"): pl.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}


def table_of(folder: Path, name: str) -> pl.DataFrame:
    """One of the tables that a release kept.

    Raises:
        CiiError: it is not there any more, or does not open.
    """
    try:
        return pl.read_parquet(folder / f"{name}.parquet")
    except (OSError, pl.exceptions.PolarsError):
        raise CiiError(
            f"Ce que la diffusion {folder.name} a gardé manque ou ne s'ouvre pas ({name}): rétablissez le registre depuis une sauvegarde; "
            "«cii release --verify» dit tout ce qui ne va pas."
        ) from None


def file_of(folder: Path) -> bytes:
    """The file that people received."""
    return gzip.decompress((folder / _FILE).read_bytes())


def hash_of(folder: Path) -> str:
    """The hash of the tables kept in a folder."""
    return hash_of_parts(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(folder.glob("*.parquet")))


def hash_of_rows(rows: pl.DataFrame) -> str:
    """The hash of the rows of a table, whatever their order."""
    return hash_of_parts(sorted(map(repr, rows.iter_rows())))


def hash_of_parts(parts: Iterable[str]) -> str:
    """The hash of several texts."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
