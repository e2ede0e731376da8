"""What Dagster knows: the assets, what they rest on, who owns them, and when runs start."""

import dagster as dg
import pytest

from pipelines.contracts.registry import EXPORTS
from pipelines.definitions import build
from pipelines.errors import CiiError
from pipelines.orchestration import key_figures
from pipelines.orchestration.checks import all_checks
from pipelines.orchestration.factories import guarded
from pipelines.orchestration.graph import CHECK_ENDING, QUERIES, given_tables, graph
from pipelines.settings import Settings
from tests.support import linking, settings_in


@pytest.fixture(scope="module")
def definitions(tmp_path_factory) -> dg.Definitions:
    return build(settings_in(tmp_path_factory.mktemp("definitions")))


@pytest.fixture(scope="module")
def specs(definitions) -> dict[str, dg.AssetSpec]:
    return {"/".join(spec.key.path): spec for spec in definitions.resolve_all_asset_specs()}


def checks_of(definitions) -> list[dg.AssetCheckSpec]:
    """The checks that Dagster knows."""
    graph = definitions.resolve_asset_graph()
    return [graph.get_check_spec(key) for key in graph.asset_check_keys]


def test_every_table_is_an_asset_and_every_asset_a_table_or_a_file(specs) -> None:
    tables = {step.table.qualified.replace(".", "/") for step in graph().steps}
    tables |= {table.qualified.replace(".", "/") for table in given_tables()}
    tables |= {f"{layer}/{name}" for layer in ("raw", "stg") for name in EXPORTS}
    told = {"report/key_figures"}  # no file, but what the publication tells of its tables by month
    assert set(specs) == tables | told | {"stg/delivery", "stg/finding", "stg/reading", "report/gp_cii", "publish/cii"}


@pytest.mark.parametrize("step", graph().steps, ids=lambda step: step.table.qualified)
def test_an_asset_rests_on_what_its_query_reads(specs, step) -> None:
    spec = specs[step.table.qualified.replace(".", "/")]
    assert {".".join(dep.asset_key.path) for dep in spec.deps} == step.reads


def test_every_asset_says_in_french_what_it_is_and_who_answers_for_it(specs) -> None:
    for key, spec in specs.items():
        assert spec.description and spec.owners and spec.kinds, key
        assert all(owner.startswith("team:") for owner in spec.owners)


def test_the_groups_are_the_layers_and_within_mart_what_the_indicators_rest_on(specs) -> None:
    themes = {f"mart/{indicator.name}": f"mart/{indicator.theme}" for indicator in (*graph().indicators, *graph().former)}
    for key, spec in specs.items():
        assert spec.group_name == themes.get(key, key.split("/")[0])
    assert themes["mart/cm_fp_open"] == "mart/cm_fp_dossiers" and themes["mart/delivery_days"] == "mart/delivery"


@pytest.mark.parametrize("indicator", graph().indicators, ids=lambda indicator: indicator.name)
def test_a_source_names_first_what_the_indicator_is_made_from(indicator) -> None:
    steps = {step.table.qualified: step for step in graph().steps}
    read, waiting = set(), [indicator.table.qualified]
    while waiting:
        waiting += steps[name].reads - read if (name := waiting.pop()) in steps else ()
        read.add(name)
    assert {f"stg.{indicator.theme}", f"core.{indicator.theme}"} & read


def test_every_table_shows_its_columns_with_their_meaning(specs) -> None:
    for step in graph().steps:
        shown = specs[step.table.qualified.replace(".", "/")].metadata["dagster/column_schema"]
        assert [column.name for column in shown.columns] == list(step.table.names)
        assert all(column.description for column in shown.columns)


def test_every_table_shows_its_name_in_sql_and_the_query_that_a_file_holds(specs) -> None:
    files = {f"{path.parent.name}/{path.stem}" for path in QUERIES.glob("*/*.sql") if not path.name.endswith(CHECK_ENDING)}
    steps = {step.table.qualified.replace(".", "/"): step for step in graph().steps}
    for key, step in steps.items():
        shown = specs[key].metadata
        assert shown["dagster/table_name"] == step.table.qualified
        assert ("requête" in shown) == (key in files)
    assert files <= set(steps)
    assert specs["core/cm_fp_case"].metadata["requête"].value == f"```sql\n{steps['core/cm_fp_case'].select.strip()}\n```"


