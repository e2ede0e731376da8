"""Letting a held delivery into force: a person's decision, written down with its reason."""

import datetime as dt
import getpass
from dataclasses import dataclass

from pipelines import duck
from pipelines.errors import CiiError
from pipelines.ingest.mask import masked
from pipelines.ingest.register import Acceptance, acceptances, record
from pipelines.orchestration.workshop import prepare
from pipelines.settings import Settings

_KNOWN = """
select delivery_id, file, status, reason, rows_loaded, rows_usual
from stg.delivery where starts_with(delivery_id, $begins) order by delivery_id
"""
# A shorter beginning is a slip of the keyboard.
_SHORTEST = 4


@dataclass(frozen=True)
class Delivery:
    """A delivery of the published ledger."""

    delivery_id: str
    file: str
    status: str
    reason: str | None
    rows_loaded: int
    rows_usual: int | None


def accept(settings: Settings, delivery: str, *, why: str, by: str | None = None) -> Delivery:
    """Write down that a held delivery is right; it comes into force with the next run.

    Args:
        settings: where the warehouse lies.
        delivery: its id, or a beginning that no other shares.
        why: the reason, in words.
        by: who says so; the user of the computer unless said.

    Raises:
        CiiError: nothing published is held under this id, or the reason is missing.
    """
    reason = masked(" ".join(why.split()))
    if not reason:
        raise CiiError('Dites pourquoi ce nombre de lignes est juste: --why "…".')
    found = _held(settings, delivery.strip().lower())
    known = {one.delivery_id: one for one in acceptances(settings.acceptances, known_on=dt.date.max)}
    if earlier := known.get(found.delivery_id):
        raise CiiError(f"{found.file} a déjà été accepté par {earlier.accepted_by} le {earlier.accepted_at:%d.%m.%Y}: lancez «cii run».")
    prepare(settings)
    record(settings.acceptances, Acceptance(found.delivery_id, dt.datetime.now(), masked(" ".join((by or _user()).split())), reason))
    return found


def _held(settings: Settings, begins: str) -> Delivery:
    with duck.open_published(settings.published) as con:
        rows = con.execute(_KNOWN, {"begins": begins}).fetchall() if len(begins) >= _SHORTEST else []
    found = [Delivery(*row) for row in rows]
    if not found:
        raise CiiError(f"Aucune livraison publiée ne commence par «{masked(begins)}»: «cii status» montre celles qui sont retenues.")
    if len(found) > 1:
        raise CiiError(
            f"«{begins}» désigne {len(found)} livraisons: {', '.join(one.delivery_id for one in found)}. Écrivez-en plus de chiffres."
        )
    if found[0].status != "held":
        raise CiiError(f"{found[0].file} n'est pas retenu: il n'y a rien à accepter.")
    return found[0]


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise CiiError("L'ordinateur ne dit pas qui vous êtes: indiquez-le par --by.") from None
