"""The one error a user sees: a French sentence that says what happened and what to do next."""

import traceback


class CiiError(Exception):
    """Something a person must mend; its text is a French sentence without any personal value."""


def internal(error: BaseException, *, during: str) -> CiiError:
    """The sentence for a failure nobody foresaw: where it happened, never its text, which may quote values."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    place = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    return CiiError(
        f"Erreur interne pendant «{during}» ({type(error).__name__} en {place}). Rien n'a été publié; relancez, "
        "et si elle revient, signalez cette ligne à l'équipe cii-monitor."
    )
