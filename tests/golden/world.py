"""A small invented world, written straight into the tables the report reads.

Seventeen months to May 2020; the CM-FP delivery of September 2019 never came. The measures and all about them are told as
deliveries in `measured.py`, `programmes.py` and `walked.py`, and their tables made by the project's own queries. No number here is one of the sample's.
"""

import datetime as dt
from functools import cache

import duckdb
import polars as pl

from pipelines import duck
from pipelines.contracts.codes import SERVICES
from pipelines.contracts.given import GIVEN, LINKED_SERVICE, linked_services
from pipelines.contracts.plan import months
from pipelines.indicators.catalogue import CATALOGUE, FORMER_CATALOGUE, catalogue
from pipelines.ingest.ledger import LEDGER
from pipelines.orchestration.graph import ALL_FINDINGS, INDICATOR_VALUE, graph
from pipelines.release.tables import RELEASE, RELEASED_VALUE, REVISION_EFFECT
from tests.golden import programmes, walked
from tests.golden.measured import measured

PERIOD = dt.date(2020, 5, 1)
SPAN = months(dt.date(2019, 1, 1), PERIOD)
MISSING = dt.date(2019, 9, 1)
RECEIVED = dt.datetime(2020, 6, 8, 9, 30)

OUTCOMES = ("CFC", "AFP", "APPRENTISSAGE", "EMPLOI", "STRUCTURE_ADAPTEE", "HORS_CRITERES", "SANS_SOLUTION", "INTERRUPTION")
SOLUTIONS = OUTCOMES[:5]
CATEGORIES = ("OCCUPATION", "SOCIOPROFESSIONNEL", "PROFESSIONNEL")

# What is written by hand; all else is told as deliveries.
BY_HAND = ("cm_fp_", "pset_", "delivery_")
# What the figures rest on is made of all this, as ever.
BEHIND = ("core.delivery_in_force", "mart.indicator_sending", "mart.figure_period", "mart.figure_basis")


def build():
    """A connection to the small world in memory."""
    con = duckdb.connect()
    for schema in duck.SCHEMAS:
        con.execute(f"create schema {schema}")
    made = {step.table.qualified: step.table for step in graph().steps}
    for given in GIVEN:
        duck.replace_with_rows(con, given.table, given.rows(PERIOD) if given.table.name != "target" else _targets())
    duck.replace_with_rows(con, LINKED_SERVICE, linked_services(dict.fromkeys(SERVICES, "Loi inventée, art. 1")))
    for table, indicators in ((CATALOGUE, graph().indicators), (FORMER_CATALOGUE, graph().former)):
        duck.replace_with_rows(con, table, catalogue(list(indicators), datasets=graph().datasets))
    for table in (RELEASE, RELEASED_VALUE, REVISION_EFFECT):
        duck.replace_with_rows(con, table, _rows(table, []))
    told = _told()
    values = pl.concat([_rows(INDICATOR_VALUE, [*_cm_fp(), *_pset(), *_delivery_values()]), told[INDICATOR_VALUE.qualified]])
    duck.replace_with_rows(con, INDICATOR_VALUE, values)
    rows = {
        LEDGER.qualified: pl.concat([_rows(LEDGER, _deliveries()), told[LEDGER.qualified]]),
        ALL_FINDINGS.qualified: _rows(ALL_FINDINGS, _findings()),
        "core.delivery_month": pl.concat([_rows(made["core.delivery_month"], _delivery_months()), told["core.delivery_month"]]),
        "mart.figure_of_record": _rows(made["mart.figure_of_record"], _record()),
        "mart.outcome_incidence": pl.concat([_rows(made["mart.outcome_incidence"], _incidence()), told["mart.outcome_incidence"]]),
    }
    for table in {**made, LEDGER.qualified: LEDGER, ALL_FINDINGS.qualified: ALL_FINDINGS}.values():
        if table != INDICATOR_VALUE:
            con.execute(table.create() if table.indexed else table.create().replace(" not null", ""))
            duck.append(con, table, (told | rows).get(table.qualified, _rows(table, [])))
    for step in graph().steps:
        if step.table.qualified in BEHIND:
            duck.replace(con, step.table, step.select, parameters={"first": None} if "$first" in step.select else {})
            # The files of some stand for many, and are in no ledger here.
            of_them = told.get(step.table.qualified, _rows(step.table, []))
            known = duck.frame(con, f"select * from {step.table.qualified}")
            duck.append(con, step.table, of_them.join(known, on=step.table.key, how="anti"))
    return con


