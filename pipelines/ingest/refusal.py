"""A file that is refused before its rows are looked at: the verdict with its one finding."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import polars as pl

from pipelines.contracts.export import Export
from pipelines.contracts.rules import Both
from pipelines.ingest.findings import finding
from pipelines.ingest.intake import Intake
from pipelines.ingest.locate import foreign, nearest_names


def refused(rule: str, **words: Any) -> Intake:
    """The verdict by a rule on files, its sentences filled in."""
    return Intake(False, rule, pl.DataFrame(), finding(rule, **words), 0, 0, 0, 0)


def unexpected(file: str, *, exports: Mapping[str, Export]) -> Intake:
    """The verdict on a file that its service, the folder, is not expected to send under this name."""
    if export := foreign(file, exports=exports):
        senders = [service.upper() for service in export.services]
        return refused("file.other_sender", dataset=export.name, senders=Both(" ou ".join(senders), " oder ".join(senders)))
    return unrecognised(file, nearest=", ".join(nearest_names(file, exports=exports)))


def unrecognised(file: str, *, nearest: str) -> Intake:
    """The verdict on a name that no delivery bears; an ending that is not read is named."""
    ending = PurePath(file).suffix.lower()
    other = ending[1:].isalpha() and ending not in (".csv", ".xlsx")
    told = Both(f": un fichier {ending} n'est pas lu", f": {ending}-Dateien werden nicht gelesen") if other else Both("", "")
    return refused("file.unrecognised", nearest=nearest, ending=told)
