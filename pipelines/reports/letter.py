"""The words of an answer to a service: the verdict, what is wrong by rule and the text of a mail, in French and in German."""

from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from pipelines.contracts import plan
from pipelines.contracts.months import spoken
from pipelines.contracts.rules import RULES, Both, Told
from pipelines.reports import formats
from pipelines.reports.answer import Answer

SEVERITIES = {"rejected": Both("Refus", "Ablehnung"), "error": Both("Erreur", "Fehler"), "warning": Both("Avertissement", "Warnung")}
CONSEQUENCES = {
    "rejected": Both("Fichier refusé", "Datei abgelehnt"),
    "error": Both("Ligne écartée", "Zeile abgelehnt"),
    "warning": Both("Chargée avec avertissement", "Mit Warnung geladen"),
}

_SKIPPED = {"total": Both("total", "Total"), "note": Both("note", "Fussnote")}
_NAMED = 10


def skipped(answer: Answer) -> Both:
    """The lines skipped by their numbers: `14 (total), 15 (note)`; the first ones where there are many."""
    told = [Both(*(f"{line} ({word})" for word in _SKIPPED[what])) for line, what in answer.skipped[:_NAMED]]
    more = (Both("…", "…"),) if len(answer.skipped) > _NAMED else ()
    return Both(*map(", ".join, zip(*told, *more, strict=True))) if told else Both("", "")


def verdict(answer: Answer) -> Both:
    """What became of the file, in one sentence."""
    if answer.status == "rejected":
        return Both("Refusé: rien de ce fichier n'est chargé.", "Abgelehnt: Von dieser Datei wird nichts geladen.")
    if answer.status == "held":
        return Both(
            "Retenu: le fichier est lu, mais n'entre en vigueur qu'une fois confirmé.",
            "Zurückgestellt: Die Datei ist gelesen, tritt aber erst in Kraft, wenn sie bestätigt ist.",
        )
    if rows := answer.rows_rejected:
        left_out = formats.counted(rows, "ligne est écartée", "lignes sont écartées")
        return Both(f"Accepté; {left_out}.", f"Angenommen; {_several(rows, 'Zeile ist', 'Zeilen sind')} abgelehnt.")
    if warnings := answer.count("warning"):
        told = formats.counted(warnings, "avertissement", "avertissements")
        return Both(f"Accepté, avec {told}.", f"Angenommen, mit {_several(warnings, 'Warnung', 'Warnungen')}.")
    return Both("Accepté sans remarque.", "Ohne Befund angenommen.")


def by_rule(answer: Answer) -> Iterator[tuple[str, str, int, Both, Both]]:
    """The rules broken, the weightiest first: rule, severity, count, what is wrong and what to do.

    Where the sentences of a rule differ, each column stands for itself; what differs within a column is left open.
    """
    weight = {severity: place for place, severity in enumerate(SEVERITIES)}
    groups = [group for rule in answer.findings.partition_by("rule", maintain_order=True) for group in _told_apart(rule)]
    for group in sorted(groups, key=lambda each: (weight[each["severity"][0]], -each.height, each["rule"][0])):
        rule, severity, header = group.select("rule", "severity", "header").row(0)
        general = in_general(rule, header=header)
        told = [group[name][0] if group[name].n_unique() == 1 else general[place] for place, name in enumerate(Told._fields)]
        message, remedy, message_de, remedy_de = told
        yield rule, severity, group.height, Both(message, message_de), Both(remedy, remedy_de)


def _told_apart(findings: pl.DataFrame) -> list[pl.DataFrame]:
    """The findings of a rule, by column where what is said of them differs."""
    alike = findings.select(Told._fields).n_unique() == 1
    return [findings] if alike else findings.partition_by("header", maintain_order=True)


def in_general(rule: str, *, header: str | None = None) -> Told:
    """The sentences of a rule with what differs from finding to finding left open."""
    words = defaultdict(lambda: "…", {"header": header or "…"})
    told = RULES[rule]
    return Told(*(sentence.format_map(words) for sentence in (told.says, told.remedy, told.says_de, told.remedy_de)))


