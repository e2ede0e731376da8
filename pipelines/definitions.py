"""The one entry point of Dagster."""

import dagster as dg
from dagster.components import load_from_defs_folder

from pipelines.orchestration.resource import Progress, silent, warehouse_resource
from pipelines.orchestration.triggers import JOB, deliveries, monthly
from pipelines.settings import ROOT, Settings


def build(settings: Settings, progress: Progress = silent) -> dg.Definitions:
    """All that Dagster knows, for these settings; a run tells `progress` how far it is."""
    job = dg.define_asset_job(
        JOB,
        selection=dg.AssetSelection.all(),
        executor_def=dg.in_process_executor,
        description="Le chemin d'un mois: lire ce qui est arrivé, refaire les tables, faire le rapport, publier.",
    )
    return dg.Definitions.merge(
        load_from_defs_folder(path_within_project=ROOT),
        dg.Definitions(
            jobs=[job],
            schedules=[monthly(settings)],
            sensors=[deliveries(settings)],
            executor=dg.in_process_executor,
            resources={"warehouse": warehouse_resource(settings, progress)},
        ),
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What the UI and `dg` load: the settings of the environment."""
    return build(Settings.load())
