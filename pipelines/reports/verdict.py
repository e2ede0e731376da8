"""What the command line prints of a file that was only checked."""

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from pipelines.ingest.check import NOT_CHECKED, Checked
from pipelines.reports.book import label
from pipelines.reports.formats import counted
from pipelines.reports.terminal import grid

_FINDINGS_SHOWN = 50


def print_checked(console: Console, checked: Checked) -> None:
    """The verdict on a file and what is wrong with it, for the service that sent it."""
    intake = checked.intake
    verdict = "[green]accepté[/]" if intake.accepted else "[bold red]refusé[/]"
    counts = f"{intake.rows_read} lues, {intake.rows_loaded} chargées, {intake.rows_rejected} écartées, {intake.lines_skipped} passées"
    console.print(f"[bold]{escape(checked.file)}[/] ({checked.dataset}, {checked.period}): {verdict}", highlight=False)
    console.print(f"  Lignes: {counts}.", highlight=False)
    if intake.findings.height:
        shown = grid("", "Ligne:r", "Colonne", "Valeur", "Gravité", "Que faire")
        for row in intake.findings.head(_FINDINGS_SHOWN).iter_rows(named=True):
            cells = (
                str(row["line"] or ""),
                row["header"] or "",
                row["cell"] or "",
                label("severity", row["severity"]).lower(),
                f"{row['message']} {row['remedy']}",
            )
            # What a service wrote is text, even where it looks like the terminal's own markup.
            shown.add_row(*(Text(cell) for cell in cells))
        console.print(shown)
        if (more := intake.findings.height - _FINDINGS_SHOWN) > 0:
            console.print(f"  … et {counted(more, 'autre remarque', 'autres remarques')} (--json les donne toutes).", highlight=False)
    console.print(f"  {NOT_CHECKED}", style="dim")
