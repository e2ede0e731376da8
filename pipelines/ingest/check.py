"""What the pipeline would say of a file, without loading it."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.contracts.export import Period
from pipelines.contracts.registry import EXPORTS
from pipelines.errors import CiiError
from pipelines.ingest.intake import Intake, take_in
from pipelines.ingest.locate import arrival, nearest_names
from pipelines.ingest.mask import masked
from pipelines.ingest.pseudonym import Pseudonyms
from pipelines.ingest.refusal import refused

# A check keeps nothing, so it needs no key that anything could be linked with.
_NO_KEY = Pseudonyms(b"controle sans chargement")

NOT_CHECKED = "Non contrôlé ici: ce qui compare avec d'autres mois (dossier disparu, rouvert, ou passé à une autre personne)."


@dataclass(frozen=True)
class Checked:
    """A file and what reading it gave."""

    file: str
    dataset: str
    period: Period
    intake: Intake

    def as_json(self) -> dict[str, Any]:
        """The verdict, the counts and every finding, for programs."""
        intake = self.intake
        return {
            "file": self.file,
            "dataset": self.dataset,
            "period": str(self.period),
            "accepted": intake.accepted,
            "reason": intake.reason,
            "rows_read": intake.rows_read,
            "rows_loaded": intake.rows_loaded,
            "rows_rejected": intake.rows_rejected,
            "lines_skipped": intake.lines_skipped,
            "findings": intake.findings.to_dicts(),
            "not_checked": NOT_CHECKED,
        }


def check_file(path: Path, *, named: str | None = None) -> Checked:
    """Read a file as what its place and name say, or as what it is `named`: service/dataset/period.

    Raises:
        CiiError: the file cannot be opened, or nothing says what it is.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise CiiError(f"{masked(path.name)}: le fichier n'existe pas ou ne peut pas être lu.") from None
    dataset, period = _named(named) if named else _placed(path)
    if period.first > dt.date.today():
        intake = refused("file.future", period=period)
    else:
        intake = take_in(content, path.name, export=EXPORTS[dataset], period=period, pseudonyms=_NO_KEY)
    return Checked(masked(path.name), dataset, period, intake)


def _named(text: str) -> tuple[str, Period]:
    match = re.fullmatch(r"(\w+)/(\w+)/(\d{4})(?:-(0[1-9]|1[0-2]))?", text)
    export = EXPORTS.get(match[2]) if match else None
    if not match or export is None or match[1].lower() not in export.services or (export.cadence == "monthly") != bool(match[4]):
        raise CiiError(f"--as «{masked(text)}»: écrivez service/jeu/période, par exemple sfpo/cm_fp_dossiers/2013-02.")
    return export.name, Period(dt.date(int(match[3]), int(match[4] or 1), 1), export.cadence)


def _placed(path: Path) -> tuple[str, Period]:
    """From the folder and the name; a file outside a service's folder is what its name says of its only sender."""
    folders = [path.absolute().parent.name, *sorted({service for export in EXPORTS.values() for service in export.services})]
    for folder in folders:
        found = arrival(f"{folder}/{path.name}", b"", exports=EXPORTS)
        if found.dataset and found.period:
            return found.dataset, found.period
    near = ", ".join(nearest_names(f"{folders[0]}/{path.name}", exports=EXPORTS))
    raise CiiError(f"{masked(path.name)}: ce nom ne dit pas de quel envoi il s'agit (noms proches: {near}). Indiquez-le par --as.")
