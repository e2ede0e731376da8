"""The municipalities' numbers: which exist in a period, which in another year only, and which nowhere."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipelines.contracts.export import Period
from pipelines.contracts.given import MUNICIPALITY, read_reference

_CANTON = range(6401, 6514)
_COUNTRY = range(1, 7000)


@dataclass(frozen=True)
class Validity:
    """The days a number is in use; None where there is no end to them."""

    first: dt.date | None
    last: dt.date | None


Register = Mapping[int, Validity]


@cache
def register() -> Register:
    """The register of the canton, as the reference file has it."""
    rows = read_reference(MUNICIPALITY.table).select("municipality", "valid_from", "valid_to").iter_rows()
    return {number: Validity(first, last) for number, first, last in rows}


def rule_broken(number: int, period: Period, *, register: Register) -> str | None:
    """The rule a number breaks in a period, if any."""
    known = register.get(number)
    if known is None:
        return None if number in _COUNTRY and number not in _CANTON else "municipality.unknown"
    begun = known.first is None or known.first <= period.last
    over = known.last is not None and known.last < period.first
    return None if begun and not over else "municipality.other_year"
