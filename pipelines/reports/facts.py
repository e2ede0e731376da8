"""What stands behind each figure of a pack, told by number in its cells and once in the file.

What is said of a figure has three parts, each of which many figures share: of its indicator and member, of its period and the
deliveries it rests on, and of the value itself. It all comes from the book's own tables: a pack that leaves the circle has in them what
passed the control, and a released one is made again of those that were kept.
"""

import datetime as dt
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from pipelines.contracts.registry import COLUMNS, EXPORTS
from pipelines.reports import formats, said
from pipelines.reports.book import Book, label
from pipelines.reports.explained import Published, Version
from pipelines.reports.grounds import EVER, RECORD, TARGETS, next_target, published_of, scope
from pipelines.reports.hiding import reasons
from pipelines.reports.language import labelled, later, tr
from pipelines.reports.revised import REVISED, Revision, revisions
from pipelines.reports.value import Figure, Value

# What is said, in the order it is read, and what stands between the pieces that several parts say under one name. The first is the title.
NAMES = {
    "": ", ",
    later("Masqué"): " ",
    later("Plus récent"): " ",
    later("État"): " ",
    later("Unité"): " ",
    later("Compté"): " ",
    later("Numérateur"): ": ",
    later("Dénominateur"): ": ",
    later("Cible"): " ",
    later("Publié"): " ",
    later("Diffusé"): " ",
    later("Définition"): " ",
    later("Version"): " ",
    later("Lecture"): " ",
    later("Mois lus"): " ",
    later("Livraisons"): " ",
    later("Envois"): " ",
    later("Lignes lues"): " ",
    later("Manquent"): " ",
    later("Source"): " ",
    later("Services"): " ",
    later("Pour les analystes"): " ",
}
_NAMED = {name: number for number, name in enumerate(NAMES)}
_HUNDRED = 100
_BASES = """
select indicator, grain, scope, period,
  reads_from, reads_to, deliveries, sendings, last_received, rows_read, rows_rejected, rejected_share, lacking
from mart.figure_basis where period <= $period
"""
_CATALOGUE = "select indicator, reading, definition_version, valid_from, datasets is null, dimensions from mart.indicator"
_SYSTEMS = "select distinct system, service from core.benefit where system is not null"

# A name and the pieces of what is said under it: pieces come again and again.
Line = tuple[str, ...]
Part = tuple[Line, ...]