def test_every_indicator_shows_what_it_counts_in_words(specs) -> None:
    for indicator in graph().indicators:
        shown = specs[f"mart/{indicator.name}"].metadata
        assert shown["numérateur"] == indicator.text("numerator") and shown["unité"] == indicator.text("unit")
        assert ("dénominateur" in shown) == (indicator.text("denominator") is not None)
        assert shown["définition"] == f"version {indicator.version}, en usage depuis le {indicator.valid_from:%d.%m.%Y}"
    assert "numérateur" not in specs["core/cm_fp_case"].metadata


def test_the_files_of_a_dataset_say_of_each_service_since_when_they_are_owed(specs) -> None:
    said = specs["raw/participations"].metadata["dû depuis"]
    assert said == "SEMP: 2013-01, SASO: 2013-01, SMIG: 2013-01, OAI: facultatif, SFPO: facultatif"


def test_every_check_shows_what_holds_and_the_query_for_what_breaks_it(definitions) -> None:
    shown = {(tuple(spec.key.asset_key.path), spec.key.name): spec.description for spec in checks_of(definitions)}
    for check in all_checks():
        description = shown[check.asset, check.name]
        assert description.startswith(check.says) and check.breaking.strip() in description


def test_the_key_figures_have_the_months_that_were_told_and_no_run_makes_them(definitions) -> None:
    node = definitions.resolve_asset_graph().get(key_figures.KEY)
    assert not node.is_executable and isinstance(node.partitions_def, dg.DynamicPartitionsDefinition)


def test_a_monthly_dataset_has_a_month_for_a_partition_and_a_yearly_one_has_none(definitions) -> None:
    for name, export in EXPORTS.items():
        partitions = definitions.resolve_asset_graph().get(dg.AssetKey(["stg", name])).partitions_def
        if export.cadence == "yearly":
            assert partitions is None
        else:
            assert partitions.get_partition_keys()[0] == "2009-01" and "2013-02" in partitions.get_partition_keys()


def test_nothing_starts_by_itself_until_somebody_switches_it_on(definitions) -> None:
    repository = definitions.get_repository_def()
    assert [schedule.default_status for schedule in repository.schedule_defs] == [dg.DefaultScheduleStatus.STOPPED]
    assert [sensor.default_status for sensor in repository.sensor_defs] == [dg.DefaultSensorStatus.STOPPED]
    assert repository.schedule_defs[0].cron_schedule == "0 6 10 * *"


def sensed(settings: Settings, *, cursor: str | None) -> dg.SensorResult | dg.SkipReason:
    """What the sensor answers now."""
    (sensor,) = build(settings).get_repository_def().sensor_defs
    with dg.DagsterInstance.ephemeral() as instance:
        return sensor(dg.build_sensor_context(instance=instance, cursor=cursor))


def test_the_sensor_asks_once_for_a_content_and_again_when_the_bytes_change(tmp_path) -> None:
    settings = settings_in(tmp_path)
    (settings.raw / "semp").mkdir()
    file = settings.raw / "semp" / "pset_places_2012-01.csv"
    file.write_text("No programme;Programme\n")
    first = sensed(settings, cursor=None)
    assert isinstance(first, dg.SensorResult) and len(first.run_requests) == 1
    assert isinstance(sensed(settings, cursor=first.cursor), dg.SkipReason)
    file.write_text("No programme;Programme;Organisateur\n")
    second = sensed(settings, cursor=first.cursor)
    assert second.run_requests[0].run_key != first.run_requests[0].run_key


def test_the_sensor_asks_again_when_the_links_change_and_passes_over_a_file_that_says_nothing(tmp_path) -> None:
    settings = settings_in(tmp_path)
    (settings.raw / "semp").mkdir()
    (settings.raw / "semp" / "pset_places_2012-01.csv").write_text("No programme;Programme\n")
    first = sensed(settings, cursor=None)
    linking(settings, "SEMP")
    second = sensed(settings, cursor=first.cursor)
    assert second.run_requests[0].run_key != first.run_requests[0].run_key
    settings.file.write_text("[linking")
    skipped = sensed(settings, cursor=second.cursor)
    assert isinstance(skipped, dg.SkipReason) and "réglages" in skipped.skip_message


def test_an_unexpected_failure_says_where_and_never_what() -> None:
    @guarded
    def body(context):
        yield 1
        raise ValueError("756.9217.0769.85 né le 01.02.1994")

    context = type("Context", (), {"op_execution_context": type("Op", (), {"op": type("Name", (), {"name": "stg"})})})
    with pytest.raises(CiiError) as failure:
        list(body(context))
    assert "ValueError" in str(failure.value) and "test_definitions.py" in str(failure.value)
    assert "756" not in str(failure.value) and "1994" not in str(failure.value)
    assert failure.value.__cause__ is None and failure.value.__suppress_context__
