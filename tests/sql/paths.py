"""A world of people on their way between the services, told in months: who has which benefit from when to when."""

import calendar
from typing import Any

from pipelines.contracts.registry import EXPORTS
from tests.sql.world import Made, World, day

# Who sends a benefit.
SENDERS = {
    benefit: service.upper()
    for field in EXPORTS["prestations"].fields
    if field.name == "benefit"
    for service, benefits in field.codes_of.items()
    for benefit in benefits
}


def sent(first: str, last: str, *services: str) -> World:
    """Benefits of every month from `first` to `last`, sent by the services named, or by those of the three systems."""
    world = World()
    for service in services or ("SEMP", "SASO", "OAI"):
        world.deliver_months("prestations", first, last, service=service)
    return world


def supported(
    world: World,
    person: str,
    benefit: str,
    since: str,
    until: str | None = None,
    *,
    last: str = "9999",
    end_reason: str = "AUTRE",
    **cells: Any,
) -> None:
    """A spell of whole months, or of days where they are given; without an end it is open in the last delivery, or vanishes after `last`.

    A spell that began before the first delivery is told by it with its own start.
    """
    started = since if len(since) > len("2013-01") else f"{since}-01"
    end = None
    if until:
        year, month = int(until[:4]), int(until[5:7])
        ended = until if len(until) > len("2013-01") else f"{until}-{calendar.monthrange(year, month)[1]:02}"
        end = {"ended_on": ended, "end_reason": end_reason}
    world.lasting(
        "prestations",
        service=SENDERS[benefit],
        since=started,
        until=(until or last)[:7],
        end=end,
        person_id=person,
        benefit=benefit,
        started_on=started,
        **cells,
    )


def draw(
    world: World, benefit: str, started: str, ended: str | None = None, *, person: str = "A", reason: str = "AUTRE", last: str = "9999"
) -> None:
    """A spell of somebody, where the benefit matters more than the person."""
    supported(world, person, benefit, started, ended, last=last, end_reason=reason)


def link(world: World, *services: str) -> None:
    """Only these services have a legal basis for linking."""
    world.given["core.linked_service"] = [{"service": service, "basis": "inventée"} for service in services]


def bridging(world: World, *months: tuple[str, int]) -> None:
    """How many months without anything end an episode, from which day on."""
    for valid_from, value in months:
        world.give("core.parameter", parameter="gap_months", valid_from=day(valid_from), value=float(value))


def mature(made: Made, indicator: str, dimension: str = "total", member: str = "total", grain: str = "month") -> tuple[str, str] | None:
    """The first and the last period whose value is mature, all between them being so too."""
    cells = made.series(indicator, dimension, member, grain)
    final = [period for period, cell in cells.items() if cell.mature]
    if not final:
        return None
    assert final == [period for period in cells if final[0] <= period <= final[-1]]
    return final[0], final[-1]


def incomplete(made: Made, indicator: str, dimension: str = "total", member: str = "total") -> list[str]:
    """The months whose value is not complete."""
    return [month for month, cell in made.series(indicator, dimension, member).items() if not cell.complete]
