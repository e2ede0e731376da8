"""What the pipeline would say of a file, without loading it."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.contracts.export import Period
from pipelines.contracts.limits import Limits
from pipelines.contracts.registry import EXPORTS
from pipelines.contracts.rules import Both
from pipelines.errors import CiiError, internal
from pipelines.ingest.intake import Intake, take_in
from pipelines.ingest.landing import PASSED_OVER, printable
from pipelines.ingest.locate import Arrival, by_name, nearest_names
from pipelines.ingest.mask import masked
from pipelines.ingest.pseudonym import Pseudonyms
from pipelines.ingest.receipts import read_receipts
from pipelines.ingest.refusal import refused, unexpected, unrecognised

# A check keeps nothing, so it needs no key that anything could be linked with.
_NO_KEY = Pseudonyms(b"controle sans chargement")
_USUAL = Limits()
_SERVICES = sorted({service for export in EXPORTS.values() for service in export.services})

NOT_CHECKED = Both(
    "Non contrôlé ici: ce qui compare avec d'autres mois (dossier disparu, rouvert ou passé à une autre personne; nombre de lignes "
    "inhabituel), avec d'autres jeux de données, ou des périodes d'une même personne entre elles.",
    "Hier nicht geprüft: was mit anderen Monaten vergleicht (verschwundener, wieder eröffneter oder auf eine andere Person "
    "übertragener Fall; ungewöhnliche Zahl der Zeilen), mit anderen Datensätzen oder Zeiträume derselben Person untereinander.",
)


@dataclass(frozen=True)
class Checked:
    """A file and what reading it gave.

    Attributes:
        file: its name, masked.
        senders: the services that may have sent it, in lower case; one where its folder or `--as` says which.
        dataset: what it is.
        period: what it speaks of.
        version: the version its name bears.
        latest: the highest version that was sent, as far as can be seen; 0 where none was.
        sample: whether its receipt says that the persons are invented.
        intake: the verdict.
    """

    file: str
    senders: tuple[str, ...]
    dataset: str
    period: Period
    version: int
    latest: int
    sample: bool
    intake: Intake

    @property
    def service(self) -> str | None:
        """Who sent it; None where several services could have."""
        return self.senders[0] if len(self.senders) == 1 else None

    def as_json(self) -> dict[str, Any]:
        """The verdict, the counts and every finding, for programs."""
        intake = self.intake
        return {
            "file": self.file,
            "service": self.service,
            "dataset": self.dataset,
            "period": str(self.period),
            "version": self.version,
            "accepted": intake.accepted,
            "reason": intake.reason,
            "rows_read": intake.rows_read,
            "rows_loaded": intake.rows_loaded,
            "rows_rejected": intake.rows_rejected,
            "lines_skipped": intake.lines_skipped,
            "findings": intake.findings.to_dicts(),
            "not_checked": NOT_CHECKED.fr,
        }


@dataclass(frozen=True)
class _Place:
    """What the folder and the name of a file, or `--as`, say that it is; `known` is whether a run would recognise it."""

    senders: tuple[str, ...]
    dataset: str
    period: Period
    version: int
    known: bool = True


def files(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """The files to check, and a sentence for each folder that gives none.

    A folder stands for the files that lie in it, but for what a run passes over too; one that holds the folders of services
    stands for theirs.
    """
    found: list[Path] = []
    sentences: list[str] = []
    for path in paths:
        try:
            lying = sorted(one for one in path.iterdir() if not PASSED_OVER.fullmatch(one.name))
            services = [one for one in lying if one.name in _SERVICES and one.is_dir()]
            inside, told = files(services) if services else ([one for one in lying if not one.is_dir()], [])
        except PermissionError:
            sentences.append(f"{_shown(path)}: vous n'avez pas le droit de lire à cet endroit; demandez-le à son propriétaire.")
            continue
        except OSError:
            # No folder: what it is instead is told when it is opened.
            inside, told = [path], []
        if not inside:
            sentences.append(f"{_shown(path)}: ce dossier ne contient aucun fichier à contrôler; donnez celui d'un service.")
        found += inside
        sentences += told
    return found, sentences


def check_file(path: Path, *, named: str | None = None, limits: Limits = _USUAL, raw: Path | None = None) -> Checked:
    """Read a file as what its place and name say, or as what it is `named`: service/dataset/period.

    Args:
        path: the file.
        named: what it is, where its name does not say it.
        limits: how much of it is read.
        raw: the landing zone, where other versions may lie.

    Raises:
        CiiError: the file cannot be opened, or nothing says what it is.
    """
    content = _content(path, limits)
    place = _named(named, path) if named else _placed(path)
    return Checked(
        file=_shown(path),
        senders=place.senders,
        dataset=place.dataset,
        period=place.period,
        version=place.version,
        latest=_latest(path, place, raw=raw),
        sample=_invented(path, content),
        intake=_judged(path, content, place=place, limits=limits),
    )


def _judged(path: Path, content: bytes, *, place: _Place, limits: Limits) -> Intake:
    if place.period.first > dt.date.today():
        return refused("file.future")
    export = EXPORTS[place.dataset]
    if not set(place.senders) & set(export.services):
        return unexpected(f"{place.senders[0]}/{path.name}", exports=EXPORTS)
    export = export.sent_by(*place.senders)
    try:
        intake = take_in(content, _shown(path), export=export, period=place.period, pseudonyms=_NO_KEY, limits=limits)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # A library that panics raises no Exception; whatever happens, the other files are still checked.
        raise CiiError(f"{_shown(path)}: {internal(error, during='check')}") from None
    if intake.accepted and not place.known:
        ending = "xlsx" if content.startswith(b"PK") else "csv"
        return unrecognised(path.name, nearest=f"{masked(path.stem)}.{ending}")
    return intake


def _content(path: Path, limits: Limits) -> bytes:
    name = _shown(path)
    try:
        if path.is_file():
            with path.open("rb") as file:
                # One byte more than may be is enough to say that it is too much.
                return file.read(limits.file_bytes + 1)
        if path.exists():
            raise CiiError(f"{name}: ce n'est pas un fichier ordinaire; donnez un CSV ou un XLSX.")
    except PermissionError:
        raise CiiError(f"{name}: vous n'avez pas le droit de lire ce fichier; demandez-le à son propriétaire.") from None
    except OSError:
        raise CiiError(f"{name}: ce fichier ne peut pas être lu; vérifiez qu'il s'ouvre sur cette machine.") from None
    if path.is_symlink():
        raise CiiError(f"{name}: ce lien ne mène à aucun fichier; donnez le fichier lui-même.")
    raise CiiError(f"{name}: ce fichier n'existe pas; vérifiez le nom et le dossier.")


def _named(text: str, path: Path) -> _Place:
    match = re.fullmatch(r"(\w+)/(\w+)/(\d{4})(?:-(0[1-9]|1[0-2]))?", text)
    export = EXPORTS.get(match[2]) if match else None
    year = int(match[3]) if match else 0
    if match and export and match[1].lower() not in export.services:
        senders = " ou ".join(export.services)
        raise CiiError(f"--as «{masked(text)}»: ce service n'envoie pas {export.name}; écrivez {senders} avant la barre.")
    if not match or not export or (export.cadence == "monthly") != bool(match[4]) or not year:
        raise CiiError(f"--as «{masked(text)}»: écrivez service/jeu/période, par exemple sfpo/cm_fp_dossiers/2013-02.")
    period = Period(dt.date(year, int(match[4] or 1), 1), export.cadence)
    said = by_name(f"{match[1].lower()}/{path.name}", "", size=0, exports=EXPORTS)
    version = said.version if (said.dataset, said.period) == (export.name, period) else None
    return _Place((match[1].lower(),), export.name, period, version or 1)


def _placed(path: Path) -> _Place:
    """From the folder and the name; under an ending that is none of ours, a file is still read and then says itself what it is."""
    folder = path.absolute().parent.name
    for name in (path.name, f"{path.stem}.csv"):
        here = _said(folder, name)
        if found := [here] if here else [one for service in _SERVICES if (one := _said(service, name))]:
            one = found[0]
            assert one.dataset and one.period and one.version
            # What lies in a service's folder is that service's, as it is to a run.
            senders = (folder,) if folder in _SERVICES else tuple(each.service.lower() for each in found)
            return _Place(senders, one.dataset, one.period, one.version, name == path.name)
    near = ", ".join(nearest_names(f"{folder}/{_shown(path)}", exports=EXPORTS))
    raise CiiError(f"{_shown(path)}: ce nom ne dit pas de quel envoi il s'agit (noms proches: {near}). Indiquez-le par --as.")


def _said(service: str, name: str) -> Arrival | None:
    one = by_name(f"{service}/{name}", "", size=0, exports=EXPORTS)
    return one if one.dataset and one.period else None


def _latest(path: Path, place: _Place, *, raw: Path | None) -> int:
    """The highest version in the landing zone or beside the file; the file's own counts where receipts are kept."""
    here = path.absolute()
    zone = [raw / sender for sender in place.senders] if raw else []
    unsent = here if here.parent not in zone and not (here.parent.parent / "receipts.csv").exists() else None
    found: list[Arrival | None] = []
    for folder in (here.parent, *zone):
        with suppress(OSError):
            found += [_said(place.senders[0], one.name) for one in folder.iterdir() if one != unsent]
    return max((one.version or 1 for one in found if one and (one.dataset, one.period) == (place.dataset, place.period)), default=0)


def _invented(path: Path, content: bytes) -> bool:
    folder = path.absolute().parent
    try:
        receipts = read_receipts(folder.parent / "receipts.csv")
    except (CiiError, OSError, UnicodeError):
        return False
    receipt = receipts.get((f"{folder.name}/{path.name}", hashlib.sha256(content).hexdigest()))
    return receipt is not None and receipt.sample


def _shown(path: Path) -> str:
    """The file's name as it may be printed anywhere: masked, and without what a terminal would obey."""
    return masked(printable(path.name))