@dataclass(frozen=True)
class Facts:
    """What is said of the figures that a pack shows, gathered as its cells are written.

    Attributes:
        book: what the pack is made from.
        parts: what was said so far, by its number.
        figures: the parts on indicators and members, and on periods and deliveries, that were made.
        bases: what the figures of an indicator, grain and scope rest on, by period, of those that were asked for.
    """

    book: Book
    parts: dict[Part, int] = field(default_factory=dict)
    figures: dict[tuple[Any, ...], int] = field(default_factory=dict)
    bases: dict[tuple[Any, ...], dict[dt.date, list[Any]]] = field(default_factory=dict)

    def key(self, value: Value) -> str:
        """The numbers of what is said of a value; nothing where there is no such figure."""
        figure = value.figure
        if figure is None:
            return ""
        of, group = figure._replace(period=dt.date.min), (figure.indicator, figure.grain, self._scope(figure))
        on, basis = (*group, figure.period), self._basis(group, figure.period)
        if of not in self.figures:
            self.figures[of] = self._number(self._of_indicator(figure, value))
        if on not in self.figures:
            self.figures[on] = self._number(self._of_period(figure, basis))
        return f"{self.figures[of]} {self.figures[on]} {self._number(self._of_value(figure, value, basis))}"

    def told(self) -> dict[str, Any]:
        """All that was said: the names, the pieces, and the parts as numbers of both."""
        words: dict[str, int] = {}
        parts = [
            [[_NAMED[name], *(words.setdefault(piece, len(words)) for piece in pieces)] for name, *pieces in part] for part in self.parts
        ]
        return {"names": [(name and tr(name), between) for name, between in NAMES.items()], "words": list(words), "parts": parts}

    def _number(self, lines: Iterator[Line]) -> int:
        return self.parts.setdefault(tuple(lines), len(self.parts))

    def _scope(self, figure: Figure) -> str:
        *_, of_deliveries, lists = self._catalogue[figure.indicator]
        return scope(figure, code_list=lists[figure.dimension], of_deliveries=of_deliveries, services=self._systems)

    def _of_indicator(self, figure: Figure, value: Value) -> Iterator[Line]:
        about = value.about
        reading, number, valid_from, _, lists = self._catalogue[figure.indicator]
        yield "", about.label
        if figure.dimension != "total":
            named = labelled(COLUMNS[figure.dimension]) if figure.dimension in COLUMNS else figure.dimension
            yield "", f"{formats.inside(named)}: {label(lists[figure.dimension] or figure.dimension, figure.member)}"
        yield "Définition", about.definition
        yield "Version", said.version(Version(number, valid_from), about)
        yield "Lecture", tr(reading)
        yield "Unité", about.shown_unit
        if about.denominator:
            yield "Numérateur", about.numerator
            yield "Dénominateur", about.denominator
        else:
            yield "Compté", about.numerator
        yield "Source", about.source
        if about.services:
            yield "Services", about.services.removeprefix(f"{tr('Services')}: ")
        member = () if figure.dimension == "total" else (f" --dimension {figure.dimension} --member {shlex.quote(figure.member)}",)
        yield "Pour les analystes", f"cii explain {figure.indicator} --grain {figure.grain}", *member

    def _of_period(self, figure: Figure, basis: list[Any] | None) -> Iterator[Line]:
        yield "", formats.period(figure.period, figure.grain)
        yield "Pour les analystes", f"--period {figure.period:%Y-%m}"
        if basis is None:
            return
        first, last, deliveries, sendings, received, rows, rejected, share, lacking = basis
        yield "Mois lus", said.months_read(None if first == EVER else first, last)
        if deliveries:
            in_force = formats.counted(deliveries, "en vigueur", "en vigueur")
            yield "Livraisons", in_force, tr(", la dernière reçue le "), formats.day(received)
            yield "Envois", _listed(sendings)
            yield "Lignes lues", *self._lines_read(rows, rejected, share)
        else:
            yield "Livraisons", tr("aucune en vigueur pour ces mois")
        if lacking:
            yield "Manquent", "; ".join(_lacks(one) for one in lacking.split(", "))

    def _lines_read(self, rows: int, rejected: int | None, share: float | None) -> Iterator[str]:
        """How many lines were read and rejected: in the packs that leave the circle only about how many."""
        if not self.book.controlled:
            yield from (formats.number(rows), tr(", écartées: "), said.rejected(rejected or 0, share))
            return
        yield tr("au moins {number}", number=formats.number(rows)) if rows else tr("moins de {number}", number=_HUNDRED)
        if share is not None:
            told = later("environ {share}") if share else later("moins de {share}")
            yield from (tr(", écartées: "), tr(told, share=formats.percent(share or 0.01, 0)))

    def _of_value(self, figure: Figure, value: Value, basis: list[Any] | None) -> Iterator[Line]:
        if value.denominator is not None:
            if value.numerator is not None:
                yield "Numérateur", formats.number(value.numerator)
            yield "Dénominateur", formats.number(value.denominator)
        if not value.hidden:
            yield "État", said.state(value, lacking=bool(basis and basis[-1]))
        elif self.book.thresholds:
            yield "Masqué", reasons(self.book.thresholds)[value.reason or "HELD_BACK"]
        if value.stood and self.book.thresholds:
            yield "Plus récent", tr("n'est pas montré: "), reasons(self.book.thresholds)["HELD_BACK"]
        if target := next_target(self._targets, figure, basis[1] if basis else figure.period):
            yield "Cible", said.target(target, value.about)
        for published in self._record.get(figure, ()):
            yield "Publié", said.published(published, value.about)
        if revised := self._revised.get(figure):
            yield "Diffusé", revised.sentence(value.about)

    def _basis(self, group: tuple[str, str, str], period: dt.date) -> list[Any] | None:
        """What a figure rests on. Few of those that the table tells of are shown, and only these are taken out of it."""
        if group not in self.bases:
            rows = self._groups[group].iter_rows() if group in self._groups else ()
            self.bases[group] = {period: cells for period, *cells in rows}
        return self.bases[group].get(period)

    @cached_property
    def _groups(self) -> Mapping[tuple[Any, ...], pl.DataFrame]:
        return self.book.rows(_BASES).partition_by("indicator", "grain", "scope", include_key=False, as_dict=True)

    @cached_property
    def _catalogue(self) -> Mapping[str, tuple[Any, ...]]:
        return {
            indicator: (*cells, {name: codes for name, _, codes in (text.strip().partition(" = ") for text in dimensions.split(","))})
            for indicator, *cells, dimensions in self.book.rows(_CATALOGUE).iter_rows()
        }

    @cached_property
    def _systems(self) -> Mapping[str, str]:
        # In a service's own pack nothing is told by system, and no list of benefits is there.
        return {} if self.book.service else dict(self.book.rows(_SYSTEMS).iter_rows())

    @cached_property
    def _targets(self) -> list[tuple[Any, ...]]:
        return self.book.rows(TARGETS).rows()

    @cached_property
    def _revised(self) -> Mapping[Figure, Revision]:
        # A service's own data are not released.
        return {} if self.book.service else {one.figure: one for one in revisions(self.book.rows(REVISED))}

    @cached_property
    def _record(self) -> Mapping[Figure, list[Published]]:
        return published_of(self.book.rows(RECORD).iter_rows())


def _listed(sendings: str) -> str:
    """The datasets by their titles, each with the services that sent it."""
    senders: dict[str, list[str]] = {}
    for dataset, service in (sending.split() for sending in sendings.split(", ")):
        senders.setdefault(dataset, []).append(service)
    return "; ".join(f"{tr(EXPORTS[dataset].title)}: {', '.join(services)}" for dataset, services in senders.items())


def _lacks(lacking: str) -> str:
    """What is owed and not in force of a dataset and service: how many deliveries, of when."""
    dataset, service, count, first, last = lacking.split()
    grain = "year" if EXPORTS[dataset].cadence == "yearly" else "month"
    span = formats.span(*(formats.period(dt.date.fromisoformat(day), grain) for day in (first, last)))
    return f"{tr(EXPORTS[dataset].title)}, {service}: {span}{'' if count == '1' else f' ({count})'}"