def mail(answer: Answer) -> list[Both]:
    """The text to paste into a mail, a paragraph each."""
    return [
        Both("Bonjour,", "Guten Tag"),
        *_happened(answer),
        Both(
            "Chaque remarque figure dans le classeur joint, avec sa ligne et ce qu'il faut faire.",
            "Jeder Befund steht in der beigelegten Arbeitsmappe, mit seiner Zeile und dem, was zu tun ist.",
        ),
        *_to_do(answer),
        Both("Avec nos meilleures salutations", "Freundliche Grüsse"),
    ]


def _happened(answer: Answer) -> Iterator[Both]:
    subject = Both(f"Votre fichier «{answer.file}»", f"Ihre Datei «{answer.file}»")
    if answer.export and answer.period:
        title, of = answer.export.title, spoken(answer.period)
        subject = Both(f"{subject.fr} ({title}, {of.fr})", f"{subject.de} ({title}, {of.de})")
    if answer.status == "in_force":
        counts = _counts(answer)
        yield Both(f"{subject.fr} est accepté: {counts.fr}.", f"{subject.de} ist angenommen: {counts.de}.")
        return
    decisive = answer.findings.filter((pl.col("severity") == "rejected") | (pl.col("rule") == "delivery.held"))
    why = Both(*decisive.select("message", "message_de").row(0)) if decisive.height else verdict(answer)
    if answer.status == "held":
        yield Both(f"{subject.fr} est retenu. {why.fr}", f"{subject.de} ist zurückgestellt. {why.de}")
        return
    yield Both(f"{subject.fr} est refusé. {why.fr}", f"{subject.de} ist abgelehnt. {why.de}")
    yield Both(
        "Rien n'en est chargé; un envoi antérieur de la même période, s'il y en a un, reste en vigueur.",
        "Es wird nichts davon geladen; eine frühere Lieferung derselben Periode bleibt in Kraft, falls es eine gibt.",
    )


def _counts(answer: Answer) -> Both:
    loaded, left_out, warnings = answer.rows_loaded, answer.rows_rejected, answer.count("warning")
    french = (
        formats.counted(loaded, "ligne chargée", "lignes chargées"),
        formats.counted(left_out, "écartée", "écartées"),
        formats.counted(warnings, "avertissement", "avertissements"),
    )
    german = (
        f"{_several(loaded, 'Zeile', 'Zeilen')} geladen",
        f"{formats.number(left_out)} abgelehnt",
        _several(warnings, "Warnung", "Warnungen"),
    )
    return Both(", ".join(french), ", ".join(german))


def _to_do(answer: Answer) -> Iterator[Both]:
    if answer.corrected is None:
        return
    name = answer.corrected
    if answer.status == "held":
        yield Both(
            f"Si le nombre de lignes est juste, répondez-nous en une phrase; sinon, envoyez le fichier entier sous le nom «{name}».",
            f"Stimmt die Zahl der Zeilen, antworten Sie uns mit einem Satz; sonst senden Sie die ganze Datei unter dem Namen «{name}».",
        )
    elif answer.status == "in_force" and not answer.rows_rejected:
        yield Both(
            f"Si tout est juste, rien n'est à faire; sinon, renvoyez le fichier entier, corrigé, sous le nom «{name}».",
            f"Stimmt alles, ist nichts zu tun; sonst senden Sie die ganze, korrigierte Datei unter dem Namen «{name}».",
        )
    else:
        yield Both(
            f"Merci de renvoyer le fichier entier, corrigé, sous le nom «{name}».",
            f"Bitte senden Sie die ganze, korrigierte Datei unter dem Namen «{name}».",
        )
    if answer.period:
        day = formats.day(plan.due_on(answer.period))
        yield Both(
            f"Délai de cet envoi: {day}; s'il est passé, dès que possible.",
            f"Frist dieser Lieferung: {day}; ist sie verstrichen, so bald wie möglich.",
        )


def _several(count: int, one: str, many: str) -> str:
    """A count in German, where nought takes the plural."""
    return f"{formats.number(count)} {one if count == 1 else many}"