@cache
def _told():
    """What the deliveries give: their tables by name, the values of their indicators and their part of the ledger."""
    world = measured()
    programmes.tell(world)
    walked.tell(world)
    con = world.make().con
    values = " union all ".join(f"select * from mart.{one.name}" for one in graph().indicators if not one.name.startswith(BY_HAND))
    tables = [step.table for step in graph().steps if step.table.schema == "core" and not step.table.name.startswith(BY_HAND)]
    ledger = f"from stg.delivery where {walked.ELSEWHERE}"
    owed = f"select * from core.delivery_month where dataset in (select dataset {ledger}) and period >= $first"
    return {table.qualified: duck.frame(con, f"select * from {table.qualified}") for table in tables} | {
        **{name: duck.frame(con, query) for name, query in walked.TABLES.items()},
        **{name: duck.frame(con, f"select * from {name}") for name in BEHIND if "mart.figure" in name},
        INDICATOR_VALUE.qualified: duck.frame(con, values),
        # Of a year that goes on the first version has come already, with the last of the others.
        LEDGER.qualified: duck.frame(con, f"select * replace (least(received_at, $last) as received_at) {ledger}", {"last": RECEIVED}),
        "core.delivery_month": duck.frame(con, owed, {"first": SPAN[0]}),
    }


def _rows(table, rows):
    return pl.DataFrame(rows, schema=table.frame_schema, orient="row")


def _value(indicator, period, *, member="total", dimension=None, numerator=None, denominator=None, value=None, complete=True, mature=True):
    """A row of an indicator; the value follows from its parts unless it is a median."""
    dimension = dimension or "total"
    reason = None
    if numerator is None and denominator is None:
        reason = "NOT_RECEIVED"
    elif value is None and denominator == 0:
        reason = "NOT_APPLICABLE"
    elif value is None:
        value = numerator if denominator is None else numerator / denominator
    return (indicator, "month", period, dimension, member, numerator, denominator, value, complete, mature, reason)


