"""The warehouse as it would be with other deliveries in force: tables counted again beside the build, which stays as it is."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

import polars as pl

from pipelines import duck
from pipelines.ingest.ledger import LEDGER
from pipelines.orchestration.graph import given_tables, graph
from pipelines.orchestration.step import make_step
from pipelines.orchestration.workshop import Workshop


@contextmanager
def what_if(shop: Workshop, ledger: pl.DataFrame, *, tables: Collection[str]) -> Iterator[duck.Connection]:
    """A connection to a database in which some tables of `core` and `mart` are made of other deliveries.

    Args:
        shop: the workshop whose build holds the rows of all deliveries.
        ledger: which deliveries there are, and in which state: `delivery_id` and `status`.
        tables: those that are asked for; what they are made from is made too.
    """
    wanted = _with_what_they_read(tables)
    with duck.aside(shop.con) as (con, build):
        for name in sorted(wanted["lent"]):
            con.execute(f"create view {name} as select * from {build}.{name}")
        # The rows of the ledger, as it was: only what there is, and its state, is another.
        duck.fill(con, "stg.other_ledger", ledger)
        select = f"select d.* replace (o.status as status) from {build}.{LEDGER.qualified} d join stg.other_ledger o using (delivery_id)"
        con.execute(f"create table {LEDGER.qualified} as {select}")
        for step in graph().steps:
            if step.table.qualified in wanted["made"]:
                make_step(replace(shop, con=con), step)
        yield con


def _with_what_they_read(tables: Collection[str]) -> dict[str, set[str]]:
    """The tables that have to be made again, and those that are lent as they are."""
    steps = {step.table.qualified: step for step in graph().steps}
    given = {table.qualified for table in given_tables()}
    found: dict[str, set[str]] = {"made": set(), "lent": set()}
    waiting = list(tables)
    while waiting:
        name = waiting.pop()
        kind = "made" if name in steps else "lent"
        if name == LEDGER.qualified or name in found[kind]:
            continue
        assert name in steps or name in given or name.startswith("stg."), name
        found[kind].add(name)
        waiting += steps[name].reads if name in steps else ()
    return found
