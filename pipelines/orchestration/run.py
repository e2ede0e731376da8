"""One run from the landing zone to the published copy."""

import datetime as dt
import json
import os
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import Timeout

from pipelines.errors import CiiError, internal
from pipelines.orchestration import fingerprint
from pipelines.orchestration.outputs import report_files
from pipelines.orchestration.workshop import key_of, lying, prepare, room
from pipelines.settings import ROOT, Settings

if TYPE_CHECKING:
    import dagster as dg

_DAGSTER_YAML = """\
# Made by cii-monitor. Nothing is sent to anybody; one run at a time, for there is one writer.
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
  pools:
    default_limit: 1
event_log_storage:
  module: pipelines.orchestration.run_history
  class: KeptOpen
  config:
    base_dir: {folder}
"""

# The names under which the screens list what they run themselves: that of the code location is in pyproject.toml.
_LOCATION, _REPOSITORY = "cii-monitor", "__repository__"
# Whatever the screens start has begun by then, also on a slow machine.
_BEGINS_WITHIN = dt.timedelta(minutes=1)


def nothing_new(settings: Settings) -> bool:
    """Whether the published copy is already what a run would make: same files, code, settings and decisions."""
    published = fingerprint.published_fingerprints(settings.published).get("publication")
    # The code first: a copy that other code made need not have the tables that tell which files belong to it.
    if published is None or published != fingerprint.publication_fingerprint(settings, lying(settings), key_id=key_of(settings).key_id):
        return False
    return all(path.exists() for path in report_files(settings))


def prepare_dagster(settings: Settings) -> Path:
    """Make Dagster's home with its settings; its path."""
    prepare(settings)
    path = settings.dagster_home / "dagster.yaml"
    text = _DAGSTER_YAML.format(folder=json.dumps(str(settings.dagster_home / "history" / "runs")))
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    return settings.dagster_home


def execute(settings: Settings, build: "Callable[[], dg.Definitions]") -> None:
    """Run the whole job in this process, recorded in the instance that the UI shows.

    Args:
        settings: where and how.
        build: makes the definitions, once Dagster's home is ready.

    Raises:
        CiiError: the run failed; what was published before stays as it was.
    """
    home = prepare_dagster(settings)
    os.environ.update(settings.environment())
    # Imported here: it takes seconds, which a check or an idle run need not wait for.
    import dagster as dg
    from dagster._core.remote_origin import RegisteredCodeLocationOrigin, RemoteRepositoryOrigin
    from sqlalchemy import Engine, event

    from pipelines.orchestration.triggers import JOB

    event.listen(Engine, "connect", _without_waiting_for_the_disk)
    warnings.filterwarnings("ignore", module="dagster")
    end_the_killed(settings)
    # What an old day was like is looked at, not produced: it does not belong to the history of the assets.
    instance = dg.DagsterInstance.ephemeral() if settings.as_of else dg.DagsterInstance.from_config(str(home))
    # Dagster leaves it out of what runs in this process, and without it the first of its screens says that there was no run: that one
    # reads it from the run's own record, which takes it from nowhere else; its tag, which could be given, is not looked at.
    origin = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin(_LOCATION), _REPOSITORY).get_job_origin(JOB)
    instance.create_run_for_job = partial(instance.create_run_for_job, remote_job_origin=origin)  # type: ignore[method-assign]  # see above
    # In few letters, for the list of runs has little room.
    limits = [f"{month:%Y-%m}" if month else "…" for month in (settings.first, settings.last)]
    tags = {"mois": " à ".join(limits)} if settings.first or settings.last else {}
    try:
        build().resolve_job_def(JOB).execute_in_process(
            instance=instance, tags=tags, run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        )
    except Exception as error:
        raise _cause(error) from None
    finally:
        instance.dispose()


def end_the_killed(settings: Settings) -> None:
    """End the runs that were killed: to Dagster they would go on for ever, and hold up whatever its screens start.

    A run holds the room from its first step to its last: while nobody holds it, nobody runs.
    """
    home = prepare_dagster(settings)
    with suppress(Timeout), room(settings).acquire(timeout=0):
        import dagster as dg

        status = dg.DagsterRunStatus
        before = dt.datetime.now(dt.UTC) - _BEGINS_WITHIN
        with dg.DagsterInstance.from_config(str(home)) as instance:
            begun = instance.get_runs(dg.RunsFilter(statuses=[status.NOT_STARTED, status.STARTED, status.CANCELING]))
            # What the screens started is still to take the room.
            starting = instance.get_runs(dg.RunsFilter(statuses=[status.STARTING], updated_before=before))
            for run in (*begun, *starting):
                instance.report_run_failed(run, message="Le traitement a été interrompu; rien n'en a été publié à moitié.")
        settings.holder.unlink(missing_ok=True)


def serve(settings: Settings, *, port: int, read_only: bool = False) -> None:
    """Become Dagster's web server, on the loopback address; ends with it.

    Args:
        settings: where and how.
        port: the port on this machine.
        read_only: only to look: nothing can be started or switched on, and no daemon runs that would.

    Raises:
        CiiError: there is nothing to look at yet.
    """
    if read_only and not settings.published.exists():
        raise CiiError(
            f"Rien n'est encore publié dans «{settings.warehouse.name}»: lancez d'abord «cii run», ou indiquez l'entrepôt par --warehouse."
        )
    end_the_killed(settings)
    # The web server alone finds the definitions in pyproject.toml, as `dg` does, and under the same name.
    words = ["dagster-webserver", "--read-only"] if read_only else ["dg", "dev"]
    program = Path(sys.executable).with_name(words[0])
    environment = os.environ | settings.environment() | {"DAGSTER_DISABLE_TELEMETRY": "1"}
    os.chdir(ROOT)
    os.execve(program, [str(program), *words[1:], "--host", "127.0.0.1", "--port", str(port)], environment)


def _without_waiting_for_the_disk(connection: Any, _: object) -> None:
    """Dagster's history is no result: a power cut may cost its last moments, waiting for the disk would cost most of its time."""
    connection.execute("pragma synchronous = off")


def _cause(error: BaseException) -> CiiError:
    """The sentence for the user, wherever in the chain of Dagster's own errors it is."""
    link: BaseException | None = error
    while link:
        if isinstance(link, CiiError):
            return link
        link = link.__cause__ or getattr(link, "user_exception", None)
    return internal(error, during="run")
