"""Réseau CII, NE-ESO, early intervention, axes, training and agreements of the small world, told as deliveries.

November 2019 of the Réseau never came. One candidacy fails three criteria; the capacity of early intervention is eight, from
August 2018. The list of actions of 2020 has come while the year goes on; one of its actions names an indicator that nobody
knows. All is invented.
"""

import datetime as dt
from decimal import Decimal

from tests.sql.world import World

FIRST, LAST = "2019-01", "2020-05"
PARTNERS = ("ORP", "OAI", "SSR")
START = dt.date(2019, 1, 9)

ACTIONS = (
    ("1.1", "Repérer tôt les élèves en difficulté", "SFPO", ("EN_COURS", "EN_COURS"), "early_intervention_open"),
    ("4.1", "Suivre en réseau", "OAI", ("PILOTE", "EN_COURS"), "reseau_reinsertion_rate"),
    ("4.1", "Former les détecteurs", "SEMP", ("PREVU", "PREVU"), None),
    ("6.1", "Ouvrir des postes productifs", "SASO", ("EN_COURS", "REALISE"), "posts_of_old"),
    ("7.1", "Former à la collaboration", "CII", ("EN_COURS", "EN_COURS"), "training_sessions"),
)


def tell(world: World) -> None:
    """The programmes of this module's first lines, told to a world."""
    _parameters(world)
    _reseau(world)
    _ne_eso(world)
    _early_intervention(world)
    _axes(world)
    _training(world)
    _agreements(world)


def _parameters(world: World) -> None:
    bounds = {"productivity_from": 50, "productivity_to": 80, "debt_to": 5000, "age_from": 25, "age_to": 60}
    for name, value in bounds.items():
        world.give("core.parameter", parameter=f"ne_eso_{name}", valid_from=dt.date(2012, 1, 1), value=value)
    world.give("core.parameter", parameter="early_intervention_capacity", valid_from=dt.date(2018, 8, 1), value=8)
    world.give("core.parameter", parameter="training_sessions_planned", valid_from=dt.date(2019, 1, 1), value=2)


def _after(day: dt.date | None, days: int) -> dt.date | None:
    """A day later, where it is not after the last month."""
    later = day + dt.timedelta(days=days) if day else None
    return later if later and later <= dt.date(2020, 5, 31) else None


def _reseau(world: World) -> None:
    dataset = "reseau_cii_dossiers"
    world.deliver_months(dataset, FIRST, LAST, but=["2019-11"])
    for number in range(20):
        detected = START + dt.timedelta(days=22 * number)
        refused = number % 6 == 5
        accepted = None if refused else _after(detected, 14)
        assessed = None if number % 7 == 6 else _after(accepted, 30)
        planned = _after(assessed, 10 + number)
        closed = _after(detected, 20) if refused else _after(planned, 120)
        outcome = "NON_RETENU" if refused else ("EMPLOI", "MESURE", "FORMATION", "RENTE_AI")[number % 4]
        world.lasting(
            dataset,
            since=str(detected),
            until=str(closed or "9999"),
            end={"closed_on": closed, "outcome": outcome} if closed else None,
            case_id=f"R-{number}",
            detected_by=PARTNERS[number % 3],
            detected_on=detected,
            accepted_on=accepted,
            assessed_on=assessed,
            physician_present=number % 3 > 0 if assessed else None,
            plan_on=planned,
            lead=PARTNERS[(number + 1) % 3] if planned else None,
        )


def _ne_eso(world: World) -> None:
    dataset = "ne_eso_candidatures"
    world.deliver_months(dataset, FIRST, LAST)
    for number in range(12):
        applied = START + dt.timedelta(days=25 * number)
        fails = number % 4 == 3
        trial = None if fails else _after(applied, 30)
        hired = _after(trial, 45) if number % 2 == 0 else None
        left = _after(hired, 1) if number % 3 == 0 else None
        ended = _after(applied, 15) if fails else None
        world.lasting(
            dataset,
            since=str(applied),
            until=str(ended or "9999"),
            end={"ended_on": ended, "end_reason": "NON_ELIGIBLE"} if ended else None,
            candidacy_id=f"N-{number}",
            applied_on=applied,
            applied_age=20 if number == 7 else 51,
            productivity=40.0 if fails else 75.0,
            dependants=number == 7,
            debt=Decimal(0),
            trial_started_on=trial,
            enterprise=("Entreprise A", "Entreprise B")[number % 4 // 2] if hired else None,
            activity=("Archivage", "Maintenance", "Conciergerie")[number % 3] if hired else None,
            hired_on=hired,
            contract="CDI" if hired else None,
            left_social_aid_on=left,
            exit_extent=("TOTALE", "PARTIELLE")[number % 2] if left else None,
        )


def _early_intervention(world: World) -> None:
    dataset = "interventions_precoces"
    world.deliver_months(dataset, FIRST, LAST)
    for number in range(14):
        announced = START + dt.timedelta(days=33 * number)
        closed = _after(announced, 170)
        outcome = ("TRANSITION_SEC_II", "MESURE_TRANSITION", "TRANSITION_SEC_II", "SANS_SOLUTION")[number % 4]
        world.lasting(
            dataset,
            since=str(announced),
            until=str(closed or "9999"),
            end={"closed_on": closed, "outcome": outcome} if closed else None,
            case_id=f"S-{number}",
            coach=("K1", "K2")[number % 2],
            announced_on=announced,
        )


def _axes(world: World) -> None:
    for place, (year, received) in enumerate((("2019", "2020-01-20"), ("2020", "2020-02-15"))):
        delivery = world.deliver("actions_axes", year, received=received)
        for number, (sub_axis, action, service, statuses, indicator) in enumerate(ACTIONS):
            cells = {"action": action, "service": service, "indicator": indicator, "started_on": "2019-03-01"}
            world.row(delivery, action_id=f"X{number}", axis=int(sub_axis[0]), sub_axis=sub_axis, status=statuses[place], **cells)


def _training(world: World) -> None:
    world.deliver_months("formations_cii", FIRST, LAST)
    for number, (held_on, services) in enumerate(
        (
            ("2019-02-14", {"SEMP": 4, "SASO": 3}),
            ("2019-03-20", {"SEMP": 2, "OAI": 5}),
            ("2019-06-12", {"SASO": 6, "SFPO": 2}),
            ("2020-02-06", {"SEMP": 3, "SMIG": 4}),
            ("2020-04-29", {"OAI": 2}),
        )
    ):
        for service, participants in services.items():
            cells = {"session_id": f"F{number}", "held_on": held_on, "service": service, "participants": participants}
            world.row(f"formations_cii_{held_on[:7]}_v1", **cells)


def _agreements(world: World) -> None:
    for year, received in (("2019", "2020-01-20"), ("2020", "2020-02-15")):
        delivery = world.deliver("conventions", year, received=received)
        for number, (party_a, party_b, signed_on, review_on, ended_on) in enumerate(
            (
                ("SEMP", "OAI", "2015-05-01", "2020-03-31", None),
                ("SASO", "OAI", "2016-01-15", "2021-01-15", None),
                ("SASO", "SMIG", "2017-09-01", "2023-01-01", None),
                ("SEMP", "SFPO", "2018-02-01", None, None),
                ("SEMP", "SASO", "2014-02-01", None, "2019-06-30"),
            )
        ):
            cells = {"party_a": party_a, "party_b": party_b, "signed_on": signed_on, "review_on": review_on, "ended_on": ended_on}
            world.row(delivery, agreement_id=f"C{number}", **cells)
