"""What can have changed a value: a delivery of a dataset it rests on, the code, or the settings.

Tables are made by rule from deliveries, code and settings. So where only one thing differs of all that a value rests on,
it is the cause; where several do, each is possible. A later delivery may say something new of an earlier month, unless
its dataset tells each month for itself.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pipelines import duck
from pipelines.reports.changed_deliveries import Delivery, DeliveryChange
from pipelines.reports.formats import counted
from pipelines.reports.language import later, tr

Kind = Literal["delivery", "code", "settings", "unknown"]

_WORDS: Mapping[Kind, str] = {
    "code": later("code ou référence modifiés (aucune livraison)"),
    "settings": later("autres mois, limites ou services reliés (aucune livraison)"),
    "unknown": later("cause inconnue"),
}
_NAMED = 3


@dataclass(frozen=True)
class Cause:
    """What changed a value.

    Attributes:
        kind: a delivery; the code or a reference table; the months, limits or links asked for; or nothing that the copies tell.
        certain: whether nothing else that the value rests on differs; otherwise it is one possible cause.
        change: what happened to the delivery.
    """

    kind: Kind
    certain: bool = False
    change: DeliveryChange | None = None

    @property
    def text(self) -> str:
        """The cause in words."""
        return self.change.text if self.change else tr(_WORDS[self.kind])


@dataclass(frozen=True)
class Suspects:
    """All that differs between two copies and is not made from anything else.

    Attributes:
        deliveries: every delivery that the ledgers tell differently.
        content: those that make another content be in force.
        monthly: the datasets of which a delivery speaks of its own month only.
        others: the code and the settings, where they differ (certain) or where a copy does not tell them.
    """

    deliveries: tuple[DeliveryChange, ...]
    content: tuple[DeliveryChange, ...]
    monthly: frozenset[str]
    others: tuple[Cause, ...]


def monthly_datasets(*copies: duck.Connection) -> frozenset[str]:
    """The datasets whose rows in `core` all stand under the month of their delivery, in every copy.

    An indicator reads months up to its own (`reads` in its header), so of these a later delivery cannot change an earlier value.
    """
    seen: set[str] = set()
    undated: set[str] = set()
    for con in copies:
        # Tables that name datasets or rules speak of the deliveries themselves, not of what is in them.
        for table, columns in ((name, set(layout.columns)) for name, layout in duck.layouts(con).items() if name.startswith("core.")):
            if "delivery_id" not in columns or columns & {"dataset", "rule"}:
                continue
            elsewhere = "r.period is distinct from d.period" if "period" in columns else "true"
            named = f"select d.dataset, bool_or({elsewhere}) from {table} r join stg.delivery d using (delivery_id) group by all"
            for dataset, otherwise in con.execute(named).fetchall():
                (undated if otherwise else seen).add(dataset)
    return frozenset(seen - undated)


def other_causes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Cause, ...]:
    """The causes that are no delivery, from the fingerprints of two copies."""
    kinds: tuple[Kind, ...] = ("code", "settings")
    told = [(kind, before.get(kind), after.get(kind)) for kind in kinds]
    return tuple(Cause(kind, bool(old and new)) for kind, old, new in told if not old or old != new)


def causes_of(suspects: Suspects, *, datasets: Iterable[str], period: dt.date, dimension: str, member: str) -> tuple[Cause, ...]:
    """The causes of a value's change, the nearest month first; the only one there can be is certain.

    Args:
        suspects: what differs.
        datasets: those the indicator rests on; none where it speaks of the deliveries themselves, month by month.
        period: of the value.
        dimension: of the value; by service or dataset, only their own deliveries count where it speaks of deliveries.
        member: of the value.
    """
    read = set(datasets)
    if read:
        changes = [change for change in suspects.content if change.delivery.dataset in read and _speaks(change.delivery, period, suspects)]
    else:
        # What replaced a delivery speaks for it.
        changes = [change for change in suspects.deliveries if change.delivery.period == period and change.what != "superseded"]
        if dimension in ("service", "dataset"):
            changes = [change for change in changes if getattr(change.delivery, dimension) == member]
    changes.sort(key=lambda change: abs(((change.delivery.period or dt.date.min) - period).days))
    if not changes and not suspects.others:
        return (Cause("unknown"),)
    alone = len(changes) + len(suspects.others) == 1
    found = [Cause("delivery", alone, change) for change in changes]
    return (*found, *(Cause(other.kind, alone and other.certain) for other in suspects.others))


def _speaks(delivery: Delivery, period: dt.date, suspects: Suspects) -> bool:
    return delivery.dataset not in suspects.monthly or (delivery.period or dt.date.min) <= period


def told(causes: tuple[Cause, ...]) -> str:
    """The causes in one phrase."""
    if len(causes) == 1:
        (cause,) = causes
        return cause.text if cause.certain or cause.kind == "unknown" else tr("possible: {cause}", cause=cause.text)
    more = len(causes) - _NAMED
    rest = (tr("et {more}", more=counted(more, "autre", "autres")),) if more > 0 else ()
    return tr("possibles: {causes}", causes="; ".join((*(cause.text for cause in causes[:_NAMED]), *rest)))