def _cm_fp():
    for place, period in enumerate(SPAN):
        received, later = period != MISSING, period < MISSING
        announced, closed = 8 * place + 1000, 5 * place
        counts = {
            "cm_fp_announced": (announced, later),
            "cm_fp_closed": (closed, later),
            "cm_fp_open": (announced - closed - place // 8, received),
            "cm_fp_vanished": (place // 8, later),
            "cm_fp_entries": (8, received),
            "cm_fp_exits": (5 if place else 0, received),
            "cm_fp_solutions": (3 * place, later),
            "cm_fp_out_of_criteria": (place, later),
        }
        for indicator, (count, complete) in counts.items():
            yield _value(indicator, period, numerator=count if received else None, complete=complete)
        for number, outcome in enumerate(OUTCOMES):
            indicator = "cm_fp_solutions" if outcome in SOLUTIONS else "cm_fp_closed"
            count = place * (number + 1) // 5 if received else None
            yield _value(indicator, period, dimension="outcome", member=outcome, numerator=count, complete=later)
        for indicator, solved, all_closed in (
            ("cm_fp_solution_rate", 3 * place, closed),
            ("cm_fp_eligible_solution_rate", 3 * place, closed - place),
            ("cm_fp_training_or_job_rate", 2 * place, closed - place),
        ):
            parts = {"numerator": solved, "denominator": all_closed} if received else {}
            yield _value(indicator, period, complete=later, **parts)
        parts = {"denominator": 3 * place, "value": 200.0 + 3 * place if place else None} if received else {}
        yield _value("cm_fp_median_days", period, complete=period < MISSING, mature=place >= 11, **parts)


def _pset():
    for place, period in enumerate(SPAN[3:]):
        places = {"OCCUPATION": 60 - 2 * place, "SOCIOPROFESSIONNEL": 10 + place, "PROFESSIONNEL": 30 + 2 * place}
        total = sum(places.values())
        yield _value("pset_places", period, numerator=total)
        yield _value("pset_places_social_aid", period, numerator=12)
        yield _value("pset_target_gap", period, numerator=120 - total)
        yield _value("pset_occupancy", period, numerator=total - 5, denominator=total)
        for category, count in places.items():
            member = {"dimension": "category", "member": category}
            baseline, target = {"OCCUPATION": (60, 10), "SOCIOPROFESSIONNEL": (10, 40), "PROFESSIONNEL": (30, 70)}[category]
            yield _value("pset_places", period, numerator=count, **member)
            yield _value("pset_places_social_aid", period, numerator=12 if category == "OCCUPATION" else 0, **member)
            yield _value("pset_share", period, numerator=count, denominator=total, **member)
            yield _value("pset_occupancy", period, numerator=count - 1, denominator=count, **member)
            yield _value("pset_conversion", period, numerator=count - baseline, denominator=target - baseline, **member)


def _delivery_values():
    for period in SPAN:
        pset, cm_fp = period >= SPAN[3], period != MISSING
        owed, in_force = 1 + pset, cm_fp + pset
        yield _value("delivery_completeness", period, numerator=in_force, denominator=owed)
        days = {(True, True): 11.5, (True, False): 8.0, (False, True): 15.0}[cm_fp, pset]
        yield _value("delivery_days", period, denominator=in_force, value=days)
        yield _value("delivery_reject_rate", period, numerator=in_force, denominator=40 * in_force)
        for dataset, there, days in (("cm_fp_dossiers", cm_fp, 8), ("pset_places", pset, 15)):
            member = {"dimension": "dataset", "member": dataset}
            due = dataset == "cm_fp_dossiers" or pset
            yield _value("delivery_completeness", period, numerator=int(there) if due else 0, denominator=int(due), **member)
            yield _value("delivery_days", period, denominator=int(there), value=float(days) if there else None, **member)
            yield _value("delivery_reject_rate", period, numerator=1 if there else 0, denominator=40 if there else 0, **member)
            yield _value("delivery_versions", period, numerator=0, **member)


def _delivery_months():
    for period in SPAN:
        state = "missing" if period == MISSING else "in_force"
        yield _delivery_month("SFPO", "cm_fp_dossiers", period, state)
        if period >= SPAN[3]:
            yield _delivery_month("SEMP", "pset_places", period, "late" if period == SPAN[5] else "in_force")


def _delivery_month(service, dataset, period, state):
    there = state in ("in_force", "late")
    received = dt.datetime(2020, 6, 8, 9, 30) if there else None
    counts = (40, 1) if there else (None, None)
    return (
        service,
        dataset,
        period,
        "monthly",
        PERIOD,
        True,
        there,
        state,
        None,
        f"{service}{period:%y%m}" if there else None,
        received,
        {"in_force": -2, "late": 3}.get(state),
        int(there),
        *counts,
    )


def _deliveries():
    def row(delivery_id, service, dataset, period, status, version=1):
        file = f"{service.lower()}/{dataset}_{period:%Y-%m}{'_v2' if version == 2 else ''}.csv"
        return (
            delivery_id,
            service,
            dataset,
            period,
            version,
            file,
            "0" * 64,
            dt.datetime(2020, 6, 8, 9, 30),
            status,
            None,
            40,
            39,
            1,
            0,
            1,
            True,
            None,
        )

    return [
        row("one", "SFPO", "cm_fp_dossiers", SPAN[-1], "in_force"),
        row("two", "SEMP", "pset_places", SPAN[-1], "superseded"),
        row("three", "SEMP", "pset_places", SPAN[-1], "in_force", version=2),
        row("four", "SFPO", "cm_fp_dossiers", SPAN[-2], "rejected"),
    ]


def _findings():
    def row(*place, rule, severity, message, remedy):
        return (*place, rule, severity, message, remedy, "…", "…", None)

    def above(line, cell):
        said = {"message": "Plus que les places.", "remedy": "Vérifiez les deux nombres."}
        return row("two", line, "occupied", "Places occupées", cell, rule="number.above", severity="warning", **said)

    check_digit = {"message": "Le chiffre de contrôle est faux.", "remedy": "Vérifiez-le."}
    empty = {"message": "Le fichier est vide.", "remedy": "Renvoyez-le."}
    return [
        row("one", 12, "avs13", "No AVS", "756.••••.••••.85", rule="avs.check_digit", severity="error", **check_digit),
        above(3, "14"),
        above(7, "<9>"),
        row("four", None, None, None, None, rule="file.empty", severity="rejected", **empty),
    ]


def _record():
    def row(figure, indicator, period, member, qualifier, published, computed, matches):
        dimension = {"total": "total", "CFC+AFP": "outcome", "EMPLOI": "outcome"}.get(member, "category")
        difference = None if computed is None else computed - published
        return (
            figure,
            indicator,
            "month",
            period,
            dimension,
            member,
            qualifier,
            published,
            "Bilan inventé, ch. 1",
            computed,
            difference,
            matches,
        )

    return [
        row("CM-FP: dossiers ouverts", "cm_fp_open", SPAN[4], "total", "=", 1012.0, 1012.0, True),
        row("CM-FP: CFC ou AFP", "cm_fp_solutions", SPAN[4], "CFC+AFP", "=", 2.0, 1.0, False),
        row("CM-FP: en emploi", "cm_fp_solutions", SPAN[4], "EMPLOI", "=", 3.0, 3.0, True),
        row("CM-FP: hors critères", "cm_fp_out_of_criteria", MISSING, "total", "=", 5.0, None, None),
        row("PSET: occupation", "pset_places", SPAN[3], "OCCUPATION", "=", 60.0, 60.0, True),
        row("PSET réservés à l'aide sociale", "pset_places_social_aid", SPAN[6], "total", ">", 10.0, 12.0, True),
    ]


def _targets():
    source = "Plan inventé"
    day = dt.date(2020, 12, 31)
    rows = [
        ("pset_places", member, day, value, source) for member, value in zip((*CATEGORIES, "total"), (10.0, 40.0, 70.0, 120.0), strict=True)
    ]
    return pl.DataFrame(rows, schema=next(given.table for given in GIVEN if given.table.name == "target").frame_schema, orient="row")


def _incidence():
    for cohort, last in (("ALL", 6), ("2019", 12), ("2020", 4)):
        for number, outcome in enumerate(OUTCOMES):
            for elapsed in range(15):
                at_risk = max(60 - 4 * elapsed - (20 if cohort == "2020" else 0), 0)
                incidence = round((number + 1) * elapsed / 600, 6)
                yield (
                    "CM_FP",
                    cohort,
                    outcome,
                    elapsed,
                    at_risk,
                    1,
                    incidence,
                    round(1 - 36 * elapsed / 600, 6),
                    incidence,
                    elapsed <= last,
                )
