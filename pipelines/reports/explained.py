"""What is said of one figure: which one it is, what it counts, the deliveries it rests on, what lacks, target and record."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.reports.revised import Revision
from pipelines.reports.value import About, Figure, Value


@dataclass(frozen=True)
class Counted:
    """A delivery in force whose rows count, with what became of the lines of its file."""

    delivery_id: str
    service: str
    dataset: str
    period: dt.date
    last_day: dt.date
    file: str
    received_at: dt.datetime
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    lines_skipped: int


@dataclass(frozen=True)
class Sending:
    """The deliveries of a service and dataset that a figure rests on, in the order of their periods."""

    dataset: str
    service: str
    deliveries: tuple[Counted, ...]

    def total(self, column: str) -> int:
        """A count of lines, over all of them."""
        return sum(getattr(one, column) for one in self.deliveries)

    @property
    def rejected_share(self) -> float | None:
        """The share of the rows read that were rejected; None where none was read."""
        read = self.total("rows_read")
        return self.total("rows_rejected") / read if read else None


class Lacking(NamedTuple):
    """A delivery that is owed for a month the figure reads, and is not in force."""

    service: str
    dataset: str
    period: dt.date
    last_day: dt.date
    cadence: str
    state: str


class Target(NamedTuple):
    """What is aimed at, by when."""

    date: dt.date
    value: float
    source: str


class Version(NamedTuple):
    """Which definition counted it, from when it is in use, and what the one before it gives."""

    number: int
    valid_from: dt.date
    value_before: float | None = None


class Published(NamedTuple):
    """A figure of record for the same cell: what was published, and whether the rows give it."""

    qualifier: str
    published: float
    matches: bool | None
    source: str


@dataclass(frozen=True, kw_only=True)
class Explained:
    """All there is to say of one figure.

    Attributes:
        figure: which one.
        value: its value and counts, and what the catalogue says of the indicator.
        reading: how a rise is to be read.
        code_list: the list that the member is a code of.
        reads_from: the first month it reads; None where it reads all since the first delivery.
        reads_to: the last month it reads.
        sendings: the deliveries in force that it rests on.
        lacking: the deliveries owed for these months that are not in force.
        version: which definition counted it.
        retold: the datasets in which a later delivery tells anew of earlier months.
        later: the delivery received last of those that may have told anew of these months.
        target: the next target, where one is set.
        record: the published figures of the same cell.
        hidden: what the packs say instead, and why, where disclosure control hides it.
        revised: what was released of it and is no more so.
    """

    figure: Figure
    value: Value
    reading: str
    code_list: str
    reads_from: dt.date | None
    reads_to: dt.date
    sendings: tuple[Sending, ...]
    lacking: tuple[Lacking, ...]
    version: Version
    retold: tuple[str, ...] = ()
    later: Counted | None = None
    target: Target | None = None
    record: tuple[Published, ...] = ()
    hidden: str | None = None
    revised: Revision | None = None

    @property
    def about(self) -> About:
        """What the catalogue says of the indicator."""
        return self.value.about

    @property
    def last_received(self) -> Counted | None:
        """The delivery received last of those it rests on."""
        return max((one for sending in self.sendings for one in sending.deliveries), key=received, default=None)


def received(one: Counted) -> tuple[dt.datetime, str]:
    """What puts deliveries in the order in which they came."""
    return one.received_at, one.file
