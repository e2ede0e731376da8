"""Dagster assets made from the contracts and the queries; the files in `assets/` only call these."""

import functools
import time
from collections.abc import Callable, Iterator
from typing import Any

import dagster as dg

from pipelines import duck
from pipelines.contracts.export import Export
from pipelines.contracts.registry import EXPORTS
from pipelines.contracts.table import Table
from pipelines.errors import CiiError, internal
from pipelines.ingest.intake import Intake
from pipelines.ingest.ledger import FINDING, LEDGER, READING
from pipelines.ingest.locate import Arrival
from pipelines.orchestration import checks, key_figures, metadata
from pipelines.orchestration.graph import given_tables, graph
from pipelines.orchestration.load import decide, load_pending
from pipelines.orchestration.make import make_layer
from pipelines.orchestration.outputs import lay_reports, put_in_place
from pipelines.orchestration.resource import Held
from pipelines.orchestration.workshop import Workshop
from pipelines.reports import formats

# Until disclosure control exists everything is the analysts' own (domain.md, Disclosure).
ANALYSTS = ["team:analystes"]
# With an end: a definition without one changes every month, and Dagster's history with it.
MONTHS = dg.MonthlyPartitionsDefinition(start_date="2009-01", end_date="2035-01", fmt="%Y-%m")

RECORD = "figure_of_record"
_PRIVACY = {"public": "public", "internal": "interne", "pseudonymous": "pseudonyme"}

# The body of an asset: what it yields is Dagster's.
Step = Callable[[dg.AssetExecutionContext], Iterator[Any]]


def guarded(body: Step) -> Step:
    """A step whose failure says where, never what: texts of errors may quote values, and Dagster keeps them."""

    @functools.wraps(body)
    def step(context: dg.AssetExecutionContext) -> Iterator[Any]:
        try:
            yield from body(context)
        except CiiError as error:
            raise CiiError(str(error)) from None
        except Exception as error:
            raise internal(error, during=context.op_execution_context.op.name) from None

    return step


def _shown(table: Table, *, kinds: set[str], theme: str | None = None) -> dict[str, Any]:
    """How a table is shown in Dagster: in the group of its layer, or of its theme within that."""
    return {
        "description": table.grain,
        "group_name": f"{table.schema}/{theme}" if theme else table.schema,
        "kinds": kinds,
        "owners": ANALYSTS,
        "tags": {"confidentialite": _PRIVACY[table.privacy]},
        "metadata": metadata.as_written(table),
    }


def raw_spec(export: Export) -> dg.AssetSpec:
    """The files of a dataset as the services sent them: made outside, watched here."""
    return dg.AssetSpec(
        ["raw", export.name],
        description=f"{export.title}: les fichiers tels que reçus de {', '.join(service.upper() for service in export.services)}.",
        metadata={
            "déposé dans": ", ".join(f"raw/{service}/" for service in export.services),
            "nom de fichier": f"{export.name}_{'AAAA-MM' if export.cadence == 'monthly' else 'AAAA'}[_vN].csv ou .xlsx",
            "dû depuis": ", ".join(
                f"{service.upper()}: {f'{owed:%Y-%m}' if owed else 'facultatif'}" for service, owed in export.services.items()
            ),
        },
        group_name="raw",
        kinds={"file"},
        owners=[f"team:{service}" for service in export.services],
    )


def stg_asset(export: Export) -> dg.AssetsDefinition:
    """The accepted rows of a dataset; each delivery is read once, whichever month the run was asked for."""
    table, monthly = export.table, export.cadence == "monthly"

    @guarded
    def load(context: dg.AssetExecutionContext) -> Iterator[Any]:
        held: Held = context.resources.warehouse
        shop = held.shop
        loaded = load_pending(
            shop, export.name, progress=lambda arrival, done, total: held.progress(f"{export.name} {arrival.period}", done, total)
        )
        _record_files(context, shop, export.name)
        if monthly:
            _record_months(context, loaded)
        refused = [arrival.delivery_id for arrival, one in loaded if not one.accepted]
        yield dg.MaterializeResult(metadata=metadata.of_table(shop.con, table, rows=duck.count(shop.con, table.qualified)))
        yield dg.AssetCheckResult(
            check_name="livraisons_acceptees",
            passed=not refused,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"livraisons lues": len(loaded), "refusées": ", ".join(refused) or "aucune"},
        )

    definition: dg.AssetsDefinition = dg.asset(
        key=["stg", export.name],
        deps=[["raw", export.name]],
        # Definitions of different kinds cannot be mixed in one run, so a year has no partition.
        partitions_def=MONTHS if monthly else None,
        backfill_policy=dg.BackfillPolicy.single_run() if monthly else None,
        required_resource_keys={"warehouse"},
        check_specs=[
            dg.AssetCheckSpec("livraisons_acceptees", asset=["stg", export.name], description="Aucune livraison nouvelle n'est refusée.")
        ],
        **_shown(table, kinds={"python"}),
    )(load)
    return definition


