"""Writes the files of the corpus and the list of them anew: `make corpus`."""

from pathlib import Path

from tests.corpus.mending import why_not
from tests.corpus.registry import GROUPS, TRAPS
from tests.corpus.trap import Trap

FOLDER = Path(__file__).parent / "files"
LIST = Path(__file__).parent / "README.md"

_HEAD = """# The corpus

One small file for everything odd that a service may send, with all that must come out of it. The files in `files/` are made by
`make corpus` from the clean deliveries of `clean.py`, and this list with them, from the traps in the modules that `registry.py` names:
change a trap there. `test_corpus.py` holds the intake to it. **All persons are invented**; their AVS numbers have valid check digits, so
any of them could by chance be someone's.

A finding is told as line, field (or header as written) and rule; *read = loaded + rejected + skipped*. Where a file differs from
the clean delivery in one line only, every other row is loaded exactly as from the clean file.
"""


def listed() -> str:
    """The list of all traps."""
    tables = [
        f"## {group}\n\n| file | what is odd | verdict | read = loaded + rejected + skipped | findings |\n|---|---|---|---|---|\n"
        + "\n".join(_row(trap) for trap in traps)
        for group, traps in GROUPS.items()
    ]
    return "\n".join([_HEAD, *(table + "\n" for table in tables), _unmendable()])


def _row(trap: Trap) -> str:
    counts = "{} = {} + {} + {}".format(*trap.counts)
    findings = "; ".join(" ".join(str(part) for part in found if part is not None) for found in trap.findings)
    return f"| `{trap.file}` | {trap.what.replace('|', '&#124;')} | {trap.refused or 'accepted'} | {counts} | {findings} |"


def _unmendable() -> str:
    """Which files no machine can put right, by the reason."""
    reasons: dict[str, list[str]] = {}
    for trap in TRAPS:
        if reason := why_not(trap):
            reasons.setdefault(reason, []).append(f"`{trap.name}`")
    told = "\n".join(f"- {reason}: {', '.join(names)}" for reason, names in reasons.items())
    mended = ", ".join(f"`{trap.name}`" for trap in TRAPS if trap.mendable)
    return f"""## What a machine mends

A script that does what the cells of the correction workbook say (`repair.py`) mends: {mended}.

The others need a person:

{told}
"""


def main() -> None:
    """Write every file, and drop those that no trap knows any more."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.iterdir():
        path.unlink()
    for trap in TRAPS:
        (FOLDER / trap.file).write_bytes(trap.content)
    LIST.write_text(listed(), encoding="utf-8")


if __name__ == "__main__":
    main()
