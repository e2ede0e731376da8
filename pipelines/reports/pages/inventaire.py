"""The inventory and map of the measures: what is offered in which branch at which point of the typology, and what is odd in it."""

import datetime as dt
from itertools import groupby, pairwise
from operator import itemgetter

from pipelines.contracts.codes import NOGA_SECTION
from pipelines.contracts.exports.mesures import KIND
from pipelines.ingest.text import plain
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, in_list_order, label, latest, value_at
from pipelines.reports.cells import day_cell, number_cell
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.files import COORDINATION
from pipelines.reports.language import labelled, later, tr
from pipelines.reports.measures import filters, measures

_OPEN = """
select measure_id, measure, provider, lead_service, branch, kind, target_group, places, monthly_cost_per_place::double as monthly_cost,
  starts_on, ends_on, has_sheet
from core.measure_month where period = $period and open_at_end order by strip_accents(lower(measure)), measure_id
"""
_HISTORY = """
select measure_id, period, measure, provider, starts_on from core.measure_month where period <= $period order by measure_id, period
"""


def _build(book: Book) -> tuple[Block, ...]:
    month = formats.month(book.period)
    listed = book.rows(_OPEN).rows(named=True)
    changed = _changed(book)
    if not listed:
        known = value_at(book, "measure_places").value is not None
        said = later("{month}: aucune mesure n'est ouverte.") if known else later("{month}: l'inventaire des mesures n'est pas reçu.")
        return (Text((tr(said, month=formats.opening(month)),)), changed)
    return (
        Text(_said(book, listed)),
        _map(book, listed),
        _kinds(book),
        _without_sheet(book, listed),
        _alike(listed),
        changed,
        _all(book, listed),
    )


def _said(book: Book, listed: list[dict]) -> tuple[str, ...]:
    places = sum(row["places"] for row in listed)
    without = sum(not row["has_sheet"] for row in listed)
    open_ones = formats.counted(len(listed), "mesure est ouverte", "mesures sont ouvertes")
    month, offered = formats.month(book.period), formats.counted(places, "place", "places")
    return (
        tr(
            "À fin {month}, {measures}, avec {places}; {without} sans fiche descriptive.",
            month=month,
            measures=open_ones,
            places=offered,
            without=formats.number(without),
        ),
        tr("Inventaire de {month}: reçu.", month=month),
    )


def _map(book: Book, listed: list[dict]) -> Table:
    """A row per branch, a column per kind from prevention to placement: how many measures, and their places."""
    kinds = [code.code for code in KIND.codes]
    branches = in_list_order(NOGA_SECTION.name, {row["branch"] for row in listed})
    rows = [
        (
            Cell(_branch(branch), kind="text name"),
            *(_counted([row for row in listed if row["branch"] == branch and row["kind"] == kind]) for kind in kinds),
            _counted([row for row in listed if row["branch"] == branch], total=True),
        )
        for branch in branches
    ]
    whole = (
        Cell(tr("Toutes les branches"), kind="text name whole"),
        *(_counted([row for row in listed if row["kind"] == kind], total=True) for kind in kinds),
        _counted(listed, total=True),
    )
    return Table(
        slug="map",
        title=tr("Mesures et places par branche et type, de la prévention au placement, fin {month}", month=formats.month(book.period)),
        columns=heads((tr("Branche"),), (*map(labelled, KIND.codes), tr("Ensemble"))),
        rows=(*rows, whole),
        notes=(tr("Nombre de mesures, et dessous leurs places. Vide: aucune mesure."),),
        kind="cross",
        about=book.about("measure_places"),
    )


def _counted(rows: list[dict], *, total: bool = False) -> Cell:
    if not rows:
        return Cell("")
    places = formats.counted(sum(row["places"] for row in rows), "place", "places")
    return number_cell(len(rows), detail=places, kind="number whole" if total else "number filled")


def _kinds(book: Book) -> Chart:
    found = {kind: value for kind, value in latest(book, "measure_places", "kind").items() if value.value is not None}
    points = tuple(
        Point(label(KIND.name, kind), (value := found[kind]).value, value.text, shows=value) for kind in in_list_order(KIND.name, found)
    )
    return Chart(
        slug="kinds",
        title=tr("Places par type de mesure, fin {month}", month=formats.month(book.period)),
        about=book.about("measure_places"),
        series=(Series(tr("Places"), theme.nth(0), points, "bar"),),
        axis="category",
    )


def _without_sheet(book: Book, listed: list[dict]) -> Table:
    return Table(
        slug="without_sheet",
        title=tr("Mesures sans fiche descriptive"),
        columns=heads((tr("Mesure"), tr("Organisateur"), tr("Service répondant")), (tr("Ouverte depuis"),)),
        rows=tuple(
            (
                Cell(f"{row['measure']} ({row['measure_id']})", kind="text name"),
                Cell(row["provider"], kind="text"),
                Cell(row["lead_service"], kind="text"),
                day_cell(row["starts_on"]),
            )
            for row in listed
            if not row["has_sheet"]
        ),
        about=book.about("measure_without_sheet"),
        empty=tr("Chaque mesure ouverte a sa fiche."),
    )