def _record_files(context: dg.AssetExecutionContext, shop: Workshop, dataset: str) -> None:
    """Tell Dagster which files of a dataset lie there; one event, for its store has no room for one of each file."""
    here = {one.file: one for one in shop.arrivals if one.dataset == dataset}
    received = {name: receipt.received_at for name, one in here.items() if (receipt := shop.receipts.get((name, one.sha256)))}
    if received:
        latest = max(received, key=lambda name: (received[name], name))
        shown: dict[str, Any] = {
            "fichiers": len(here),
            "dernière période": max(str(one.period) for one in here.values()),
            "dernier fichier": dg.MetadataValue.path(shop.settings.raw / latest),
            "reçu le": formats.day(received[latest].date()),
        }
        context.log_event(dg.AssetMaterialization(["raw", dataset], metadata=shown))


def _record_months(context: dg.AssetExecutionContext, loaded: list[tuple[Arrival, Intake]]) -> None:
    """Tell Dagster which months have new rows, whoever sent them; a refused version changes nothing of its month."""
    asked = set(context.partition_keys) if context.has_partition_key_range or context.has_partition_key else set()
    months: dict[str, dict[str, Intake]] = {}
    for arrival, intake in sorted(loaded, key=lambda one: one[0].version or 1):
        if intake.accepted or str(arrival.period) in asked:
            # Of several versions of a service the last one speaks for the month.
            months.setdefault(str(arrival.period), {})[arrival.service] = intake
    for month, intakes in months.items():
        rows = {
            "dagster/partition_row_count": sum(intake.rows_loaded for intake in intakes.values()),
            "lignes écartées": sum(intake.rows_rejected for intake in intakes.values()),
        }
        if month in asked:
            context.add_asset_metadata(rows, partition_key=month)
        else:
            context.log_event(dg.AssetMaterialization(context.asset_key, partition=month, metadata=rows))


def ledger_asset() -> dg.AssetsDefinition:
    """The ledger, the findings and what reading gave: which version is in force is decided here."""
    tables = (READING, FINDING, LEDGER)

    @dg.multi_asset(
        name="ledger",
        specs=[
            dg.AssetSpec(["stg", table.name], deps=[["stg", name] for name in EXPORTS], **_shown(table, kinds={"python"}))
            for table in tables
        ],
        required_resource_keys={"warehouse"},
    )
    @guarded
    def ledger(context: dg.AssetExecutionContext) -> Iterator[Any]:
        held: Held = context.resources.warehouse
        load_pending(held.shop, None, progress=lambda arrival, done, total: held.progress("fichiers non reconnus", done, total))
        decide(held.shop)
        for table in tables:
            rows = duck.count(held.shop.con, table.qualified)
            yield dg.MaterializeResult(asset_key=["stg", table.name], metadata=metadata.of_table(held.shop.con, table, rows=rows))

    return ledger


