"""Equal files, receipts, decisions and key give equal tables, byte for byte, by whatever way they came there; and old days stay."""

import datetime as dt
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines import duck
from pipelines.contracts.registry import EXPORTS
from pipelines.duck import publication
from pipelines.errors import CiiError
from pipelines.ingest.register import Acceptance, record
from pipelines.orchestration.load import decide, load_pending
from pipelines.orchestration.make import make_layer
from pipelines.orchestration.outputs import make_copy
from pipelines.orchestration.workshop import workshop
from pipelines.settings import Settings
from tests.golden.avs import avs
from tests.support import receipt, settings_in

PSET_HEADER = "No programme;Programme;Organisateur;Branche;Catégorie;Public;Places;Places occupées"
CASE_HEADER = "No dossier;No AVS;Date de naissance;Sexe;Commune;Annoncé par;Date d'annonce;Date de clôture;Motif de clôture"
MONTHS = [f"2012-{month:02}" for month in range(1, 8)]
CLOCK = dt.datetime(2012, 9, 1, 8, 0)
SEEDS = range(2)


def places(chance: random.Random) -> str:
    """A month of programmes: of the usual length, short, refused, or with lines in error."""
    count = chance.choice([40, 41, 42, 43, 44, 12, 90])
    lines = [f"P{number};Inventé;Inventé;C;OCCUPATION;TOUS;5;{chance.randint(0, 6)}" for number in range(count)]
    lines[0] = chance.choice([lines[0], lines[0].replace("OCCUPATION", "AUTRE")])
    header = chance.choice([PSET_HEADER] * 7 + [PSET_HEADER.replace("Public;", "")])
    return "\n".join([header, *lines]) + "\n"


def cases(chance: random.Random) -> str:
    """A month of files, a few of which come and go, or change their person."""
    lines = [
        f"D{number};{avs(number + chance.choice([0, 0, 0, 50]))};0{1 + number % 9}.03.1996;1;6458;ECOLE;03.01.2012;;"
        for number in range(6)
        if chance.random() < 0.8
    ]
    return "\n".join([CASE_HEADER, *lines]) + "\n"


class Zone:
    """A landing zone in which things happen, one a day, each with its receipt; `now` is the day of the last one."""

    def __init__(self, folder: Path, seed: int) -> None:
        folder.mkdir(exist_ok=True)
        self.settings = settings_in(folder)
        self.chance = random.Random(seed)
        self.now = CLOCK

    @property
    def raw(self) -> Path:
        return self.settings.raw

    def lying(self) -> list[str]:
        """The files that lie there."""
        return sorted(str(path.relative_to(self.raw)) for path in self.raw.glob("*/*"))

    def happen(self) -> None:
        """A delivery, a correction, other bytes under a name, a withdrawal or an acceptance."""
        self.now += dt.timedelta(days=1)
        what, there = self.chance.random(), self.lying()
        if what < 0.15 and there:
            self.withdraw(self.chance.choice(there))
        elif what < 0.3 and (held := self.held()):
            record(self.settings.acceptances, Acceptance(self.chance.choice(held), self.now, "une personne", "c'est juste"))
        else:
            month, version = self.chance.choice(MONTHS), self.chance.choice(["", "", "_v2", "_v3"])
            ending = self.chance.choice(["csv"] * 9 + ["CSV"])
            self.deliver(*self.chance.choice([
                (f"semp/pset_places_{month}{version}.{ending}", places(self.chance)),
                (f"sfpo/cm_fp_dossiers_{month}{version}.{ending}", cases(self.chance)),
                (f"sfpo/dossiers {month}.csv", "x"),
            ]))  # fmt: skip

    def deliver(self, file: str, text: str) -> None:
        """Put a file there."""
        path = self.raw / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        (self.raw / "receipts.csv").touch()
        receipt(self.raw, file, received_at=self.now.isoformat())

    def withdraw(self, file: str) -> None:
        """Take a file away."""
        (self.raw / file).unlink()
        with (self.raw / "receipts.csv").open("a") as lines:
            lines.write(f"{file},,0,{self.now.isoformat()},oui\n")

    def held(self) -> list[str]:
        """What the last publication holds back."""
        if not self.settings.published.exists():
            return []
        with duck.open_published(self.settings.published) as con:
            return [row[0] for row in con.execute("select delivery_id from stg.delivery where status = 'held' order by 1").fetchall()]

    def publish(self, **asked: object) -> dict[str, list]:
        """The published tables after a run, in the order they lie."""
        settings = self.settings.but(today=self.now.date(), **asked)
        return published(settings, self.chance)


