"""Reading one large month, from bytes to `stg`, against the least DuckDB could do and against the straight way with pandas.

All three read the same file of about a million rows, hold it to the same rules, replace the AVS number by the same HMAC and
write a DuckDB table; beside them the same file with one line in a thousand that the fast way cannot take. Times are noisy;
the ratios of one run are what counts (the table of `make bench` shows them).
"""

import datetime as dt
import hmac
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pytest

from pipelines import duck
from pipelines.contracts.exports.cm_fp_dossiers import EXPORT, OUTCOME, OUTCOME_DETAIL, REFERRER
from pipelines.contracts.given import MUNICIPALITY
from pipelines.orchestration.load import load_pending
from pipelines.orchestration.workshop import workshop
from pipelines.sample.generate import generate
from pipelines.sample.world import World
from pipelines.settings import Settings
from tests.support import KEY, settings_in

MONTH = dt.date(2013, 2, 1)
END = dt.date(2013, 2, 28)
SCALE = 7600
ROUNDS = 3
ONE_IN = 1000

pytestmark = pytest.mark.benchmark(group="un mois d'un million de lignes, des octets à stg")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A landing zone with the one large month."""
    settings = settings_in(tmp_path_factory.mktemp("large"))
    generate(settings.raw, World(scale=SCALE, first=MONTH, last=MONTH, format="csv", datasets=frozenset({EXPORT.name})))
    return settings


@pytest.fixture(scope="module")
def file(large: Settings) -> Path:
    return large.raw / "sfpo" / "cm_fp_dossiers_2013-02.csv"


@pytest.fixture(scope="module")
def rows(file: Path) -> int:
    """The rows that are right: all but the slip in the sample of that month, which is a warning."""
    return file.read_bytes().count(b"\n") - 1


def codes(code_list) -> list[str]:
    """The codes of a list."""
    return [code.code for code in code_list.codes]


def read_whole(benchmark, settings: Settings) -> int:
    """The rows in `stg` after the file was read into an empty build."""

    def fresh():
        settings.build.unlink(missing_ok=True)

    def read() -> int:
        with workshop(settings) as shop:
            load_pending(shop, EXPORT.name, progress=lambda *_: None)
            return duck.count(shop.con, EXPORT.table.qualified)

    return benchmark.pedantic(read, setup=fresh, rounds=ROUNDS, warmup_rounds=1)


def test_cii_monitor(benchmark, large: Settings, rows: int) -> None:
    assert read_whole(benchmark, large) == rows


def with_quotes(line: bytes) -> bytes:
    """A right line whose first cell stands in quotes and holds a doubled one."""
    key, rest = line.split(b";", 1)
    return b'"' + key + b' ""bis""";' + rest


def with_a_cell_too_many(line: bytes) -> bytes:
    """A line that is an error."""
    return line.replace(b";", b";;", 1)


@pytest.mark.parametrize(("spoilt", "lost"), [(with_quotes, 0), (with_a_cell_too_many, 1)], ids=["guillemets", "cellule de trop"])
def test_cii_monitor_with_one_line_in_a_thousand_for_the_careful_way(
    benchmark, file: Path, rows: int, tmp_path: Path, spoilt: Callable[[bytes], bytes], lost: int
) -> None:
    settings = settings_in(tmp_path)
    lines = file.read_bytes().splitlines(keepends=True)
    careful = range(ONE_IN, len(lines), ONE_IN)
    for number in careful:
        lines[number] = spoilt(lines[number])
    other = settings.raw / file.relative_to(file.parents[1])
    other.parent.mkdir()
    other.write_bytes(b"".join(lines))
    assert read_whole(benchmark, settings) == rows - lost * len(careful)


LEAST = """
create or replace table stg.least as
with text as (
  select *, row_number() over () + 1 as line
  from read_csv($file, delim = ';', header = true, all_varchar = true, encoding = 'latin-1', strict_mode = true,
    names = ['case_id', 'avs', 'birth', 'sex', 'municipality', 'referrer', 'announced', 'closed', 'outcome', 'detail'])
),
typed as (
  select line, nullif(trim(case_id), '') as case_id, replace(avs, '.', '') as avs13, strptime(birth, '%d.%m.%Y')::date as birth_date,
    sex, municipality::integer as municipality, referrer, strptime(announced, '%d.%m.%Y')::date as announced_on,
    strptime(nullif(closed, ''), '%d.%m.%Y')::date as closed_on, nullif(outcome, '') as outcome, nullif(detail, '') as outcome_detail
  from text
),
checked as (
  select *,
    row_number() over (partition by case_id order by line) = 1
    and regexp_full_match(avs13, '756[0-9]{10}')
    and (10 - (
      (substr(avs13, 1, 1)::integer + substr(avs13, 3, 1)::integer + substr(avs13, 5, 1)::integer + substr(avs13, 7, 1)::integer
        + substr(avs13, 9, 1)::integer + substr(avs13, 11, 1)::integer)
      + 3 * (substr(avs13, 2, 1)::integer + substr(avs13, 4, 1)::integer + substr(avs13, 6, 1)::integer
        + substr(avs13, 8, 1)::integer + substr(avs13, 10, 1)::integer + substr(avs13, 12, 1)::integer)) % 10) % 10
      = substr(avs13, 13, 1)::integer
    and birth_date between $end::date - interval 110 year and $end::date
    and sex in ('1', '2', '3')
    and (municipality in (select unnest($municipalities)) or municipality not between 6401 and 6513)
    and municipality between 1 and 6999
    and list_contains($referrers, referrer)
    and announced_on <= $end::date
    and (closed_on is null or closed_on between greatest(announced_on, $start::date - interval 2 month) and $end::date)
    and (closed_on is null) = (outcome is null)
    and (outcome is null or list_contains($outcomes, outcome))
    and (outcome_detail is null or (outcome = 'HORS_CRITERES' and list_contains($details, outcome_detail))) as right_
  from typed
)
select line, case_id, left(sha256($outer::blob || unhex(sha256($inner::blob || avs13::blob))), 32) as person_id,
  year(birth_date) as birth_year, month(birth_date) as birth_month, sex, municipality, referrer, announced_on, closed_on,
  outcome, outcome_detail, date_sub('year', birth_date, announced_on) as announced_age
from checked where right_
"""


