"""What is said of a key over time, by what its contract says: gone without an end, come back, handed over, renamed; spells that overlap."""

import pytest

from pipelines.contracts.columns import Kind
from pipelines.contracts.registry import EXPORTS
from tests.sql.world import World

FOUND = "select delivery_id, field, header, cell, rule from mart.finding order by rule, delivery_id, line, field"


def told(world: World) -> list[tuple[str, str, str]]:
    """Delivery, cell and rule of every finding."""
    return [(delivery, cell, rule) for delivery, _, _, cell, rule in world.make("mart.finding").rows(FOUND)]


def ending(dataset: str) -> str | None:
    return next((field.name for field in EXPORTS[dataset].fields if field.end or field.closes), None)


LASTING = [name for name in EXPORTS if ending(name)]
PERIODS = {"monthly": ("2013-01", "2013-02", "2013-03"), "yearly": ("2013", "2014", "2015")}


@pytest.mark.parametrize("dataset", LASTING)
def test_what_is_gone_without_an_end_has_vanished_and_what_ended_has_not(dataset: str) -> None:
    first, second, third = PERIODS[EXPORTS[dataset].cadence]
    keys = [field for field in EXPORTS[dataset].fields if field.key]
    name = "person_id" if keys[0].kind is Kind.AVS else keys[0].name
    begun = {field.name: first for field in keys if field.kind is Kind.DATE}
    world = World()
    world.deliver_months(dataset, first, third)
    world.lasting(dataset, since=first, until=second, **begun, **{name: "gone"})
    world.lasting(dataset, since=first, until=second, end={ending(dataset): second}, **begun, **{name: "ended"})
    world.lasting(dataset, since=first, **begun, **{name: "here"})
    found = told(world)
    assert [(delivery, rule) for delivery, _, rule in found] == [(f"{dataset}_{second}_v1", "history.vanished")]
    assert name == "person_id" or found[0][1] == "gone"


def test_what_its_own_service_no_longer_sends_has_vanished_whatever_others_send() -> None:
    world = World()
    world.deliver_months("participations", "2013-01", "2013-03", service="SEMP")
    world.deliver_months("participations", "2013-01", "2013-02", service="SASO")
    world.lasting("participations", since="2013-01", until="2013-02", participation_id="1", service="SASO")
    assert told(world) == []
    # The same number is another participation where another service gives it.
    world.lasting("participations", since="2013-01", participation_id="1", service="SEMP", person_id="another")
    assert told(world) == []
    world.deliver("participations", "2013-03", service="SASO")
    assert told(world) == [("SASO/participations_2013-02_v1", "1", "history.vanished")]


def test_what_was_ended_and_is_there_again_came_back() -> None:
    world = World()
    world.deliver_months("participations", "2013-01", "2013-03")
    world.lasting(
        "participations", since="2013-01", until="2013-01", end={"ended_on": "2013-01-20", "outcome": "EMPLOI"}, participation_id="1"
    )
    world.lasting("participations", since="2013-03", participation_id="1")
    assert told(world) == [("participations_2013-03_v1", "1", "history.reopened")]


def test_a_list_that_repeats_an_end_reopens_nothing_and_one_that_takes_it_back_does() -> None:
    world = World()
    world.deliver_months("conventions", "2013", "2015")
    world.lasting("conventions", since="2013", agreement_id="repeated", party_b="OAI", ended_on="2013-06-30")
    world.lasting("conventions", since="2013", until="2014", agreement_id="taken back", party_b="OAI", ended_on="2013-06-30")
    world.lasting("conventions", since="2015", agreement_id="taken back", party_b="OAI")
    assert told(world) == [("conventions_2015_v1", "taken back", "history.reopened")]


def test_a_measure_whose_planned_end_is_put_off_did_not_come_back() -> None:
    world = World()
    world.deliver_months("mesures", "2013-12", "2014-01")
    world.lasting("mesures", since="2013-12", until="2013-12", measure_id="M1", ends_on="2013-12-31")
    world.lasting("mesures", since="2014-01", measure_id="M1", ends_on="2014-12-31")
    assert told(world) == []


def test_a_number_that_passes_to_somebody_else_is_told_in_every_dataset_of_persons() -> None:
    for dataset, key in (
        ("reseau_cii_dossiers", "case_id"),
        ("ne_eso_candidatures", "candidacy_id"),
        ("interventions_precoces", "case_id"),
    ):
        world = World()
        world.deliver_months(dataset, "2017-01", "2017-02")
        world.lasting(dataset, since="2017-01", until="2017-01", **{key: "X"})
        world.lasting(dataset, since="2017-02", **{key: "X"}, person_id="somebody else")
        assert told(world) == [(f"{dataset}_2017-02_v1", "X", "history.person_changed")]


