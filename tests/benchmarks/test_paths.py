"""People's paths, from `stg.prestations` to all their tables: 36 million person-months, a tenth of them, and that tenth with pandas.

Thirty-six million are a country's worth for a year, or the canton's for a decade times ten. The queries may grow from the tenth
to the whole by a factor of ten times 1.3 at most, and hold no more memory than an office's machine has. Pandas does less: person-months,
episodes, recipients, entries, exits and retention. Each in a process of its own, so that its memory is its own.
"""

import datetime as dt
import multiprocessing
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import duck
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.ledger import FINDING, LEDGER
from pipelines.ingest.pseudonym import Pseudonyms
from pipelines.orchestration.graph import graph
from pipelines.orchestration.make import make_given
from pipelines.orchestration.step import make_step
from pipelines.orchestration.workshop import Workshop
from pipelines.settings import Settings

ROWS = 36_000_000
TENTH = ROWS // 10
MEMORY = 12.0  # GB
GROWTH = 13.0
MONTHS = 120
# A spell lasts 18 months on average, and has a row in each.
ROWS_A_SPELL = 18
SERVICES = ["SEMP", "SASO", "OAI"]
PATHS = frozenset(
    {
        *("cii_share_of_jobseekers", "orp_reregistration_rate", "outcome_incidence", "revolving_door_rate", "system_entries"),
        *("system_exits", "system_lasting_exit_12", "system_multiple_share", "system_recipients", "system_retention_12"),
        *("system_retention_24", "system_return_12", "system_return_6", "system_survival", "system_transition"),
        *("trajectory_profile_24", "uncoordinated_transfer_rate", "youth_gap_months", "youth_state", "youth_transition"),
    }
)

# Two spells a person on average, of any length from 1 to 35 months, beginning in any month.
_SPELLS = """
create table spell as
select md5((n // 2)::varchar) as person_id, n,
  ['SEMP', 'SEMP', 'SASO', 'SASO', 'OAI'][1 + (hash(n, 'service') % 5)::integer] as service,
  (hash(n, 'start') % $months)::integer as first_month,
  (first_month + hash(n, 'length') % (2 * $rows_a_spell - 1))::integer as last_month,
  1950 + (hash(n // 2, 'year') % 50)::integer as birth_year,
  1 + (hash(n // 2, 'month') % 12)::integer as birth_month,
  (1 + hash(n // 2, 'sex') % 2)::varchar as sex
from range($spells) t(n)
"""
_LEDGER = """
insert into stg.delivery by name
select s.service || m.month as delivery_id, s.service, 'prestations' as dataset, date '2010-01-01' + to_months(m.month::integer) as period,
  1 as version, '' as file, '' as sha256, period + interval 40 day as received_at, 'in_force' as status, 0 as rows_read, 0 as rows_loaded,
  0 as rows_rejected, 0 as lines_skipped, 0 as findings, true as sample
from range($months) m(month), (select unnest($services) as service) s
"""
_ROWS = """
insert into stg.prestations by name
select s.service || m.month as delivery_id, n as line, person_id, birth_year, birth_month, sex, 6458 as municipality, 'CH' as permit,
  b.benefit, (date '2010-01-01' + to_months(first_month))::date as started_on,
  case when m.month = last_month then last_day(date '2010-01-01' + to_months(last_month)) end as ended_on,
  case when m.month = last_month then 'AUTRE' end as end_reason, 1000 as amount
from spell s
join core.benefit b on b.service = s.service and b.system is not null
cross join range($months) m(month)
where m.month between s.first_month and s.last_month
"""
_TOLD = """
select r.person_id, r.benefit, r.started_on, r.ended_on, d.period, r.birth_year, r.birth_month
from stg.prestations r join stg.delivery d on d.delivery_id = r.delivery_id
"""


def laid(folder: Path, rows: int) -> Workshop:
    """A build whose `stg` holds so many rows of benefits."""
    con = duck.connect(folder / "paths.duckdb")
    settings = Settings(folder, folder, folder, today=dt.date(2026, 1, 15), linking=dict.fromkeys(SERVICES, "loi inventée"))
    shop = Workshop(settings, con, Pseudonyms(bytes(32)), (), {})
    for schema in ("core", "mart"):
        list(make_given(shop, schema))
    for table in (LEDGER, FINDING, *(export.table for export in EXPORTS.values())):
        duck.ensure(con, table)
    con.execute(_SPELLS, {"months": MONTHS, "rows_a_spell": ROWS_A_SPELL, "spells": round(rows / ROWS_A_SPELL)})
    con.execute(_LEDGER, {"months": MONTHS, "services": SERVICES})
    con.execute(_ROWS, {"months": MONTHS})
    con.execute("drop table spell")
    return shop


