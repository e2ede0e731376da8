"""The files of every dataset, as the services sent them."""

from pipelines.contracts.registry import EXPORTS
from pipelines.orchestration.factories import raw_spec

raw = [raw_spec(export) for export in EXPORTS.values()]
