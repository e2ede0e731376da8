"""What the command line prints of the published copy: key figures, record, findings, states."""

import datetime as dt
import json

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from pipelines import duck
from pipelines.contracts.codes import DELIVERY_STATE
from pipelines.reports.book import REASONS, label, latest_period
from pipelines.reports.formats import number, percent
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
from mart.indicator_value v
join mart.indicator i on i.indicator = v.indicator
left join mart.indicator_value b
  on b.indicator = v.indicator and b.grain = v.grain and b.dimension = 'total' and b.period = v.period - to_months(1)
where v.grain = 'month' and v.dimension = 'total' and v.period = $period
order by v.indicator
"""

_RECORD = """
select f.figure, f.period, f.qualifier, f.published, f.computed, f.matches, t.value as target, t.date as target_on
from mart.figure_of_record f
asof left join mart.target t on t.indicator = f.indicator and t.member = f.member and last_day(f.period) <= t.date
order by f.period, f.indicator, f.figure
"""

_FINDINGS = """
select d.file, d.status, d.rows_read, d.rows_rejected,
  count(*) filter (f.severity = 'error') as errors, count(*) filter (f.severity = 'warning') as warnings
from stg.delivery d
left join mart.finding f on f.delivery_id = d.delivery_id
group by all having count(f.rule) > 0 or d.status = 'rejected'
order by d.file
"""

_STATES = """
select service, dataset, cadence, period, state, versions, first_received_at, due_on
from core.delivery_month order by service, dataset, period
"""


def print_summary(console: Console, settings: Settings) -> None:
    """The key figures of the latest period, the record, the findings by file, and where the outputs are."""
    with duck.open_published(settings.published) as con:
        period = latest_period(con)
        console.print(_key_figures(con, period))
        console.print(_record(con))
        console.print(_findings(con))
    console.print("[bold]Sorties[/]")
    for path in (settings.published, settings.reports / "index.html", *([settings.report(period)] if period else [])):
        # A folder's name may look like the terminal's own markup.
        console.print(f"  {path}", markup=False, highlight=False, soft_wrap=True)


def _key_figures(con: duck.Connection, period: dt.date | None) -> Grid:
    title = f"Chiffres clés, {period:%m.%Y}" if period else "Chiffres clés"
    shown = grid(title, "Indicateur", "Valeur:r", "Un mois avant:r", "Sur:r", "")
    for name, unit, value, numerator, denominator, complete, reason, before in con.execute(_KEY_FIGURES, {"period": period}).fetchall():
        base = "" if denominator is None else (f"{_number(numerator)} / " if numerator is not None else "") + _number(denominator)
        note = REASONS[reason].lower() if value is None else ("" if complete else "incomplet")
        shown.add_row(name, _value(value, unit), _value(before, unit), base, note)
    return shown


def _record(con: duck.Connection) -> Grid:
    shown = grid("Chiffres publiés", "Chiffre", "Mois", "Publié:r", "Calculé:r", "Concorde", "Cible:r")
    for figure, period, qualifier, published, computed, matches, target, target_on in con.execute(_RECORD).fetchall():
        verdict = {True: Text("oui", "green"), False: Text("NON", "bold red"), None: Text("pas de données", "dim")}[matches]
        goal = "" if target is None else f"{_number(target)} fin {target_on:%Y}"
        shown.add_row(figure, f"{period:%m.%Y}", f"{qualifier} {_number(published)}".removeprefix("= "), _number(computed), verdict, goal)
    return shown


def _findings(con: duck.Connection) -> Grid:
    shown = grid("Remarques par fichier", "Fichier", "Statut", "Lues:r", "Écartées:r", "Erreurs:r", "Avert.:r")
    for file, status, read, rejected, errors, warnings in con.execute(_FINDINGS).fetchall():
        shown.add_row(Text(file), label("status", status).lower(), *(_number(count) for count in (read, rejected, errors, warnings)))
    return shown


def print_status(console: Console, settings: Settings, *, as_json: bool) -> None:
    """The state of every delivery, a line per year with a sign per month, or as JSON."""
    with duck.open_published(settings.published) as con:
        rows = con.execute(_STATES).fetchall()
    if as_json:
        keys = ("service", "dataset", "cadence", "period", "state", "versions", "first_received_at", "due_on")
        print(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], default=str, ensure_ascii=False, indent=2))
        return
    years: dict[tuple[str, str, int], dict[int, str]] = {}
    for service, dataset, _, period, state, *_ in rows:
        years.setdefault((service, dataset, period.year), {})[period.month] = state
    shown = grid("État des envois", "Service", "Jeu de données", "Année", "J F M A M J J A S O N D")
    for (service, dataset, year), states in years.items():
        signs = [Text(*_SIGNS[states.get(month, "not_owed")]) for month in range(1, 13)]
        shown.add_row(service, dataset, str(year), Text(" ").join(signs))
    console.print(shown)
    console.print("  ".join(f"{_SIGNS[code.code][0]} {code.label.lower()}" for code in DELIVERY_STATE.codes))


def grid(title: str, *columns: str) -> Grid:
    """An empty table; a column named `Name:r` is aligned to the right; nothing is cut, long words break."""
    shown = Grid(title=title or None, title_justify="left", title_style="bold", header_style="dim", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        name, _, side = column.partition(":")
        shown.add_column(name, justify="right" if side else "left", overflow="fold")
    return shown


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return percent(value) if unit == "part" else f"{_number(value)} {unit}"


def _number(value: float | None) -> str:
    return "–" if value is None else number(value)
