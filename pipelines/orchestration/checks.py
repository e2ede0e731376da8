"""What Dagster checks of the made tables beyond their contracts.

A check is a SELECT of what breaks it, in a file beside the table's own: `<table>.check.sql`, or `<table>.<word>.check.sql`
where a table has several. Its header says in French what holds, the check's name in Dagster, and whether it blocks. Only
what is made from the list of datasets stands here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import dagster as dg

from pipelines import duck
from pipelines.contracts.query import read_query
from pipelines.contracts.registry import EXPORTS
from pipelines.errors import CiiError
from pipelines.orchestration import metadata
from pipelines.orchestration.graph import CHECK_ENDING, QUERIES

_KEYS = ("name", "blocking")


@dataclass(frozen=True)
class Check:
    """A condition on the tables: a query for what breaks it.

    Attributes:
        name: its name in Dagster.
        asset: the table it is shown at.
        says: what holds, in French.
        breaking: SELECT of what breaks it, a row each.
        blocking: whether nothing may be published while it fails.
    """

    name: str
    asset: tuple[str, str]
    says: str
    breaking: str
    blocking: bool = True


@cache
def all_checks(folder: Path = QUERIES) -> tuple[Check, ...]:
    """The checks of the files in `folder`/core and `folder`/mart, and those made from the list of datasets.

    Raises:
        ValueError: a header is incomplete, or two checks of a table have one name.
    """
    found = (_rows_kept(), *(_read(path) for path in sorted(folder.glob(f"*/*{CHECK_ENDING}"))))
    names = [(check.asset, check.name) for check in found]
    if len(set(names)) < len(names):
        raise ValueError(f"two checks of a table have one name: {names}")
    return found


def specs(schema: str) -> list[dg.AssetCheckSpec]:
    """The checks of a layer, as Dagster declares them."""
    return [
        dg.AssetCheckSpec(
            check.name,
            asset=list(check.asset),
            description=f"{check.says}\n\n{metadata.sql(check.breaking).value}",
            blocking=check.blocking,
        )
        for check in all_checks()
        if check.asset[0] == schema
    ]


def breaking(con: duck.Connection, check: Check) -> int:
    """How many cases break a check."""
    return duck.count(con, f"({check.breaking})")


def results(schema: str, con: duck.Connection) -> Iterator[dg.AssetCheckResult]:
    """The results of a layer's checks; raises after the last one if a blocking one failed.

    Raises:
        CiiError: what is made contradicts itself; nothing of it may be published.
    """
    broken = []
    for check in all_checks():
        if check.asset[0] == schema:
            count = breaking(con, check)
            severity = dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN
            yield dg.AssetCheckResult(
                asset_key=list(check.asset), check_name=check.name, passed=count == 0, severity=severity, metadata={"cas": count}
            )
            if count and check.blocking:
                broken.append(check)
    if broken:
        raise CiiError(
            "Contrôle échoué: " + " ".join(check.says for check in broken) + " Rien n'a été publié; signalez-le à l'équipe cii-monitor."
        )


def _read(path: Path) -> Check:
    query = read_query(path)
    header = query.only(_KEYS, required=_KEYS).header
    if header["blocking"] not in ("yes", "no"):
        raise ValueError(f"{path.name}: blocking is yes or no")
    return Check(header["name"], (query.schema, path.name.split(".")[0]), query.about, query.select, header["blocking"] == "yes")


def _rows_kept() -> Check:
    """No row is lost on the way into `stg`, whatever the dataset."""
    held = " union all ".join(
        f"select '{name}' as dataset, delivery_id, count(*) as lines from stg.{name} group by delivery_id" for name in EXPORTS
    )
    select = f"""
with held as ({held})
select d.delivery_id
from stg.delivery d
where d.rows_read is distinct from d.rows_loaded + d.rows_rejected + d.lines_skipped
union all
-- What was read stays in stg, also of a delivery that the ledger refuses since: its file came twice, say.
select coalesce(r.delivery_id, h.delivery_id)
from (select delivery_id, dataset, rows_loaded from stg.reading where dataset is not null) r
full join held h on h.delivery_id = r.delivery_id and h.dataset = r.dataset
where r.delivery_id is null or r.rows_loaded is distinct from coalesce(h.lines, 0)
union all
select d.delivery_id
from stg.delivery d
left join held h on h.delivery_id = d.delivery_id and h.dataset = d.dataset
-- Of what has gone nothing counts, though it stays in stg.
where (d.status in ('in_force', 'held') or d.rows_loaded > 0) and d.rows_loaded is distinct from coalesce(h.lines, 0)
"""
    says = "Lignes lues = chargées + écartées + passées, pour chaque livraison du registre, et les chargées sont toutes dans stg."
    return Check("lignes_conservees", ("core", "delivery_month"), says, select)
