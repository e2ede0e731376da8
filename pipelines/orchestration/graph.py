"""Which table is made from which, and in what order: read from the queries themselves, never from a second list."""

from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from pipelines.contracts.given import GIVEN, LINKED_SERVICE
from pipelines.contracts.query import Query, read_query, table_of
from pipelines.contracts.registry import COLUMNS, EXPORTS
from pipelines.contracts.table import Held, Table
from pipelines.duck import syntax
from pipelines.indicators.catalogue import (
    CATALOGUE,
    FORMER_CATALOGUE,
    Indicator,
    indicator_of,
    indicator_table,
    is_indicator,
    refuse_unknown_counts,
)
from pipelines.indicators.frame import framed
from pipelines.indicators.versions import FORMER, replacements
from pipelines.orchestration.history import FOUND, HISTORY, history
from pipelines.release.tables import RELEASE, RELEASED_VALUE, REVISION, REVISION_EFFECT, revision_select
from pipelines.settings import ROOT

QUERIES = ROOT / "assets"
# A query beside a table, for what breaks it (checks.py); it makes none.
CHECK_ENDING = ".check.sql"

INDICATOR_VALUE = indicator_table(
    "indicator_value", "Une ligne par indicateur, période, ventilation et modalité: tous les indicateurs réunis."
)

DEFINITION_CHANGE = Table(
    schema="mart",
    name="definition_change",
    grain="Une ligne par définition qui en a remplacé une autre et valeur: ce que donnait celle d'avant, et ce que donne celle-ci.",
    columns=tuple(
        Held(COLUMNS[name], name in ("indicator", "definition_version", "grain", "period", "dimension", "member"))
        for name in (
            "indicator",
            "definition_version",
            "grain",
            "period",
            "dimension",
            "member",
            "value_before",
            "value",
            "value_change",
        )
    ),
    key=("indicator", "definition_version", "grain", "period", "dimension", "member"),
    privacy="internal",
)

_SENTENCES = ("message", "remedy", "message_de", "remedy_de")

# As on reading, nothing that looks like a full date is shown; a text that holds an AVS number was never stored.
_CELL = r"regexp_replace(f.cell, '\d{1,4}[^0-9]\d{1,2}[^0-9]\d{2,4}', '••••', 'g')"

ALL_FINDINGS = Table(
    schema="mart",
    name="finding",
    grain="Une ligne par remarque sur une livraison du registre: celles de la lecture et celles qui comparent des mois.",
    columns=tuple(
        Held(COLUMNS[name], name in ("delivery_id", "rule", "severity", *_SENTENCES))
        for name in ("delivery_id", "line", "field", "header", "cell", "rule", "severity", *_SENTENCES, "suggestion")
    ),
    # Reading numbers its findings, the queries do not: together they have no key.
    key=(),
    privacy="internal",
    indexed=False,
)


@dataclass(frozen=True)
class Step:
    """A table that a query makes.

    Attributes:
        table: its contract.
        select: the SELECT, its parameters as `$name`.
        parameters: what the SELECT is given, besides what the run gives.
        reads: the tables it reads.
        view: true where it is a view.
    """

    table: Table
    select: str
    reads: frozenset[str]
    parameters: dict[str, object] = field(default_factory=dict)
    view: bool = False


@dataclass(frozen=True)
class Graph:
    """All made tables, in an order in which each comes after what it reads."""

    steps: tuple[Step, ...]
    indicators: tuple[Indicator, ...]
    former: tuple[Indicator, ...]
    datasets: dict[str, tuple[str, ...]]

    def of(self, schema: str) -> list[Step]:
        """The steps of one schema, in order."""
        return [step for step in self.steps if step.table.schema == schema]


@cache
def graph(folder: Path = QUERIES) -> Graph:
    """The graph of the queries in `folder`/core and `folder`/mart."""
    files = [path for schema in ("core", "mart") for path in sorted((folder / schema).glob("*.sql"))]
    queries = [read_query(path) for path in files if not path.name.endswith(CHECK_ENDING)]
    reads = {query.qualified: frozenset(syntax.tables_in(query.select)) for query in queries}
    defined = [indicator_of(query) for query in queries if query.schema == "mart" and is_indicator(query)]
    indicators = tuple(one for one in defined if not one.name.startswith(FORMER))
    former = tuple(one for one in defined if one.name.startswith(FORMER))
    refuse_unknown_counts(indicators)
    reads[INDICATOR_VALUE.qualified] = frozenset(indicator.table.qualified for indicator in indicators)
    # What was said rests on what was sent then, not on what is sent now.
    reads[REVISION.qualified] = frozenset()
    datasets = {indicator.name: _datasets(indicator.table.qualified, reads) for indicator in defined}
    framed_names = {indicator.name for indicator in defined}
    steps = [_framed_step(indicator) for indicator in defined]
    steps += [_plain_step(query, reads[query.qualified]) for query in queries if query.name not in framed_names]
    steps.append(_history_step())
    steps += [_values_step(indicators), _revision_step(indicators), _changes_step(indicators, former), _findings_step(steps)]
    return Graph(_ordered(steps), indicators, former, datasets)


