"""Versions of a definition: what makes two definitions the same, and which follows which.

A definition is the query of an indicator and what its header says of values. The tables of `core` that it reads, the frame around
it, labels and disclosure are none of it: a change of theirs is a rule's. The query of a version that was replaced is kept as
`former_<indicator>_<version>.sql`, and made like an indicator's, but for the catalogue and the table of all values.
"""

import hashlib
import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from pipelines.indicators.catalogue import Indicator

FORMER = "former_"

# A literal stays as it is; a comment and the space around a sign are the writer's.
_SPACED = re.compile(r"('[^']*')|(?:--[^\n]*|\s)+")
_NEEDLESS = re.compile(r"('[^']*')| ?([^\w\s']) ?")


def fingerprint(indicator: Indicator) -> str:
    """What two definitions share that give the same values of the same tables, however they are laid out and labelled."""
    dimensions = [f"{one.name} = {one.code_list}{' overlapping' if one.overlapping else ''}" for one in indicator.dimensions]
    decides = [
        indicator.shape,
        indicator.reads,
        *(", ".join(names) for names in (indicator.grains, dimensions, indicator.needs, indicator.rests_on, indicator.persons_of)),
        "linked" if indicator.linked else "",
        _laid_out(indicator.query.select),
    ]
    return hashlib.sha256("\n".join(decides).encode()).hexdigest()[:16]


def _laid_out(select: str) -> str:
    spaced = _SPACED.sub(lambda found: found[1] or " ", select).strip()
    return _NEEDLESS.sub(lambda found: found[1] or found[2], spaced)


def replacements(indicators: Collection[Indicator], former: Collection[Indicator]) -> Iterator[tuple[str, Indicator, Indicator]]:
    """Each definition that was replaced, with the one that follows it, under the indicator's name.

    Raises:
        ValueError: one is missing between the first and the one in use, or there is one that nothing follows.
    """
    kept = {one.name: one for one in former}
    for indicator in indicators:
        names = [f"{FORMER}{indicator.name}_{number}" for number in range(1, indicator.version)]
        if missing := set(names) - set(kept):
            raise ValueError(f"{indicator.name} has version {indicator.version}, but there is no {', '.join(sorted(missing))}.sql")
        line = [*(kept.pop(name) for name in names), indicator]
        days = [one.valid_from for one in line]
        if [one.version for one in line] != list(range(1, len(line) + 1)) or days != sorted(set(days)):
            raise ValueError(f"{indicator.name}: its definitions must be numbered as their files are, each valid from a later day")
        yield from ((indicator.name, before, now) for before, now in pairwise(line))
    if kept:
        raise ValueError(f"{', '.join(sorted(kept))}: no indicator has a version after it")
