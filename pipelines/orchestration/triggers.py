"""When runs start by themselves: both off until somebody switches them on in the UI."""

import datetime as dt

import dagster as dg

from pipelines.errors import CiiError
from pipelines.orchestration.fingerprint import publication_fingerprint, published_fingerprints
from pipelines.orchestration.workshop import key_of, lying
from pipelines.settings import Settings, read_file

JOB = "mois"


def monthly(settings: Settings) -> dg.ScheduleDefinition:
    """The day deliveries are due, the 10th, at six in the morning."""

    @dg.schedule(
        name="le_10_du_mois",
        job_name=JOB,
        cron_schedule="0 6 10 * *",
        execution_timezone="Europe/Zurich",
        default_status=dg.DefaultScheduleStatus.STOPPED,
        description="Le 10 du mois: lit ce qui est arrivé et publie.",
    )
    def schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        return _request(settings, run_key=f"{context.scheduled_execution_time:%Y-%m}")

    return schedule


def deliveries(settings: Settings) -> dg.SensorDefinition:
    """New content in the landing zone, by its hash: the same name with other bytes is new, the same bytes are not."""

    @dg.sensor(
        name="nouveaux_envois",
        job_name=JOB,
        minimum_interval_seconds=300,
        default_status=dg.DefaultSensorStatus.STOPPED,
        description="Regarde le dossier des envois toutes les cinq minutes et lance un traitement quand son contenu change.",
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        request = _request(settings, run_key=None)
        if isinstance(request, dg.SkipReason):
            return request
        if request.run_key == context.cursor:
            return dg.SkipReason("Ce contenu a déjà été demandé et n'est pas publié: voyez si l'exécution a échoué, puis relancez-la.")
        return dg.SensorResult(run_requests=[request], cursor=request.run_key)

    return sensor


def _request(settings: Settings, *, run_key: str | None) -> dg.RunRequest | dg.SkipReason:
    """A run for what lies there now; a key of files, code and settings, so that no content is run twice in vain."""
    try:
        # The settings are as old as the server; the day goes on, and a run that is started reads the file anew.
        linking, thresholds = read_file(settings.file)
        now = settings.but(today=dt.date.today(), linking=linking, thresholds=thresholds)
        content = publication_fingerprint(now, lying(now), key_id=key_of(now).key_id)
        if content == published_fingerprints(now.published).get("publication"):
            return dg.SkipReason("Rien de nouveau: l'entrepôt publié est à jour.")
    except (CiiError, OSError) as error:
        return dg.SkipReason(str(error) if isinstance(error, CiiError) else "Le dossier des envois ne peut pas être lu.")
    return dg.RunRequest(run_key=" ".join(filter(None, (run_key, content[:32]))))
