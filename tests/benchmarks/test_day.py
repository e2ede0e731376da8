"""What an analyst and a service wait for: a first run, one month more, a run with nothing new, and the verdict on a file.

All on the whole sample, as it lies in the repository. Reading a new month in must cost the month, not the ninety-eight before
it: compare with the same month read into an empty build. One month more stands beside the same steps without Dagster and
without starting a process: what lies between them is the share of these two.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.contracts.registry import EXPORTS
from pipelines.orchestration.checks import all_checks, breaking
from pipelines.orchestration.load import decide, load_pending
from pipelines.orchestration.make import make_layer
from pipelines.orchestration.outputs import lay_reports, put_in_place
from pipelines.orchestration.resource import Held, silent
from pipelines.orchestration.workshop import Workshop, workshop
from pipelines.sample.generate import generate
from pipelines.sample.world import LAST, World
from pipelines.settings import ROOT, Settings
from tests.support import cii, settings_in

LATEST = f"{LAST:%Y-%m}"
CHECKED = 200  # times the persons: some 30'000 rows in the file that is checked
ROUNDS = 3

READING = pytest.mark.benchmark(group="un mois de plus: lecture")
RUN = pytest.mark.benchmark(group="cii run, du lancement aux rapports")


def lay_sample(folder: Path) -> Settings:
    """A landing zone with the sample."""
    settings = settings_in(folder)
    shutil.copytree(ROOT / "raw", settings.raw, dirs_exist_ok=True)
    return settings


def run(settings: Settings) -> None:
    """A run as a user starts it."""
    ran = cii(settings, "run", timeout=900)
    assert ran.returncode == 0, ran.stderr


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The sample, its latest month too."""
    return lay_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def as_it_was(sample: Settings) -> Callable[[], None]:
    """Makes the warehouse as a run left it before the latest month came."""
    latest = sorted(sample.raw.glob(f"*/*_{LATEST}*"))
    kept = sample.raw.with_name("kept")
    later = sample.raw.with_name("later")
    for file in latest:
        (later / file.parent.name).mkdir(parents=True, exist_ok=True)
        file.rename(later / file.relative_to(sample.raw))
    run(sample)
    sample.warehouse.rename(kept)
    for file in latest:
        (later / file.relative_to(sample.raw)).rename(file)

    def restore() -> None:
        shutil.rmtree(sample.warehouse, ignore_errors=True)
        shutil.copytree(kept, sample.warehouse)

    return restore


def read(shop: Workshop) -> int:
    """Read what is new, decide what is in force; the number of deliveries read."""
    found = sum(len(load_pending(shop, dataset, progress=lambda *_: None)) for dataset in (*EXPORTS, None))
    decide(shop)
    return found


def read_alone(settings: Settings) -> int:
    """Read in a room of its own."""
    with workshop(settings) as shop:
        return read(shop)


def make(shop: Workshop) -> int:
    """Make both layers anew; the number of tables."""
    return sum(len(list(make_layer(shop, schema))) for schema in ("core", "mart"))


def run_without_dagster(settings: Settings) -> None:
    """All that a run does, in this process and recorded nowhere."""
    with workshop(settings) as shop:
        read(shop)
        make(shop)
        assert not any(breaking(shop.con, check) for check in all_checks() if check.blocking)
        held = Held(shop, silent)
        lay_reports(held)
        put_in_place(held)


@READING
def test_the_latest_of_ninety_nine_months(benchmark, sample: Settings, as_it_was: Callable[[], None]) -> None:
    found = benchmark.pedantic(read_alone, args=(sample,), setup=as_it_was, rounds=ROUNDS)
    assert found == len(list(sample.raw.glob(f"*/*_{LATEST}*")))


@READING
def test_the_latest_month_alone(benchmark, sample: Settings, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    for file in sample.raw.glob(f"*/*_{LATEST}*"):
        (settings.raw / file.parent.name).mkdir(exist_ok=True)
        shutil.copy(file, settings.raw / file.relative_to(sample.raw))
    shutil.copy(ROOT / "raw" / "receipts.csv", settings.raw)

    def fresh() -> None:
        settings.build.unlink(missing_ok=True)

    found = benchmark.pedantic(read_alone, args=(settings,), setup=fresh, rounds=ROUNDS)
    assert found == len(list(sample.raw.glob(f"*/*_{LATEST}*")))


@pytest.mark.benchmark(group="un mois de plus: core et mart, toujours refaits en entier")
def test_core_and_mart_of_ninety_nine_months(benchmark, sample: Settings, as_it_was: Callable[[], None]) -> None:
    as_it_was()
    with workshop(sample) as shop:
        read(shop)
        assert benchmark.pedantic(make, args=(shop,), rounds=ROUNDS)


@RUN
def test_one_month_more(benchmark, sample: Settings, as_it_was: Callable[[], None]) -> None:
    benchmark.pedantic(run, args=(sample,), setup=as_it_was, rounds=ROUNDS)


@RUN
def test_one_month_more_without_dagster(benchmark, sample: Settings, as_it_was: Callable[[], None]) -> None:
    benchmark.pedantic(run_without_dagster, args=(sample,), setup=as_it_was, rounds=ROUNDS)


@RUN
def test_nothing_new(benchmark, sample: Settings, as_it_was: Callable[[], None]) -> None:
    as_it_was()
    run(sample)
    benchmark.pedantic(run, args=(sample,), rounds=ROUNDS)


@pytest.mark.benchmark(group="cii check, du lancement au verdict")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_checking_a_file_of_thirty_thousand_rows(benchmark, tmp_path: Path, ending: str) -> None:
    settings = settings_in(tmp_path)
    world = World(scale=CHECKED, first=LAST, last=LAST, format=ending, datasets=frozenset({"cm_fp_dossiers"}))
    (file,) = generate(settings.raw, world)
    ran = benchmark.pedantic(lambda: cii(settings, "check", str(file)), rounds=ROUNDS, warmup_rounds=1)
    assert ran.returncode == 0, ran.stderr