def layer_asset(schema: str) -> dg.AssetsDefinition:
    """All tables of `core` or `mart`: rebuilt whole, in one step."""
    made = graph().of(schema)
    given = [table for table in given_tables() if table.schema == schema]
    tables = {table.name: table for table in [*given, *(step.table for step in made)]}
    themes = {indicator.table: indicator.theme for indicator in (*graph().indicators, *graph().former)}
    specs = [dg.AssetSpec([schema, table.name], **_shown(table, kinds={"csv"})) for table in given]
    specs += [
        dg.AssetSpec(
            [schema, step.table.name],
            deps=[name.split(".") for name in sorted(step.reads)],
            **_shown(step.table, kinds={"sql"}, theme=themes.get(step.table)),
        )
        for step in made
    ]

    @dg.multi_asset(name=schema, specs=specs, check_specs=checks.specs(schema), required_resource_keys={"warehouse"})
    @guarded
    def layer(context: dg.AssetExecutionContext) -> Iterator[Any]:
        held: Held = context.resources.warehouse
        con = held.shop.con
        indicators = {indicator.name: indicator for indicator in graph().indicators}
        began = time.perf_counter()
        for done, (name, rows) in enumerate(make_layer(held.shop, schema), start=1):
            took = metadata.seconds(began)
            shown = metadata.of_table(con, tables[name], rows=rows) | took
            if name in indicators:
                shown = metadata.latest_value(con, tables[name]) | metadata.course(con, indicators[name]) | shown
            if name == RECORD:
                shown = metadata.agreement(con) | shown
            yield dg.MaterializeResult(asset_key=[schema, name], metadata=shown)
            held.progress(f"{schema}.{name}", done, len(specs))
            began = time.perf_counter()
        yield from checks.results(schema, con)

    return layer


def report_asset() -> dg.AssetsDefinition:
    """The report files, made from `mart` and laid ready for publication."""

    @dg.asset(
        key=["report", "gp_cii"],
        deps=[["mart", step.table.name] for step in graph().of("mart")] + [["core", "delivery_month"], ["stg", "delivery"]],
        group_name="report",
        kinds={"plotly", "html"},
        owners=ANALYSTS,
        description="Le rapport au groupe de pilotage, un fichier HTML par période. Pour ouvrir un fichier, copiez son chemin (l'icône à "
        "côté) dans la barre d'adresse du navigateur.",
        required_resource_keys={"warehouse"},
    )
    @guarded
    def gp_cii(context: dg.AssetExecutionContext) -> Iterator[Any]:
        held: Held = context.resources.warehouse
        # As paths, which can be copied: a browser follows no link from these screens to a file.
        files = {path.name: dg.MetadataValue.path(path) for path in lay_reports(held)}
        con = held.shop.con
        yield dg.MaterializeResult(metadata=files | metadata.agreement(con) | key_figures.latest(key_figures.by_month(con)))

    return gp_cii


def key_figures_spec() -> dg.AssetSpec:
    """The key figures by month: nothing that a run makes, but what the publication tells of it."""
    return dg.AssetSpec(
        key_figures.KEY,
        deps=[["mart", "indicator_value"]],
        description="Les chiffres clés du résumé, mois par mois, comme la dernière publication les donne; leur cours est sous «Plots».",
        partitions_def=key_figures.PUBLISHED_MONTHS,
        group_name="report",
        kinds={"duckdb"},
        owners=ANALYSTS,
        tags={"confidentialite": _PRIVACY["internal"]},
    )


def publish_asset() -> dg.AssetsDefinition:
    """The published copy and the reports, put in place by atomic renames; the copy last, for it says what is published."""

    @dg.asset(
        key=["publish", "cii"],
        deps=[["report", "gp_cii"]],
        group_name="publish",
        kinds={"duckdb"},
        owners=ANALYSTS,
        description="La copie publiée de l'entrepôt (cii.duckdb), que les gens ouvrent, et les rapports.",
        required_resource_keys={"warehouse"},
    )
    @guarded
    def cii(context: dg.AssetExecutionContext) -> Iterator[Any]:
        held: Held = context.resources.warehouse
        put_in_place(held)
        settings = held.shop.settings
        months = key_figures.by_month(held.shop.con)
        # What an old day was like does not belong to the history that the screens show.
        if not settings.as_of:
            key_figures.record(context, months)
        yield dg.MaterializeResult(
            metadata={
                "mois publiés": f"{min(months)} à {max(months)}" if months else "aucun",
                "mois demandés": settings.asked.strip() or "tous",
                "fichier": dg.MetadataValue.path(settings.published),
                "sommaire des rapports": dg.MetadataValue.path(settings.reports / "index.html"),
                "octets": settings.published.stat().st_size,
            }
        )

    return cii
