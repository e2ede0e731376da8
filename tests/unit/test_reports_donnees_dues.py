"""The page on the monthly data that the services owe."""

import datetime as dt

import pytest

from pipelines.contracts.export import Period
from pipelines.contracts.registry import EXPORTS
from pipelines.reports.pack import render
from pipelines.reports.pages.donnees_dues import PAGE as OWED
from pipelines.reports.states import state_cell
from tests.golden import world
from tests.unit.page_parts import SPACE


def owed(service, dataset, state, period=world.PERIOD, *, days="null", due=True):
    cadence = EXPORTS[dataset].cadence
    last = Period(period, cadence).last
    cells = f"'{service}', '{dataset}', date '{period}', '{cadence}', date '{last}', {due}, {state in ('in_force', 'late')}, '{state}', 1, {days}"
    columns = "service, dataset, period, cadence, due_on, owed, in_force, state, versions, days_late"
    return f"insert into core.delivery_month ({columns}) values ({cells})"


NOTHING = "delete from core.delivery_month"


def told(book):
    return OWED.build(book)[0].sentences


def test_who_is_late_is_told_by_service_with_what_lacks_and_why(changed):
    book = changed(
        NOTHING,
        owed("SEMP", "participations", "in_force"),
        owed("SASO", "participations", "missing"),
        owed("SASO", "participations", "rejected", dt.date(2020, 4, 1)),
        owed("SASO", "budgets", "missing", dt.date(2019, 1, 1)),
        owed("SMIG", "prestations", "held"),
    )
    assert told(book)[:3] == (
        "Pour mai 2020: 1 envoi en vigueur sur 3 dus.",
        f"SASO, en retard: budgets des mesures, 2019 (manquant); participations aux mesures, avril{SPACE}2020 (rejeté); "
        f"participations aux mesures, mai{SPACE}2020 (manquant).",
        f"SMIG, en retard: prestations et périodes de soutien, mai{SPACE}2020 (retenu).",
    )


def test_nobody_is_late_for_what_came_what_may_still_come_and_what_is_optional(changed):
    book = changed(
        NOTHING,
        owed("SEMP", "participations", "late", days=3),
        owed("SASO", "participations", "expected"),
        owed("SMIG", "observations", "missing", due=False),
        owed("SASO", "participations", "missing", dt.date(2019, 4, 1)),
    )
    assert told(book)[1] == "Aucun des trois services n'est en retard pour mai 2020 ni pour les douze mois d'avant."


@pytest.mark.parametrize("state", ["missing", "rejected", "held", "withdrawn"])
def test_whatever_leaves_nothing_in_force_is_late(changed, state):
    assert told(changed(NOTHING, owed("SASO", "participations", state)))[1].startswith("SASO, en retard: participations")


def test_sfpo_and_oai_owe_nothing_and_have_no_row(changed):
    book = changed(NOTHING, owed("OAI", "participations", "missing"), owed("SFPO", "participations", "missing"))
    assert told(book)[:2] == (
        "Jusqu'à mai 2020, aucune de ces données n'était due.",
        "Le SFPO et l'OAI ne doivent rien ici: ce qu'ils envoient pour ces programmes est repris quand il vient.",
    )
    tables = OWED.build(book)[1:]
    assert {row[0].text for table in tables for row in table.rows} == {"SEMP", "SASO", "SMIG"}


def test_the_matrix_shows_thirteen_months_and_the_days_of_a_late_delivery(changed):
    book = changed(
        NOTHING, owed("SASO", "participations", "late", days=3), owed("SMIG", "participations", "late", dt.date(2019, 4, 1), days=9)
    )
    matrix, yearly = OWED.build(book)[1:]
    rows = {(row[0].text, row[0].detail): row[1:] for row in matrix.rows}
    assert {len(cells) for cells in rows.values()} == {13}
    late = rows["SASO", "participations aux mesures"][-1]
    assert (late.text, late.detail) == ("◐ 3", "En vigueur, reçu en retard de 3 jours")
    assert {cell.text for cell in rows["SMIG", "participations aux mesures"]} == {"·"}
    assert ("SASO", "inventaire des mesures d'insertion") not in rows
    assert [cell.text for cell in yearly.columns] == ["Service", "2018", "2019", "2020"]


def test_a_correction_that_waits_is_marked():
    assert state_cell("in_force", "held").detail == "En vigueur; correction: retenu"


def test_what_is_owed_stands_in_the_report_of_the_coordination_group(book):
    assert 'id="donnees_dues"' in render(book, sample=True, pack=OWED.packs[0])
    assert 'id="donnees_dues"' not in render(book, sample=True)
