"""The summary: what changed and by how much, and whether the published figures come out of the rows."""

import datetime as dt

from pipelines.reports import formats
from pipelines.reports.book import Book, value_at
from pipelines.reports.cards import cards
from pipelines.reports.content import Block, Page, Text
from pipelines.reports.language import later, tr
from pipelines.reports.record import agreement, record
from pipelines.reports.sentences import compared

KEY_FIGURES = (
    "cm_fp_open",
    "cm_fp_solutions",
    "cm_fp_solution_rate",
    "cm_fp_eligible_solution_rate",
    "cm_fp_median_days",
    "pset_places",
    "pset_occupancy",
    "measure_participants",
    "reseau_open",
    "ne_eso_posts",
    "early_intervention_open",
    "delivery_completeness",
)


def _build(book: Book) -> tuple[Block, ...]:
    said = (*_cm_fp(book), *_pset(book), _deliveries(book), *agreement(record(book)))
    return (Text(said), cards(book, tr("Chiffres clés"), indicators=KEY_FIGURES))


def _cm_fp(book: Book) -> tuple[str, ...]:
    month = formats.month(book.period)
    still, announced, closed, solved, rate = (
        value_at(book, f"cm_fp_{name}") for name in ("open", "announced", "closed", "solutions", "solution_rate")
    )
    if still.value is None or announced.value is None or closed.value is None or solved.value is None:
        return (f"CM-FP, {month}: {formats.inside(still.text)}.",)
    are_open = formats.counted(int(still.value), "dossier CM-FP est ouvert", "dossiers CM-FP sont ouverts")
    were_announced = formats.counted(int(announced.value), "dossier a été annoncé", "dossiers ont été annoncés")
    since = tr(
        "Depuis {first}, {announced} et {closed} clos, dont {solved} avec une solution ({rate}).",
        first=formats.month(_first_month(book)),
        announced=were_announced,
        closed=formats.number(closed.value),
        solved=formats.number(solved.value),
        rate=rate.text,
    )
    return (
        tr("À fin {month}, {open}{moved}.", month=month, open=are_open, moved=compared(book, still, "cm_fp_open")),
        since,
        *(() if announced.complete else (tr("Ces nombres cumulés sont incomplets: des livraisons dues manquent."),)),
    )


def _first_month(book: Book) -> dt.date:
    """The first month of the files that these figures add up from: a limited run does not begin in 2009."""
    first: dt.date = book.rows("select min(period) from core.delivery_month where dataset = 'cm_fp_dossiers' and in_force").item()
    return first


def _pset(book: Book) -> tuple[str, ...]:
    month = formats.month(book.period)
    places = value_at(book, "pset_places")
    if places.value is None:
        return (tr("Places PSET, {month}: {absence}.", month=month, absence=formats.inside(places.text)),)
    counted, moved = formats.counted(int(places.value), "place", "places"), compared(book, places, "pset_places")
    gap = value_at(book, "pset_target_gap").value
    if gap is None:
        return (tr("Les PSET ouverts à tous les publics comptent {places}{moved}.", places=counted, moved=moved),)
    towards = tr(
        "Les PSET ouverts à tous les publics comptent {places}{moved}; la cible du {day} est de {target}.",
        places=counted,
        moved=moved,
        day=formats.day(_next_target(book)),
        target=formats.number(places.value + gap),
    )
    return (towards,)


def _next_target(book: Book) -> dt.date:
    day: dt.date = book.rows("select min(date) from mart.target where indicator = 'pset_places' and date >= $period").item()
    return day


def _deliveries(book: Book) -> str:
    files = value_at(book, "delivery_completeness")
    if not files.denominator or files.numerator is None:
        return tr("Aucun fichier n'est dû pour {month}.", month=formats.month(book.period))
    in_force = formats.counted(int(files.numerator), "fichier en vigueur", "fichiers en vigueur")
    owed = formats.counted(int(files.denominator), "dû", "dus")
    return tr("Livraisons pour {month}: {in_force} sur {owed}.", month=formats.month(book.period), in_force=in_force, owed=owed)


PAGE = Page(slug="resume", title=later("Résumé"), order=10, build=_build, annex=False)
