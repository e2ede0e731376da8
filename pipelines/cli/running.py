"""A run as the terminal sees it: how far it is, and the published copies that a word means."""

import re
from pathlib import Path
from typing import Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines.cli.screen import err
from pipelines.cli.words import day
from pipelines.settings import Settings


def executed(asked: Settings) -> None:
    """A whole run, with its progress."""
    from pipelines.orchestration import run as runs

    with progressing() as progress:
        task = progress.add_task("démarrage", total=None)

        def tell(what: str, done: int, total: int) -> None:
            if total:
                progress.update(task, description=what, completed=done, total=total)
            else:
                # A sentence is said once, and stays when the bar has gone.
                err.print(what, markup=False, highlight=False, soft_wrap=True)

        def build() -> Any:
            from pipelines.definitions import build

            return build(asked, tell)

        runs.execute(asked, build)


def copy_meant(asked: Settings, word: str) -> Path:
    """The published copy that a word means; that of a day is made where it is not there or not up to date."""
    if word in ("publie", "publié", "now"):
        return asked.published
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", word):
        return Path(word)
    known_on = asked.but(as_of=day(word))
    if known_on.known_on > asked.today:
        raise typer.BadParameter(f"{word} est dans l'avenir.")
    from pipelines.orchestration import run as runs

    if not runs.nothing_new(known_on):
        executed(known_on)
    return known_on.published


def progressing() -> Progress:
    """A bar that goes when what it counts is done."""
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err, transient=True)
