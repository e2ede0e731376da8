"""What an analyst and a service wait for: one month more, and the verdict on a file.

Reading in a new month must cost the month, not the fifty before it: compare with the same month read into an empty build.
"""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.contracts.registry import EXPORTS
from pipelines.orchestration.load import decide, load_pending
from pipelines.orchestration.make import make_layer
from pipelines.orchestration.workshop import workshop
from pipelines.sample.generate import generate
from pipelines.sample.world import World
from pipelines.settings import Settings
from tests.support import built, cii, settings_in

LATEST = "2013-02"
SCALE = 20  # some 3'000 rows in a file
ROUNDS = 5


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A landing zone with all fifty months of the sample, larger than life."""
    settings = settings_in(tmp_path_factory.mktemp("months"))
    generate(settings.raw, World(scale=SCALE, format="csv"))
    return settings


@pytest.fixture(scope="module")
def latest_only(months: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A landing zone with the latest month alone."""
    settings = settings_in(tmp_path_factory.mktemp("latest"))
    generate(settings.raw, World(scale=SCALE, first=dt.date(2013, 2, 1), last=dt.date(2013, 2, 1), format="csv"))
    return settings


def read_the_latest(settings: Settings) -> int:
    """Read what is new, decide what is in force; the number of deliveries read."""
    with workshop(settings) as shop:
        read = sum(len(load_pending(shop, dataset, progress=lambda *_: None)) for dataset in (*EXPORTS, None))
        decide(shop)
    return read


def forget_the_latest(settings: Settings) -> None:
    """Make the build as it was before the latest month came."""
    if not settings.build.exists():
        return
    with workshop(settings) as shop:
        tables = ["stg.finding", *(export.table.qualified for export in EXPORTS.values()), "stg.reading"]
        for table in tables:
            shop.con.execute(
                f"delete from {table} where delivery_id in (select delivery_id from stg.reading where strftime(period, '%Y-%m') = $latest)",
                {"latest": LATEST},
            )


@pytest.mark.benchmark(group="un mois de plus: lecture")
def test_the_latest_of_fifty_months(benchmark, months: Settings) -> None:
    with built(months):
        pass
    read = benchmark.pedantic(read_the_latest, args=(months,), setup=lambda: forget_the_latest(months), rounds=ROUNDS)
    assert read == 2


@pytest.mark.benchmark(group="un mois de plus: lecture")
def test_the_latest_month_alone(benchmark, latest_only: Settings) -> None:
    def fresh() -> None:
        latest_only.build.unlink(missing_ok=True)

    assert benchmark.pedantic(read_the_latest, args=(latest_only,), setup=fresh, rounds=ROUNDS) == 2


@pytest.mark.benchmark(group="un mois de plus: core et mart, toujours refaits en entier")
def test_core_and_mart_of_fifty_months(benchmark, months: Settings) -> None:
    with built(months) as shop:
        made = benchmark.pedantic(lambda: [list(make_layer(shop, schema)) for schema in ("core", "mart")], rounds=ROUNDS)
    assert all(made)


@pytest.mark.benchmark(group="cii check, du lancement au verdict")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_checking_a_file_of_thirty_thousand_rows(benchmark, tmp_path: Path, ending: str) -> None:
    settings = settings_in(tmp_path)
    month = dt.date(2013, 2, 1)
    generate(settings.raw, World(scale=230, first=month, last=month, format=ending))
    file = settings.raw / "sfpo" / f"cm_fp_dossiers_{LATEST}.{ending}"
    ran = benchmark.pedantic(lambda: cii(settings, "check", str(file)), rounds=ROUNDS, warmup_rounds=1)
    assert ran.returncode == 0, ran.stderr
