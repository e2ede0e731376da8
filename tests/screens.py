"""Dagster's screens over a copy of the published sample, served as `cii ui` serves them, and what is asked of the server."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from pipelines.settings import Settings
from tests.support import environment, settings_in

ENDS = ("SUCCESS", "FAILURE", "CANCELED")
HANGS_AFTER = 90  # seconds without any sign of going on


@dataclass(frozen=True)
class Ui:
    """The running server, over a copy of the published sample."""

    settings: Settings
    process: subprocess.Popen
    port: int

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def asked(self, query, **variables):
        """The answer of the server to a GraphQL query."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            told = json.load(answer)
        assert "errors" not in told, told["errors"]
        return told["data"]

    def repository(self):
        """The selector of the one repository; raises until the definitions are loaded."""
        found = self.asked("{repositoriesOrError {... on RepositoryConnection {nodes {name location {name}}}}}")
        (node,) = found["repositoriesOrError"]["nodes"]
        return {"repositoryName": node["name"], "repositoryLocationName": node["location"]["name"]}

    def runs(self):
        """The runs that the server knows, latest first."""
        return self.asked("{runsOrError {... on Runs {results {runId status}}}}")["runsOrError"]["results"]

    def ended(self, run):
        """How a run ended, however long it took: it hangs only if its log has nothing new for long."""
        query = """query ($run: ID!, $after: String) {
          runOrError(runId: $run) {... on Run {status}}
          logsForRun(runId: $run, afterCursor: $after) {... on EventConnection {cursor events {__typename}}}}"""
        seen = None

        def sign():
            nonlocal seen
            told = self.asked(query, run=run, after=seen)
            seen, status = told["logsForRun"]["cursor"], told["runOrError"]["status"]
            return status if status in ENDS else told["logsForRun"]["events"]

        while (last := within(HANGS_AFTER, sign)) not in ENDS:
            pass
        return last


def within(seconds, condition):
    """The first true answer of a condition that is asked again until then."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.25)
    return found


def serves(ui):
    """Whether the server answers and has loaded the definitions."""
    assert ui.process.poll() is None, "cii ui ended by itself"
    try:
        return ui.repository()
    except (URLError, ConnectionError, TimeoutError, ValueError):
        return None


def gone(group):
    """Whether no process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@contextmanager
def served(sample: Path, folder: Path, *words: str) -> Iterator[Ui]:
    """The screens that `cii ui` with these words serves, over a copy of a folder that holds what was sent and published."""
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    settings = settings_in(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "ui.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.cli", "ui", "--port", str(port), *words],
            env=environment(settings),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    started = Ui(settings, process, port)
    try:
        within(HANGS_AFTER, lambda: serves(started))
        yield started
    finally:
        if not gone(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        within(10, lambda: gone(process.pid))
