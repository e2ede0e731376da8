"""Who is in which system, who enters one and who leaves it, every figure worked out by hand."""

import pytest

from tests.sql.paths import incomplete, link, mature, sent, supported
from tests.sql.world import Made, World, day, months

STOCKS = ("mart.system_recipients", "mart.system_multiple_share")
FLOWS = ("mart.system_entries", "mart.system_exits")
COMBINATIONS = {"AC", "AI", "AS", "AC+AI", "AC+AS", "AI+AS", "AC+AI+AS"}
AGE_GROUPS = {"0-17", "18-24", "25-29", "30-34", "35-49", "50-64", "65+"}


def told(world: World) -> World:
    """Thirteen persons in two years."""
    # One month of two systems at once.
    supported(world, "A", "AC_INDEMNITE", "2013-03", "2013-06")
    supported(world, "A", "AIDE_SOCIALE", "2013-05", "2013-09")
    # There from the first month to the last.
    supported(world, "B", "AIDE_SOCIALE", "2013-01", sex="2", municipality=6436)
    # Three systems in June 2013; back in social assistance for a single day.
    supported(world, "C", "AI_RENTE", "2013-04", birth_year=1970)
    supported(world, "C", "AC_INDEMNITE", "2013-06", "2013-07", birth_year=1970)
    supported(world, "C", "AIDE_SOCIALE", "2013-06", "2013-06", birth_year=1970)
    supported(world, "C", "AIDE_SOCIALE", "2014-01-31", "2014-01-31", birth_year=1970)
    # 17 in April 2013, 18 in May.
    supported(world, "D", "AIDE_SOCIALE", "2013-04", "2013-06", birth_year=1995, birth_month=5)
    # 64 in June 2013, 65 in July.
    supported(world, "E", "AC_INDEMNITE", "2013-03", "2013-08", birth_year=1948, birth_month=7)
    # Not in a system of the statistic.
    supported(world, "F", "DE_SANS_INDEMNITE", "2013-03", "2013-12")
    supported(world, "F", "AI_MESURE", "2013-03", "2013-12")
    # An interruption of one month, and one of two.
    supported(world, "G", "AIDE_SOCIALE", "2013-03", "2013-04")
    supported(world, "G", "AIDE_SOCIALE", "2013-06", "2013-07")
    supported(world, "H", "AIDE_SOCIALE", "2013-03", "2013-03")
    supported(world, "H", "AIDE_SOCIALE", "2013-06", "2013-08")
    # Left in the last month, and in the one after it, of which it is known.
    supported(world, "I", "AIDE_SOCIALE", "2014-05", "2014-10")
    supported(world, "J", "AIDE_SOCIALE", "2014-05", "2014-11")
    # Entered in the last month of which it is not known.
    supported(world, "K", "AIDE_SOCIALE", "2013-02", "2013-04")
    return world


@pytest.fixture(scope="module")
def made() -> Made:
    return told(sent("2013-01", "2014-12")).make(*STOCKS, *FLOWS)


def series(given: dict[str, float], otherwise: float) -> dict[str, float]:
    return {month: given.get(month, otherwise) for month in months("2013-01", "2014-12")}


def test_recipients_are_those_with_a_day_in_a_system_in_the_month(made: Made) -> None:
    year = {"2013-01": 1, "2013-02": 2, "2013-03": 6, "2013-04": 6, "2013-05": 5, "2013-06": 7, "2013-07": 5, "2013-08": 4, "2013-09": 3}
    second = dict.fromkeys(months("2014-05", "2014-10"), 4) | {"2014-11": 3}
    assert made.values("system_recipients") == series(year | second, 2)


def test_recipients_count_in_the_combination_of_their_systems(made: Made) -> None:
    by_month = {month: made.counts("system_recipients", month, "system_combination") for month in ("2013-03", "2013-04", "2013-05")}
    assert by_month == {
        "2013-03": {"AC": 2, "AS": 4},
        "2013-04": {"AC": 2, "AI": 1, "AS": 3},
        "2013-05": {"AC": 1, "AI": 1, "AS": 2, "AC+AS": 1},
    }
    assert made.counts("system_recipients", "2013-06", "system_combination") == {"AC": 1, "AS": 4, "AC+AS": 1, "AC+AI+AS": 1}
    assert made.counts("system_recipients", "2013-07", "system_combination") == {"AS": 4, "AC+AI": 1}
    # A single day is a month.
    assert made.counts("system_recipients", "2014-01", "system_combination") == {"AS": 1, "AI+AS": 1}


