"""What a yearly sheet says in a picture of the use of its measure, and in words of what the data do not say."""

import datetime as dt
from collections.abc import Iterator

from pipelines.contracts.plan import months
from pipelines.reports import formats, theme
from pipelines.reports.book import Book
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.language import tr
from pipelines.reports.measures import in_order, written
from pipelines.reports.value import REASONS, Value
from pipelines.reports.yearly_facts import Facts


def use_by_month(book: Book, known: Facts, measure_id: str, *, last: dt.date) -> Chart:
    """Participations going on at the end of each month of both years, by service, and the places."""
    span = months(dt.date(last.year - 1, 1, 1), last)
    used = {(use.service, use.period): use.ongoing for use in known.uses.get(measure_id, [])}
    total = {value.period: value for value in known.months["measure_participants"].get(measure_id, ())}
    span = [month for month in span if month >= min(total, default=span[0])]
    series = tuple(
        Series(
            service,
            theme.colour("service", service),
            tuple(_month(month, used.get((service, month), 0), total.get(month)) for month in span),
            "bar",
        )
        for service in in_order({service for service, month in used if month in span})
    )
    places = {value.period: value for value in known.months["measure_places"].get(measure_id, ())}
    line = Series(tr("Places"), theme.INK, tuple(Point(month.isoformat(), *_drawn(places.get(month))) for month in span))
    years = list(dict.fromkeys(str(month.year) for month in span))
    named = tr("{first} et {last}", first=years[0], last=years[-1]) if len(years) > 1 else "".join(years)
    title = tr("Participations en cours par service et places, {years}", years=named)
    return Chart(
        slug="months", title=title, about=book.about("measure_participants", "measure_places"), series=(*series, line), stacked=True
    )


def _month(month: dt.date, count: int, total: Value | None) -> Point:
    received = total is not None and total.value is not None
    text = formats.number(count) if received else tr(REASONS["NOT_RECEIVED"])
    return Point(month.isoformat(), count if received else None, text, provisional=bool(total and total.flags))


def _drawn(value: Value | None) -> tuple[float | None, str]:
    return (value.value, written(value)) if value else (None, "–")


def unsaid(known: Facts, measure_id: str, *, last: dt.date) -> Iterator[str]:
    """What is lacking, sentence by sentence."""
    year, span = last.year, months(last.replace(month=1), last)
    key = (measure_id, year)
    for service, gaps in known.gaps.items():
        own = [month for month in gaps if month in span]
        if len(own) == len(span):
            yield tr("{service} n'a livré aucune participation de l'année: on ne sait pas ce qu'il a utilisé.", service=service)
        elif own:
            named = formats.several_months(own)
            yield tr("{service}: mois non reçus ({months}); ce qu'il a utilisé et payé y manque.", service=service, months=named)
    if last.month < 12:
        before = year - 1
        yield tr("L'année n'est pas terminée: rien n'y est définitif, et {before} ne s'y compare pas mois pour mois.", before=before)
    budgeted = {row["service"] for row in known.budgets.get(key, [])}
    if without := in_order({row["service"] for row in known.people.get(key, [])} - budgeted):
        yield tr("Aucun budget {year} connu pour cette mesure: {services}.", year=year, services=", ".join(without))
    if vanished := sum(row["vanished"] for row in known.people.get(key, [])):
        gone = formats.counted(vanished, "participation a disparu", "participations ont disparu")
        yield tr("{gone} des envois sans date de fin: leur issue n'est pas connue.", gone=gone)
    if not known.progress.get(key):
        yield tr("Aucune participation terminée n'a été observée deux fois: la grille ne dit rien de la progression.")
    if former := known.about[key]["former_names"]:
        yield tr("Le même numéro a porté d'autres noms ({names}); ses chiffres réunissent tout ce qu'il a désigné.", names=former)
    yield tr("Les issues disent comment une participation s'est terminée, non ce que la personne est devenue ensuite.")
