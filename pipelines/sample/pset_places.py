"""Invented programmes of temporary employment (PSET), sent by SEMP since December 2011.

The programmes and their sizes are invented. Their sums by category are the published `PLACES` at
the ends of 2011 and 2012. After that nothing real is known: they go on towards the targets of the end of 2014, come near them
and stay there. Those reserved for social-aid recipients have more than 80 places at any time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from pipelines.sample.delivery import CSV, SampleDelivery, Slip
from pipelines.sample.world import LAST, World, receipt

DATASET = "pset_places"
FIRST = date(2011, 12, 1)

PLACES = {
    "2011-12": {"OCCUPATION": 142, "SOCIOPROFESSIONNEL": 14, "PROFESSIONNEL": 48},
    "2012-12": {"OCCUPATION": 91, "SOCIOPROFESSIONNEL": 22, "PROFESSIONNEL": 86},
}


@dataclass(frozen=True)
class Programme:
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
PROGRAMMES = (
    Programme("Main d’œuvre verte", "Evologia", "N", "OCCUPATION",
              {"2011-12": 26, "2012-12": 22, "2013-07": 14, "2014-01": 8, "2014-09": 4}),
    Programme("Démontage d’appareils", "Alfaset", "E", "OCCUPATION",
              {"2011-12": 22, "2012-05": 14, "2013-02": 11, "2013-10": 6, "2014-07": 0}),
    Programme("Conditionnement", "Alfaset", "N", "OCCUPATION", {"2011-12": 24, "2012-03": 16, "2013-01": 10, "2013-09": 6, "2014-04": 0}),
    Programme("Bois et œuvres manuelles", "Espace des Solidarités", "C", "OCCUPATION",
              {"2011-12": 18, "2012-09": 10, "2013-11": 6, "2014-10": 0}),
    Programme("Tri de textiles", "Caritas", "E", "OCCUPATION", {"2011-12": 20, "2012-11": 15, "2013-06": 10, "2014-03": 4, "2015-01": 0}),
    Programme("Brocante", "CSP", "G", "OCCUPATION", {"2011-12": 20, "2012-10": 14, "2013-08": 8, "2014-06": 0}),
    Programme("Travaux d’intérêt public", "Evologia", "O", "OCCUPATION", {"2011-12": 12, "2012-07": 0}),
    Programme("Le cœur à l’ouvrage", "Espace des Solidarités", "Q", "SOCIOPROFESSIONNEL", {"2011-12": 14, "2013-09": 18, "2014-10": 22}),
    Programme("Atelier de La Joliette", "La Joliette", "Q", "SOCIOPROFESSIONNEL", {"2012-06": 8, "2013-02": 12, "2014-03": 16}),
    Programme("Bureau commercial", "CNIP", "N", "PROFESSIONNEL", {"2011-12": 16, "2014-02": 18}),
    Programme("Mécanique", "CNIP", "C", "PROFESSIONNEL", {"2011-12": 20}),
    Programme("Logistique", "Alfaset", "H", "PROFESSIONNEL", {"2011-12": 12, "2013-05": 14}),
    Programme("Horlogerie I", "CNIP", "C", "PROFESSIONNEL", {"2012-02": 8, "2013-08": 10}),
    Programme("Vente", "CSP", "G", "PROFESSIONNEL", {"2012-04": 6, "2014-01": 8}),
    Programme("Cuisine", "Evologia", "I", "PROFESSIONNEL", {"2012-06": 8, "2013-02": 10, "2013-09": 12}),
    Programme("Horlogerie II", "Alfaset", "C", "PROFESSIONNEL", {"2012-08": 6}),
    Programme("Visitage", "CNIP", "C", "PROFESSIONNEL", {"2012-10": 5, "2013-10": 8}),
    Programme("Salle blanche", "CNIP", "C", "PROFESSIONNEL", {"2012-11": 5, "2013-01": 8}),
    Programme("Coup de main", "Caritas", "Q", "OCCUPATION", {"2011-12": 40, "2013-01": 42}, "AIDE_SOCIALE"),
    Programme("Épicerie", "Caritas", "G", "SOCIOPROFESSIONNEL", {"2011-12": 24}, "AIDE_SOCIALE"),
    Programme("Jardins de l’entraide", "CSP", "A", "OCCUPATION", {"2011-12": 22, "2012-07": 24}, "AIDE_SOCIALE"),
    # Since 2013: new ones come last, so that the earlier ones keep their numbers.
    Programme("Passerelle Evologia", "Evologia", "A", "SOCIOPROFESSIONNEL", {"2013-11": 8, "2014-08": 14}),
    Programme("Intendance", "Espace des Solidarités", "I", "PROFESSIONNEL", {"2013-06": 6, "2014-11": 8}),
    Programme("Second œuvre", "CNIP", "F", "PROFESSIONNEL", {"2014-02": 8, "2015-09": 10}),
    Programme("Décolletage", "CNIP", "C", "PROFESSIONNEL", {"2014-09": 6, "2016-03": 8}),
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
_SLIPS = {
    "2012-11": (Slip("occupied", 9, pl.col("programme") == "Cuisine"),),  # of 8: a warning
    "2014-05": (Slip("branch", "Z", pl.col("programme") == "Vente"),),
    "2016-10": (Slip("places", "6,5", pl.col("programme") == "Horlogerie II"),),
}
_RECEIVED = {"2012-08": (20, 20)}  # days of the next month; this one is late


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files."""
    for period in world.periods(FIRST, LAST):
        month = f"{period:%Y-%m}"
        received_at, rows = programmes(world, period)
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
            slips=_SLIPS.get(month, ()),
        )


def programmes(world: World, period: date) -> tuple[datetime, pl.DataFrame]:
    """Lists the programmes that run at the end of the month, and when that is told; at scale N each runs N times."""
    month = f"{period:%Y-%m}"
    rng = world.stream(DATASET, month)
    received_at = receipt(rng, period, days=_RECEIVED.get(month, (2, 10)))
    rows = pl.DataFrame(
        {
            "programme": [programme.name for programme in PROGRAMMES],
            "provider": [programme.provider for programme in PROGRAMMES],
            "branch": [programme.branch for programme in PROGRAMMES],
            "category": [programme.category for programme in PROGRAMMES],
            "audience": [programme.audience for programme in PROGRAMMES],
            "places": [programme.places(month) for programme in PROGRAMMES],
        }
    )
    every = pl.concat([rows] * world.scale)
    number = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(3)
    share = pl.Series(rng.uniform(0.75, 1, len(every)))
    running = every.with_columns(
        programme_id=pl.format("PSET-{}", number),
        occupied=(pl.col("places") * share).ceil().cast(pl.Int64),
    ).filter(pl.col("places") > 0)
    return received_at, running
