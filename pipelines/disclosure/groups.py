"""What hangs together, found step by step."""

from collections.abc import Callable, Iterable


def connected(
    starts: Iterable[int], ties: Callable[[int], Iterable[int]], members: Callable[[int], Iterable[int]]
) -> list[tuple[int, ...]]:
    """The groups of numbers that hang together with one of the starts, each in order.

    Args:
        starts: where groups begin.
        ties: what ties a number to others; each tie is followed once, for one may have thousands of members.
        members: the numbers that a tie holds together.
    """
    groups, seen, followed = [], set[int](), set[int]()
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for one in group:
            for tie in ties(one):
                if tie not in followed:
                    followed.add(tie)
                    new = set(members(tie)) - seen
                    seen |= new
                    group += new
        groups.append(tuple(sorted(group)))
    return groups
