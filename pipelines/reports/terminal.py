"""What the command line prints of the published copy: key figures, record, findings, states."""

import datetime as dt
import json
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from pipelines import duck
from pipelines.contracts.codes import DELIVERY_STATE
from pipelines.reports.book import label, latest_period
from pipelines.reports.changed_deliveries import event
from pipelines.reports.deliveries import CORRECTED, corrections, held_back, punctuality, refusals
from pipelines.reports.files import report_paths
from pipelines.reports.formats import counted, known, of_unit, percent
from pipelines.reports.pages.resume import KEY_FIGURES
from pipelines.reports.value import REASONS
from pipelines.settings import Settings

_SIGNS = {
    "in_force": ("✓", "green"),
    "late": ("R", "yellow"),
    "expected": ("…", "dim"),
    "missing": ("M", "bold red"),
    "rejected": ("X", "bold red"),
    "held": ("H", "magenta"),
    "withdrawn": ("W", "magenta"),
    "not_owed": ("·", "dim"),
}

_KEY_FIGURES = """
select i.label, i.unit, v.value, v.numerator, v.denominator, v.complete, v.reason, b.value as before
from (select unnest($indicators) as indicator, generate_subscripts($indicators, 1) as rank) key
join mart.indicator_value v on v.indicator = key.indicator
join mart.indicator i on i.indicator = v.indicator
left join mart.indicator_value b
  on b.indicator = v.indicator and b.grain = v.grain and b.dimension = 'total' and b.period = v.period - to_months(1)
where v.grain = 'month' and v.dimension = 'total' and v.period = $period
order by key.rank
"""

_RECORD = """
select f.figure, f.period, f.qualifier, f.published, f.computed, f.matches, t.value as target, t.date as target_on
from mart.figure_of_record f
asof left join mart.target t on t.indicator = f.indicator and t.member = f.member and last_day(f.period) <= t.date
order by f.period, f.indicator, f.figure
"""

_FINDINGS = """
select d.file, d.status, d.rows_read, d.rows_rejected,
  count(*) filter (f.severity = 'error') as errors, count(*) filter (f.severity = 'warning') as warnings,
  d.received_at > (select max(received_at) from stg.delivery) - to_days($days) as recent
from stg.delivery d
left join mart.finding f on f.delivery_id = d.delivery_id
group by all having count(f.rule) > 0 or d.status = 'rejected'
order by d.file
"""
# What came in so many days before the last file is shown file by file: a month's round of deliveries.
_RECENT_DAYS = 31

_STATE = ("service", "dataset", "cadence", "period", "state", "correction", "versions", "first_received_at", "due_on", "days_late")
_STATES = f"select {', '.join(_STATE)} from core.delivery_month order by service, dataset, period"


def print_summary(console: Console, settings: Settings) -> None:
    """The key figures of the latest period, the record, the findings by file, and where the outputs are."""
    with duck.open_published(settings.published) as con:
        period = latest_period(con)
        if period:
            console.print(_key_figures(con, period))
            console.print(_record(con))
        else:
            console.print("Aucune livraison n'est en vigueur: il n'y a rien à compter.")
        _print_findings(console, con)
        _print_refused(console, con)
        _print_held(console, con)
        made = [settings.reports / path for path in report_paths(con)]
    console.print("[bold]Sorties[/]")
    for path in (settings.published, *made):
        # A folder's name may look like the terminal's own markup.
        console.print(f"  {path}", markup=False, highlight=False, soft_wrap=True)


def _key_figures(con: duck.Connection, period: dt.date | None) -> Grid:
    title = f"Chiffres clés, {period:%m.%Y}" if period else "Chiffres clés"
    shown = grid(title, "Indicateur", "Valeur:r", "Un mois avant:r", "Sur:r", "")
    asked = {"period": period, "indicators": list(KEY_FIGURES)}
    for name, unit, value, numerator, denominator, complete, reason, before in con.execute(_KEY_FIGURES, asked).fetchall():
        base = "" if denominator is None else (f"{known(numerator)} / " if numerator is not None else "") + known(denominator)
        note = REASONS[reason].lower() if value is None else ("" if complete else "incomplet")
        shown.add_row(name, _value(value, unit), _value(before, unit), base, note)
    return shown


def _record(con: duck.Connection) -> Grid:
    shown = grid("Chiffres publiés", "Chiffre", "Mois", "Publié:r", "Calculé:r", "Concorde", "Cible:r")
    for figure, period, qualifier, published, computed, matches, target, target_on in con.execute(_RECORD).fetchall():
        verdict = {True: Text("oui", "green"), False: Text("NON", "bold red"), None: Text("pas de données", "dim")}[matches]
        goal = "" if target is None else f"{known(target)} fin {target_on:%Y}"
        shown.add_row(figure, f"{period:%m.%Y}", f"{qualifier} {known(published)}".removeprefix("= "), known(computed), verdict, goal)
    return shown


