"""Which deliveries came, were replaced, withdrawn, accepted or refused between two copies, from their ledgers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pipelines import duck
from pipelines.reports.language import agreeing, language

# What may happen to a delivery, in the order it is told.
EVENTS = ("new", "corrected", "accepted", "restored", "held", "rejected", "withdrawn", "superseded", "reread", "gone")


def event(what: str, count: int = 1) -> str:
    """What happened to so many deliveries, in a word that follows their name."""
    words = {
        "new": agreeing(count, "nouvelle", "nouvelles"),
        "corrected": agreeing(count, "corrigée", "corrigées"),
        "accepted": agreeing(count, "acceptée", "acceptées"),
        "restored": agreeing(count, "remise en vigueur", "remises en vigueur"),
        "held": agreeing(count, "retenue", "retenues"),
        "rejected": agreeing(count, "rejetée", "rejetées"),
        "withdrawn": agreeing(count, "retirée", "retirées"),
        "superseded": agreeing(count, "remplacée", "remplacées"),
        "reread": agreeing(count, "lue autrement", "lues autrement"),
        "gone": agreeing(count, "absente du registre", "absentes du registre"),
    }
    return words[what]


@dataclass(frozen=True)
class Delivery:
    """A line of the ledger; a copy of an older version of the project may not know all of it."""

    delivery_id: str
    status: str
    service: str | None = None
    dataset: str | None = None
    period: dt.date | None = None
    version: int | None = None
    file: str | None = None
    sha256: str | None = None
    received_at: dt.datetime | None = None
    reason: str | None = None
    rows_loaded: int | None = None
    rows_rejected: int | None = None
    why: str | None = None

    @property
    def motive(self) -> str:
        """Why its status is what it is, in words where a rule says so."""
        return self.why or self.reason or ""

    @property
    def in_force(self) -> bool:
        """Whether its rows count."""
        return self.status == "in_force"

    @property
    def slot(self) -> tuple[str, str, dt.date]:
        """What it is a version of; at most one delivery of a slot is in force."""
        return (self.service or "", self.dataset or "", self.period or dt.date.min)


@dataclass(frozen=True)
class DeliveryChange:
    """A delivery that the two ledgers tell differently.

    Attributes:
        what: one of `EVENTS`.
        before: what the first ledger says; None where it does not know the delivery.
        after: what the second ledger says; None where it does not.
    """

    what: str
    before: Delivery | None
    after: Delivery | None

    @property
    def delivery(self) -> Delivery:
        """The delivery as it is known last."""
        known = self.after or self.before
        assert known
        return known

    @property
    def text(self) -> str:
        """The file and what happened to it."""
        return f"{self.delivery.file or self.delivery.delivery_id} ({event(self.what)})"


Ledger = Mapping[str, Delivery]

# A rule that decided on a delivery may have been broken more than once.
_DECISIVE = """
select d.delivery_id, {told} from stg.delivery d
join mart.finding f on f.delivery_id = d.delivery_id and f.rule = d.reason group by d.delivery_id
"""


def read_ledger(con: duck.Connection) -> Ledger:
    """The deliveries of a copy by id."""
    rows = duck.frame(con, "select * from stg.delivery").iter_rows(named=True)
    columns = duck.columns(con, "mart.finding")
    told = "min_by(f.message_de, f.message)" if language() == "de" and "message_de" in columns else "min(f.message)"
    why = dict(con.execute(_DECISIVE.format(told=told)).fetchall()) if columns else {}
    return {row["delivery_id"]: Delivery(**_known(row), why=why.get(row["delivery_id"])) for row in rows}


def delivery_changes(before: Ledger, after: Ledger) -> tuple[DeliveryChange, ...]:
    """What happened to every delivery, in the order of services, datasets, periods and versions."""
    held = {one.slot for one in before.values() if one.in_force}
    changes = []
    for delivery_id in before.keys() | after.keys():
        old, new = before.get(delivery_id), after.get(delivery_id)
        if what := _what(old, new, held):
            changes.append(DeliveryChange(what, old, new))
    return tuple(sorted(changes, key=lambda change: (*change.delivery.slot, change.delivery.version or 0, change.delivery.delivery_id)))


def content_changes(changes: tuple[DeliveryChange, ...], *, before: Ledger, after: Ledger) -> tuple[DeliveryChange, ...]:
    """One change for each service, dataset and period whose content in force is another: what came in, else what went out.

    The same bytes in force under another name are the same content.
    """
    old, new = ({one.slot: one for one in ledger.values() if one.in_force} for ledger in (before, after))
    speaks = {slot: new.get(slot) or old[slot] for slot in old.keys() | new.keys() if _content(old.get(slot)) != _content(new.get(slot))}
    slots = ((change, change.delivery.slot) for change in changes)
    return tuple(change for change, slot in slots if slot in speaks and speaks[slot] in (change.before, change.after))


def _content(delivery: Delivery | None) -> str | None:
    return (delivery.sha256 or delivery.delivery_id) if delivery else None


def _what(before: Delivery | None, after: Delivery | None, held: set[tuple[str, str, dt.date]]) -> str | None:
    """What happened, one of `EVENTS`; None where nothing did."""
    if after is None:
        return "gone"
    if before is None:
        return ("corrected" if after.slot in held else "new") if after.in_force else after.status
    if before.status != after.status:
        return ("accepted" if before.status == "held" else "restored") if after.in_force else after.status
    read = [(one.rows_loaded, one.rows_rejected, one.reason if one.status == "rejected" else None) for one in (before, after)]
    return "reread" if read[0] != read[1] else None


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: row[field.name] for field in fields(Delivery) if field.name in row}
