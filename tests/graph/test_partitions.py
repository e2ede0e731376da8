"""Which months a run tells Dagster of, and with how many rows."""

from dataclasses import replace
from types import SimpleNamespace

import dagster as dg
import pytest

from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.intake import Intake
from pipelines.ingest.locate import Arrival, by_name
from pipelines.ingest.refusal import refused
from pipelines.orchestration.factories import _record_months

EMPTY = replace(refused("file.future"), accepted=True, reason=None)


def read(file: str, rows: int | None) -> tuple[Arrival, Intake]:
    """A file that was read, with so many rows; none where it is refused."""
    intake = refused("file.future") if rows is None else replace(EMPTY, rows_loaded=rows, rows_rejected=1)
    return by_name(f"{file}.csv", "", size=0, exports=EXPORTS), intake


def recorded(*loaded: tuple[Arrival, Intake], asked: tuple[str, ...] = ()) -> dict[str, tuple[int, int]]:
    """Rows loaded and rejected by month, for those asked for and those that came besides."""
    found = {}

    def told(metadata: dict, partition_key: str) -> None:
        found[partition_key] = (metadata["dagster/partition_row_count"], metadata["lignes écartées"])

    def logged(event: dg.AssetMaterialization) -> None:
        assert event.partition not in asked, "a month asked for is recorded once, by the run itself"
        told({name: shown.value for name, shown in event.metadata.items()}, event.partition)

    context = SimpleNamespace(
        has_partition_key_range=bool(asked),
        has_partition_key=False,
        partition_keys=list(asked),
        asset_key=dg.AssetKey("seen"),
        add_asset_metadata=told,
        log_event=logged,
    )
    _record_months(context, list(loaded))
    return found


@pytest.mark.parametrize("asked", [(), ("2013-02",)])
def test_the_rows_of_a_month_are_those_of_each_services_last_version(asked: tuple[str, ...]) -> None:
    first, second = read("semp/prestations_2013-02", 9), read("semp/prestations_2013-02_v2", 7)
    assert recorded(second, first, read("saso/prestations_2013-02", 5), asked=asked) == {"2013-02": (12, 2)}


def test_a_refused_version_says_nothing_of_its_month_unless_the_month_was_asked_for() -> None:
    refusal = read("semp/prestations_2013-02", None)
    assert recorded(refusal) == {}
    assert recorded(refusal, asked=("2013-02", "2013-03")) == {"2013-02": (0, 0)}
