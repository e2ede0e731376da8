"""What the terminal and the report both say of deliveries: who sends in time, and which versions wait or were refused."""

import datetime as dt
from typing import NamedTuple

from pipelines import duck

# Marks a month in which a version is in force and a later one is not.
CORRECTED = "*"

_PUNCTUALITY = """
select service, dataset, count(*) as received, count(*) filter (days_late <= 0) as in_time,
  median(days_late) filter (days_late > 0) as usually_late, coalesce(max(days_late) filter (days_late > 0), 0) as most_late
from core.delivery_month
where owed and first_received_at is not null and period <= $period
group by service, dataset order by service, dataset
"""

_CORRECTIONS = """
select service, dataset, cadence, period, correction from core.delivery_month
where correction is not null order by service, dataset, period
"""

# What stands refused: a later version in force has answered for it.
_REFUSED = """
select d.file, min(f.message) as message
from stg.delivery d
join mart.finding f on f.delivery_id = d.delivery_id and f.rule = d.reason
where d.status = 'rejected' and not exists (
  from stg.delivery v
  where v.status = 'in_force' and (v.service, v.dataset, v.period) = (d.service, d.dataset, d.period) and v.version > d.version
)
group by d.file, d.delivery_id order by d.file
"""

_HELD = """
select delivery_id, file, rows_loaded, rows_usual from stg.delivery where status = 'held' order by file, delivery_id
"""


class Punctuality(NamedTuple):
    """How a service keeps its dates for a dataset: the first version not rejected against the day it was due."""

    service: str
    dataset: str
    received: int
    in_time: int
    usually_late: float | None
    most_late: int


class Correction(NamedTuple):
    """A later version that is not in force, while an earlier one is."""

    service: str
    dataset: str
    cadence: str
    period: dt.date
    status: str

    @property
    def month(self) -> str:
        """The period as file names write it."""
        return f"{self.period:%Y}" if self.cadence == "yearly" else f"{self.period:%Y-%m}"


class HeldBack(NamedTuple):
    """A delivery whose number of rows is not the usual one."""

    delivery_id: str
    file: str
    rows_loaded: int
    rows_usual: int


class Refused(NamedTuple):
    """A delivery that was refused, and why."""

    file: str
    message: str


def punctuality(con: duck.Connection, *, until: dt.date = dt.date.max) -> list[Punctuality]:
    """By service and dataset, for what is owed up to a period."""
    return [Punctuality(*row) for row in con.execute(_PUNCTUALITY, {"period": until}).fetchall()]


def corrections(con: duck.Connection) -> list[Correction]:
    """The corrections that are not in force."""
    return [Correction(*row) for row in con.execute(_CORRECTIONS).fetchall()]


def refusals(con: duck.Connection) -> list[Refused]:
    """The deliveries that were refused and that no later version has answered for."""
    return [Refused(*row) for row in con.execute(_REFUSED).fetchall()]


def held_back(con: duck.Connection) -> list[HeldBack]:
    """The deliveries that wait for somebody to accept them."""
    return [HeldBack(*row) for row in con.execute(_HELD).fetchall()]
