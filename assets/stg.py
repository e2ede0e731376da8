"""Every dataset's accepted rows, and the ledger of deliveries with its findings."""

from pipelines.contracts.registry import EXPORTS
from pipelines.orchestration.factories import ledger_asset, stg_asset

datasets = [stg_asset(export) for export in EXPORTS.values()]
ledger = ledger_asset()
