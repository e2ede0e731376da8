"""What `cii check` prints, and the workbooks it writes."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.text import Text

from pipelines.contracts.rules import Both
from pipelines.errors import CiiError
from pipelines.ingest.check import NOT_CHECKED, Checked
from pipelines.reports.answer import Answer, answer_to, workbook_name
from pipelines.reports.correction import workbook
from pipelines.reports.formats import counted, number
from pipelines.reports.letter import CONSEQUENCES, by_rule, skipped, verdict
from pipelines.reports.sheets import LANGUAGES, hand_over, is_workbook
from pipelines.reports.terminal import grid
from pipelines.settings import Settings

_FINDINGS_SHOWN = 50
_STYLES = {"rejected": "bold red", "error": "red", "warning": "yellow"}


def print_checked(console: Console, checked: Checked, *, language: str = "fr-de") -> None:
    """The verdict on a file and what is wrong with it, the weightiest first; in German where only German is asked for."""
    answer, speak = answer_to(checked), LANGUAGES[language][0]
    style = "green" if checked.intake.accepted else "bold red"
    told = verdict(answer)[speak]
    head = Text.assemble((f"{answer.file} ({answer.dataset}, {answer.period}): ", "bold"), (told[0].lower() + told[1:], style))
    console.print(head, soft_wrap=True, highlight=False)
    console.print(f"  {_counts(answer)[speak]}", highlight=False)
    if answer.skipped:
        console.print(f"  {('Passées', 'Übergangen')[speak]}: {skipped(answer)[speak]}.", highlight=False)
    if answer.findings.height:
        _print_rules(console, answer, speak)
        _print_lines(console, answer, speak)
    if checked.service is None:
        console.print(f"  {_unsaid(checked)[speak]}", style="dim", highlight=False)
    console.print(f"  {NOT_CHECKED[speak]}", style="dim", highlight=False)


def write_workbooks(checked: Iterable[Checked], out: Path, *, language: str) -> list[Path | None]:
    """Write the correction workbook of each file that has findings; where each lies.

    Args:
        checked: the files.
        out: a folder, or for one file the workbook itself (`….xlsx`).
        language: `fr`, `de` or `fr-de`.

    Raises:
        CiiError: the folder or file cannot be written.
    """
    written: list[Path | None] = []
    for one in checked:
        if one.intake.findings.is_empty():
            written.append(None)
            continue
        path = out
        if not is_workbook(out):
            # A name that no delivery bears: beside the deliveries, the answer must not pass for one of them.
            name = f"remarques_{workbook_name(one.dataset, one.period, one.version)}"
            taken = sum(other is not None and other.name.startswith(Path(name).stem) for other in written)
            path = out / (f"{Path(name).stem}_{taken + 1}.xlsx" if taken else name)
        hand_over(path, workbook(answer_to(one), language=language))
        written.append(path)
    return written


def refuse_a_bad_place(out: Path, files: Sequence[Path], *, settings: Settings) -> None:
    """Keep the answer away from what a service sent.

    Raises:
        CiiError: the workbook would lie in the landing zone, stand in place of a file that is checked, or for several.
    """
    settings.keep_out_of_raw(out)
    if is_workbook(out) and len(files) > 1:
        raise CiiError(f"--out {out.name}: il y a plusieurs fichiers; indiquez un dossier, chacun y aura son classeur.")
    if out.resolve() in {path.resolve() for path in files}:
        raise CiiError(f"--out {out.name}: ce serait écrire par-dessus le fichier contrôlé; indiquez un autre nom.")


def _counts(answer: Answer) -> Both:
    counts = (answer.rows_read, answer.rows_loaded, answer.rows_rejected, answer.lines_skipped)
    words = (("lue", "lues"), ("chargée", "chargées"), ("écartée", "écartées"), ("passée", "passées"))
    french = (counted(count, one, several) for count, (one, several) in zip(counts, words, strict=True))
    german = zip(map(number, counts), ("gelesen", "geladen", "abgelehnt", "übergangen"), strict=True)
    return Both(f"Lignes: {', '.join(french)}.", f"Zeilen: {', '.join(map(' '.join, german))}.")


def _print_rules(console: Console, answer: Answer, speak: int) -> None:
    heads = (("Nombre:r", "Conséquence", "Constat", "Que faire"), ("Anzahl:r", "Folge", "Befund", "Was tun"))[speak]
    shown = grid("", *heads)
    for _, severity, count, says, remedy in by_rule(answer):
        consequence = Text(CONSEQUENCES[severity][speak], _STYLES[severity])
        # What a service wrote is text, even where it looks like the terminal's own markup.
        shown.add_row(Text(number(count)), consequence, Text(says[speak]), Text(remedy[speak]))
    console.print(shown)


def _print_lines(console: Console, answer: Answer, speak: int) -> None:
    """The findings that stand on a line, errors before warnings."""
    lined = answer.findings.filter(pl.col("line").is_not_null()).sort(pl.col("severity") == "warning", maintain_order=True)
    if lined.is_empty():
        return
    heads = (
        ("Ligne:r", "Colonne", "Valeur", "Constat et que faire", "Proposition"),
        ("Zeile:r", "Spalte", "Wert", "Befund und was tun", "Vorschlag"),
    )[speak]
    shown = grid("", *heads)
    message, remedy = (("message", "remedy"), ("message_de", "remedy_de"))[speak]
    for row in lined.head(_FINDINGS_SHOWN).iter_rows(named=True):
        cells = (row["line"], row["header"], row["cell"], f"{row[message]} {row[remedy]}", row["suggestion"])
        shown.add_row(*(Text("" if cell is None else str(cell)) for cell in cells))
    console.print(shown)
    if (more := lined.height - _FINDINGS_SHOWN) > 0:
        rest = (
            counted(more, "autre remarque", "autres remarques"),
            f"{number(more)} {'weiterer Befund' if more == 1 else 'weitere Befunde'}",
        )
        where = ("--json les donne toutes, --out un classeur", "--json nennt alle, --out eine Arbeitsmappe")
        console.print(f"  … {('et', 'und')[speak]} {rest[speak]} ({where[speak]}).", highlight=False)


def _unsaid(checked: Checked) -> Both:
    *others, last = (service.upper() for service in checked.senders)
    some = ", ".join(others)
    return Both(
        f"Service non précisé: {some} ou {last}; placez le fichier dans son dossier, ou dites-le par --as.",
        f"Dienst nicht angegeben: {some} oder {last}; legen Sie die Datei in seinen Ordner, oder nennen Sie ihn mit --as.",
    )
