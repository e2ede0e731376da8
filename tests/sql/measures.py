"""A world of four measures and eight participations over eighteen months, which the tests of the measures share.

The SEMP, the SASO and the SMIG send; the SASO's September 2013 never came, nor did its budget of 2014; the SMIG uses nothing.
M1 is the SEMP's, M2 the SASO's from March to December 2013, M4 has no place and is never used; nobody listed M3, nor M5, for
which there is a budget only.
"""

from decimal import Decimal
from typing import Any

from tests.sql.world import World

FIRST, LAST, MISSING = "2013-01", "2014-06", "2013-09"
SENDERS = ("SEMP", "SASO", "SMIG")


def participation(
    world: World,
    service: str,
    participation_id: str,
    *,
    measure: str,
    started: str,
    ended: str | None = None,
    outcome: str = "FIN_PREVUE",
    told: str | None = None,
    last: str = "9999",
    cost: str = "0",
    **cells: Any,
) -> None:
    """A participation in every month in force from its start to its end, or to the `last` month before it vanishes.

    `told` is the month whose delivery reports the end.
    """
    end = {"ended_on": ended, "outcome": outcome} if ended else None
    cells = {"participation_id": participation_id, "measure_id": measure, "cost": Decimal(cost)} | cells
    world.lasting("participations", service=service, since=started, until=told or ended or last, end=end, started_on=started, **cells)


def measure(world: World, measure_id: str, *, since: str = FIRST, until: str = "9999", ends: str | None = None, **cells: Any) -> None:
    """A measure of the inventory, months in force from `since` to `until`; `ends` is told from the first on."""
    cells = {"starts_on": f"{since}-01", "ends_on": ends, "measure": f"Mesure {measure_id}"} | cells
    world.lasting("mesures", since=since, until=until, measure_id=measure_id, **cells)


def budget(world: World, service: str, measure_id: str, *, year: str, amount: str, reserved: int) -> None:
    """What a service means to spend on a measure in a year, and the places it keeps there."""
    cells = {"measure_id": measure_id, "budget": Decimal(amount), "reserved_places": reserved}
    world.lasting("budgets", service=service, since=f"{year}-01", until=f"{year}-01", **cells)


def observed(world: World, service: str, participation_id: str, *, on: str, stage: str, **scores: int) -> None:
    """What was noted of a participation on a day, by dimension of the grid."""
    cells = {"participation_id": participation_id, "observed_on": on, "stage": stage}
    for dimension, score in scores.items():
        world.lasting("observations", service=service, since=on, until=on, grid_dimension=dimension, score=score, **cells)


def four_measures() -> World:
    """The world of this module's first lines."""
    world = World()
    world.deliver_months("mesures", FIRST, LAST, service="SEMP")
    for service in SENDERS:
        but = [MISSING] if service == "SASO" else []
        world.deliver_months("participations", FIRST, LAST, service=service, but=but)
        world.deliver_months("observations", FIRST, LAST, service=service, but=but)
        world.deliver_months("budgets", "2013", "2013" if service == "SASO" else "2014", service=service)
    _inventory(world)
    _participations(world)
    _budgets(world)
    _observations(world)
    return world


def _inventory(world: World) -> None:
    measure(world, "M1", places=10, branch="C", kind="OCCUPATION", lead_service="SEMP", has_sheet=True)
    # Ends on the last day of a month.
    measure(world, "M2", since="2013-03", until="2013-12", ends="2013-12-31", places=5, branch="A", kind="FORMATION", lead_service="SASO")
    measure(world, "M4", until="2013-05", places=0, branch="Q", kind="COACHING", lead_service="SMIG")
    measure(world, "M4", since="2013-06", starts_on=FIRST, places=0, branch="Q", kind="COACHING", lead_service="SMIG", has_sheet=True)
    # What a second version has put right.
    corrected = world.deliver("mesures", "2013-05", service="SEMP", version=0, status="superseded")
    world.row(corrected, measure_id="M1", places=99)


def _participations(world: World) -> None:
    # Ends on the last day of a month.
    participation(world, "SEMP", "1", measure="M1", started="2013-01-15", ended="2013-03-31", outcome="EMPLOI", cost="100")
    # From the first day of a month to its last.
    participation(world, "SEMP", "2", measure="M1", started="2013-02-01", ended="2013-02-28", outcome="ABANDON", cost="200")
    participation(world, "SEMP", "3", measure="M1", started="2013-05-10", cost="50.55")
    participation(world, "SEMP", "4", measure="M2", started="2013-04-01", ended="2013-12-31", cost="10")
    # The same number as the SEMP's: another service, another participation.
    participation(world, "SASO", "1", measure="M1", started="2013-06-01", ended="2013-06-30", outcome="FORMATION", cost="1000")
    # Last seen in August; September never came, from October on it is not there.
    participation(world, "SASO", "2", measure="M2", started="2013-08-20", last="2013-08", cost="30")
    participation(world, "SASO", "3", measure="M3", started="2013-07-01", ended="2013-11-15", outcome="EXCLUSION", cost="5")
    # From the last day of a year to the first of the next.
    participation(world, "SASO", "4", measure="M3", started="2013-12-31", ended="2014-01-01", outcome="SANTE", cost="7")
    # What a second version has put right.
    corrected = world.deliver("participations", "2013-02", service="SEMP", version=0, status="superseded")
    world.row(corrected, participation_id="2", measure_id="M4", started_on="2013-02-02", cost=Decimal(9999))
    world.row(corrected, participation_id="5", measure_id="M4", started_on="2013-02-02", cost=Decimal(9999))


def _budgets(world: World) -> None:
    budget(world, "SEMP", "M1", year="2013", amount="1000", reserved=6)
    budget(world, "SEMP", "M2", year="2013", amount="500", reserved=3)
    budget(world, "SASO", "M1", year="2013", amount="4000", reserved=2)
    budget(world, "SASO", "M5", year="2013", amount="50", reserved=1)
    budget(world, "SEMP", "M1", year="2014", amount="300", reserved=4)


def _observations(world: World) -> None:
    observed(world, "SEMP", "1", on="2013-01-20", stage="ENTREE", ASSIDUITE=2, RYTHME=3)
    observed(world, "SEMP", "1", on="2013-03-30", stage="SORTIE", ASSIDUITE=4, RYTHME=2)
    # Seen once.
    observed(world, "SEMP", "2", on="2013-02-02", stage="ENTREE", ASSIDUITE=1)
    # Better in between than at the end.
    observed(world, "SASO", "1", on="2013-06-02", stage="ENTREE", ASSIDUITE=1)
    observed(world, "SASO", "1", on="2013-06-15", stage="SUIVI", ASSIDUITE=4)
    observed(world, "SASO", "1", on="2013-06-29", stage="SORTIE", ASSIDUITE=2)
    # Nobody looked at the end.
    observed(world, "SEMP", "4", on="2013-04-05", stage="ENTREE", PROJET=2)
    observed(world, "SEMP", "4", on="2013-08-05", stage="SUIVI", PROJET=3)
    # Not ended yet.
    observed(world, "SEMP", "3", on="2013-05-12", stage="ENTREE", QUALITE=1)
    observed(world, "SEMP", "3", on="2013-09-12", stage="SORTIE", QUALITE=4)
