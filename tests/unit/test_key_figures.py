"""The key figures of every month: what is told of them, and when it is told again."""

from types import SimpleNamespace

import dagster as dg
import pytest

from pipelines import duck
from pipelines.orchestration.key_figures import KEY, by_month, latest, record

CATALOGUE = """
create table mart.indicator as from (values
  ('cm_fp_open', 'Dossiers ouverts', 'dossiers', 'count'), ('cm_fp_solution_rate', 'Taux de solutions', 'part', 'ratio'),
  ('cm_fp_median_days', 'Durée', 'jours', 'median'), ('cm_fp_entries', 'Entrées', 'dossiers', 'count')
) as t(indicator, label, unit, shape)
"""
VALUES = """
create table mart.indicator_value as from (values
  ('cm_fp_solution_rate', 'month', date '2013-01-01', 'total', 0.61349), ('cm_fp_open', 'month', date '2013-01-01', 'total', 127.0),
  ('cm_fp_median_days', 'month', date '2013-01-01', 'total', 410.5), ('cm_fp_open', 'month', date '2012-12-01', 'total', 125.0),
  ('cm_fp_open', 'month', date '2013-02-01', 'total', null), ('cm_fp_open', 'month', date '2013-03-01', 'sex', 60.0),
  ('cm_fp_open', 'year', date '2012-01-01', 'total', 90.0), ('cm_fp_entries', 'month', date '2013-01-01', 'total', 4.0)
) as t(indicator, grain, period, dimension, value)
"""
JANUARY = {"Dossiers ouverts": 127.0, "Taux de solutions (%)": 61.35, "Durée (jours)": 410.5}


@pytest.fixture
def con(tmp_path):
    with duck.connect(tmp_path / "build.duckdb") as con:
        con.execute(CATALOGUE)
        con.execute(VALUES)
        yield con


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def told(instance, months) -> list[str]:
    """The months that are told when these figures are published."""
    before = len(events(instance))
    record(SimpleNamespace(instance=instance, log_event=instance.report_runless_asset_event), months)
    return [event.partition for event in events(instance)[before:]]


def events(instance) -> list[dg.AssetMaterialization]:
    """All that was told, in its order."""
    return [record.asset_materialization for record in instance.fetch_materializations(KEY, limit=100, ascending=True).records]


def test_a_month_has_the_totals_of_its_key_figures_that_have_a_value_and_parts_are_percentages(con) -> None:
    assert by_month(con) == {"2012-12": {"Dossiers ouverts": 125.0}, "2013-01": JANUARY}
    assert list(by_month(con)["2013-01"]) == list(JANUARY)


def test_the_last_month_is_shown_with_its_name(con) -> None:
    assert {name: shown.value for name, shown in latest(by_month(con)).items()} == {"mois": "2013-01"} | JANUARY
    assert latest({}) == {}


def test_a_month_is_told_once_and_again_only_where_its_figures_have_changed(instance) -> None:
    assert told(instance, {"2012-12": {"a": 1.0}, "2013-01": {"a": 2.0}}) == ["2012-12", "2013-01"]
    assert told(instance, {"2012-12": {"a": 1.0}, "2013-01": {"a": 2.0}}) == []
    assert told(instance, {"2012-12": {"a": 1.0}, "2013-01": {"a": 2.5}, "2013-02": {"a": 3.0}}) == ["2013-01", "2013-02"]
    assert told(instance, {"2013-01": {"a": 2.0}}) == ["2013-01"]
    assert events(instance)[-1].metadata["a"].value == 2.0


def test_the_months_are_drawn_in_their_order_whichever_came_first(instance) -> None:
    told(instance, {"2013-01": {"a": 1.0}})
    told(instance, {"2012-12": {"a": 1.0}, "2013-01": {"a": 1.0}})
    assert instance.get_dynamic_partitions("mois_publies") == ["2012-12", "2013-01"]
    told(instance, {"2012-12": {"a": 1.0}, "2013-01": {"a": 1.0}, "2013-02": {"a": 1.0}})
    assert instance.get_dynamic_partitions("mois_publies") == ["2012-12", "2013-01", "2013-02"]


def test_a_month_that_is_published_no_more_is_not_drawn_and_is_there_again_when_it_is(instance) -> None:
    year = {"2012-11": {"a": 1.0}, "2012-12": {"a": 2.0}, "2013-01": {"a": 3.0}}
    told(instance, year)
    assert told(instance, {"2012-12": {"a": 2.0}}) == []
    assert instance.get_dynamic_partitions("mois_publies") == ["2012-12"]
    assert told(instance, year) == []
    assert instance.get_dynamic_partitions("mois_publies") == list(year)


def test_without_a_month_nothing_is_told(instance) -> None:
    assert told(instance, {}) == [] and instance.get_dynamic_partitions("mois_publies") == []
