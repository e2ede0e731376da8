"""What people decided of a delivery: `warehouse/register/acceptances.csv`, only ever appended to, never touched by a rebuild."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.ingest.journal import Journal, append, entries


@dataclass(frozen=True)
class Acceptance:
    """A held delivery that somebody let into force.

    Attributes:
        delivery_id: which one.
        accepted_at: local time.
        accepted_by: who, by the name at the computer unless another was given.
        why: the reason, in words.
    """

    delivery_id: str
    accepted_at: dt.datetime
    accepted_by: str
    why: str


def _acceptance(line: dict[str, str]) -> Acceptance:
    return Acceptance(line["delivery_id"], dt.datetime.fromisoformat(line["accepted_at"]), line["accepted_by"], line["why"])


_JOURNAL = Journal(("delivery_id", "accepted_at", "accepted_by", "why"), _acceptance, "cette acceptation")


def acceptances(path: Path, *, known_on: dt.date) -> list[Acceptance]:
    """What was accepted by a day.

    Raises:
        CiiError: a line cannot be read.
    """
    return [one for one in entries(path, _JOURNAL) if one.accepted_at.date() <= known_on]


def accepted(decisions: Iterable[Acceptance]) -> frozenset[str]:
    """The deliveries that were accepted."""
    return frozenset(one.delivery_id for one in decisions)


def record(path: Path, acceptance: Acceptance) -> None:
    """Write an acceptance down and bring it to the disk."""
    one = acceptance
    append(path, _JOURNAL, [(one.delivery_id, one.accepted_at.isoformat(timespec="seconds"), one.accepted_by, one.why)])
