"""Which files a month's reports are, and where they lie; nothing here knows how they are made."""

import datetime as dt
import hashlib
from pathlib import Path
from urllib.parse import quote

from pipelines import duck
from pipelines.reports.book import latest_period

GP_CII, COORDINATION = "gp-cii", "coordination"
# In the order they are offered.
REPORTS = {GP_CII: "Rapport au groupe de pilotage (GP CII)", COORDINATION: "Rapport au groupe de coordination"}
SHEETS = "fiches"

_LONGEST = 80
# The year of the report; until it has ended, the last one that did as well.
_MIXED = """
select measure_id, year(period) as year from core.measure_period
where grain = 'year' and mixed = 'OUI' and period <= $period and last_day >= $period - interval 11 months
order by year, measure_id
"""


def report_path(period: dt.date, report: str) -> Path:
    """Where a report of a month lies, from the folder of all reports."""
    return Path(f"{period:%Y-%m}", f"{report}.fr.html")


def sheet_name(measure_id: str, year: int, *, link: bool = False) -> str:
    """The file of a measure's yearly sheet, or a link to it: whatever a service writes as a number makes a name of its own."""
    name = quote(measure_id, safe="")
    if len(name) > _LONGEST:
        name = hashlib.sha256(measure_id.encode()).hexdigest()
    file = f"{name}_{year}.html"
    return quote(file) if link else file


def sheets_due(con: duck.Connection, period: dt.date) -> list[tuple[str, int]]:
    """The measures and years that have a sheet in a month's report: those that two services or more used in the year."""
    return [(measure_id, year) for measure_id, year in con.execute(_MIXED, {"period": period}).fetchall()]


def report_paths(con: duck.Connection) -> list[Path]:
    """The files that belong to the tables, from the folder of all reports."""
    index = Path("index.html")
    if (period := latest_period(con)) is None:
        return [index]
    sheets = [Path(f"{period:%Y-%m}", SHEETS, sheet_name(*due)) for due in sheets_due(con, period)]
    return [index, *(report_path(period, report) for report in REPORTS), *sheets]
