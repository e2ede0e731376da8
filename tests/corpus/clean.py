"""The clean deliveries every trap is made from: twelve rows each, on the lines 2 to 13, persons invented.

The AVS numbers have valid check digits, so any of them could by chance be someone's.
"""

import datetime as dt
import re
from dataclasses import dataclass

from pipelines.contracts.export import Export
from pipelines.contracts.registry import EXPORTS
from tests.golden.avs import avs
from tests.unit.ingest_cases import CM_FP, PSET, WORKSHOPS, right_row, table

Cell = str | int | float | bool | dt.date
Grid = list[list[Cell]]

_CM_FP = """
CM-101 14.03.1994 1 6458 ECOLE   03.10.2011
CM-102 02.11.1993 2 6421 OCOSP   17.01.2012 05.02.2013 EMPLOI
CM-103 29.02.1996 2 6436 SSR     06.02.2012
CM-104 21.07.1992 1 6487 ORP     30.04.2012
CM-105 08.12.1995 1 6512 OAI     11.06.2012 12.02.2013 HORS_CRITERES AGE
CM-106 17.05.1990 2 6416 FAMILLE 20.08.2012
CM-107 30.09.1994 1 6404 AUTRE   03.09.2012 22.02.2013 CFC
CM-108 25.01.1995 2 351  ECOLE   08.10.2012
CM-109 11.04.1991 1 6455 OCOSP   19.11.2012 28.02.2013 SANS_SOLUTION
CM-110 03.06.1997 2 6423 SSR     07.01.2013
CM-111 19.10.1993 2 6432 ORP     21.01.2013
CM-112 27.08.1996 1 6451 ECOLE   18.02.2013
"""

_PSET = """
P-01|Atelier bois|Caritas Neuchâtel|C|OCCUPATION|TOUS|20|18
P-02|Cuisine du Château|Fondation «Le Phare»|I|OCCUPATION|TOUS|15|15
P-03|Jardins d’hiver|Cœur à l'ouvrage – Montagnes|A|OCCUPATION|AIDE_SOCIALE|12|9
P-04|Bureau école|Évologia|N|PROFESSIONNEL|TOUS|24|21
P-05|Couture|Association Nähwerk|C|SOCIOPROFESSIONNEL|AIDE_SOCIALE|10|7
P-06|Recyclage|Ville de La Chaux-de-Fonds|E|OCCUPATION|TOUS|30|26
P-07|Sentiers|Commune de Val-de-Travers|A|OCCUPATION|TOUS|16|11
P-08|Vélos|Atelier Phénix|G|SOCIOPROFESSIONNEL|TOUS|8|8
P-09|Textes & images|Imprimerie de l'Areuse|J|PROFESSIONNEL|TOUS|6|5
P-10|Crèche|Les P'tits Loups|Q|PROFESSIONNEL|TOUS|4|2
P-11|Buanderie|Hôpital régional|S|OCCUPATION|AIDE_SOCIALE|14|10
P-12|Informatique|Réalise|J|PROFESSIONNEL|TOUS|18|13
"""


@dataclass(frozen=True, eq=False, repr=False)
class Clean:
    """A clean delivery as a grid of texts, its header first."""

    export: Export
    grid: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        return self.export.name

    def place(self, field: str) -> int:
        """The column of a field."""
        return list(self.export.by_name).index(field)

    def texts(self) -> Grid:
        """Its cells as a CSV has them."""
        return [list(row) for row in self.grid]

    def cells(self) -> Grid:
        """Its cells as a sheet has them: dates as dates, whole numbers as numbers."""
        return [list(self.grid[0]), *([_typed(cell) for cell in row] for row in self.grid[1:])]


def _typed(text: str) -> Cell:
    if match := re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", text):
        day, month, year = map(int, match.groups())
        return dt.date(year, month, day)
    return int(text) if re.fullmatch(r"\d{1,4}", text) else text


def _grid(export: Export, rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    header = [field.header for field in export.fields]
    return tuple(tuple(row + [""] * (len(header) - len(row))) for row in (header, *rows))


def _with_number(row: list[str]) -> list[str]:
    return [row[0], avs(int(row[0].removeprefix("CM-"))), *row[1:]]


DOSSIERS = Clean(CM_FP, _grid(CM_FP, [_with_number(line.split()) for line in _CM_FP.split("\n") if line]))
PLACES = Clean(PSET, _grid(PSET, [line.split("|") for line in _PSET.split("\n") if line]))

# A contract with every kind of column, for what no dataset of the house has yet.
_OPTIONAL = {"share": "12.5", "seats": "20", "taken": "8", "subsidised": "NON", "kind_of": "COURT", "over_on": "", "over_why": ""}
ATELIERS = Clean(
    WORKSHOPS, _grid(WORKSHOPS, table(WORKSHOPS, [right_row(WORKSHOPS, 200 + number, **_OPTIONAL) for number in range(1, 13)])[1:])
)

# Two whose rows must agree with themselves in a way that no other dataset asks for.
AXES, AGREEMENTS = (
    Clean(export, _grid(export, table(export, [right_row(export, number) for number in range(1, 13)])[1:]))
    for export in (EXPORTS["actions_axes"], EXPORTS["conventions"])
)

PERSONAL = {
    spelling
    for clean in (DOSSIERS, ATELIERS)
    for row in clean.grid[1:]
    for name in ("avs13", "birth_date")
    for cell in [row[clean.place(name)]]
    for spelling in (cell, cell.replace(".", ""), ".".join(reversed(cell.split("."))), "-".join(reversed(cell.split("."))))
}
"""Everything in the clean deliveries that tells who somebody is, in the usual spellings."""
