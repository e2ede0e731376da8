-- Une ligne par mesure et par mois ou année: à quoi elle appartient à la fin de la période, et quels services l'ont utilisée.
--
-- key: measure_id grain period
-- columns: measure_id* grain* period* last_day* trailing_from* measure lead_service branch kind services mixed*
-- privacy: internal
with inventory as (
  select d.period, r.measure_id, r.measure, r.lead_service, r.branch, r.kind
  from stg.mesures r join core.delivery_in_force d on d.delivery_id = r.delivery_id
),
span as (
  select min(period) as first, max(period) as last
  from core.delivery_in_force
  where dataset in ('mesures', 'participations')
),
period as (
  select c.grain, c.period, c.last_day, c.trailing_from
  from core.calendar c join span s on c.period <= s.last and c.last_day >= s.first
  where c.grain in ('month', 'year')
),
known as (
  select measure_id from inventory
  union
  select measure_id from core.measure_use
),
used as (
  select p.grain, p.period, u.measure_id, string_agg(distinct u.service, '+' order by u.service) as services
  from period p join core.measure_use u on u.period between p.trailing_from and p.last_day
  where u.in_use > 0
  group by p.grain, p.period, u.measure_id
)
select k.measure_id, p.grain, p.period, p.last_day, p.trailing_from,
  -- Used before it was first listed: what is known of it now.
  coalesce(i.measure, l.measure) as measure,
  coalesce(i.lead_service, l.lead_service) as lead_service,
  coalesce(i.branch, l.branch) as branch,
  coalesce(i.kind, l.kind) as kind,
  u.services,
  case when contains(u.services, '+') then 'OUI' else 'NON' end as mixed
from period p
cross join known k
asof left join inventory i on i.measure_id = k.measure_id and p.last_day >= i.period
left join core.measure l on l.measure_id = k.measure_id
left join used u on u.grain = p.grain and u.period = p.period and u.measure_id = k.measure_id
