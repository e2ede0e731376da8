"""The checks beyond the contracts: each holds in a right world and fails once its tables contradict each other."""

import pytest

from pipelines import duck
from pipelines.contracts.registry import EXPORTS
from pipelines.errors import CiiError
from pipelines.ingest.ledger import LEDGER, READING
from pipelines.orchestration.checks import Check, all_checks, breaking, results
from tests.sql.paths import supported
from tests.sql.world import CM_FP, PSET, Made, World, day

CHECKS = {check.name: check for check in all_checks()}


def whole() -> Made:
    """Four months, one of which never came, in every table; what was loaded lies in `stg`."""
    world = World(known_on="2012-03-31")
    world.deliver_months(CM_FP, "2011-11", "2012-02", but=["2012-01"])
    world.deliver_months(PSET, "2011-12", "2012-02")
    world.deliver(PSET, "2012-02", version=2, status="rejected", read=3, rejected=3)
    world.case("vanished", announced="2011-11-05", last="2011-12")
    world.case("closed", announced="2011-11-05", closed="2011-12-20", outcome="CFC")
    world.case("open", announced="2011-12-05")
    world.programme("1", category="OCCUPATION", places={"2011-12": (5, 4), "2012-01": (5, 4)})
    world.programme("2", category="PROFESSIONNEL", places={"2012-01": (3, 3)})
    world.deliver_months("prestations", "2011-11", "2012-02", service="SASO")
    supported(world, "back after a month", "AIDE_SOCIALE", "2011-11", "2011-12")
    supported(world, "back after a month", "AIDE_SOCIALE", "2012-02")
    exact = {"qualifier": "=", "published": 5, "low": 5, "high": 5, "grain": "month", "period": day("2011-12")}
    world.give("mart.published_figure", figure="places", indicator="pset_places", dimension="total", member="total", **exact)
    for delivery_id, delivery in world.deliveries.items():
        loaded = sum(row["delivery_id"] == delivery_id for row in world.rows[delivery["dataset"]])
        delivery["rows_loaded"] = loaded
        delivery["rows_read"] = loaded + delivery["rows_rejected"]
    made = world.make()
    duck.ensure(made.con, READING)
    shared = ", ".join(name for name in READING.names if name in LEDGER.names)
    made.con.execute(f"insert into stg.reading by name select {shared}, status <> 'rejected' as accepted from stg.delivery")
    return made


@pytest.fixture
def made() -> Made:
    return whole()


def broken(made: Made) -> set[str]:
    """The names of the checks that fail."""
    return {check.name for check in all_checks() if breaking(made.con, check)}


def test_all_checks_hold_in_a_world_that_is_right(made: Made) -> None:
    assert broken(made) == set()
    assert all(result.passed for schema in ("core", "mart") for result in results(schema, made.con))


def as_table(made: Made, view: str) -> None:
    """Turn a view into a table, so that a row of it can be changed."""
    made.con.execute(f"create table main.kept as select * from {view}")
    made.con.execute(f"drop view {view}")
    made.con.execute(f"create table {view} as select * from main.kept")


BREAKS = {
    "a row lost on the way": ("lignes_conservees", "delete from stg.cm_fp_dossiers where line = 2 and delivery_id like '%2011-11%'"),
    "a row told twice": ("lignes_conservees", "insert into stg.pset_places select * replace (99 as line) from stg.pset_places limit 1"),
    "rows of no delivery": ("lignes_conservees", "insert into stg.pset_places select * replace ('x' as delivery_id) from stg.pset_places"),
    "a row counted nowhere": ("lignes_conservees", "update stg.delivery set rows_read = rows_read + 1 where version = 2"),
    "a ledger that says more": ("lignes_conservees", "update stg.delivery set rows_loaded = 1, rows_read = 1 where period = '2012-02-01' and version = 1 and dataset = 'pset_places'"),
    "two versions in force": ("une_version_en_vigueur", "update stg.delivery set status = 'in_force' where version = 2"),
    "a month without announced": ("dossiers_conserves", "delete from mart.cm_fp_announced where period = '2012-02-01'"),
    "a month without open": ("dossiers_conserves", "delete from mart.cm_fp_open where period = '2012-02-01'"),
    "no announced at all": ("dossiers_conserves", "delete from mart.cm_fp_announced"),
    "an empty part": ("dossiers_conserves", "update mart.cm_fp_open set value = null where period = '2012-02-01'"),
    "an empty sum": ("dossiers_conserves", "update mart.cm_fp_announced set value = null where period = '2012-02-01'"),
    "one too many": ("dossiers_conserves", "update mart.cm_fp_closed set value = value + 1 where period = '2012-02-01'"),
    "more than all": ("incidence_bornee", "update mart.outcome_incidence set incidence = 0.9 where months = 1"),
    "less than nothing": ("incidence_bornee", "update mart.outcome_incidence set incidence = incidence + if(outcome = 'AFP', -0.1, 0.1) where months = 1 and outcome in ('AFP', 'CFC')"),
    "more than all, less than none left": ("incidence_bornee", "update mart.outcome_incidence set incidence = if(outcome = 'CFC', 1.1, 0), waiting = -0.1 where months = 1"),
    "an end left out": ("incidence_bornee", "delete from mart.outcome_incidence where outcome = 'CFC'"),
    "more waiting beside one end": ("incidence_bornee", "update mart.outcome_incidence set waiting = waiting + 2e-9 where months = 1 and outcome = 'CFC'"),
    "less waiting beside one end": ("incidence_bornee", "update mart.outcome_incidence set waiting = waiting - 2e-9 where months = 1 and outcome = 'CFC'"),
    "a month in two stretches": ("suites_disjointes", "update core.stretch set last_month = date '2012-02-01' where first_month = date '2011-11-01'"),
    "stretches that touch": ("suites_disjointes", "update core.stretch set first_month = date '2012-01-01' where first_month = date '2012-02-01'"),
    "a stretch that ends before it begins": ("suites_disjointes", "update core.stretch set last_month = date '2011-10-01' where first_month = date '2011-11-01'"),
    "a figure left out": ("chiffres_publies", "delete from mart.figure_of_record"),
    "a figure that differs": ("chiffres_publies", "update mart.figure_of_record set matches = false"),
}  # fmt: skip


