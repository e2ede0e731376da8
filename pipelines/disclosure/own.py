"""The tables that a service's own pack is made from: a database of its own, which holds what this service sent and nothing else.

Nothing of it is hidden from the service, and nothing of another one is there that a page could show by mistake. A count that joins
persons of several services is nobody's own.
"""

import datetime as dt

from pipelines import duck

_WHOLE = ("core.code", "core.linked_service", "mart.target")
_OWN = {
    "core.delivery_month": "select * from core.delivery_month where service = $service",
    "stg.delivery": "select * from stg.delivery where service = $service",
    "mart.finding": "select f.* from mart.finding f join stg.delivery d using (delivery_id) where d.service = $service",
}
# The totals that rest on this service's deliveries alone; of what several services send, the part of this one as the sender.
_INDICATORS = """
with alone as (
  select dataset from core.sending group by dataset having bool_and(service = $service)
),
own as (
  select *,
    rests_on = $service or list_has_all((select coalesce(list(dataset), []) from alone), string_split(datasets, ', ')) as whole,
    -- A figure that rests on no dataset speaks of the deliveries themselves.
    list_contains(string_split(dimensions, ', '), 'service = sender') or datasets is null as by_sender
  from mart.indicator where not linked
)
"""
_CATALOGUE = f"{_INDICATORS} select * exclude (whole, by_sender) from own where whole or by_sender"
_VALUES = f"""{_INDICATORS}
select v.* from mart.indicator_value v join own using (indicator)
where v.period <= $period and (own.whole and v.dimension = 'total' or own.by_sender and v.dimension = 'service' and v.member = $service)
"""
_BASIS = f"""{_INDICATORS}
select b.* from mart.figure_basis b join own using (indicator)
where b.period <= $period and (own.whole and b.scope = 'ALL' or own.by_sender and b.scope = $service)
"""
_RECORD = f"""{_INDICATORS}
select f.* from mart.figure_of_record f join own using (indicator) where own.whole and f.dimension = 'total' and f.period <= $period
"""


def own(con: duck.Connection, period: dt.date, *, service: str) -> duck.Connection:
    """The database of a month's pack of a service."""
    asked = {"service": service}
    tables = {name: duck.frame(con, f"select * from {name}") for name in _WHOLE}
    tables |= {name: duck.frame(con, select, asked) for name, select in _OWN.items()}
    tables["mart.indicator"] = duck.frame(con, _CATALOGUE, asked)
    told = {"mart.indicator_value": _VALUES, "mart.figure_basis": _BASIS, "mart.figure_of_record": _RECORD}
    tables |= {name: duck.frame(con, select, {**asked, "period": period}) for name, select in told.items()}
    database = duck.in_memory()
    for name, rows in tables.items():
        duck.fill(database, name, rows)
    return database
