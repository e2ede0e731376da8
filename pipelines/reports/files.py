"""Which files a month's packs are, for which reader, and where they lie; nothing here knows how they are made."""

import datetime as dt
import glob
import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipelines import duck
from pipelines.contracts.codes import SERVICE
from pipelines.errors import CiiError
from pipelines.reports.book import latest_period
from pipelines.reports.language import Language, labelled, language, later, tr

GP_CII, COORDINATION, LEGISLATURE = "gp-cii", "coordination", "legislature"
SHEETS = "fiches"

_LONGEST = 80
# The year of the report; until it has ended, the last one that did as well.
_MIXED = """
select measure_id, year(period) as year from core.measure_period
where grain = 'year' and mixed = 'OUI' and period <= $period and last_day >= $period - interval 11 months
order by year, measure_id
"""


@dataclass(frozen=True)
class Pack:
    """The report of a month to one reader.

    Attributes:
        name: how it is asked for, and how its file is called.
        title: to whom it goes, for `tr`.
        service: whose own data it is; what is a service's own is not hidden from it.
    """

    name: str
    title: str
    service: str | None = None


# In the order they are offered.
PACKS = {
    pack.name: pack
    for pack in (
        Pack(GP_CII, later("Rapport au groupe de pilotage (GP CII)")),
        Pack(COORDINATION, later("Rapport au groupe de coordination")),
        Pack(LEGISLATURE, later("Bilan de la législature")),
        *(Pack(f"service-{code.code.lower()}", later("Rapport au service: {service}"), code.code) for code in SERVICE.codes),
    )
}
_SERVICES = {code.code: code for code in SERVICE.codes}


def told_title(pack: Pack) -> str:
    """To whom a pack goes, in the language of now."""
    return tr(pack.title, service=labelled(_SERVICES[pack.service])) if pack.service else tr(pack.title)


def pack_named(name: str) -> Pack:
    """The pack of that name.

    Raises:
        CiiError: there is none; all names are told.
    """
    if name not in PACKS:
        raise CiiError(f"«{name}» n'est pas un rapport; il y a {', '.join(PACKS)}.")
    return PACKS[name]


# Those of the services: each its own data.
OWN = tuple(pack.name for pack in PACKS.values() if pack.service)


def report_path(period: dt.date, pack: str, *, internal: bool = False, language: Language = "fr") -> Path:
    """Where the pack of a month lies, from the folder of all reports; `internal`: the one that hides nothing."""
    return Path(f"{period:%Y-%m}", f"{pack}{'-interne' if internal else ''}.{language}.html")


def beside(html: Path, ending: str) -> Path:
    """Where another form of a pack lies, or a file of its folder: the name is that of the HTML, with another ending."""
    return html.parent / f"{html.stem}.{ending}"


def drop_forms_of_another(path: Path, html: bytes) -> None:
    """Remove the other forms of a pack unless they were made with this very HTML: what lies side by side says the same.

    With another French one the German ones go too.
    """
    if path.exists() and path.read_bytes() == html:
        return
    name = path.stem.removesuffix(".fr")
    for other in set(path.parent.glob(f"{glob.escape(name)}.*")) - {path}:
        shutil.rmtree(other) if other.is_dir() else other.unlink()


def sheet_name(measure_id: str, year: int, *, link: bool = False) -> str:
    """The file of a measure's yearly sheet, or a link to it: whatever a service writes as a number makes a name of its own."""
    name = quote(measure_id, safe="")
    if len(name) > _LONGEST:
        name = hashlib.sha256(measure_id.encode()).hexdigest()
    file = f"{name}_{year}{'' if language() == 'fr' else f'.{language()}'}.html"
    return quote(file) if link else file


def sheets_due(con: duck.Connection, period: dt.date) -> list[tuple[str, int]]:
    """The measures and years that have a sheet in a month's report: those that two services or more used in the year."""
    return [(measure_id, year) for measure_id, year in con.execute(_MIXED, {"period": period}).fetchall()]


def report_paths(con: duck.Connection) -> list[Path]:
    """The files that every run makes, from the folder of all reports: the steering group's pack, the analysts' own, and the list."""
    index = Path("index.html")
    if (period := latest_period(con)) is None:
        return [index]
    return [index, report_path(period, GP_CII), report_path(period, GP_CII, internal=True)]
