"""A month with an unusual number of rows, from its file to what people see: loaded, not counted, accepted, counted."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.duck import publication
from pipelines.orchestration import fingerprint
from pipelines.orchestration.accept import accept
from pipelines.orchestration.outputs import make_copy
from pipelines.orchestration.workshop import Workshop, lying
from pipelines.reports.terminal import print_status, print_summary
from pipelines.settings import Settings
from tests.support import built, receipt, settings_in

HEADER = "No programme;Programme;Organisateur;Branche;Catégorie;Public;Places;Places occupées"
HELD = "semp/pset_places_2012-04.csv"
KEY = "any"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Three months of forty programmes, a fourth of twelve, and a correction of the third that is refused."""
    settings = settings_in(tmp_path, today=dt.date.today())
    (settings.raw / "semp").mkdir()
    for file, count in (("2012-01", 40), ("2012-02", 40), ("2012-03", 40), ("2012-04", 12), ("2012-03_v2", 0)):
        header = HEADER if count else HEADER.replace("Public;", "")
        lines = [header, *(f"P{number};Inventé;Inventé;C;OCCUPATION;TOUS;5;3" for number in range(count))]
        (settings.raw / f"semp/pset_places_{file}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        receipt(settings.raw, f"semp/pset_places_{file}.csv", received_at=f"2012-0{int(file[6]) + 1}-{2 if count == 12 else 1}4T08:00:00")
    return settings


def publish(shop: Workshop) -> None:
    make_copy(shop)
    publication.put(shop.settings.published)


def places(shop: Workshop) -> tuple[float | None, str | None]:
    """What the indicator says of the fourth month."""
    row = shop.con.execute("select value, reason from mart.pset_places where period = '2012-04-01' and dimension = 'total'").fetchone()
    return row or (None, None)


def printed(settings: Settings, show=print_summary, **named: bool) -> str:
    out = io.StringIO()
    show(Console(file=out, width=200), settings, **named)
    return out.getvalue()


def state(shop: Workshop) -> tuple:
    return shop.con.execute(
        "select state, correction from core.delivery_month where dataset = 'pset_places' and period = '2012-04-01'"
    ).fetchone()


def test_a_held_month_is_loaded_and_not_counted_until_somebody_accepts_it(settings: Settings) -> None:
    with built(settings) as shop:
        delivery_id, status = shop.con.execute("select delivery_id, status from stg.delivery where file = ?", [HELD]).fetchone()
        assert status == "held" and state(shop) == ("held", None) and places(shop)[0] is None
        assert shop.con.execute("select count(*) from stg.pset_places where delivery_id = ?", [delivery_id]).fetchone() == (12,)
        told = shop.con.execute("select severity, message from mart.finding where rule = 'delivery.held'").fetchall()
        assert len(told) == 1 and told[0][0] == "warning" and "12 lignes" in told[0][1] and "est 40" in told[0][1] and "{" not in told[0][1]
        publish(shop)
    for text in (printed(settings), printed(settings, print_status, as_json=False)):
        assert f"{HELD}, 12 lignes au lieu de 40 d'habitude. Si c'est juste: cii accept {delivery_id} --why \"…\"" in text
    before = fingerprint.publication_fingerprint(settings, lying(settings), key_id=KEY)
    accept(settings, delivery_id[:6], why="un programme a fermé")
    assert fingerprint.publication_fingerprint(settings, lying(settings), key_id=KEY) != before, "nothing would be new"
    register = settings.acceptances.read_bytes()
    with built(settings) as shop:
        assert state(shop) == ("late", None) and places(shop)[0] == 60
        assert shop.con.execute("select count(*) from mart.finding where rule = 'delivery.held'").fetchone() == (0,)
        publish(shop)
    assert "cii accept" not in printed(settings) and settings.acceptances.read_bytes() == register
    with built(settings.but(as_of=dt.date(2012, 6, 1))) as shop:
        assert state(shop) == ("held", None), "nobody had accepted it by then"


def test_a_refused_correction_is_seen_beside_the_version_in_force(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with built(settings) as shop:
        publish(shop)
    status = printed(settings, print_status, as_json=False)
    assert "R R R*H" in status and "* semp/pset_places 2012-03: rejetée; la version précédente reste en vigueur" in status
    assert [line.split() for line in status.splitlines() if line.strip().startswith("SEMP") and " j" in line] == [
        ["SEMP", "pset_places", "4", "0", "4", "j", "14", "j"]
    ]
    print_status(Console(file=io.StringIO()), settings, as_json=True)
    months = {one["period"]: one for one in json.loads(capsys.readouterr().out) if one["dataset"] == "pset_places"}
    assert (months["2012-03-01"]["state"], months["2012-03-01"]["correction"]) == ("late", "rejected")
    assert (months["2012-02-01"]["correction"], months["2012-02-01"]["days_late"]) == (None, 2)


def test_a_run_of_some_months_holds_what_a_run_of_all_holds(settings: Settings) -> None:
    with built(settings) as shop:
        assert state(shop)[0] == "held"
    with built(settings.but(first=dt.date(2012, 4, 1))) as shop:
        assert state(shop)[0] == "held"
        assert shop.con.execute("select distinct period from stg.delivery").fetchall() == [(dt.date(2012, 4, 1),)]
