"""The measures of the small world, told as deliveries, and the tables that the project's own queries make of them.

Eight measures over the seventeen months of the small world. The SASO's September 2019 never came, nor did the SMIG's May 2020
and its budget of 2020; the OAI sends since June 2019 without owing anything, the SFPO never. M-02 was renamed, the number
M-07 went to another measure, M-05 and M-06 are alike, M-04 has no description sheet, M-08 ended in 2019. All is invented.
"""

from tests.sql import measures
from tests.sql.world import World

FIRST, LAST = "2019-01", "2020-05"
OUTCOMES = ("EMPLOI", "FIN_PREVUE", "ABANDON", "FORMATION", "AUTRE_MESURE", "SANTE")
DIMENSIONS = ("ASSIDUITE", "RYTHME", "AUTONOMIE")

# Number, name, provider, service that answers for it, branch, kind, public, places.
MEASURES = (
    ("M-01", "Atelier bois", "Fondation A", "SASO", "C", "OCCUPATION", "Adultes à l'aide sociale", 10),
    ("M-03", "Français au travail", "Fondation B", "SMIG", "P", "COMPETENCES_DE_BASE", "Personnes allophones", 12),
    ("M-04", "Bilan de compétences", "Fondation B", "SEMP", "P", "EVALUATION", "Demandeurs d'emploi", 6),
    ("M-05", "Coaching jeunes", "Association C", "SEMP", "Q", "COACHING", "Jeunes (18-25 ans)", 8),
    ("M-06", "Suivi jeunes", "Fondation A", "SASO", "Q", "COACHING", "jeunes  18 – 25 ANS", 5),
)
# Service, measure, how many persons, months each stays, monthly cost.
USE = (
    ("SASO", "M-01", 14, 5, "1200"),
    ("SEMP", "M-01", 6, 4, "1300.50"),
    ("SASO", "M-03", 6, 6, "800"),
    ("SMIG", "M-03", 12, 5, "790"),
    ("SEMP", "M-04", 10, 1, "2000"),
    ("SEMP", "M-05", 8, 3, "950"),
    ("OAI", "M-05", 3, 4, "1000"),
    ("SASO", "M-06", 4, 6, "600"),
    ("SEMP", "M-02", 7, 4, "1100"),
    ("SEMP", "M-07", 3, 3, "700"),
    ("SEMP", "M-08", 2, 3, "500"),
)


def measured() -> World:
    """The world of this module's first lines."""
    world = World(known_on="2020-06-15")
    world.deliver_months("mesures", FIRST, LAST, service="SEMP")
    for service, first, last, but in (
        ("SEMP", FIRST, LAST, []),
        ("SASO", FIRST, LAST, ["2019-09"]),
        ("SMIG", FIRST, "2020-04", []),
        ("OAI", "2019-06", LAST, []),
    ):
        world.deliver_months("participations", first, last, service=service, but=but)
    for service in ("SEMP", "SASO"):
        world.deliver_months("observations", FIRST, LAST, service=service)
    for service, last in (("SEMP", "2020"), ("SASO", "2020"), ("SMIG", "2019")):
        world.deliver_months("budgets", "2019", last, service=service)
    world.deliver_months("actions_correctives", "2019", "2020", service="CII")
    _inventory(world)
    for service, measure, persons, stays, cost in USE:
        for number in range(persons):
            _participation(world, service, measure, number, stays=stays, cost=cost)
    for service, measure, amount, places in (
        ("SASO", "M-01", "90000", 8),
        ("SEMP", "M-01", "60000", 3),
        ("SASO", "M-03", "50000", 4),
        ("SMIG", "M-03", "95000", 8),
        ("SEMP", "M-05", "30000", 4),
    ):
        for year in ("2019", "2020"):
            measures.budget(world, service, measure, year=year, amount=amount, reserved=places)
    _corrective_actions(world)
    return world


def _inventory(world: World) -> None:
    for number, name, provider, lead, branch, kind, public, places in MEASURES:
        cells = {"measure": name, "provider": provider, "lead_service": lead, "branch": branch, "kind": kind, "target_group": public}
        measures.measure(world, number, since=FIRST, places=places, has_sheet=number != "M-04", **cells)
    shop = {
        "branch": "G",
        "kind": "OCCUPATION",
        "lead_service": "SEMP",
        "target_group": "Adultes",
        "has_sheet": True,
        "provider": "Fondation A",
    }
    for name, since, until in (("Atelier mécanique", FIRST, "2019-08"), ("Atelier vélo", "2019-09", LAST)):
        measures.measure(world, "M-02", since=since, until=until, measure=name, places=6, starts_on="2019-01-01", **shop)
    kitchen = {"measure": "Cuisine", "provider": "Fondation B", "branch": "I", "kind": "OCCUPATION"}
    garden = {"measure": "Jardin", "provider": "Association C", "branch": "A", "kind": "SOCIOPROFESSIONNEL"}
    shared = {"lead_service": "SEMP", "target_group": "Adultes", "has_sheet": True, "places": 4}
    measures.measure(world, "M-07", since=FIRST, until="2019-06", ends="2019-06-30", **kitchen, **shared)
    measures.measure(world, "M-07", since="2019-09", **garden, **shared)
    measures.measure(
        world, "M-08", since=FIRST, until="2019-12", ends="2019-12-31", measure="Essai", branch="S", kind="PLACEMENT", **shared
    )


def _participation(world: World, service: str, measure: str, number: int, *, stays: int, cost: str) -> None:
    """Persons come one after the other, spread over the months that the measure has."""
    first = 1 + (number * 3 + len(service)) % 15
    if measure == "M-08":
        first = 2 + 4 * number
    last = first + stays
    started, ended = _day(first, 5), _day(last, 20) if last <= 17 else None
    if measure == "M-07" and 4 <= first <= 8:
        started, ended = _day(9, 1), None
    participation_id = f"{measure}/{number}"
    cells = {
        "outcome": OUTCOMES[(number + len(measure)) % len(OUTCOMES)],
        "cost": cost,
        "person_id": f"person {service} {measure} {number // 2}",
    }
    measures.participation(world, service, participation_id, measure=measure, started=started, ended=ended, **cells)
    if service in ("SEMP", "SASO") and number % 2 == 0:
        scores = dict.fromkeys(DIMENSIONS, 1 + number % 2)
        measures.observed(world, service, participation_id, on=started, stage="ENTREE", **scores)
        if ended:
            better = {dimension: min(score + place, 4) for place, (dimension, score) in enumerate(scores.items())}
            measures.observed(world, service, participation_id, on=ended, stage="SORTIE", **better)


def _day(month: int, day: int) -> str:
    year, rest = divmod(month - 1, 12)
    return f"{2019 + year}-{rest + 1:02}-{day:02}"


def _corrective_actions(world: World) -> None:
    def action(number: str, measure: str, said: str, *, opened: str, due: str, closed: str | None = None) -> None:
        for year in ("2019", "2020"):
            if year >= opened[:4]:
                cells = {"action_id": number, "measure_id": measure, "action": said, "opened_on": opened, "due_on": due}
                end = closed if closed and closed[:4] <= year else None
                world.lasting("actions_correctives", since=f"{year}-01", until=f"{year}-01", closed_on=end, decided_by="GP_CII", **cells)

    action("A-1", "M-01", "Revoir les horaires de l'atelier", opened="2019-02-10", due="2019-06-30", closed="2019-06-20")
    action("A-2", "M-01", "Trouver un second encadrant", opened="2019-10-01", due="2020-03-31")
    action("A-3", "M-03", "Séparer les niveaux de langue", opened="2020-02-01", due="2020-12-31")
