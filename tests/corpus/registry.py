"""All traps, in the order of their groups."""

from tests.corpus import codes, encodings, foreign, headers, numbers, quoting, rows, sheet_cells, workbooks
from tests.corpus.trap import Trap

GROUPS = {
    module.__name__.rpartition(".")[2]: module.TRAPS
    for module in (encodings, headers, rows, quoting, numbers, codes, workbooks, sheet_cells, foreign)
}
TRAPS: tuple[Trap, ...] = tuple(trap for traps in GROUPS.values() for trap in traps)