def test_recipients_count_by_age_at_the_end_of_the_month_sex_and_region(made: Made) -> None:
    assert made.counts("system_recipients", "2013-05", "age_group") == {"18-24": 1, "30-34": 2, "35-49": 1, "50-64": 1}
    assert made.counts("system_recipients", "2013-07", "age_group") == {"30-34": 4, "35-49": 1}
    assert made.counts("system_recipients", "2013-05", "sex") == {"1": 4, "2": 1}
    assert made.counts("system_recipients", "2013-05", "region") == {"LITTORAL": 4, "MONTAGNES": 1}


def test_who_the_person_is_is_what_the_latest_month_says() -> None:
    world = sent("2013-01", "2013-06")
    supported(world, "A", "AC_INDEMNITE", "2013-01", "2013-03", municipality=6436, sex="2")
    supported(world, "A", "AIDE_SOCIALE", "2013-02", "2013-05", municipality=351)
    made = world.make("mart.system_recipients")
    assert made.counts("system_recipients", "2013-01", "region") == {"HORS_CANTON": 1}
    assert made.counts("system_recipients", "2013-01", "sex") == {"1": 1}


def test_every_combination_age_sex_and_region_is_listed_also_with_none(made: Made) -> None:
    members = {by: set(made.members("system_recipients", "2014-12", by)) for by in ("system_combination", "age_group", "sex", "region")}
    assert members == {
        "system_combination": COMBINATIONS,
        "age_group": AGE_GROUPS,
        "sex": {"1", "2", "3"},
        "region": {"LITTORAL", "MONTAGNES", "VAL_DE_RUZ", "VAL_DE_TRAVERS", "HORS_CANTON"},
    }
    assert {by: set(made.members("system_entries", "2014-12", by)) for by in ("system", "age_group")} == {
        "system": {"AC", "AI", "AS"},
        "age_group": AGE_GROUPS,
    }
    assert set(made.members("system_exits", "2014-12", "system")) == {"AC", "AI", "AS"}
    assert set(made.members("system_exits", "2014-12", "age_group")) == AGE_GROUPS
    assert set(made.members("system_multiple_share", "2014-12", "age_group")) == AGE_GROUPS


def test_the_multiple_share_is_that_of_persons_in_two_systems_or_three(made: Made) -> None:
    cells = made.series("system_multiple_share")
    assert {month: cell[:2] for month, cell in cells.items() if cell.numerator} == {
        "2013-05": (1, 5),
        "2013-06": (2, 7),
        "2013-07": (1, 5),
        "2014-01": (1, 2),
    }
    assert cells["2013-06"].value == 2 / 7 and cells["2013-04"][:3] == (0, 6, 0)
    # A is 33, C 43.
    assert made.fractions("system_multiple_share", "2013-06", "age_group") == {
        "18-24": (0, 1),
        "30-34": (1, 4),
        "35-49": (1, 1),
        "50-64": (0, 1),
    }
    assert made.cell("system_multiple_share", "2013-06", "age_group", "65+").reason == "NOT_APPLICABLE"


def test_entries_are_first_months_of_episodes_of_persons_of_18_to_64(made: Made) -> None:
    # Not K, before whose first month too little is known; nor D, who is 17; nor G in June, after a month without.
    entries = {"2013-03": 4, "2013-04": 1, "2013-05": 1, "2013-06": 3, "2014-01": 1, "2014-05": 2}
    assert made.values("system_entries") == series(entries, 0)
    assert made.counts("system_entries", "2013-03", "system") == {"AC": 2, "AS": 2}
    assert made.counts("system_entries", "2013-04", "system") == {"AI": 1}
    assert made.counts("system_entries", "2013-06", "system") == {"AC": 1, "AS": 2}
    assert made.counts("system_entries", "2013-03", "age_group") == {"30-34": 3, "50-64": 1}


def test_exits_are_last_months_of_episodes_of_persons_of_18_to_64(made: Made) -> None:
    # Not E, who is 65 in August; nor G in April, before a month without; nor J, after whose last month too little is known.
    exits = {"2013-03": 1, "2013-04": 1, "2013-06": 3, "2013-07": 2, "2013-08": 1, "2013-09": 1, "2014-01": 1, "2014-10": 1}
    assert made.values("system_exits") == series(exits, 0)
    assert made.counts("system_exits", "2013-06", "system") == {"AC": 1, "AS": 2}
    assert made.counts("system_exits", "2013-06", "age_group") == {"18-24": 1, "30-34": 1, "35-49": 1}


