"""The invented inventory of insertion measures: what is offered, to whom, by whom, and which services use it.

Every PSET programme is also a measure, under the same number, name and provider. The other measures bear the names of
providers of the canton, but their places and prices are invented; `offer.csv` lists them. A number that stands there twice was
given to another measure once the first had ended.
"""

import csv
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from pipelines.sample import pset_places
from pipelines.sample.world import World, first_day, last_day, preceding

_BESIDE_PSET = Path(__file__).with_suffix(".csv")
# Who uses a measure, by weight; the letters: SEMP, SASO, sMig, OAI, sFpo.
_USERS = {"E": "semp", "S": "saso", "M": "smig", "O": "oai", "F": "sfpo"}
_PRICES = {"OCCUPATION": 1150, "SOCIOPROFESSIONNEL": 1650, "PROFESSIONNEL": 2400}


@dataclass(frozen=True)
class Measure:
    """A measure through time.

    Attributes:
        number: Its number.
        name: What it is called.
        provider: Who runs it.
        lead: The service that answers for it.
        branch: NOGA section.
        kind: Its place in the cantonal typology.
        audience: Whom it is meant for.
        price: Francs per place and month.
        users: Who uses it, a letter for each part.
        starts: First month.
        ends: Last month; None while it goes on.
        places: At the end of each month, by the month from which on.
        sheet: Whether it has a description sheet.
        renamed: The month from which it bears another name, and the name.
        young: Only for persons under 26.
    """

    number: str
    name: str
    provider: str
    lead: str
    branch: str
    kind: str
    audience: str
    price: int
    users: str
    starts: str
    places: dict[str, int] = field(hash=False)
    ends: str | None = None
    sheet: bool = True
    renamed: tuple[str, str] | None = None
    young: bool = False

    def runs_in(self, month: str) -> bool:
        """Whether it has started by then and not ended before."""
        return self.starts <= month <= (self.ends or month)

    def size(self, month: str) -> int:
        """Counts its places at the end of the month; none before it starts and after it ends."""
        if not self.runs_in(month):
            return 0
        return next((self.places[since] for since in reversed(self.places) if since <= month), 0)

    def called(self, month: str) -> str:
        """Its name in the month."""
        return self.renamed[1] if self.renamed and self.renamed[0] <= month else self.name

    @property
    def shares(self) -> dict[str, float]:
        """The part of its places each service uses."""
        return {service: self.users.count(letter) / len(self.users) for letter, service in _USERS.items() if letter in self.users}


# fmt: off
_PSET_AUDIENCES = {
    "Main d’œuvre verte": "Personnes éloignées de l’emploi", "Conditionnement": "Personnes à mobilité réduite",
    "Mécanique": "Demandeurs d’emploi de l’industrie", "Visitage": "Personnes habiles de leurs mains",
    "Salle blanche": "Opérateurs de production", "Décolletage": "Adultes sans titre",
    "Le cœur à l’ouvrage": "Personnes à stabiliser", "Intendance": "Personnes de retour au travail",
    # These two are alike in branch, kind and audience.
    "Horlogerie I": "Demandeurs d’emploi de l’horlogerie", "Horlogerie II": "Demandeurs d’emploi de l’horlogerie",
}
_PSET_USERS = {"OCCUPATION": "EESS", "SOCIOPROFESSIONNEL": "ESSSM", "PROFESSIONNEL": "EEEESM"}
_PSET_OWN_USERS = {
    "Horlogerie II": "E", "Salle blanche": "E", "Bureau commercial": "EEEO", "Intendance": "SSM", "Démontage d’appareils": "EESSO",
}
_WITHOUT_SHEET = {"Brocante", "Visitage", "Second œuvre"}
# fmt: on


def inventory(world: World) -> tuple[Measure, ...]:
    """All measures of all times; at scale N each runs N times, under numbers of its own."""
    return _inventory(world.scale)


@lru_cache(maxsize=2)
def _inventory(scale: int) -> tuple[Measure, ...]:
    copies = range(scale)
    programmes = [
        _as_measure(programme, f"PSET-{copy * len(pset_places.PROGRAMMES) + number:03}")
        for copy in copies
        for number, programme in enumerate(pset_places.PROGRAMMES, start=1)
    ]
    with _BESIDE_PSET.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(programmes + [_beside(row, f"MES-{int(row['number']) + copy * len(rows)}") for copy in copies for row in rows])


def _beside(row: dict[str, str], number: str) -> Measure:
    """A measure that is no PSET programme."""
    return Measure(
        number,
        row["measure"],
        row["provider"],
        row["lead"],
        row["branch"],
        row["kind"],
        row["audience"],
        int(row["price"]),
        row["users"],
        row["starts"],
        {row["starts"]: int(row["places"])},
        ends=row["ends"] or None,
        sheet=row["sheet"] == "oui",
        renamed=(row["renamed_in"], row["renamed"]) if row["renamed"] else None,
        young=row["young"] == "oui",
    )


def _as_measure(programme: pset_places.Programme, number: str) -> Measure:
    reserved = programme.audience == "AIDE_SOCIALE"
    shut = next((month for month, size in programme.sizes.items() if not size), None)
    starts = min(programme.sizes)
    audience = "Bénéficiaires de l’aide sociale" if reserved else _PSET_AUDIENCES.get(programme.name, "Demandeurs d’emploi")
    return Measure(
        number,
        programme.name,
        programme.provider,
        "SASO" if reserved else "SEMP",
        programme.branch,
        programme.category,
        audience,
        _PRICES[programme.category],
        "S" if reserved else _PSET_OWN_USERS.get(programme.name, _PSET_USERS[programme.category]),
        starts,
        programme.sizes,
        ends=f"{preceding(first_day(shut)):%Y-%m}" if shut else None,
        sheet=programme.name not in _WITHOUT_SHEET,
    )


def open_in(world: World, period: date) -> pl.DataFrame:
    """The measures open at any moment of the month, as known at its end."""
    month = f"{period:%Y-%m}"
    running = [each for each in inventory(world) if each.runs_in(month)]
    return pl.DataFrame(
        {
            "measure_id": [each.number for each in running],
            "measure": [each.called(month) for each in running],
            "provider": [each.provider for each in running],
            "lead_service": [each.lead for each in running],
            "branch": [each.branch for each in running],
            "kind": [each.kind for each in running],
            "target_group": [each.audience for each in running],
            "places": [each.size(month) for each in running],
            "monthly_cost_per_place": [float(each.price) for each in running],
            "starts_on": [first_day(each.starts) for each in running],
            "ends_on": [last_day(month) if each.ends == month else None for each in running],
            "has_sheet": [each.sheet for each in running],
        },
        schema_overrides={"ends_on": pl.Date},
    )