def by_queries(folder: Path, rows: int) -> float:
    """The seconds that all tables of the paths take."""
    shop = laid(folder, rows)
    steps = {step.table.qualified: step for step in graph().steps}
    wanted: set[str] = set()
    waiting = [f"mart.{name}" for name in PATHS]
    while waiting:
        if (name := waiting.pop()) in steps and name not in wanted:
            wanted.add(name)
            waiting += steps[name].reads
    began = time.perf_counter()
    for step in graph().steps:
        if step.table.qualified in wanted:
            make_step(shop, step)
    return time.perf_counter() - began


def by_pandas(folder: Path, rows: int) -> float:
    """The seconds that the main ones of them take the straight way."""
    told = laid(folder, rows).con.execute(_TOLD).df()
    began = time.perf_counter()
    spells = told.sort_values("period").drop_duplicates(["person_id", "benefit", "started_on"], keep="last")
    starts = spells.started_on.dt.year * 12 + spells.started_on.dt.month
    ends = (spells.ended_on.fillna(spells.period)).dt.year * 12 + (spells.ended_on.fillna(spells.period)).dt.month
    spells = spells.assign(month=[range(first, last + 1) for first, last in zip(starts, ends, strict=True)])
    months = spells[["person_id", "benefit", "birth_year", "birth_month", "month"]].explode("month").astype({"month": "int32"})
    months = months.drop_duplicates(["person_id", "benefit", "month"]).sort_values(["person_id", "benefit", "month"])
    months["age"] = (months.month - months.birth_year * 12 - months.birth_month) // 12
    adults = months[months.age.between(18, 64)]
    held = adults.groupby(["person_id", "month"]).benefit.agg(lambda names: "+".join(sorted(names)))
    assert held.reset_index().groupby(["month", "benefit"]).size().sum()
    begins = months.groupby(["person_id", "benefit"]).month.diff().fillna(99) > 2
    episodes = (
        months.assign(number=begins.cumsum())
        .groupby("number")
        .agg(benefit=("benefit", "first"), first=("month", "min"), last=("month", "max"))
    )
    assert len(episodes.groupby(["benefit", "first"]).size()) and len(episodes.groupby(["benefit", "last"]).size())
    assert episodes.assign(stays=episodes["last"] >= episodes["first"] + 12).groupby(["benefit", "first"]).stays.mean().notna().all()
    return time.perf_counter() - began


def _told(answer: multiprocessing.SimpleQueue, way: Callable[[Path, int], float], folder: Path, rows: int) -> None:
    answer.put((way(folder, rows), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9))


def measured(way: Callable[[Path, int], float], folder: Path, rows: int) -> tuple[float, float]:
    """Seconds, and GB at most, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    answer: multiprocessing.SimpleQueue = context.SimpleQueue()
    process = context.Process(target=_told, args=(answer, way, folder, rows))
    process.start()
    process.join()
    assert process.exitcode == 0
    seconds, memory = answer.get()
    return seconds, memory


@pytest.mark.benchmark(group="les parcours: 36 millions de mois-personnes")
def test_people_s_paths(benchmark, capsys: pytest.CaptureFixture, tmp_path: Path) -> None:
    def folder(name: str) -> Path:
        (tmp_path / name).mkdir()
        return tmp_path / name

    tenth, _ = measured(by_queries, folder("tenth"), TENTH)
    straight, held = measured(by_pandas, folder("pandas"), TENTH)
    whole, memory = benchmark.pedantic(measured, args=(by_queries, folder("whole"), ROWS), rounds=1)
    with capsys.disabled():
        print(f"\n36 millions: {whole:.0f} s, {memory:.1f} Go; un dixième: {tenth:.0f} s, pandas {straight:.0f} s et {held:.1f} Go")
        print(f"croissance {whole / tenth:.1f} pour dix fois les lignes; pandas {straight / tenth:.1f} fois les requêtes")
    assert memory < MEMORY
    assert whole / tenth < GROWTH