@pytest.mark.parametrize("birth", [(1995, 3, 1), (1995, 4, 0), (1948, 4, 1), (1948, 3, 0)])
def test_the_age_of_an_entry_is_that_at_the_end_of_its_first_month(birth: tuple[int, int, int]) -> None:
    year, month, counted = birth
    world = sent("2013-01", "2013-12")
    supported(world, "A", "AC_INDEMNITE", "2013-03", birth_year=year, birth_month=month)
    assert world.make("mart.system_entries").values("system_entries")["2013-03"] == counted


@pytest.mark.parametrize("birth", [(1995, 6, 1), (1995, 7, 0), (1948, 7, 1), (1948, 6, 0)])
def test_the_age_of_an_exit_is_that_at_the_end_of_its_last_month(birth: tuple[int, int, int]) -> None:
    year, month, counted = birth
    world = sent("2013-01", "2013-12")
    supported(world, "A", "AC_INDEMNITE", "2013-03", "2013-06", birth_year=year, birth_month=month)
    assert world.make("mart.system_exits").values("system_exits")["2013-06"] == counted


def test_stocks_are_final_at_once_entries_after_two_months_exits_before_the_last_two(made: Made) -> None:
    assert mature(made, "system_recipients") == mature(made, "system_multiple_share") == ("2013-01", "2014-12")
    assert mature(made, "system_entries") == mature(made, "system_entries", "system", "AC") == ("2013-03", "2014-12")
    assert mature(made, "system_exits") == mature(made, "system_exits", "system", "AS") == ("2013-01", "2014-10")
    assert mature(made, "system_exits", "age_group", "18-24") == ("2013-01", "2014-10")


def test_what_an_interruption_ends_follows_from_the_parameter() -> None:
    world = sent("2013-01", "2014-12")
    world.give("core.parameter", parameter="gap_months", valid_from=day("2009-01-01"), value=4, date=None)
    told(world)
    made = world.make(*FLOWS)
    # H's two months without end nothing now; nobody's entry is known before May.
    assert made.counts("system_entries", "2013-06", "system") == {"AC": 1, "AS": 1}
    assert made.values("system_exits")["2013-03"] == 0
    assert mature(made, "system_entries") == ("2013-05", "2014-12")
    assert mature(made, "system_exits") == ("2013-01", "2014-08")
    assert made.values("system_entries")["2013-03"] == 0 and made.values("system_exits")["2014-10"] == 0


@pytest.fixture(scope="module")
def later() -> Made:
    """The OAI sends from June 2013 to June 2014 only."""
    world = World()
    for service in ("SEMP", "SASO"):
        world.deliver_months("prestations", "2013-01", "2014-12", service=service)
    world.deliver_months("prestations", "2013-06", "2014-06", service="OAI")
    supported(world, "A", "AC_INDEMNITE", "2013-03", "2014-10")
    supported(world, "B", "AI_RENTE", "2013-07", "2014-05")
    supported(world, "C", "AI_RENTE", "2013-08", "2014-04")
    supported(world, "D", "AI_RENTE", "2010-01", "2013-12")
    return world.make(*STOCKS, *FLOWS)


def test_the_figures_of_a_system_are_final_by_the_months_of_its_service(later: Made) -> None:
    assert mature(later, "system_entries", "system", "AC") == ("2013-03", "2014-12")
    assert mature(later, "system_entries", "system", "AI") == ("2013-08", "2014-06")
    assert mature(later, "system_exits", "system", "AS") == ("2013-01", "2014-10")
    assert mature(later, "system_exits", "system", "AI") == ("2013-06", "2014-04")


def test_what_is_observed_of_a_system_depends_on_the_months_of_its_service(later: Made) -> None:
    assert {month: value for month, value in later.values("system_entries", "system", "AI").items() if value} == {"2013-08": 1}
    assert {month: value for month, value in later.values("system_exits", "system", "AI").items() if value} == {"2013-12": 1, "2014-04": 1}
    assert {month: value for month, value in later.values("system_entries", "system", "AC").items() if value} == {"2013-03": 1}
    assert {month: value for month, value in later.values("system_exits", "system", "AC").items() if value} == {"2014-10": 1}