def given_tables() -> list[Table]:
    """The tables that the project fills itself, those among them that the settings and the indicators decide."""
    return [given.table for given in GIVEN] + [LINKED_SERVICE, RELEASE, RELEASED_VALUE, CATALOGUE, FORMER_CATALOGUE, REVISION_EFFECT]


def _framed_step(indicator: Indicator) -> Step:
    select, parameters = framed(indicator)
    return Step(indicator.table, select, frozenset(syntax.tables_in(select)), parameters)


def _plain_step(query: Query, reads: frozenset[str]) -> Step:
    return Step(table_of(query, columns=COLUMNS), query.select, reads)


def _history_step() -> Step:
    select = history(EXPORTS.values())
    return Step(HISTORY, select, frozenset(syntax.tables_in(select)))


def _values_step(indicators: tuple[Indicator, ...]) -> Step:
    select = " union all ".join(f"select * from {indicator.table.qualified}" for indicator in indicators)
    return Step(INDICATOR_VALUE, select, frozenset(indicator.table.qualified for indicator in indicators), view=True)


def _revision_step(indicators: tuple[Indicator, ...]) -> Step:
    """What was said of each figure and what it is now: of all indicators but those that measure this."""
    said = [indicator for indicator in indicators if REVISION.qualified not in syntax.tables_in(indicator.query.select)]
    values = " union all ".join(f"select * from {indicator.table.qualified}" for indicator in said)
    reads = frozenset([RELEASED_VALUE.qualified, *(indicator.table.qualified for indicator in said)])
    return Step(REVISION, revision_select(values), reads)


def _changes_step(indicators: tuple[Indicator, ...], former: tuple[Indicator, ...]) -> Step:
    """What each definition made of the values of the one before it, over all periods."""
    pairs = list(replacements(indicators, former))
    nothing = ", ".join(f"null::{held.column.kind.sql} as {held.column.name}" for held in DEFINITION_CHANGE.columns)
    selects = [
        f"select '{name}' as indicator, {now.version} as definition_version, grain, period, dimension, member, "
        "before.value as value_before, now.value as value, now.value - before.value as value_change "
        f"from {before.table.qualified} before full join {now.table.qualified} now using (grain, period, dimension, member)"
        for name, before, now in pairs
    ]
    select = " union all ".join(selects) or f"select {nothing} where false"
    return Step(DEFINITION_CHANGE, select, frozenset(one.table.qualified for _, *pair in pairs for one in pair), view=True)


def _findings_step(steps: list[Step]) -> Step:
    """The findings of the reading and those of every `core.*_finding`, of the deliveries that the ledger holds."""
    computed = sorted(step.table.qualified for step in steps if step.table.name.endswith("_finding"))
    found = " union all ".join(f"select {', '.join(FOUND)} from {source}" for source in computed)
    told = ", ".join(f"{_filled(f'r.{name}')} as {name}" for name in _SENTENCES)
    # A build holds what was ever read; of what has gone, or is not looked at in this run, the ledger counts no finding.
    select = f"""
    select {", ".join(f"f.{name}" for name in ALL_FINDINGS.names)}
    from stg.finding f semi join (select delivery_id from stg.delivery where findings > 0) d using (delivery_id)
    union all
    select f.delivery_id, f.line, f.field, c.header, {_CELL}, f.rule, r.severity, {told}, null as suggestion
    from ({found}) f join stg.delivery d using (delivery_id) join core.rule r using (rule)
    left join core.field c on c.dataset = d.dataset and c.field = f.field
    """
    return Step(ALL_FINDINGS, select, frozenset(["stg.finding", "stg.delivery", "core.rule", "core.field", *computed]), view=True)


def _filled(sentence: str) -> str:
    """A rule's sentence with what the ledger knows of the delivery, and the contract of the column."""
    words = {
        "rows": "d.rows_loaded::varchar",
        "usual": "d.rows_usual::varchar",
        "header": "c.header",
    }
    for word, value in words.items():
        sentence = f"replace({sentence}, '{{{word}}}', coalesce({value}, ''))"
    return sentence


def _datasets(table: str, reads: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """The datasets a table rests on, through all that it reads."""
    seen: set[str] = set()
    waiting = [table]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += reads.get(name, ())
    return tuple(sorted(name for name in EXPORTS if f"stg.{name}" in seen))


def _ordered(steps: list[Step]) -> tuple[Step, ...]:
    by_name = {step.table.qualified: step for step in steps}
    known = {table.qualified for table in given_tables()} | {f"stg.{name}" for name in (*EXPORTS, "delivery", "finding")}
    for step in steps:
        if missing := step.reads - by_name.keys() - known:
            raise ValueError(f"{step.table.qualified} reads {sorted(missing)}, which nothing makes")
    order = TopologicalSorter({name: sorted(step.reads & by_name.keys()) for name, step in sorted(by_name.items())}).static_order()
    return tuple(by_name[name] for name in order)