def _print_findings(console: Console, con: duck.Connection) -> None:
    """The files of the last round that have remarks, and how many there are of earlier ones."""
    files = con.execute(_FINDINGS, {"days": _RECENT_DAYS}).fetchall()
    shown = grid("Remarques sur les derniers envois", "Fichier:w", "Statut", "Lues:r", "Écart.:r", "Err.:r", "Av.:r")
    recent = [row for *row, is_recent in files if is_recent]
    for file, status, *counts in recent:
        shown.add_row(Text(file), label("status", status).lower(), *(known(count) for count in counts))
    if recent:
        console.print(shown)
    if earlier := len(files) - len(recent):
        said = counted(earlier, "envoi plus ancien a des remarques", "envois plus anciens ont des remarques")
        console.print(f"{said}: page Livraisons du rapport, et chaque constat dans la table mart.finding.")


def print_status(console: Console, settings: Settings, *, as_json: bool) -> None:
    """The state of every delivery, a line per year with a sign per month, or as JSON."""
    with duck.open_published(settings.published) as con:
        rows = con.execute(_STATES).fetchall()
        if as_json:
            print(json.dumps([dict(zip(_STATE, row, strict=True)) for row in rows], default=str, ensure_ascii=False, indent=2))
            return
        console.print(_matrix(rows))
        legend = "  ".join(f"{_SIGNS[code.code][0]} {code.label.lower()}" for code in DELIVERY_STATE.codes)
        console.print(f"{legend}  {CORRECTED} une version plus récente n'est pas en vigueur")
        console.print(_punctuality(con))
        for one in corrections(con):
            said = f"{event(one.status)}; la version précédente reste en vigueur"
            console.print(f"{CORRECTED} {one.service.lower()}/{one.dataset} {one.month}: {said}", markup=False)
        _print_refused(console, con)
        _print_held(console, con)


def _matrix(rows: list[tuple[Any, ...]]) -> Grid:
    """A line per service, dataset and year, a sign per month."""
    years: dict[tuple[str, str, int], dict[int, Text]] = {}
    yearly: dict[tuple[str, str, int], Text] = {}
    for service, dataset, cadence, period, state, correction, *_ in rows:
        sign = Text(*_SIGNS[state]).append(CORRECTED if correction else " ")
        if cadence == "yearly":
            yearly[service, dataset, period.year] = sign.append("pour l'année", "dim")
        else:
            years.setdefault((service, dataset, period.year), {})[period.month] = sign
    shown = grid("État des envois", "Service", "Jeu de données", "Année", "J F M A M J J A S O N D")
    nothing = Text(*_SIGNS["not_owed"]).append(" ")
    told = {key: Text().join(signs.get(month, nothing) for month in range(1, 13)) for key, signs in years.items()} | yearly
    for service, dataset, year in sorted(told):
        shown.add_row(service, dataset, str(year), told[service, dataset, year])
    return shown


def _punctuality(con: duck.Connection) -> Grid:
    shown = grid("Ponctualité", "Service", "Jeu de données", "Reçus:r", "À temps:r", "Retard habituel:r", "Plus grand retard:r")
    for one in punctuality(con):
        late = ("–" if days is None else f"{known(days)} j" for days in (one.usually_late, one.most_late or None))
        shown.add_row(one.service, one.dataset, known(one.received), known(one.in_time), *late)
    return shown


def _print_refused(console: Console, con: duck.Connection) -> None:
    """What stands refused, each with its reason."""
    for one in refusals(con):
        console.print(f"Rejeté: {one.file}. {one.message}", style="red", markup=False, highlight=False, soft_wrap=True)


def _print_held(console: Console, con: duck.Connection) -> None:
    """What is held, each with the command that lets it into force."""
    for one in held_back(con):
        console.print(
            f"Retenu: {one.file}, {counted(one.rows_loaded, 'ligne', 'lignes')} au lieu de {known(one.rows_usual)} d'habitude. "
            f'Si c\'est juste: cii accept {one.delivery_id} --why "…"',
            style="magenta",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


def grid(title: str, *columns: str) -> Grid:
    """An empty table; a column named `Name:r` is aligned to the right, one named `Name:w` stays whole; else long words break."""
    shown = Grid(title=title or None, title_justify="left", title_style="bold", header_style="dim", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        name, _, side = column.partition(":")
        word = max(map(len, name.split()), default=1)
        shown.add_column(name, justify="right" if side == "r" else "left", overflow="fold", no_wrap=side == "w", min_width=word)
    return shown


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return percent(value) if unit == "part" else of_unit(value, unit)