def test_the_whole_is_final_where_every_service_that_it_rests_on_sends(later: Made) -> None:
    assert mature(later, "system_entries") == mature(later, "system_entries", "age_group", "30-34") == ("2013-08", "2014-06")
    assert mature(later, "system_exits") == ("2013-06", "2014-04")
    assert mature(later, "system_recipients") == mature(later, "system_multiple_share", "age_group", "30-34") == ("2013-06", "2014-06")


def test_months_before_a_service_sends_are_empty_for_its_system_and_counted_for_the_others(later: Made) -> None:
    assert later.cell("system_entries", "2013-05", "system", "AI")[2:] == (None, False, False, "NOT_RECEIVED")
    assert later.cell("system_entries", "2014-07", "system", "AI").reason == "NOT_RECEIVED"
    assert later.cell("system_recipients", "2013-05").value == 1
    assert list(later.values("system_recipients")) == months("2013-01", "2014-12")


def test_a_service_that_never_sends_leaves_its_system_empty_and_the_others_as_they_are() -> None:
    made = told(sent("2013-01", "2014-12", "SEMP", "SASO")).make(*STOCKS, *FLOWS)
    assert made.cell("system_entries", "2013-06", "system", "AI") == (None, None, None, False, False, "NOT_RECEIVED")
    assert made.counts("system_entries", "2013-06", "system") == {"AC": 1, "AI": None, "AS": 2}
    assert made.cell("system_entries", "2013-06")[2:] == (3, True, True, None)
    unknown = dict.fromkeys(("AI", "AC+AI", "AI+AS", "AC+AI+AS"))
    assert made.counts("system_recipients", "2013-06", "system_combination") == {"AC": 1, "AS": 4, "AC+AS": 2} | unknown
    assert mature(made, "system_exits") == ("2013-01", "2014-10")


@pytest.fixture(scope="module")
def lacking() -> Made:
    """May 2013 of the SASO never came, nor did anybody's December."""
    world = World()
    for service in ("SEMP", "SASO", "OAI"):
        but = ["2013-05", "2013-12"] if service == "SASO" else ["2013-12"]
        world.deliver_months("prestations", "2013-01", "2014-06", service=service, but=but)
    supported(world, "A", "AC_INDEMNITE", "2013-04", "2014-01")
    supported(world, "B", "AIDE_SOCIALE", "2013-03", "2013-08")
    return world.make(*STOCKS, *FLOWS)


def test_nobody_in_a_combination_is_unknown_and_no_zero_where_one_of_its_services_has_not_sent_the_month(lacking: Made) -> None:
    members = lacking.members("system_recipients", "2013-05", "system_combination")
    assert {member for member, cell in members.items() if cell.reason == "NOT_RECEIVED"} == {"AC+AS", "AI+AS", "AC+AI+AS"}
    # What the other months of the service tell counts.
    assert (members["AC"].value, members["AI"].value, members["AS"].value, members["AI+AS"].value) == (1, 0, 1, None)
    assert lacking.members("system_recipients", "2013-06", "system_combination")["AI+AS"].value == 0


def test_a_month_that_one_service_has_not_sent_is_unknown_for_its_system_only(lacking: Made) -> None:
    assert lacking.cell("system_entries", "2013-05", "system", "AS") == (None, None, None, False, True, "NOT_RECEIVED")
    assert lacking.cell("system_exits", "2013-05", "system", "AS") == (None, None, None, False, True, "NOT_RECEIVED")
    assert lacking.cell("system_exits", "2013-05", "system", "AC")[2:] == (0, True, True, None)
    # B's spell goes on as far as known.
    assert lacking.cell("system_recipients", "2013-05")[2:] == (2, False, True, None)


@pytest.mark.parametrize("indicator", ["system_entries", "system_exits", "system_recipients", "system_multiple_share"])
def test_a_month_that_nobody_sent_is_no_zero(lacking: Made, indicator: str) -> None:
    cell = lacking.cell(indicator, "2013-12")
    assert (cell.value, cell.complete, cell.reason) == (None, False, "NOT_RECEIVED")


def test_an_entry_in_a_month_that_nobody_sent_is_as_unknown_for_its_system_as_for_all() -> None:
    world = sent("2013-01", "2013-08")
    world.deliver_months("prestations", "2013-10", "2013-12", service="SEMP")
    started = {"person_id": "A", "benefit": "AC_INDEMNITE", "started_on": "2013-09-05"}
    world.lasting("prestations", service="SEMP", since="2013-10", **started)
    made = world.make("mart.system_entries")
    assert {cell.value for cell in made.members("system_entries", "2013-09", "system").values()} == {None}
    assert made.cell("system_entries", "2013-09").value is None


