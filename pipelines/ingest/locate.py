"""What lies in the landing zone: every file under `raw/<service>/`, recognised or not."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz, process

from pipelines.contracts.export import Export, Period
from pipelines.ingest import landing
from pipelines.ingest.mask import masked

_NAME = re.compile(r"(?P<dataset>.+)_(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?(?:_v(?P<version>[1-9]\d{0,2}))?\.(?i:csv|xlsx)")
# Files of programs that could write one of the two: under a right name they are answered by what to save them as.
_OTHER_ENDING = re.compile(r"(?P<stem>.+)\.(?P<ending>(?i:xls|xlsm|xlsb|ods|zip))")
_MONTH = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:[-_. ]?(?P<month>0?[1-9]|1[0-2])(?!\d))?")
# What only bears the name of a delivery stands in no other's way.
_NO_FILE = ("file.not_a_file", "file.outside", "file.vanished")
# Names less alike than this (of 100) are no suggestion.
_ALIKE = 55
_FIRST_YEAR = 1900  # nobody speaks of an earlier one


@dataclass(frozen=True)
class Arrival:
    """A file in the landing zone.

    Attributes:
        file: its path relative to the landing zone, with `/`.
        service: the folder's name in upper case.
        dataset: the dataset its name says; None where it is not recognised.
        period: the period its name says.
        version: the version its name says.
        sha256: the hash of its bytes; empty where they could not be read.
        size: its length in bytes.
        refusal: the rule that says why its bytes could not be read.
    """

    file: str
    service: str
    dataset: str | None
    period: Period | None
    version: int | None
    sha256: str
    size: int
    refusal: str | None = None

    @property
    def delivery_id(self) -> str:
        """First 16 hex digits of the SHA-256 of service, dataset, period, version and content (exports.md, The ledger).

        A file that was not recognised is told apart by its name instead.
        """
        place = (self.dataset, str(self.period), str(self.version)) if self.dataset else (self.file,)
        return hashlib.sha256("\n".join((self.service, *place, self.sha256)).encode()).hexdigest()[:16]


def arrivals(raw: Path, *, exports: Mapping[str, Export]) -> list[Arrival]:
    """Every file of every service folder, in the order of names; hidden, lock and partial files are passed over."""
    return [replace(by_name(one.file, one.sha256, size=one.size, exports=exports), refusal=one.refusal) for one in landing.seen(raw)]


def arrival(file: str, content: bytes, *, exports: Mapping[str, Export]) -> Arrival:
    """What a file with this content is."""
    return by_name(file, hashlib.sha256(content).hexdigest(), size=len(content), exports=exports)


def by_name(file: str, sha256: str, *, size: int, exports: Mapping[str, Export]) -> Arrival:
    """What a file is, by its place and name."""
    folder, _, name = file.rpartition("/")
    dataset, period, version = _recognised(folder, name, exports)
    return Arrival(file, masked(folder.upper()), dataset, period, version, sha256, size)


def ambiguous(found: Iterable[Arrival]) -> set[str]:
    """The files that share their service, dataset, period and version with another."""
    places: dict[tuple[object, ...], list[str]] = {}
    for one in found:
        if one.dataset and one.refusal not in _NO_FILE:
            places.setdefault((one.service, one.dataset, one.period, one.version), []).append(one.file)
    return {file for files in places.values() if len(files) > 1 for file in files}


def readable(found: Iterable[Arrival], *, known_on: dt.date) -> list[Arrival]:
    """The arrivals that are read; the others are refused without it: not seen, twice there, or of a month still to come."""
    lying = list(found)
    twice = ambiguous(lying)
    return [one for one in lying if one.sha256 and one.file not in twice and not (one.period and one.period.first > known_on)]


def nearest_names(file: str, *, exports: Mapping[str, Export]) -> list[str]:
    """File names near to one that was not recognised, from what its service sends."""
    folder, _, name = masked(file).rpartition("/")
    match = _MONTH.search(name)
    year, month = match.groups() if match else (None, None)
    periods = {"yearly": year or "AAAA", "monthly": f"{year or 'AAAA'}-{f'{month:0>2}' if month else 'MM'}"}
    stems = [export.name for export in exports.values() if folder in export.services] or list(exports)
    stem = re.split(r"_?\d{4}", name)[0].lower()
    close = process.extract(stem, sorted(stems), scorer=fuzz.ratio, limit=2, score_cutoff=_ALIKE)
    return [f"{one}_{periods[exports[one].cadence]}.csv" for one in [found for found, *_ in close] or sorted(stems)[:2]]


def foreign(file: str, *, exports: Mapping[str, Export]) -> Export | None:
    """The export that a file bears the name of though its service sends no such; None where it is another matter."""
    folder, _, name = file.rpartition("/")
    match = _NAME.fullmatch(name)
    export = exports.get(match["dataset"]) if match else None
    return export if export and folder not in export.services else None


def under_a_read_ending(one: Arrival, *, exports: Mapping[str, Export]) -> Arrival | None:
    """What an unrecognised file would be, were it saved in a format that is read; None where its name says nothing either way."""
    match = _OTHER_ENDING.fullmatch(one.file)
    meant = by_name(f"{match['stem']}.csv", one.sha256, size=one.size, exports=exports) if match else None
    return meant if meant and meant.dataset else None


def _recognised(folder: str, name: str, exports: Mapping[str, Export]) -> tuple[str | None, Period | None, int | None]:
    match = _NAME.fullmatch(name)
    export = exports.get(match["dataset"]) if match else None
    if not match or not export or folder not in export.services:
        return None, None, None
    if (export.cadence == "monthly") != bool(match["month"]) or int(match["year"]) < _FIRST_YEAR:
        return None, None, None
    first = dt.date(int(match["year"]), int(match["month"] or 1), 1)
    return export.name, Period(first, export.cadence), int(match["version"] or 1)
