"""One run from the landing zone to the published copy."""

import json
import os
import socket
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import CiiError, internal
from pipelines.orchestration import fingerprint
from pipelines.orchestration.outputs import report_files
from pipelines.orchestration.workshop import key_of, lying, prepare
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

# Under this name (of the code location in pyproject.toml) the UI lists what it runs itself; without it the page of the job
# says that there was no run yet.
_REPOSITORY = {".dagster/repository": "__repository__@cii-monitor"}
_HOST, _PROCESS = "cii/machine", "cii/processus"


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
    from sqlalchemy import Engine, event

    from pipelines.orchestration.triggers import JOB

    event.listen(Engine, "connect", _without_waiting_for_the_disk)
    warnings.filterwarnings("ignore", module="dagster")
    # What an old day was like is looked at, not produced: it does not belong to the history of the assets.
    instance = dg.DagsterInstance.ephemeral() if settings.as_of else dg.DagsterInstance.from_config(str(home))
    _end_the_killed(instance)
    tags = {**_REPOSITORY, _HOST: socket.gethostname(), _PROCESS: str(os.getpid())}
    try:
        build().resolve_job_def(JOB).execute_in_process(
            instance=instance, tags=tags, run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        )
    except Exception as error:
        raise _cause(error) from None
    finally:
        instance.dispose()


def end_the_killed(settings: Settings) -> None:
    """End the runs that were killed: to Dagster they would go on for ever, and hold up whatever its screens start."""
    # What a run writes when it begins and removes when it ends; without it there is nothing to end, and Dagster is not imported.
    try:
        if _alive(json.loads(settings.holder.read_text())["pid"]):
            return
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError):
        pass  # killed as it wrote
    import dagster as dg

    with dg.DagsterInstance.from_config(str(prepare_dagster(settings))) as instance:
        _end_the_killed(instance)
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
    prepare_dagster(settings)
    if not read_only:
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


def _end_the_killed(instance: "dg.DagsterInstance") -> None:
    import dagster as dg

    status = dg.DagsterRunStatus
    unended = [status.NOT_STARTED, status.STARTING, status.STARTED]
    for run in instance.get_runs(dg.RunsFilter(statuses=unended, tags={_HOST: socket.gethostname()})):
        if not _alive(int(run.tags[_PROCESS])):
            instance.report_run_failed(run, message="Le traitement a été interrompu; rien n'en a été publié à moitié.")


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _cause(error: BaseException) -> CiiError:
    """The sentence for the user, wherever in the chain of Dagster's own errors it is."""
    link: BaseException | None = error
    while link:
        if isinstance(link, CiiError):
            return link
        link = link.__cause__ or getattr(link, "user_exception", None)
    return internal(error, during="run")
