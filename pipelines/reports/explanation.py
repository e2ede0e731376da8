"""What the command line says of one figure: what it is, what it rests on, and the rows behind it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from pipelines import duck
from pipelines.release.register import releases
from pipelines.release.told import told_last
from pipelines.reports import said
from pipelines.reports.asked import figure_asked
from pipelines.reports.behind import Behind, CoreRow, Queries, rows_behind
from pipelines.reports.book import label
from pipelines.reports.explained import Counted, Explained, Lacking, Sending
from pipelines.reports.formats import counted, day, known, number, of_unit, period, short_month
from pipelines.reports.grounds import explain
from pipelines.reports.hiding import told_instead
from pipelines.reports.terminal import grid
from pipelines.settings import Settings

_FEW = 12  # files, places of a row: as many as are named one by one


def print_explanation(
    console: Console,
    settings: Settings,
    indicator: str,
    day: dt.date,
    *,
    grain: str | None = None,
    dimension: str | None = None,
    member: str | None = None,
    queries: Queries | None = None,
) -> None:
    """Explain a figure of the published copy, with its rows where the queries that count them are given.

    Raises:
        CiiError: there is no such figure.
    """
    with duck.open_published(settings.published) as con:
        one = explain(con, figure_asked(con, indicator, day, grain=grain, dimension=dimension, member=member))
        told = told_last(settings.register, releases(settings.register, known_on=settings.known_on))
        instead = told_instead(con, one.figure, thresholds=settings.thresholds, told=told)
        print_explained(console, replace(one, hidden=instead))
        if queries:
            print_behind(console, rows_behind(con, one, queries=queries, known_on=settings.known_on))


def print_explained(console: Console, one: Explained) -> None:
    """What the figure is, then the deliveries it rests on and those that lack."""
    console.print(Text(_title(one), "bold"), soft_wrap=True)
    facts = Grid.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    for name, words in _facts(one):
        facts.add_row(name, Text(words))
    console.print(facts)
    if one.sendings:
        console.print()
        console.print(_sendings(one.sendings))
        _say(console, _files(one.sendings))
    else:
        _say(console, "Aucune livraison en vigueur pour les mois lus.")
    if one.lacking:
        _say(console, f"Dus et absents: {_listed([_lacking(each) for each in one.lacking])}.", style="red")


def print_behind(console: Console, behind: Behind) -> None:
    """The things counted, one a line, with their keys and the lines they come from."""
    console.print()
    if behind.why_none:
        _say(console, behind.why_none)
        return
    tables = sorted({made_of.table for row in behind.rows for made_of in row.made_of})
    units = counted(len(behind.rows), "unité comptée", "unités comptées")
    of = f", par ses lignes de {', '.join(tables)}" if tables else ""
    _say(console, f"{units}{of}; ensemble elles redonnent le chiffre.", style="bold")
    if behind.rows:
        console.print(_rows(behind, tables))
    for table in behind.ends:
        _say(console, f"La trace s'arrête à {table}: chacune de ses lignes peut tenir à plusieurs lignes de fichiers.")


def _rows(behind: Behind, tables: list[str]) -> Grid:
    """What is counted, and of which rows; a column that would say nothing, or always the same, is left out."""
    counts = [name for name in _COUNTS if any(getattr(row, name) is not None for row in behind.rows)]
    several, placed = len(tables) > 1, set(tables) - set(behind.ends)
    columns = [f"{_COUNTS[name]}:r" for name in counts] + ["Table"] * several + ["Clé"] + ["Fichier et ligne"] * bool(placed)
    shown = grid("", *columns)
    for row in behind.rows:
        numbers = [known(getattr(row, name)) for name in counts]
        for made_of in row.made_of:
            table, key, places = _core_row(made_of)
            shown.add_row(*numbers, *[table] * several, key, *[places] * bool(placed))
            numbers = [""] * len(counts)
        if not row.made_of:
            shown.add_row(*numbers)
    return shown


_COUNTS = {"numerator": "Numérateur", "denominator": "Dénominateur", "observation": "Observé"}


def _core_row(row: CoreRow) -> tuple[Text, Text, Text]:
    key = " ".join(f"{name}={value}" for name, value in row.key.items())
    places = [place.file if place.line is None else f"{place.file}:{place.line}" for place in row.places]
    return Text(row.table), Text(key), Text(_listed(places) or "–")


def _title(one: Explained) -> str:
    figure = one.figure
    member = "" if figure.dimension == "total" else f", {figure.dimension}: {label(one.code_list, figure.member)}"
    return f"{one.about.label}, {period(figure.period, figure.grain)}{member}"


def _facts(one: Explained) -> Iterator[tuple[str, str]]:
    """What is said of a figure, each with its name; what there is nothing to say of is left out."""
    about, value = one.about, one.value
    unit = about.unit if value.value is not None and not about.share else ""
    yield "Valeur", of_unit(value.value, unit) if unit and value.value is not None else value.text
    yield "Indicateur", f"{one.figure.indicator} ({one.reading})"
    yield "Définition", about.definition
    yield "Version", said.version(one.version, about)
    yield "Numérateur", _of(about.numerator, value.numerator)
    if about.denominator:
        yield "Dénominateur", _of(about.denominator, value.denominator)
    if about.services:
        yield "Services", about.services.removeprefix("Services: ")
    yield "Source", about.source
    yield "Mois lus", said.months_read(one.reads_from, one.reads_to)
    yield "État", said.state(value, lacking=bool(one.lacking))
    if one.hidden:
        yield "Non diffusé", one.hidden
    if one.target:
        yield "Cible", said.target(one.target, about)
    for record in one.record:
        yield "Publié", said.published(record, about)
    if last := one.last_received:
        yield "Dernière donnée", f"reçue le {day(last.received_at.date())}: {last.file}"
    if one.retold:
        yield "Peut changer", _retold(one)
    if one.revised:
        yield "Diffusé", one.revised.sentence(about)


def _of(what: str, count: float | None) -> str:
    return what if count is None else f"{what}: {number(count)}"


def _retold(one: Explained) -> str:
    """Which later deliveries may have changed it: those of datasets that tell a case again as long as it lasts."""
    again = f"{', '.join(one.retold)}: chaque envoi redit ce qui dure"
    if one.later is None:
        return f"{again}; il n'y en a pas de plus récent"
    return f"{again}; le plus récent est {one.later.file}, reçu le {day(one.later.received_at.date())}"


def _sendings(sendings: tuple[Sending, ...]) -> Grid:
    """A line per dataset and service."""
    shown = grid("Livraisons", "Jeu de données:w", "Service", "Fichiers:r", "Lues:r", "Chargées:r", "Écartées:r", "Passées:r")
    for one in sendings:
        read, loaded, skipped = (number(one.total(column)) for column in ("rows_read", "rows_loaded", "lines_skipped"))
        rejected = said.rejected(one.total("rows_rejected"), one.rejected_share)
        shown.add_row(one.dataset, one.service, number(len(one.deliveries)), read, loaded, rejected, skipped)
    return shown


def _files(sendings: tuple[Sending, ...]) -> str:
    """The files by name where they are few, else the last of each dataset and service."""
    files = [one for sending in sendings for one in sending.deliveries]
    if len(files) <= _FEW:
        return f"Fichiers: {', '.join(_file(one) for one in files)}."
    return f"Derniers fichiers: {_listed([_file(sending.deliveries[-1]) for sending in sendings])}."


def _file(one: Counted) -> str:
    return f"{one.file} ({day(one.received_at.date())})"


def _lacking(one: Lacking) -> str:
    of = str(one.period.year) if one.cadence == "yearly" else short_month(one.period)
    return f"{one.dataset} {one.service} {of} ({label('state', one.state).lower()})"


def _listed(words: list[str]) -> str:
    rest = len(words) - _FEW
    return ", ".join(words[:_FEW]) + (f" et {counted(rest, 'autre', 'autres')}" if rest > 0 else "")


def _say(console: Console, text: str, *, style: str = "") -> None:
    console.print(Text(text, style), soft_wrap=True)
