-- Une ligne par mesure, service et mois: ce que le service en a utilisé, et ce qui lui a été facturé.
--
-- key: measure_id service period
-- columns: measure_id* service* period* in_use* ongoing* entries* exits* placed* dropped_out* cost*
-- privacy: internal
with month as (
  select period, last_day
  from core.calendar
  where grain = 'month' and period <= (
    select max(period) from core.delivery_in_force where dataset = 'participations'
  )
),
life as (
  select *, coalesce(ended_on, vanished_on, date '9999-12-31') as in_use_to from core.participation
),
used as (
  select p.measure_id, p.service, m.period,
    count(*) as in_use,
    count(*) filter (coalesce(p.ended_on > m.last_day, p.vanished_on >= m.last_day, true)) as ongoing,
    count(*) filter (p.started_on >= m.period) as entries,
    count(*) filter (p.ended_on <= m.last_day) as exits,
    count(*) filter (p.ended_on <= m.last_day and p.outcome in ('EMPLOI', 'FORMATION')) as placed,
    count(*) filter (p.ended_on <= m.last_day and p.outcome in ('ABANDON', 'EXCLUSION')) as dropped_out
  from life p
  join month m on p.started_on <= m.last_day and p.in_use_to >= m.period
  group by p.measure_id, p.service, m.period
),
billed as (
  select r.measure_id, d.service, d.period, sum(r.cost) as cost
  from stg.participations r join core.delivery_in_force d on d.delivery_id = r.delivery_id
  group by r.measure_id, d.service, d.period
)
select measure_id, service, period,
  coalesce(u.in_use, 0) as in_use,
  coalesce(u.ongoing, 0) as ongoing,
  coalesce(u.entries, 0) as entries,
  coalesce(u.exits, 0) as exits,
  coalesce(u.placed, 0) as placed,
  coalesce(u.dropped_out, 0) as dropped_out,
  coalesce(b.cost, 0) as cost
from used u
full join billed b using (measure_id, service, period)
