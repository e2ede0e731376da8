"""What changed since the last run that published, as the runs themselves tell it."""

import datetime as dt
import json
import re

import pytest

from pipelines.reports.files import GP_CII, report_path
from tests.support import cii, receipt, settings_in, small_sample

CORRECTION = "semp/pset_places_2013-01_v2.csv"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    """A warehouse published twice, the second time after a correction; the report of each time."""
    settings = settings_in(tmp_path_factory.mktemp("corrected"))
    small_sample(settings.raw, first=dt.date(2012, 12, 1))
    report = settings.reports / report_path(dt.date(2013, 2, 1), GP_CII, internal=True)
    ran = cii(settings, "run")
    assert ran.returncode == 0, ran.stderr
    first = report.read_text()
    january = (settings.raw / "semp/pset_places_2013-01.csv").read_bytes()
    (settings.raw / CORRECTION).write_bytes(re.sub(rb"PSET-001[^\n]*\n", b"", january))
    receipt(settings.raw, CORRECTION, received_at="2013-03-20T09:00:00")
    ran = cii(settings, "run")
    assert ran.returncode == 0, ran.stderr
    return settings, first, report.read_text()


def section(html: str) -> str:
    """The page within the report."""
    return html.split('<section class="page" id="changements">')[1].split('<section class="page"')[0]


def test_a_report_compares_with_the_copy_it_replaces(corrected) -> None:
    _, first, second = corrected
    assert "premier traitement publié" in section(first)
    assert "Depuis le dernier traitement publié: 1 livraison corrigée." in section(second)
    assert f"{CORRECTION} (corrigée)" in section(second)


def test_two_days_are_made_and_compared_and_an_old_day_is_the_same_whenever_it_is_made(corrected) -> None:
    settings, _, _ = corrected
    compared = cii(settings, "diff", "2013-03-15", "publie", "--json")
    assert compared.returncode == 0, compared.stderr
    answer = json.loads(compared.stdout)
    assert [(one["what"], one["file"]) for one in answer["deliveries"]] == [
        ("superseded", "semp/pset_places_2013-01.csv"),
        ("corrected", CORRECTION),
    ]
    revised = [one for one in answer["values"] if one["indicator"] == "pset_places" and one["what"] == "changed"]
    assert revised and all(one["causes"][0]["text"] == f"{CORRECTION} (corrigée)" for one in revised)
    old = settings.but(as_of=dt.date(2013, 3, 15))
    report = old.reports / report_path(dt.date(2013, 2, 1), GP_CII, internal=True)
    assert "reste le même" in section(report.read_text())
    made = old.published.stat().st_mtime_ns, report.read_bytes()
    assert cii(settings, "diff", "2013-03-15", "publie").returncode == 0
    assert made == (old.published.stat().st_mtime_ns, report.read_bytes())