def _alike(listed: list[dict]) -> Table:
    """Open measures for the same public, in the same branch, of the same kind: a question to ask, not an answer."""

    def likeness(row: dict) -> tuple[str, str, str]:
        # Services write the same public in their own ways.
        letters = "".join(letter for letter in plain(row["target_group"]) if letter.isalnum())
        return row["branch"], row["kind"], letters

    groups = [list(group) for _, group in groupby(sorted(listed, key=likeness), key=likeness)]
    rows = tuple(
        (
            Cell(" · ".join(f"{row['measure']} ({row['measure_id']})" for row in group), kind="text long"),
            Cell(group[0]["target_group"], kind="text"),
            Cell(_branch(group[0]["branch"]), kind="text"),
            Cell(label(KIND.name, group[0]["kind"]), kind="text"),
            number_cell(sum(row["places"] for row in group)),
        )
        for group in groups
        if len(group) > 1
    )
    return Table(
        slug="alike",
        title=tr("Doublons possibles"),
        columns=heads((tr("Mesures"), tr("Public cible"), tr("Branche"), tr("Type")), (tr("Places ensemble"),)),
        rows=rows,
        notes=(
            tr(
                "Ouvertes en même temps, même public cible (sans égard aux majuscules, accents et signes), même branche, même type, "
                "numéros différents."
            ),
        ),
        empty=tr("Aucune mesure ouverte n'a le même public, la même branche et le même type qu'une autre."),
    )


def _changed(book: Book) -> Table:
    """Numbers under which the inventory has listed more than one thing."""
    rows = []
    for measure_id, group in groupby(book.rows(_HISTORY).iter_rows(), key=itemgetter(0)):
        told = [(period, (measure, provider, starts_on)) for _, period, measure, provider, starts_on in group]
        runs = [list(run) for _, run in groupby(told, key=itemgetter(1))]
        for before, after in pairwise(runs):
            if what := _what_changed(before[-1], after[0]):
                rows.append(
                    (
                        Cell(measure_id, kind="text"),
                        Cell(what, kind="text"),
                        Cell(_called(before[-1][1]), tr("jusqu'en {month}", month=formats.month(before[-1][0])), kind="text long"),
                        Cell(_called(after[0][1]), tr("dès {month}", month=formats.month(after[0][0])), kind="text long"),
                    )
                )
    return Table(
        slug="renamed",
        title=tr("Numéros dont la mesure a changé"),
        columns=heads((tr("Numéro"), tr("Ce qui a changé"), tr("Avant"), tr("Après"))),
        rows=tuple(rows),
        notes=(
            tr(
                "Réutilisé: sous le même numéro, un autre nom avec un autre organisateur ou un début postérieur. Les chiffres d'un "
                "numéro réunissent tout ce qu'il a désigné."
            ),
        ),
        empty=tr("Aucun numéro n'a changé de nom ni d'organisateur."),
    )


def _what_changed(before: tuple[dt.date, tuple], after: tuple[dt.date, tuple]) -> str:
    (last, (name, provider, _)), (_, (new_name, new_provider, starts_on)) = before, after
    if name != new_name and (provider != new_provider or starts_on > last):
        return tr("Numéro réutilisé")
    if name != new_name:
        return tr("Renommée")
    return tr("Autre organisateur") if provider != new_provider else ""


def _called(told: tuple) -> str:
    name, provider, _ = told
    return f"{name}, {provider}"


def _all(book: Book, listed: list[dict]) -> Table:
    known = {measure.measure_id: measure for measure in measures(book)}
    rows = tuple(
        (
            Cell(row["measure"], f"{row['measure_id']} · {row['provider']}", known[row["measure_id"]].marks, "text name"),
            Cell(row["lead_service"], kind="text"),
            Cell(label(KIND.name, row["kind"]), kind="text"),
            Cell(_branch(row["branch"]), kind="text name"),
            Cell(row["target_group"], kind="text name"),
            number_cell(row["places"]),
            number_cell(row["monthly_cost"], 0),
            day_cell(row["starts_on"]),
            day_cell(row["ends_on"]),
        )
        for row in listed
    )
    texts = (tr("Mesure"), tr("Répond"), tr("Type"), tr("Branche"), tr("Public cible"))
    numbers = (tr("Places"), tr("Coût par place et mois, CHF"), tr("Début"), tr("Fin"))
    return Table(
        slug="inventory",
        title=tr("Toutes les mesures ouvertes à fin {month}", month=formats.month(book.period)),
        columns=heads(texts, numbers),
        rows=rows,
        kind="broad",
        filters=filters([known[row["measure_id"]] for row in listed]),
    )


def _branch(code: str) -> str:
    return f"{code} {label(NOGA_SECTION.name, code)}"


PAGE = Page(slug="inventaire", title=later("Inventaire et carte des mesures"), order=30, build=_build, packs=(COORDINATION,), annex=False)
