"""What a delivery says of something that another one should know: a measure, a participation, an indicator."""

from tests.sql.world import World

FOUND = "select delivery_id, line, field, header, cell, rule, message from mart.finding order by delivery_id, line"


def told(world: World) -> list[tuple[str, int, str]]:
    """Delivery, line and rule of every finding."""
    return [(delivery, line, rule) for delivery, line, _, _, _, rule, _ in world.make("mart.finding").rows(FOUND)]


def test_a_participation_in_a_measure_that_is_not_in_the_inventory_of_its_month_is_told() -> None:
    world = World()
    world.deliver_months("mesures", "2013-01", "2013-02")
    world.lasting("mesures", since="2013-01", measure_id="M1")
    world.lasting("mesures", since="2013-01", until="2013-01", end={"ends_on": "2013-01-31"}, measure_id="M2")
    world.deliver_months("participations", "2013-01", "2013-03", service="SASO")
    world.lasting("participations", since="2013-01", measure_id="M1", participation_id="1")
    world.lasting("participations", since="2013-01", measure_id="M2", participation_id="2")
    world.lasting(
        "participations", since="2013-02", measure_id="M9", participation_id="3", end={"ended_on": "2013-03-01", "outcome": "EMPLOI"}
    )
    found = world.make("mart.finding").rows(FOUND)
    # Of March there is no inventory: nothing can be said.
    asked = ("measure_id", "No mesure")
    message = "Cette mesure ne figure pas dans l'inventaire de la même période."
    assert found == [
        ("SASO/participations_2013-02_v1", 3, *asked, "M2", "measure.not_in_inventory", message),
        ("SASO/participations_2013-02_v1", 4, *asked, "M9", "measure.not_in_inventory", message),
    ]


def test_an_inventory_that_is_not_in_force_says_nothing_of_participations() -> None:
    world = World()
    world.row(world.deliver("mesures", "2013-01", status="held"), measure_id="M1")
    world.row(world.deliver("participations", "2013-01"), measure_id="M9")
    assert told(world) == []


def test_a_budget_or_a_corrective_action_for_a_measure_nobody_knows_is_told() -> None:
    for dataset in ("budgets", "actions_correctives"):
        world = World()
        world.deliver(dataset, "2013")
        world.row(f"{dataset}_2013_v1", measure_id="M1")
        # A measure that opens later in the year, or was open before, is known.
        world.row(f"{dataset}_2013_v1", measure_id="M9", **({"action_id": "2"} if dataset == "actions_correctives" else {}))
        assert told(world) == [], "no inventory, nothing known"
        world.row(world.deliver("mesures", "2013-11"), measure_id="M1")
        world.row(world.deliver("mesures", "2013-12", status="rejected"), measure_id="M9")
        assert told(world) == [(f"{dataset}_2013_v1", 3, "measure.unknown")]


def test_an_observation_of_a_participation_that_its_service_never_told_is_told() -> None:
    world = World()
    world.deliver_months("participations", "2013-01", "2013-02", service="SASO")
    world.lasting(
        "participations", since="2013-01", until="2013-01", participation_id="1", end={"ended_on": "2013-01-31", "outcome": "EMPLOI"}
    )
    world.deliver("participations", "2013-01", service="SEMP")
    world.lasting("participations", since="2013-01", service="SEMP", participation_id="2")
    world.deliver("observations", "2013-02", service="SASO")
    world.lasting("observations", since="2013-02", participation_id="1")
    world.lasting("observations", since="2013-02", participation_id="2")
    # The OAI sends observations only, which it may.
    world.row(world.deliver("observations", "2013-02", service="OAI"), participation_id="3")
    assert told(world) == [("SASO/observations_2013-02_v1", 3, "participation.unknown")]


def test_an_action_that_names_an_indicator_of_no_catalogue_is_told() -> None:
    world = World()
    world.deliver("actions_axes", "2013")
    for number, indicator in enumerate(("cm_fp_open", None, "cm_fp_opened"), start=1):
        world.row("actions_axes_2013_v1", action_id=str(number), indicator=indicator)
    assert told(world) == [("actions_axes_2013_v1", 4, "indicator.unknown")]
