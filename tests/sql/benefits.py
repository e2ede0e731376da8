"""How benefits are told in the tests: a spell is sent in every month in force, by the service that pays it."""

from pipelines.contracts.registry import EXPORTS
from tests.sql.world import World

# Who sends a benefit.
SENDERS = {
    benefit: service.upper()
    for field in EXPORTS["prestations"].fields
    if field.name == "benefit"
    for service, benefits in field.codes_of.items()
    for benefit in benefits
}


def draw(
    world: World,
    benefit: str,
    started: str,
    ended: str | None = None,
    *,
    person: str = "A",
    reason: str = "AUTRE",
    last: str = "9999",
) -> None:
    """A spell in every month in force from its start to its end, or to the `last` month before it vanishes."""
    end = {"ended_on": ended, "end_reason": reason} if ended else None
    cells = {"person_id": person, "benefit": benefit, "started_on": started}
    world.lasting("prestations", service=SENDERS[benefit], since=started, until=ended or last, end=end, **cells)