def padded(byte: int) -> bytes:
    """The key as HMAC mixes it in."""
    return bytes(one ^ byte for one in bytes.fromhex(KEY).ljust(64, b"\0"))


def test_the_least_duckdb_can_do(benchmark, file: Path, rows: int, tmp_path: Path) -> None:
    given = {
        "file": str(file),
        "start": MONTH,
        "end": END,
        "municipalities": MUNICIPALITY.rows(END)["municipality"].to_list(),
        "referrers": codes(REFERRER),
        "outcomes": codes(OUTCOME),
        "details": codes(OUTCOME_DETAIL),
        "inner": padded(0x36),
        "outer": padded(0x5C),
    }

    def fresh():
        (tmp_path / "least.duckdb").unlink(missing_ok=True)

    def read() -> int:
        with duck.connect(tmp_path / "least.duckdb") as con:
            con.execute(LEAST, given)
            return duck.count(con, "stg.least")

    assert benchmark.pedantic(read, setup=fresh, rounds=ROUNDS, warmup_rounds=1) == rows


def test_the_straight_way_with_pandas(benchmark, file: Path, rows: int, tmp_path: Path) -> None:
    names = ["case_id", "avs13", "birth_date", "sex", "municipality", "referrer", "announced_on", "closed_on", "outcome", "outcome_detail"]
    numbers = set(MUNICIPALITY.rows(END)["municipality"].to_list())

    def check_digit(avs: pd.Series) -> pd.Series:
        digits = [avs.str[place].astype(int) for place in range(13)]
        total = sum(digits[0:12:2]) + 3 * sum(digits[1:12:2])
        return (10 - total % 10) % 10 == digits[12]

    schema = pa.DataFrameSchema(
        {
            "case_id": pa.Column(str, unique=True),
            "avs13": pa.Column(str, [pa.Check.str_matches(r"^756\d{10}$"), pa.Check(check_digit)]),
            "birth_date": pa.Column("datetime64[us]", pa.Check(lambda born: (born <= pd.Timestamp(END)) & (born.dt.year >= 1903))),
            "sex": pa.Column(str, pa.Check.isin(["1", "2", "3"])),
            "municipality": pa.Column(int, pa.Check(lambda one: one.isin(numbers) | ~one.between(6401, 6513) & one.between(1, 6999))),
            "referrer": pa.Column(str, pa.Check.isin(codes(REFERRER))),
            "announced_on": pa.Column("datetime64[us]", pa.Check.le(pd.Timestamp(END))),
            "closed_on": pa.Column("datetime64[us]", pa.Check.in_range(pd.Timestamp(2012, 12, 1), pd.Timestamp(END)), nullable=True),
            "outcome": pa.Column(str, pa.Check.isin(codes(OUTCOME)), nullable=True),
            "outcome_detail": pa.Column(str, pa.Check.isin(codes(OUTCOME_DETAIL)), nullable=True),
        },
        checks=[
            pa.Check(lambda frame: frame.closed_on.isna() == frame.outcome.isna()),
            pa.Check(lambda frame: frame.closed_on.isna() | (frame.closed_on >= frame.announced_on)),
            pa.Check(lambda frame: frame.outcome_detail.isna() | (frame.outcome == "HORS_CRITERES")),
        ],
    )

    def fresh():
        (tmp_path / "pandas.duckdb").unlink(missing_ok=True)

    def read() -> int:
        frame = pd.read_csv(file, sep=";", encoding="cp1252", dtype=str, header=0, names=names)
        for name in ("birth_date", "announced_on", "closed_on"):
            frame[name] = pd.to_datetime(frame[name], format="%d.%m.%Y")
        frame["avs13"] = frame["avs13"].str.replace(".", "", regex=False)
        frame["municipality"] = frame["municipality"].astype(int)
        frame = schema.validate(frame, lazy=True)
        key = bytes.fromhex(KEY)
        frame["person_id"] = [hmac.digest(key, avs.encode(), "sha256").hex()[:32] for avs in frame.pop("avs13")]
        born = frame.pop("birth_date")
        frame["birth_year"], frame["birth_month"] = born.dt.year, born.dt.month
        had_birthday = (frame.announced_on.dt.month * 100 + frame.announced_on.dt.day) >= (born.dt.month * 100 + born.dt.day)
        frame["announced_age"] = frame.announced_on.dt.year - born.dt.year - (~had_birthday).astype(int)
        with duck.connect(tmp_path / "pandas.duckdb") as con:
            con.register("frame", frame)
            con.execute("create table stg.straight as select * from frame")
            return duck.count(con, "stg.straight")

    assert benchmark.pedantic(read, setup=fresh, rounds=ROUNDS, warmup_rounds=1) == rows
