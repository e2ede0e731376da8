"""The one error a user sees: a French sentence that says what happened and what to do next."""

import errno
import os
import traceback

# How the system and SQLite say that a file cannot grow or be opened; DuckDB quotes the system.
_REFUSED = (
    *(os.strerror(code) for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS)),
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "unable to open database file",
)


# How the engine, which only one module knows, calls a table that is not there.
_NO_SUCH_TABLE = "CatalogException"


class CiiError(Exception):
    """Something a person must mend; its text is a French sentence without any personal value."""


def internal(error: BaseException, *, during: str) -> CiiError:
    """The sentence for a failure nobody foresaw: where it happened, never its text, which may quote values."""
    if any(said in str(error) for said in _REFUSED):
        return CiiError(
            f"Le système a refusé d'écrire ou de lire un fichier pendant «{during}»: vérifiez la place sur le disque et les droits "
            "des dossiers, puis relancez. Ce qui était publié reste entier."
        )
    if type(error).__name__ == _NO_SUCH_TABLE:
        return CiiError(
            f"La copie publiée n'a pas ce que «{during}» lit ({place_of(error)}): elle a sans doute été faite par un autre état du code. "
            "Lancez «cii run», puis recommencez."
        )
    return CiiError(
        f"Erreur interne pendant «{during}» ({place_of(error)}). Rien n'a été publié; relancez, "
        "et si elle revient, signalez cette ligne à l'équipe cii-monitor."
    )


def place_of(error: BaseException) -> str:
    """The kind of a failure and where in the code it happened."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return f"{type(error).__name__} en " + " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
