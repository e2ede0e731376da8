"""A pack that somebody asks for: what is refused, and with which words."""

import datetime as dt

import pytest

from pipelines.errors import CiiError
from pipelines.reports.ordered import write_ordered
from tests.golden import world


def test_a_pack_that_there_is_not_is_answered_with_those_there_are(settings) -> None:
    with pytest.raises(CiiError, match="«gp» n'est pas un rapport; il y a gp-cii, coordination, legislature, service-semp"):
        write_ordered(settings, "gp", period=None, internal=False)


def test_a_month_after_the_last_published_one_is_refused(settings) -> None:
    with pytest.raises(CiiError, match="Rien n'est publié pour 2020-06: le dernier mois est 2020-05"):
        write_ordered(settings, "gp-cii", period=dt.date(2020, 6, 1), internal=False)


def test_a_month_before_the_first_published_one_is_refused_and_nothing_is_written(settings) -> None:
    with pytest.raises(CiiError, match="Rien n'est publié pour 2018-12: le premier mois est 2019-01"):
        write_ordered(settings, "gp-cii", period=dt.date(2018, 12, 1), internal=False)
    assert not settings.reports.exists()


def test_the_coordination_group_s_pack_passes_the_control_and_the_sheets_go_with_the_whole_one(settings) -> None:
    (path,) = write_ordered(settings, "coordination", period=None, internal=False)
    assert "provisoire – pas encore diffusé" in path.read_text() and not list(settings.reports.glob("*/fiches"))
    written = write_ordered(settings, "coordination", period=None, internal=True)
    assert written[0].name == "coordination-interne.fr.html" and "usage interne – analystes" in written[0].read_text()
    assert {path.parent.name for path in written[1:]} == {"fiches"}


def test_the_steering_group_s_pack_says_on_every_page_that_it_is_provisional(settings) -> None:
    (path,) = write_ordered(settings, "gp-cii", period=world.PERIOD, internal=False)
    text = path.read_text()
    assert text.count("provisoire – pas encore diffusé") == 1 + text.count('<section class="page"') and "usage interne" not in text
    assert (settings.reports / "index.html").exists()
