"""The municipalities' numbers: which exist in a period, which in another year only, and which nowhere."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipelines.contracts.export import Period
from pipelines.contracts.given import MUNICIPALITY, read_reference
from pipelines.contracts.rules import Both
from pipelines.ingest.text import plain

_CANTON = range(6401, 6514)
_COUNTRY = range(1, 7000)


@dataclass(frozen=True)
class Validity:
    """The days a number is in use, None where there is no end to them; its name, and the number that replaced it."""

    first: dt.date | None
    last: dt.date | None
    name: str = ""
    successor: int | None = None


Register = Mapping[int, Validity]


@cache
def register() -> Register:
    """The register of the canton, as the reference file has it."""
    rows = read_reference(MUNICIPALITY.table).select("municipality", "valid_from", "valid_to", "name", "successor").iter_rows()
    return {number: Validity(*known) for number, *known in rows}


def rule_broken(number: int, period: Period, *, register: Register) -> str | None:
    """The rule a number breaks in a period, if any."""
    known = register.get(number)
    if known is None:
        return None if number in _COUNTRY and number not in _CANTON else "municipality.unknown"
    begun = known.first is None or known.first <= period.last
    over = known.last is not None and known.last < period.first
    return None if begun and not over else "municipality.other_year"


def replacement(number: int, period: Period, *, register: Register) -> int | None:
    """The number that stands for a municipality in a period: itself or its successor; None before there was one."""
    while rule_broken(number, period, register=register):
        known = register.get(number)
        if known is None or known.successor is None or known.last is None or known.last >= period.first:
            return None
        number = known.successor
    return number


def change(number: int, period: Period, *, register: Register) -> Both:
    """Why a known number is not the right one in a period: what replaced it, or since when there is such a municipality."""
    known, instead = register[number], replacement(number, period, register=register)
    if instead is None:
        since = f"{known.first:%d.%m.%Y}" if known.first else ""
        return Both(f"n'existe que depuis le {since}", f"gibt es erst seit dem {since}")
    name = register[instead].name
    return Both(f"a été remplacée par {instead} ({name})", f"wurde durch {instead} ({name}) ersetzt")


def numbers_named(text: str) -> frozenset[int]:
    """The numbers of all municipalities of the canton that bear the name."""
    return _by_name().get(plain(re.sub(r"\b(?:NE|\d+)\b|[()]", "", text)), frozenset())


@cache
def _by_name() -> Mapping[str, frozenset[int]]:
    names: dict[str, frozenset[int]] = {}
    for number, known in register().items():
        name = plain(known.name.removesuffix("(NE)"))
        names[name] = names.get(name, frozenset()) | {number}
    return names