def test_a_measure_renamed_or_handed_to_another_provider_is_told_as_such() -> None:
    world = World()
    world.deliver_months("mesures", "2013-01", "2013-03")
    world.lasting("mesures", since="2013-01", until="2013-01", measure_id="M1", measure="Atelier vélo", provider="Fondation A")
    world.lasting("mesures", since="2013-02", until="2013-02", measure_id="M1", measure="ATELIER VELO ", provider="Fondation B")
    world.lasting("mesures", since="2013-03", measure_id="M1", measure="Atelier bois du 01.02.2013", provider="Fondation B")
    made = world.make("mart.finding")
    assert made.rows(FOUND) == [
        ("mesures_2013-02_v1", "provider", "Organisateur", "Fondation B", "history.changed"),
        # As in every finding, what looks like a full date is not shown.
        ("mesures_2013-03_v1", "measure", "Mesure", "Atelier bois du ••••", "history.changed"),
    ]
    messages = [message for (message,) in made.rows("select message from mart.finding order by message")]
    assert [message.split(" était")[0] for message in messages] == ["«Mesure»", "«Organisateur»"]


def test_what_a_version_out_of_force_says_compares_with_nothing() -> None:
    world = World()
    world.deliver_months("mesures", "2013-01", "2013-02")
    world.lasting("mesures", since="2013-01", measure_id="M1")
    world.row(world.deliver("mesures", "2013-01", version=2, status="superseded"), measure_id="M1", measure="autre")
    world.row(world.deliver("mesures", "2013-03", status="rejected"), measure_id="M2")
    assert told(world) == []


# -- spells ----------------------------------------------------------------------------------------


def spell(world: World, began: str, *, until: str, ended: str | None = None, service: str = "SASO", **cells: str) -> None:
    """A spell of social aid in every month in force from its beginning."""
    end = {"ended_on": ended, "end_reason": "AUTRE"} if ended else {}
    facts = {"benefit": "AIDE_SOCIALE", "person_id": "P"} | cells
    world.lasting("prestations", since=began[:7], until=until, end=end, service=service, started_on=began, **facts)


@pytest.fixture
def months_of_spells() -> World:
    world = World()
    world.deliver_months("prestations", "2013-01", "2013-04", service="SASO")
    world.deliver_months("prestations", "2013-01", "2013-04", service="SEMP")
    return world


def overlaps(world: World) -> list[tuple[str, str]]:
    return [(delivery, cell) for delivery, cell, rule in told(world) if rule == "history.overlap"]


def test_a_spell_that_begins_before_another_has_ended_overlaps_within_a_file_and_across(months_of_spells: World) -> None:
    spell(months_of_spells, "2013-01-01", until="2013-02", ended="2013-02-20")
    spell(months_of_spells, "2013-02-10", until="2013-02", ended="2013-02-28")
    spell(months_of_spells, "2013-03-01", until="2013-04")
    assert overlaps(months_of_spells) == [("SASO/prestations_2013-02_v1", "••.••.2013")]


def test_the_day_of_the_end_still_belongs_to_a_spell_and_the_next_does_not(months_of_spells: World) -> None:
    spell(months_of_spells, "2013-01-01", until="2013-01", ended="2013-01-31", person_id="next day")
    spell(months_of_spells, "2013-02-01", until="2013-04", person_id="next day")
    spell(months_of_spells, "2013-01-01", until="2013-02", ended="2013-02-01", person_id="same day")
    spell(months_of_spells, "2013-02-01", until="2013-04", person_id="same day")
    assert overlaps(months_of_spells) == [("SASO/prestations_2013-04_v1", "••.••.2013")]


def test_a_short_spell_between_hides_no_long_one(months_of_spells: World) -> None:
    spell(months_of_spells, "2013-01-01", until="2013-04")
    spell(months_of_spells, "2013-01-05", until="2013-01", ended="2013-01-06")
    spell(months_of_spells, "2013-03-01", until="2013-03", ended="2013-03-05")
    assert overlaps(months_of_spells) == [("SASO/prestations_2013-01_v1", "••.••.2013"), ("SASO/prestations_2013-03_v1", "••.••.2013")]


def test_a_spell_gone_without_an_end_overlaps_nothing_after_its_last_month(months_of_spells: World) -> None:
    spell(months_of_spells, "2013-01-01", until="2013-02")
    spell(months_of_spells, "2013-03-01", until="2013-04")
    assert overlaps(months_of_spells) == []


def test_spells_of_other_persons_benefits_or_services_overlap_nothing(months_of_spells: World) -> None:
    spell(months_of_spells, "2013-01-01", until="2013-04")
    spell(months_of_spells, "2013-02-01", until="2013-04", person_id="Q")
    spell(months_of_spells, "2013-02-01", until="2013-04", service="SEMP", benefit="AC_INDEMNITE")
    spell(months_of_spells, "2013-03-01", until="2013-04", service="SEMP", benefit="DE_SANS_INDEMNITE")
    assert overlaps(months_of_spells) == []
