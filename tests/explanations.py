"""What a pack's file says behind its figures, read back as its reader's browser does it."""

import datetime as dt
import json
import math
import re
import shlex
from collections.abc import Callable
from html import unescape
from typing import NamedTuple

from pipelines.reports.formats import percent
from pipelines.reports.value import BULLET, Figure

_CELL = re.compile(r'<(?:td|th|span)(?=[^>]* data-of="([^"]+)")[^>]*>(?:<strong>)?(?:<a[^>]*>)?([^<]*)')
_FACTS = re.compile(r'<script type="application/json" id="facts">(.*?)</script>', re.DOTALL)


class Opened(NamedTuple):
    """A cell that can be opened: which figure it says it is, the text it shows, and what is said behind it."""

    figure: Figure
    text: str
    said: dict[str, str]

    @property
    def hidden(self) -> bool:
        """Whether it shows a mark instead of the figure."""
        return self.text.startswith(BULLET)


def opened(text: str) -> list[Opened]:
    """Every cell of the file that can be opened."""
    facts = json.loads(_FACTS.findall(text)[0])
    found = []
    for parts, shown in _CELL.findall(text):
        said = _said(facts, parts)
        found.append(Opened(_figure(said["Pour les analystes"]), unescape(shown).strip().rstrip("*"), said))
    assert len(found) == text.count(' data-of="')
    return found


def figures(text: str) -> Callable[[str], Figure]:
    """Which figure each cell of the file shows, by the numbers that it has."""
    facts = json.loads(_FACTS.findall(text)[0])
    return lambda parts: _figure(_said(facts, parts)["Pour les analystes"])


def _said(facts: dict, parts: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for part in parts.split():
        for number, *pieces in facts["parts"][int(part)]:
            name, between = facts["names"][number]
            piece = "".join(facts["words"][word] for word in pieces)
            said[name] = said[name] + between + piece if name in said else piece
    return said


def _figure(command: str) -> Figure:
    """The figure that a command line asks for."""
    _, word, indicator, *options = shlex.split(command)
    asked = dict(zip(options[::2], options[1::2], strict=True))
    assert word == "explain"
    period = dt.date.fromisoformat(f"{asked['--period']}-01")
    return Figure(indicator, asked["--grain"], period, asked.get("--dimension", "total"), asked.get("--member", "total"))


def in_whole_per_cent(share):
    """How a share of lines is told where lines are not: the whole per cent below it or above, of which none is zero."""
    return {
        percent(whole / 100, 0) if whole else f"moins de {percent(0.01, 0)}" for whole in (math.floor(100 * share), math.ceil(100 * share))
    }
