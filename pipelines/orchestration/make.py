"""From `stg` to `mart`: every table rebuilt whole, in the order the queries ask for; then the publication."""

from collections.abc import Iterator

from pipelines import duck
from pipelines.contracts.given import GIVEN, LINKED_SERVICE, linked_services
from pipelines.contracts.registry import EXPORTS
from pipelines.indicators.catalogue import CATALOGUE, FORMER_CATALOGUE, catalogue
from pipelines.ingest.ledger import FINDING, LEDGER, READING, REPLACED
from pipelines.orchestration import fingerprint
from pipelines.orchestration.effects import make_effects
from pipelines.orchestration.graph import given_tables, graph
from pipelines.orchestration.step import make_step
from pipelines.orchestration.workshop import Workshop
from pipelines.release.register import releases
from pipelines.release.tables import RELEASE, RELEASED_VALUE, REVISION_EFFECT, release_rows, released_value_rows


def make_given(shop: Workshop, schema: str) -> Iterator[tuple[str, int]]:
    """Fill the tables of a schema that the project gives itself; name and number of rows of each."""
    for given in GIVEN:
        if given.table.schema == schema:
            yield given.table.name, duck.replace_with_rows(shop.con, given.table, given.rows(shop.settings.known_on))
    if schema == LINKED_SERVICE.schema:
        rows = linked_services(shop.settings.linking)
        yield LINKED_SERVICE.name, duck.replace_with_rows(shop.con, LINKED_SERVICE, rows)
        register = shop.settings.register
        known = releases(register, known_on=shop.settings.known_on)
        yield RELEASE.name, duck.replace_with_rows(shop.con, RELEASE, release_rows(known))
        yield RELEASED_VALUE.name, duck.replace_with_rows(shop.con, RELEASED_VALUE, released_value_rows(register, known))
    if schema == CATALOGUE.schema:
        for table, indicators in ((CATALOGUE, graph().indicators), (FORMER_CATALOGUE, graph().former)):
            yield table.name, duck.replace_with_rows(shop.con, table, catalogue(list(indicators), datasets=graph().datasets))


def make_layer(shop: Workshop, schema: str) -> Iterator[tuple[str, int]]:
    """Make all tables of a schema anew; name and number of rows of each."""
    duck.share(shop.con, rows=sum(duck.count(shop.con, export.table.qualified) for export in EXPORTS.values()))
    yield from make_given(shop, schema)
    for step in graph().of(schema):
        yield step.table.name, make_step(shop, step)
    fingerprint.record(shop.con, fingerprint.besides_deliveries(shop.settings))
    if schema == REVISION_EFFECT.schema:
        yield REVISION_EFFECT.name, make_effects(shop)
    fingerprint.carry(shop.con, to=schema, source={"core": "stg", "mart": "core"}[schema])


def published_rows() -> dict[str, str]:
    """What is published of the tables that only grow: what the ledger tells of, in the order of their keys.

    A build holds whatever was ever read, in the order it came; what is published follows from what lies there alone.
    """
    gone = f"d.status = 'withdrawn' or d.reason is not distinct from '{REPLACED}' or (d.status = 'rejected' and d.reason <> t.reason)"
    told = [(READING, f"not ({gone})"), (FINDING, "d.findings > 0"), *((export.table, "d.rows_loaded > 0") for export in EXPORTS.values())]
    return {
        table.qualified: f"select t.* from {table.qualified} t semi join stg.delivery d on d.delivery_id = t.delivery_id and {condition} "
        f"order by {', '.join(table.key)}"
        for table, condition in told
    }


def finish(shop: Workshop) -> None:
    """Comment every table and write the fingerprints: after this, only the copy is left to do."""
    tables = [READING, FINDING, LEDGER, fingerprint.FINGERPRINT, *(export.table for export in EXPORTS.values()), *given_tables()]
    # In one transaction: well over a thousand comments, which would each wait for the disk.
    with duck.transaction(shop.con):
        for table in tables:
            duck.comment(shop.con, table, sample=shop.sample)
        for step in graph().steps:
            duck.comment(shop.con, step.table, sample=shop.sample, view=step.view)
    fingerprint.carry(shop.con, to="publication", source="mart")
    duck.comment(shop.con, fingerprint.FINGERPRINT, sample=shop.sample)
