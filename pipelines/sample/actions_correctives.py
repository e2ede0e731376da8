"""Invented corrective actions on measures, sent by the cantonal coordination (CII) each year.

The file of 2017 tells what was known at the end of March. Some actions are overdue.
"""

from collections.abc import Iterator
from datetime import date

import polars as pl

from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.telling import Mishaps, listed_in, years_told
from pipelines.sample.world import World

DATASET = "actions_correctives"
YEARS = {year: date(year + 1, 1, 1) for year in range(2013, 2017)} | {2017: date(2017, 4, 1)}
_COORDINATION, _STEERING = "GROUPE_COORDINATION", "GP_CII"

# fmt: off
_ACTIONS = (
    ("PSET-005", date(2013, 3, 14), date(2013, 9, 30), date(2013, 9, 12), _COORDINATION, "Relier le tri à un métier"),
    ("MES-102", date(2013, 6, 6), date(2013, 12, 31), date(2014, 2, 20), _COORDINATION, "Rendre le rapport d’évaluation en dix jours"),
    ("PSET-001", date(2013, 11, 7), date(2014, 6, 30), None, _STEERING, "Déplacer des places vers l’entretien d’espaces verts qualifié"),
    ("MES-104", date(2014, 2, 13), date(2014, 8, 31), date(2014, 8, 28), _COORDINATION, "Ouvrir un cours du soir"),
    ("MES-106", date(2014, 5, 15), date(2014, 12, 31), date(2015, 3, 5), _COORDINATION, "Annoncer les absences au service qui place"),
    ("PSET-017", date(2014, 10, 2), date(2015, 3, 31), None, _COORDINATION, "Établir la fiche descriptive"),
    ("MES-108", date(2015, 1, 22), date(2015, 7, 31), date(2015, 6, 25), _STEERING, "Réserver les ateliers aux situations lourdes"),
    ("MES-121", date(2015, 4, 16), date(2015, 10, 31), date(2015, 11, 12), _COORDINATION, "Convenir d’objectifs de stage par écrit"),
    ("PSET-009", date(2015, 9, 10), date(2016, 3, 31), date(2016, 3, 17), _COORDINATION, "Remplir la grille à l’entrée et à la sortie"),
    ("MES-117", date(2016, 1, 28), date(2016, 9, 30), None, _COORDINATION, "Mesurer les engagements six mois après le coaching"),
    ("PSET-014", date(2016, 5, 12), date(2016, 12, 31), date(2016, 12, 8), _COORDINATION, "Chercher d’autres lieux de stage dans la vente"),
    ("MES-114", date(2016, 9, 15), date(2017, 2, 28), None, _STEERING, "Dire à quels métiers mènent les travaux d’utilité publique"),
    ("MES-120", date(2016, 11, 24), date(2017, 6, 30), None, _COORDINATION, "Comparer les entrées par service et rééquilibrer"),
    ("PSET-020", date(2017, 2, 9), date(2017, 9, 30), None, _COORDINATION, "Proposer un stage en commerce après trois mois"),
)
# fmt: on

_MISHAPS = Mishaps(
    slips={
        "2014": (Slip("due_on", "31.06.2014", pl.col("action_id") == "COR-03"),),
        "2016": (
            Slip("decided_by", "SEMP", pl.col("action_id") == "COR-11"),
            Slip("measure_id", "MES-970", pl.col("action_id") == "COR-10"),
        ),
    },
)


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the yearly files."""
    yield from years_told(world, ("cii", DATASET), years=YEARS, rows=_rows, mishaps=_MISHAPS)


def _rows(year: date) -> pl.DataFrame:
    """The actions open at any moment of the year, as known at its end."""
    columns = ("measure_id", "opened_on", "due_on", "closed_on", "decided_by", "action")
    every = pl.DataFrame(_ACTIONS, schema=columns, orient="row").with_row_index("number", offset=1)
    identified = every.with_columns(action_id=pl.format("COR-{}", pl.col("number").cast(pl.String).str.zfill(2)))
    return listed_in(year, identified, since="opened_on", ended="closed_on")
