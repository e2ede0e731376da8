"""Young people by month: which services support them, and the months without any between two supports."""

from collections import Counter

from tests.sql.paths import link, sent, supported
from tests.sql.world import World, months

ALL = ("SEMP", "SASO", "OAI", "SFPO", "SMIG")
YOUNG = {"birth_year": 1990, "birth_month": 1}


def told() -> World:
    """Eight years of all services."""
    return sent("2013-01", "2020-12", *ALL)


def states(world: World) -> dict[str, dict[str, str]]:
    """The state of each person by month."""
    rows = world.make("core.youth_month").rows(
        "select person_id, strftime(period, '%Y-%m'), youth_state from core.youth_month order by all"
    )
    found: dict[str, dict[str, str]] = {}
    for person, month, state in rows:
        assert month not in found.setdefault(person, {})
        found[person][month] = state
    return found


def absent(world: World, person: str, back: str) -> None:
    """In training in January 2013, then with nothing until social aid in one month."""
    supported(world, person, "FORMATION", "2013-01", "2013-01", **YOUNG)
    supported(world, person, "AIDE_SOCIALE", back, back, **YOUNG)


def test_the_state_is_the_services_of_the_month_sorted_and_each_once() -> None:
    world = told()
    supported(world, "A", "FORMATION", "2013-01", "2013-02", **YOUNG)
    supported(world, "A", "AIDE_SOCIALE", "2013-02", "2013-03", **YOUNG)
    supported(world, "A", "AC_INDEMNITE", "2013-03-10", "2013-03-10", **YOUNG)
    supported(world, "A", "DE_SANS_INDEMNITE", "2013-03-11", "2013-03-20", **YOUNG)
    assert states(world) == {"A": {"2013-01": "SFPO", "2013-02": "SASO+SFPO", "2013-03": "SASO+SEMP"}}


def test_a_month_without_is_a_gap_where_support_is_within_24_months_on_both_sides() -> None:
    world = told()
    backs = {1: "2013-03", 24: "2015-02", 25: "2015-03", 30: "2015-08", 47: "2017-01", 48: "2017-02", 50: "2017-04"}
    for length, back in backs.items():
        absent(world, f"{length}", back)
    found = {person: [month for month, state in of.items() if state == "GAP"] for person, of in states(world).items()}
    assert found == {
        "1": ["2013-02"],
        "24": months("2013-02", "2015-01"),
        # The first month has its return 25 months after, the last its support 25 months before.
        "25": months("2013-03", "2015-01"),
        # Two years before the return in August 2015, two years after January 2013.
        "30": months("2013-08", "2015-01"),
        "47": ["2015-01"],
        "48": [],
        "50": [],
    }


def test_who_does_not_return_or_was_not_there_before_has_no_gap() -> None:
    world = told()
    supported(world, "A", "FORMATION", "2014-01", "2014-02", **YOUNG)
    assert states(world) == {"A": {"2014-01": "SFPO", "2014-02": "SFPO"}}


def test_support_that_goes_on_beside_a_shorter_one_leaves_no_gap() -> None:
    world = told()
    supported(world, "A", "FORMATION", "2013-01", "2013-06", **YOUNG)
    supported(world, "A", "AIDE_SOCIALE", "2013-02", "2013-03", **YOUNG)
    supported(world, "A", "AC_INDEMNITE", "2013-08", "2013-08", **YOUNG)
    assert [month for month, state in states(world)["A"].items() if state == "GAP"] == ["2013-07"]


def test_the_young_are_18_to_34_in_support_as_in_a_gap() -> None:
    world = told()
    for person, year, month in (("turns 35 in March", 1978, 3), ("turns 35 in May", 1978, 5), ("turns 18 in April", 1995, 4)):
        supported(world, person, "AIDE_SOCIALE", "2013-01", "2013-02", birth_year=year, birth_month=month)
        supported(world, person, "AIDE_SOCIALE", "2013-05", "2013-06", birth_year=year, birth_month=month)
    assert states(world) == {
        "turns 18 in April": {"2013-04": "GAP", "2013-05": "SASO", "2013-06": "SASO"},
        "turns 35 in March": {"2013-01": "SASO", "2013-02": "SASO"},
        "turns 35 in May": {"2013-01": "SASO", "2013-02": "SASO", "2013-03": "GAP", "2013-04": "GAP"},
    }


def test_the_age_of_a_gap_is_that_of_its_month() -> None:
    world = told()
    supported(world, "A", "AIDE_SOCIALE", "2013-01", "2013-01", birth_year=1990, birth_month=3, municipality=6421)
    supported(world, "A", "AIDE_SOCIALE", "2013-04", "2013-04", birth_year=1990, birth_month=3, municipality=6421)
    select = "select month(period), age, region, youth_state from core.youth_month order by period"
    assert world.make("core.youth_month").rows(select) == [
        (1, 22, "MONTAGNES", "SASO"),
        (2, 22, "MONTAGNES", "GAP"),
        (3, 23, "MONTAGNES", "GAP"),
        (4, 23, "MONTAGNES", "SASO"),
    ]


def test_what_a_service_that_may_not_be_linked_pays_is_no_state_and_bounds_no_gap() -> None:
    world = told()
    supported(world, "A", "FORMATION", "2013-01", "2013-01", **YOUNG)
    supported(world, "A", "AIDE_SOCIALE", "2013-01", "2013-03", **YOUNG)
    supported(world, "A", "AC_INDEMNITE", "2013-05", "2013-05", **YOUNG)
    supported(world, "B", "AIDE_SOCIALE", "2013-01", "2013-01", **YOUNG)
    supported(world, "B", "AIDE_SOCIALE", "2013-03", "2013-03", **YOUNG)
    link(world, "SEMP", "SFPO")
    found = states(world)
    assert found.keys() == {"A"}
    assert Counter(found["A"].values()) == {"SFPO": 1, "GAP": 3, "SEMP": 1}
