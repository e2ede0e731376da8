"""What changed since the last run that published: deliveries, figures of months already published, rows."""

from itertools import groupby

from pipelines.reports import formats
from pipelines.reports.book import Book, label
from pipelines.reports.causes import told
from pipelines.reports.cells import day_cell, number_cell
from pipelines.reports.changed_deliveries import EVENTS, DeliveryChange
from pipelines.reports.changed_values import ValueChange
from pipelines.reports.changes import Changes, compare
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.language import agreeing

_LISTED = 100
# A replaced delivery is told by the one that replaced it.
_COUNTED = tuple(what for what in EVENTS if what not in ("superseded", "reread"))
_NOTHING_BEFORE = (
    "Rien à comparer: c'est le premier traitement publié dans cet entrepôt, ou un rapport sur un jour passé, "
    "qui reste le même quoi qu'on ait publié depuis."
)
_NOTHING_CHANGED = (
    "Le traitement a été refait et rien n'a changé: mêmes livraisons, mêmes lignes et mêmes valeurs que dans le dernier publié."
)


def _build(book: Book) -> tuple[Block, ...]:
    if book.before is None:
        return (Text((_NOTHING_BEFORE,)),)
    changes = compare(book.before, book.con, limit=0)
    if changes.none:
        return (Text((_NOTHING_CHANGED,)),)
    revised = changes.revised
    return (
        Text((_came(changes), *_changed(changes), *changes.remarks)),
        _deliveries(changes.deliveries),
        *((_indicators(revised), _values(revised)) if revised else ()),
        _rows(changes),
    )


def _came(changes: Changes) -> str:
    counts = {what: sum(change.what == what for change in changes.deliveries) for what in _COUNTED}
    told_counts = [f"{formats.number(count)} {agreeing(count, *EVENTS[what])}" for what, count in counts.items() if count]
    if not told_counts:
        return "Depuis le dernier traitement publié, aucune livraison n'est arrivée ni n'a changé de statut."
    first = agreeing(next(count for count in counts.values() if count), "livraison", "livraisons")
    number, _, words = told_counts[0].partition(" ")
    return f"Depuis le dernier traitement publié: {', '.join((f'{number} {first} {words}', *told_counts[1:]))}."


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
        return ("Aucune valeur d'un mois déjà publié n'a changé.", *others)
    indicators = len({value.indicator for value in revised})
    count = formats.counted(len(revised), "valeur d'un mois déjà publié a changé", "valeurs de mois déjà publiés ont changé")
    across = f", dans {formats.counted(indicators, 'indicateur', 'indicateurs')}"
    return (f"{count}{across}.", *_largest_sentence(revised), *others)


def _largest_sentence(revised: tuple[ValueChange, ...]) -> tuple[str, ...]:
    totals = [value for value in revised if value.dimension == "total"]
    largest = _largest([value for value in totals if value.about.datasets]) or _largest(totals)
    if largest is None:
        return ()
    where = f"{largest.about.label}, {formats.month(largest.period)}"
    return (f"Le plus grand écart d'un total, en proportion: {where}, {' → '.join(largest.texts)}; cause: {told(largest.causes)}.",)


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
            Cell(EVENTS[change.what][0], kind="text"),
            Cell(change.delivery.motive or "–", kind="text long"),
            day_cell(change.delivery.received_at, kind="text"),
            number_cell(change.delivery.rows_loaded or 0),
            number_cell(change.delivery.rows_rejected or 0),
        )
        for change in changes
    )
    columns = heads(("Fichier", "Ce qui s'est passé", "Motif", "Reçue le"), ("Lignes chargées", "Lignes écartées"))
    return Table(slug="deliveries", title="Livraisons", columns=columns, rows=rows)


def _indicators(revised: tuple[ValueChange, ...]) -> Table:
    """A row per indicator: how much of it changed, from when on, and why."""
    by_label = groupby(sorted(revised, key=_heading), key=_heading)
    rows = tuple(_indicator(name, list(group)) for (_, name), group in by_label)
    columns = heads(("Indicateur", "Mois touchés", "Plus grand écart", "Cause"), ("Valeurs",))
    return Table(slug="indicators", title="Indicateurs dont des mois déjà publiés ont changé", columns=columns, rows=rows)


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
        Cell("; ".join(causes) if len(causes) == 1 else "voir chaque valeur", kind="text long"),
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
            Cell(_member(value) or "Total", kind="text"),
            *(Cell(text) for text in value.texts),
            Cell(told(value.causes), kind="text long"),
        )
        for value in revised[:_LISTED]
    )
    columns = heads(("Indicateur", "Mois", "Modalité"), ("Avant", "Maintenant"), ("Cause",))
    more = f"Les {_LISTED} premières valeurs sur {formats.number(len(revised))}, les totaux d'abord; «cii diff» les donne toutes."
    notes = (more,) if len(revised) > _LISTED else ()
    return Table(slug="values", title="Valeurs changées", columns=columns, rows=rows, notes=notes)


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
        "Source seule: la ligne dit la même chose, mais vient d'une autre livraison ou d'une autre ligne du fichier.",
        *(
            f"{table.table} n'est pas comparée en entier: {', '.join(table.not_compared)} (A: avant, B: maintenant)."
            for table in differing
            if table.not_compared
        ),
    )
    columns = heads(("Table", "Colonnes changées"), ("Lignes ajoutées", "Lignes disparues", "Lignes changées", "Source seule"))
    return Table(slug="rows", title="Lignes changées par table", columns=columns, rows=rows, notes=notes)


PAGE = Page(slug="changements", title="Ce qui a changé depuis le dernier traitement publié", order=15, build=_build, internal=True)
