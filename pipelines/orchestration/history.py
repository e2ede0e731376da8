"""What the contracts say of a key over time, as one query: gone without an end, come back, handed to somebody else, changed."""

from collections.abc import Iterable, Iterator

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Field, stored_columns
from pipelines.contracts.registry import COLUMNS
from pipelines.contracts.table import Held, Table

# What a query says of a finding; the column's header and the rule's sentences are joined to it.
FOUND = ("delivery_id", "line", "field", "cell", "rule")

HISTORY = Table(
    schema="core",
    name="history_finding",
    grain="Une ligne par avertissement qui compare les périodes d'un jeu de données: ce qui a disparu, est revenu ou a changé.",
    columns=tuple(Held(COLUMNS[name], name != "cell") for name in FOUND),
    key=("delivery_id", "line", "field", "rule"),
    privacy="internal",
)


def history(exports: Iterable[Export]) -> str:
    """The SELECT behind `core.history_finding`."""
    return " union all ".join(_of(export, told) for export in exports if (told := list(_told(export))))


def _told(export: Export) -> Iterator[tuple[str, str, str]]:
    """What the contract says of the export's keys: the rule, the field it points at, and when it is broken."""
    shown = next((field.name for field in export.fields if field.key and field.kind is not Kind.AVS), None)
    if not shown:
        return
    for field in export.fields:
        name = field.name
        if field.end or field.closes:
            yield "history.vanished", shown, f"following is null and {name} is null and period < latest"
            # A list that goes on telling what has ended repeats its end; a planned end may be put off.
            again = "" if field.end else f" and {name} is distinct from earlier_{name}"
            if not field.plan:
                yield "history.reopened", shown, f"earlier_{name} < period{again}"
        if field.kind is Kind.AVS and not field.key:
            yield "history.person_changed", shown, "earlier_person_id <> person_id"
        if field.lasting:
            yield "history.changed", name, f"{_alike(f'earlier_{name}')} <> {_alike(name)}"


def _of(export: Export, told: list[tuple[str, str, str]]) -> str:
    """The findings of an export; its rows are gone through once."""
    cases = ", ".join(
        f"case when {broken} then {{'field': '{field}', 'cell': {field}::varchar, 'rule': '{rule}'}} end" for rule, field, broken in told
    )
    return f"""(
      select delivery_id, line, found.field, found.cell, found.rule from (
        select delivery_id, line, unnest([{cases}]) as found from ({_seen(export)})
        where {" or ".join(f"({broken})" for *_, broken in told)}
      ) where found is not null
    )"""


def _seen(export: Export) -> str:
    """The rows in force, each beside what the service said of the same key before."""
    compared = [field for field in export.fields if not field.key and _lasts(field)]
    before = [f"lag({column.name}) over one as earlier_{column.name}" for field in compared for column in stored_columns(field)]
    key = [column.name for field in export.fields if field.key for column in stored_columns(field)]
    return f"""
      select r.*, d.period, d.latest, {", ".join(["lead(d.period) over one as following", *before])}
      from stg.{export.name} r join core.delivery_in_force d on d.delivery_id = r.delivery_id
      window one as (partition by {", ".join(["d.service", *(f"r.{name}" for name in key)])} order by d.period)
    """


def _lasts(field: Field) -> bool:
    return field.end or field.closes or field.lasting or field.kind is Kind.AVS


def _alike(name: str) -> str:
    """A text without what is no change of it: case, accents, signs and spaces."""
    return f"regexp_replace(lower(strip_accents({name})), '[^a-z0-9]', '', 'g')"
