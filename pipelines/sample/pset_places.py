"""Invented programmes of temporary employment (PSET), sent by SEMP since December 2011.

The programmes and their sizes are invented. Their sums by category are the published `PLACES` at
the ends of 2011 and 2012; after that they go on towards the end of 2014, when no occupation is left.
Those reserved for social-aid recipients have more than 80 places at any time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from pipelines.sample.delivery import CSV, SampleDelivery, Slip
from pipelines.sample.world import World, receipt

DATASET = "pset_places"
FIRST, LAST = date(2011, 12, 1), date(2013, 2, 1)

PLACES = {
    "2011-12": {"OCCUPATION": 142, "SOCIOPROFESSIONNEL": 14, "PROFESSIONNEL": 48},
    "2012-12": {"OCCUPATION": 91, "SOCIOPROFESSIONNEL": 22, "PROFESSIONNEL": 86},
}


@dataclass(frozen=True)
class _Programme:
    """A programme through time.

    Attributes:
        name: What it is called.
        provider: Who runs it.
        branch: NOGA section.
        category: What it is meant to lead to.
        sizes: Its places from each of these months on; none before the first, closed at 0.
        audience: Whom it is open to.
    """

    name: str
    provider: str
    branch: str
    category: str
    sizes: dict[str, int]
    audience: str = "TOUS"

    def places(self, month: str) -> int:
        """Counts its places at the end of the month."""
        return next((self.sizes[since] for since in reversed(self.sizes) if since <= month), 0)


# fmt: off
_PROGRAMMES = (
    _Programme("Main d’œuvre verte", "Evologia", "N", "OCCUPATION", {"2011-12": 26, "2012-12": 22}),
    _Programme("Démontage d’appareils", "Alfaset", "E", "OCCUPATION", {"2011-12": 22, "2012-05": 14, "2013-02": 11}),
    _Programme("Conditionnement", "Alfaset", "N", "OCCUPATION", {"2011-12": 24, "2012-03": 16, "2013-01": 10}),
    _Programme("Bois et œuvres manuelles", "Espace des Solidarités", "C", "OCCUPATION", {"2011-12": 18, "2012-09": 10}),
    _Programme("Tri de textiles", "Caritas", "E", "OCCUPATION", {"2011-12": 20, "2012-11": 15}),
    _Programme("Brocante", "CSP", "G", "OCCUPATION", {"2011-12": 20, "2012-10": 14}),
    _Programme("Travaux d’intérêt public", "Evologia", "O", "OCCUPATION", {"2011-12": 12, "2012-07": 0}),
    _Programme("Le cœur à l’ouvrage", "Espace des Solidarités", "Q", "SOCIOPROFESSIONNEL", {"2011-12": 14}),
    _Programme("Atelier de La Joliette", "La Joliette", "Q", "SOCIOPROFESSIONNEL", {"2012-06": 8, "2013-02": 12}),
    _Programme("Bureau commercial", "CNIP", "N", "PROFESSIONNEL", {"2011-12": 16}),
    _Programme("Mécanique", "CNIP", "C", "PROFESSIONNEL", {"2011-12": 20}),
    _Programme("Logistique", "Alfaset", "H", "PROFESSIONNEL", {"2011-12": 12}),
    _Programme("Horlogerie I", "CNIP", "C", "PROFESSIONNEL", {"2012-02": 8}),
    _Programme("Vente", "CSP", "G", "PROFESSIONNEL", {"2012-04": 6}),
    _Programme("Cuisine", "Evologia", "I", "PROFESSIONNEL", {"2012-06": 8, "2013-02": 10}),
    _Programme("Horlogerie II", "Alfaset", "C", "PROFESSIONNEL", {"2012-08": 6}),
    _Programme("Visitage", "CNIP", "C", "PROFESSIONNEL", {"2012-10": 5}),
    _Programme("Salle blanche", "CNIP", "C", "PROFESSIONNEL", {"2012-11": 5, "2013-01": 8}),
    _Programme("Coup de main", "Caritas", "Q", "OCCUPATION", {"2011-12": 40, "2013-01": 42}, "AIDE_SOCIALE"),
    _Programme("Épicerie", "Caritas", "G", "SOCIOPROFESSIONNEL", {"2011-12": 24}, "AIDE_SOCIALE"),
    _Programme("Jardins de l’entraide", "CSP", "A", "OCCUPATION", {"2011-12": 22, "2012-07": 24}, "AIDE_SOCIALE"),
)
# fmt: on

_WITH_TOTAL = "2012-05"
_WITH_TITLES = "2012-10"
_TITLES = (
    "Service de l’emploi",
    "Programmes d’emploi temporaire spécifiques",
    "État au 31 octobre 2012",
)
_FOOTNOTE = "Places occupées : état au dernier jour du mois."
_RECEIVED = {"2012-08": (20, 20)}  # days of the next month; this one is late
_CROWDED = {"2012-11": (Slip("occupied", 9, pl.col("programme") == "Cuisine"),)}  # of 8: a warning


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files."""
    for period in world.periods(FIRST, LAST):
        month = f"{period:%Y-%m}"
        rng = world.stream(DATASET, month)
        received_at = receipt(rng, period, days=_RECEIVED.get(month, (2, 10)))
        rows = _rows(month, world.scale, rng=rng)
        if month == _WITH_TOTAL:
            sums = rows.select(pl.lit("Total").alias("programme"), pl.col("places", "occupied").sum())
            rows = pl.concat([rows, sums], how="diagonal")
        if month == _WITH_TITLES:
            rows = pl.concat([rows, pl.DataFrame({"programme_id": [_FOOTNOTE]})], how="diagonal")
        yield SampleDelivery(
            service="semp",
            dataset=DATASET,
            period=period,
            version=1,
            rows=rows,
            received_at=received_at,
            manner=CSV,
            titles=_TITLES if month == _WITH_TITLES else (),
            slips=_CROWDED.get(month, ()),
        )


def _rows(month: str, scale: int, *, rng: np.random.Generator) -> pl.DataFrame:
    """Lists the programmes that run at the end of the month; at scale N each runs N times."""
    rows = pl.DataFrame(
        {
            "programme": [programme.name for programme in _PROGRAMMES],
            "provider": [programme.provider for programme in _PROGRAMMES],
            "branch": [programme.branch for programme in _PROGRAMMES],
            "category": [programme.category for programme in _PROGRAMMES],
            "audience": [programme.audience for programme in _PROGRAMMES],
            "places": [programme.places(month) for programme in _PROGRAMMES],
        }
    )
    every = pl.concat([rows] * scale)
    number = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(3)
    share = pl.Series(rng.uniform(0.75, 1, len(every)))
    return every.with_columns(
        programme_id=pl.format("PSET-{}", number),
        occupied=(pl.col("places") * share).ceil().cast(pl.Int64),
    ).filter(pl.col("places") > 0)