def published(settings: Settings, chance: random.Random) -> dict[str, list]:
    """Run, reading the files in any order; the rows of every published table in the order they lie, of views sorted."""
    with workshop(settings) as shop:
        mixed = replace(shop, arrivals=tuple(chance.sample(shop.arrivals, len(shop.arrivals))))
        for dataset in chance.sample([*EXPORTS, None], len(EXPORTS) + 1):
            load_pending(mixed, dataset, progress=lambda *_: None)
        decide(shop)
        for schema in ("core", "mart"):
            list(make_layer(shop, schema))
        make_copy(shop)
        publication.put(settings.published)
    with duck.open_published(settings.published) as con:
        tables = con.execute("select schema_name || '.' || table_name from duckdb_tables() order by 1").fetchall()
        views = con.execute("select schema_name || '.' || view_name from duckdb_views() where not internal order by 1").fetchall()
        found = {name: con.execute(f"select * from {name} order by rowid").fetchall() for (name,) in tables}
        return found | {name: con.execute(f"select * from {name} order by all").fetchall() for (name,) in views}


def anew(zone: Zone, folder: Path, seed: int) -> dict[str, list]:
    """What one run makes of the same files, receipts and decisions, having seen nothing of how they came there."""
    other = Zone(folder, seed)
    shutil.copytree(zone.raw, other.raw, dirs_exist_ok=True)
    shutil.copytree(zone.settings.acceptances.parent, other.settings.acceptances.parent)
    other.now = zone.now
    return other.publish()


def differing(one: dict[str, list], other: dict[str, list]) -> list[str]:
    assert one.keys() == other.keys()
    return [name for name in one if one[name] != other[name]]


@pytest.fixture(autouse=True)
def at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is waited for, and the code stays the same: nobody writes here but the test."""
    monkeypatch.setattr("pipelines.ingest.landing._LATELY", -1.0)
    monkeypatch.setattr("pipelines.orchestration.fingerprint._code", lambda places: list(places))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_published_tables_follow_from_files_receipts_decisions_and_key_alone(tmp_path: Path, seed: int) -> None:
    zone = Zone(tmp_path / "one", seed)
    for number in range(45):
        zone.happen()
        if number in (15, 30):
            zone.publish()
    by_and_by = zone.publish()
    assert differing(by_and_by, zone.publish()) == [], "a second run changed something"
    assert differing(by_and_by, anew(zone, tmp_path / "two", seed + 1)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_an_old_day_is_the_same_today_as_then(tmp_path: Path, seed: int) -> None:
    zone = Zone(tmp_path, seed)
    then: dict[dt.date, dict[str, list]] = {}
    for number in range(45):
        zone.happen()
        if number in (15, 30):
            zone.publish()
            then[zone.now.date()] = zone.publish(as_of=zone.now.date())
    for day, tables in then.items():
        assert differing(tables, zone.publish(as_of=day)) == [], f"{day} is another today"


def test_an_old_day_whose_bytes_are_gone_is_refused_by_the_names_of_the_files(tmp_path: Path) -> None:
    zone = Zone(tmp_path, 1)
    for month in MONTHS[:3]:
        zone.deliver(f"semp/pset_places_{month}.csv", places(random.Random(1)))
    day = zone.now.date()
    then = zone.publish(as_of=day)
    zone.now += dt.timedelta(days=1)
    zone.withdraw("semp/pset_places_2012-02.csv")
    zone.deliver("semp/pset_places_2012-03.csv", places(random.Random(2)))
    before = zone.settings.but(as_of=day).published.read_bytes()
    with pytest.raises(CiiError, match=r"pset_places_2012-02\.csv, semp/pset_places_2012-03\.csv\. Copiez"):
        zone.publish(as_of=day)
    assert zone.settings.but(as_of=day).published.read_bytes() == before
    zone.publish()
    # Remedied as the sentence says: the contents of then, in a copy.
    (zone.raw / "semp" / "pset_places_2012-02.csv").write_text(places(random.Random(1)))
    (zone.raw / "semp" / "pset_places_2012-03.csv").write_text(places(random.Random(1)))
    assert differing(then, zone.publish(as_of=day)) == []