@pytest.mark.parametrize("how", BREAKS)
def test_a_check_fails_where_tables_contradict_each_other(made: Made, how: str) -> None:
    name, change = BREAKS[how]
    made.con.execute(change)
    assert name in broken(made)


VALUES = {
    "a member changed": ("ventilations_completes", "update mart.indicator_value set value = value + 1 where member = 'OCCUPATION'"),
    "members gone": ("ventilations_completes", "delete from mart.indicator_value where dimension = 'category' and period = '2012-01-01'"),
    "a total gone": ("ventilations_completes", "delete from mart.indicator_value where dimension = 'total' and period = '2012-01-01'"),
    "an empty total": ("ventilations_completes", "update mart.indicator_value set value = null where dimension = 'total'"),
    "the numerator of a rate": ("ventilations_completes", "update mart.indicator_value set numerator = numerator + 1 where indicator = 'pset_occupancy' and member = 'OCCUPATION'"),
    "the denominator of a rate": ("ventilations_completes", "update mart.indicator_value set denominator = denominator + 1 where indicator = 'pset_occupancy' and member = 'OCCUPATION'"),
    "a value twice": ("valeurs_uniques", "insert into mart.indicator_value select * from main.kept where member = 'OCCUPATION' limit 1"),
}  # fmt: skip


@pytest.mark.parametrize("how", VALUES)
def test_a_check_of_all_values_fails_where_they_contradict_each_other(made: Made, how: str) -> None:
    name, change = VALUES[how]
    as_table(made, "mart.indicator_value")
    assert name not in broken(made)
    made.con.execute(change)
    assert name in broken(made)


def test_every_check_was_seen_to_fail() -> None:
    assert {name for name, _ in (*BREAKS.values(), *VALUES.values())} == set(CHECKS)


def test_rows_of_every_dataset_are_counted() -> None:
    assert all(f"stg.{name}" in CHECKS["lignes_conservees"].breaking for name in EXPORTS)


def test_what_contradicts_itself_stops_the_run_by_its_own_words(made: Made) -> None:
    made.con.execute("delete from mart.cm_fp_open")
    with pytest.raises(CiiError, match=r"Contrôle échoué: Dossiers annoncés = ouverts \+ clos \+ disparus, chaque mois\."):
        list(results("mart", made.con))


def test_a_check_that_does_not_block_lets_the_run_go_on(made: Made) -> None:
    made.con.execute("update mart.figure_of_record set matches = false")
    failed = [result.check_name for result in results("mart", made.con) if not result.passed]
    assert failed == ["chiffres_publies"]


HEADER = "-- Rien ne manque.\n--\n-- name: rien_ne_manque\n-- blocking: yes\nselect 1 as one where false\n"


def checks_of(folder, *, header: str = HEADER) -> tuple[Check, ...]:
    (folder / "mart").mkdir()
    for name in ("seen.check.sql", "seen.other.check.sql"):
        (folder / "mart" / name).write_text(header.replace("rien_ne", name.split(".")[1]))
    return all_checks(folder)


def test_a_check_comes_in_by_a_file_beside_its_table(tmp_path) -> None:
    assert [(check.asset, check.name, check.says, check.blocking) for check in checks_of(tmp_path)[1:]] == [
        (("mart", "seen"), "check_manque", "Rien ne manque.", True),
        (("mart", "seen"), "other_manque", "Rien ne manque.", True),
    ]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("blocking: yes", "blocking: perhaps"), ("-- blocking: yes\n", ""), ("-- name", "-- colour"), ("name: rien_ne_manque", "name: one")],
)
def test_a_check_whose_header_means_nothing_is_refused(tmp_path, right: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        checks_of(tmp_path, header=HEADER.replace(right, wrong))