def test_what_lacks_makes_incomplete_what_reads_it_before_and_after(lacking: Made) -> None:
    # January's and February's entries read the year before, in which nothing came that was owed.
    first = ["2013-01", "2013-02"]
    assert incomplete(lacking, "system_recipients") == incomplete(lacking, "system_multiple_share") == ["2013-05", "2013-12"]
    assert incomplete(lacking, "system_entries", "system", "AS") == [
        *first,
        "2013-05",
        "2013-06",
        "2013-07",
        "2013-12",
        "2014-01",
        "2014-02",
    ]
    assert incomplete(lacking, "system_entries", "system", "AC") == [*first, "2013-12", "2014-01", "2014-02"]
    assert incomplete(lacking, "system_exits", "system", "AS") == ["2013-03", "2013-04", "2013-05", "2013-10", "2013-11", "2013-12"]
    assert incomplete(lacking, "system_exits", "system", "AC") == ["2013-10", "2013-11", "2013-12"]
    assert incomplete(lacking, "system_exits") == incomplete(lacking, "system_exits", "system", "AS")


@pytest.fixture(scope="module")
def unlinked() -> Made:
    """The SASO, which sends from March 2013 to October 2014 only, may not be linked."""
    world = World()
    for service in ("SEMP", "OAI"):
        world.deliver_months("prestations", "2013-01", "2014-12", service=service)
    world.deliver_months("prestations", "2013-03", "2014-10", service="SASO")
    link(world, "SEMP", "OAI")
    return told(world).make(*STOCKS, *FLOWS)


def test_the_persons_of_a_service_that_may_not_be_linked_are_in_no_linked_figure(unlinked: Made) -> None:
    told = {member: cell.value for member, cell in unlinked.members("system_recipients", "2013-06", "system_combination").items()}
    assert {member: value for member, value in told.items() if "AS" not in member} == {"AC": 2, "AC+AI": 1, "AI": 0}
    assert unlinked.cell("system_recipients", "2013-06")[2:] == (3, True, True, None)
    assert unlinked.cell("system_multiple_share", "2013-06")[:2] == (1, 3)
    assert set(told) == COMBINATIONS


def test_how_many_draw_a_benefit_that_may_not_be_linked_is_not_known_and_no_zero(unlinked: Made) -> None:
    for combination in ("AS", "AC+AS", "AI+AS", "AC+AI+AS"):
        cells = unlinked.series("system_recipients", "system_combination", combination)
        assert list(cells) == months("2013-01", "2014-12")
        assert {(*cell[:3], cell.reason) for cell in cells.values()} == {(None, None, None, "NOT_LINKED")}


def test_a_linked_figure_is_final_and_complete_by_the_services_that_may_be_linked(unlinked: Made) -> None:
    assert mature(unlinked, "system_recipients") == ("2013-01", "2014-12")
    assert incomplete(unlinked, "system_recipients") == []


def test_figures_that_link_nothing_speak_of_a_service_that_may_not_be_linked(unlinked: Made) -> None:
    assert unlinked.counts("system_entries", "2013-06", "system") == {"AC": 1, "AS": 2}
    assert unlinked.counts("system_exits", "2013-06", "system") == {"AC": 1, "AS": 2}
    assert mature(unlinked, "system_entries", "system", "AS") == ("2013-05", "2014-10")
    assert mature(unlinked, "system_entries") == ("2013-05", "2014-10")


@pytest.mark.parametrize("services", [("SASO",), ("SASO", "SMIG", "SFPO"), ()])
def test_with_fewer_than_two_services_to_link_every_linked_value_is_absent_and_says_so(services: tuple[str, ...]) -> None:
    world = sent("2013-01", "2013-12")
    supported(world, "A", "AIDE_SOCIALE", "2013-03", "2013-06")
    link(world, *services)
    made = world.make(*STOCKS, "mart.system_entries")
    for indicator in ("system_recipients", "system_multiple_share"):
        cells = made.series(indicator)
        assert list(cells) == months("2013-01", "2013-12")
        assert {(*cell[:3], cell.reason) for cell in cells.values()} == {(None, None, None, "NOT_LINKED")}
        assert {cell.reason for cell in made.members(indicator, "2013-04", "age_group").values()} == {"NOT_LINKED"}
    assert made.cell("system_entries", "2013-03").value == 1
