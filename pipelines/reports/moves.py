"""Moves between states: how many people were where at a first date, and where at a second one; nothing here knows how they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.reports.value import About, Value


@dataclass(frozen=True)
class State:
    """A state that people are in at the beginning or at the end of a year, with its name and colour."""

    code: str
    label: str
    colour: str


@dataclass(frozen=True, kw_only=True)
class Flow:
    """How many people were in which state at a first date and in which at a second one.

    Attributes:
        slug: its name, unique on its page.
        title: what it shows.
        about: the indicator it shows.
        dates: the two dates, as they are read.
        states: the states in the order they are drawn, top to bottom.
        counts: the number of people by the codes of their first and second state.
        notes: what a reader must know of it.
        hidden: the moves whose number is not told, and why.
        shows: the values of the indicator that these are.
    """

    slug: str
    title: str
    about: tuple[About, ...]
    dates: tuple[str, str]
    states: tuple[State, ...]
    counts: Mapping[tuple[str, str], int]
    notes: tuple[str, ...] = ()
    hidden: Mapping[tuple[str, str], str] = field(default_factory=dict)
    shows: Mapping[tuple[str, str], Value] = field(default_factory=dict)

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw: of a diagram without a move, plotly makes an error that stops all that follow."""
        return any(self.counts.values())
