"""What the packs tell in place of a figure, and why: the same as a reader of a pack finds."""

import datetime as dt

from pipelines import duck
from pipelines.contracts.thresholds import Thresholds
from pipelines.errors import CiiError
from pipelines.reports import hiding
from pipelines.reports.book import values
from pipelines.reports.hiding import reasons, told_instead
from pipelines.reports.value import HIDDEN, Figure
from tests.golden import world

THRESHOLDS = Thresholds()


def instead(con, indicator, period=world.PERIOD, dimension="total", member="total", *, told=None):
    return told_instead(con, Figure(indicator, "month", period, dimension, member), thresholds=THRESHOLDS, told=told)


def test_nothing_is_told_instead_of_a_figure_that_is_shown(con):
    assert instead(con, "cm_fp_announced") is None
    assert instead(con, "pset_places", dimension="category", member="OCCUPATION") is None


def test_the_movements_of_a_month_are_held_back(con):
    assert instead(con, "cm_fp_exits") == f"{HIDDEN['HELD_BACK']}: {reasons(THRESHOLDS)['HELD_BACK']} (mai 2020)"


def test_where_a_breakdown_stands_what_is_told_of_it_is_said_with_its_date(con):
    said = instead(con, "cm_fp_solutions", dimension="outcome", member="CFC")
    assert said and "les rapports montrent" in said and "état à fin décembre 2019" in said


def test_where_what_was_released_stands_that_is_said_with_its_day(con):
    december = dt.date(2019, 12, 1)
    row = "from mart.indicator_value where indicator = 'cm_fp_solutions' and dimension = 'outcome' and period = '2019-12-01' and grain = 'month'"
    told = duck.frame(
        con, f"select * replace (value + 1 as value, numerator + 1 as numerator), date '2020-02-14' as released_on {row} and value > 5"
    )
    member, value = told["member"][0], told["value"][0]
    said = instead(con, "cm_fp_solutions", december, "outcome", member, told=told)
    assert said and f"les rapports montrent {value:.0f}, tel que diffusé le 14.02.2020" in said


def test_of_a_figure_that_the_pack_hides_its_mark_is_said_with_the_reason(con, told):
    hidden = [
        value
        for indicator in ("ne_eso_candidacies", "ne_eso_eligible", "ne_eso_ineligible")
        for value in values(told, indicator)["total"]
        if value.reason in ("BELOW_THRESHOLD", "PROTECTED")
    ]
    assert {value.reason for value in hidden} == {"BELOW_THRESHOLD", "PROTECTED"}
    for value in hidden[::5]:
        said = told_instead(con, value.figure, thresholds=THRESHOLDS)
        assert said and said.startswith(value.text) and reasons(THRESHOLDS)[value.reason] in said


def test_where_no_pack_could_be_written_that_is_what_is_said(monkeypatch, con):
    def fails(*_, **__):
        raise CiiError("Le contrôle de confidentialité n'est pas passé.")

    monkeypatch.setattr(hiding, "shown", fails)
    assert instead(con, "cm_fp_open") == "Le contrôle de confidentialité n'est pas passé."
