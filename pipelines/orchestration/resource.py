"""The warehouse as Dagster's resource: the workshop, held for the whole of a run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import dagster as dg

from pipelines.errors import CiiError, internal
from pipelines.orchestration.workshop import Workshop, workshop
from pipelines.settings import Settings

# What is being done, how much of it is done, how much there is; a sentence where there is nothing to count.
Progress = Callable[[str, int, int], None]


@dataclass
class Held:
    """The workshop of the running job, who is told how far it is, and whether the copy to publish was made."""

    shop: Workshop
    progress: Progress
    copied: bool = False


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def warehouse_resource(settings: Settings, progress: Progress = silent) -> dg.ResourceDefinition:
    """The resource for a run with these settings; opened once per run, closed however it ends."""

    @dg.resource(description="La base de travail, ouverte par un seul traitement à la fois.")
    @contextmanager
    def warehouse(_: dg.InitResourceContext) -> Iterator[Held]:
        # As in a step: Dagster keeps the text of an error, which may quote values.
        try:
            with workshop(settings, tell=lambda said: progress(said, 0, 0)) as shop:
                yield Held(shop, progress)
        except CiiError as error:
            raise CiiError(str(error)) from None
        except Exception as error:
            raise internal(error, during="warehouse") from None

    return warehouse
