"""What changed since the last run that published: deliveries, figures of months already published, rows."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from pipelines.reports import formats
from pipelines.reports.book import Book, label
from pipelines.reports.causes import told
from pipelines.reports.cells import amount_cell, day_cell, number_cell
from pipelines.reports.changed_deliveries import EVENTS, DeliveryChange, event
from pipelines.reports.changed_values import ValueChange
from pipelines.reports.changes import Changes, compare
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.language import later, tr

_LISTED = 100
# A replaced delivery is told by the one that replaced it.
_COUNTED = tuple(what for what in EVENTS if what not in ("superseded", "reread"))
_NOTHING_BEFORE = later(
    "Rien à comparer: c'est le premier traitement publié dans cet entrepôt, ou un rapport sur un jour passé, "
    "qui reste le même quoi qu'on ait publié depuis."
)
_NOTHING_CHANGED = later(
    "Le traitement a été refait et rien n'a changé: mêmes livraisons, mêmes lignes et mêmes valeurs que dans le dernier publié."
)


def _build(book: Book) -> tuple[Block, ...]:
    if book.before is None:
        return (Text((tr(_NOTHING_BEFORE),)),)
    changes = compare(book.before, book.con, limit=0)
    if changes.none:
        return (Text((tr(_NOTHING_CHANGED),)),)
    revised = changes.revised
    return (
        Text((_came(changes), *_changed(changes), *changes.remarks)),
        _deliveries(changes.deliveries),
        *((_indicators(revised), _values(revised)) if revised else ()),
        _rows(changes),
    )


def _came(changes: Changes) -> str:
    counts = [(what, count) for what in _COUNTED if (count := sum(change.what == what for change in changes.deliveries))]
    if not counts:
        return tr("Depuis le dernier traitement publié, aucune livraison n'est arrivée ni n'a changé de statut.")
    (what, count), *others = counts
    first = formats.counted(count, "livraison", "livraisons")
    events = ", ".join((f"{first} {event(what, count)}", *(f"{formats.number(count)} {event(what, count)}" for what, count in others)))
    return tr("Depuis le dernier traitement publié: {events}.", events=events)


def _changed(changes: Changes) -> tuple[str, ...]:
    """What of the figures that people have in hand is now another."""
    new = sum(value.what == "added" and not value.past for value in changes.values)
    states = sum(value.past and not value.revised for value in changes.values)
    fresh = formats.counted(
        new,
        "valeur est nouvelle, d'un mois qui n'était pas encore publié",
        "valeurs sont nouvelles, de mois qui n'étaient pas encore publiés",
    )
    stated = formats.counted(
        states,
        "valeur ne change que d'état (complète, provisoire) ou est le zéro d'une modalité nouvelle",
        "valeurs ne changent que d'état (complète, provisoire) ou sont des zéros de modalités nouvelles",
    )
    others = (
        *((f"{fresh}.",) if new else ()),
        *((f"{stated}.",) if states else ()),
    )
    if not (revised := changes.revised):
        return (tr("Aucune valeur d'un mois déjà publié n'a changé."), *others)
    indicators = formats.counted(len({value.indicator for value in revised}), "indicateur", "indicateurs")
    count = formats.counted(len(revised), "valeur d'un mois déjà publié a changé", "valeurs de mois déjà publiés ont changé")
    return (tr("{changed}, dans {indicators}.", changed=count, indicators=indicators), *_largest_sentence(revised), *others)


def _largest_sentence(revised: tuple[ValueChange, ...]) -> tuple[str, ...]:
    totals = [value for value in revised if value.dimension == "total"]
    largest = _largest([value for value in totals if value.about.datasets]) or _largest(totals)
    if largest is None:
        return ()
    moved = f"{largest.about.label}, {formats.month(largest.period)}, {' → '.join(largest.texts)}"
    return (tr("Le plus grand écart d'un total, en proportion: {moved}; cause: {causes}.", moved=moved, causes=told(largest.causes)),)


def _largest(values: list[ValueChange]) -> ValueChange | None:
    """The one that changed most in proportion to what it was; the first of equal ones."""
    return max((value for value in values if _size(value)), key=_size, default=None)


def _size(value: ValueChange) -> float:
    old, new = ((amounts or {}).get("value") for amounts in (value.before, value.after))
    return abs(new - old) / max(abs(old), abs(new)) if old is not None and new is not None and old != new else 0.0


def _deliveries(changes: tuple[DeliveryChange, ...]) -> Table:
    rows = tuple(
        (
            Cell(change.delivery.file or change.delivery.delivery_id, kind="text"),
            Cell(event(change.what), kind="text"),
            Cell(change.delivery.motive or "–", kind="text long"),
            day_cell(change.delivery.received_at, kind="text"),
            number_cell(change.delivery.rows_loaded or 0),
            number_cell(change.delivery.rows_rejected or 0),
        )
        for change in changes
    )
    texts = (tr("Fichier"), tr("Ce qui s'est passé"), tr("Motif"), tr("Reçue le"))
    columns = heads(texts, (tr("Lignes chargées"), tr("Lignes écartées")))
    return Table(slug="deliveries", title=tr("Livraisons"), columns=columns, rows=rows)


def _indicators(revised: tuple[ValueChange, ...]) -> Table:
    """A row per indicator: how much of it changed, from when on, and why."""
    by_label = groupby(sorted(revised, key=_heading), key=_heading)
    rows = tuple(_indicator(name, list(group)) for (_, name), group in by_label)
    columns = heads((tr("Indicateur"), tr("Mois touchés"), tr("Plus grand écart"), tr("Cause")), (tr("Valeurs"),))
    return Table(slug="indicators", title=tr("Indicateurs dont des mois déjà publiés ont changé"), columns=columns, rows=rows)


def _heading(value: ValueChange) -> tuple[bool, str]:
    """What speaks of the deliveries themselves comes last."""
    return (not value.about.datasets, value.about.label)


def _indicator(name: str, values: list[ValueChange]) -> tuple[Cell, ...]:
    first, last = min(value.period for value in values), max(value.period for value in values)
    months = formats.span(formats.short_month(first), formats.short_month(last))
    largest = _largest([value for value in values if value.dimension == "total"]) or _largest(values) or values[0]
    causes = dict.fromkeys(told(value.causes) for value in values)
    return (
        Cell(name, kind="text"),
        Cell(months, kind="text"),
        Cell(" → ".join(largest.texts), _which(largest), kind="text"),
        Cell("; ".join(causes) if len(causes) == 1 else tr("voir chaque valeur"), kind="text long"),
        number_cell(len(values)),
    )


def _which(value: ValueChange) -> str:
    return ", ".join(filter(None, (formats.short_month(value.period), _member(value))))


def _member(value: ValueChange) -> str:
    """The member of a breakdown, by its label where its list is a closed one; nothing for a total."""
    if value.dimension == "total":
        return ""
    return label(value.dimension, value.member)


def _values(revised: tuple[ValueChange, ...]) -> Table:
    rows = tuple(
        (
            Cell(value.about.label, kind="text"),
            Cell(formats.short_month(value.period), kind="text"),
            Cell(_member(value) or tr("Total"), kind="text"),
            *_read(value),
            amount_cell(value.change),
            Cell(told(value.causes), kind="text long"),
        )
        for value in revised[:_LISTED]
    )
    columns = heads((tr("Indicateur"), tr("Mois"), tr("Modalité")), (tr("Avant"), tr("Maintenant"), tr("Changement")), (tr("Cause"),))
    more = tr(
        "Les {listed} premières valeurs sur {count}, les totaux d'abord; «cii diff» les donne toutes.",
        listed=_LISTED,
        count=formats.number(len(revised)),
    )
    notes = (more,) if len(revised) > _LISTED else ()
    return Table(slug="values", title=tr("Valeurs changées"), columns=columns, rows=rows, notes=notes)


def _read(value: ValueChange) -> Iterator[Cell]:
    """Old and new value; one that is read with all its digits is no number that a program would write so."""
    for text, amounts in zip(value.texts, (value.before, value.after), strict=True):
        amount = value.about.amount(amounts)
        counts = amount and text.startswith(amount.text)
        yield Cell(text, amount=replace(amount, after=text.removeprefix(amount.text)) if amount and counts else None)


def _rows(changes: Changes) -> Table:
    differing = [table for table in changes.tables if table.differs or table.not_compared]
    rows = tuple(
        (
            Cell(table.table, kind="text"),
            Cell(", ".join(f"{column} ({formats.number(count)})" for column, count in table.columns.items()) or "–", kind="text long"),
            *(number_cell(count) for count in (table.added, table.removed, table.changed, table.moved)),
        )
        for table in differing
    )
    notes = (
        tr("Source seule: la ligne dit la même chose, mais vient d'une autre livraison ou d'une autre ligne du fichier."),
        *(
            tr(
                "{table} n'est pas comparée en entier: {why} (A: avant, B: maintenant).",
                table=table.table,
                why=", ".join(table.not_compared),
            )
            for table in differing
            if table.not_compared
        ),
    )
    numbers = (tr("Lignes ajoutées"), tr("Lignes disparues"), tr("Lignes changées"), tr("Source seule"))
    columns = heads((tr("Table"), tr("Colonnes changées")), numbers)
    return Table(slug="rows", title=tr("Lignes changées par table"), columns=columns, rows=rows, notes=notes)


PAGE = Page(slug="changements", title=later("Ce qui a changé depuis le dernier traitement publié"), order=15, build=_build, internal=True)
