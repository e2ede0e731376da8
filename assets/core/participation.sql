-- Une ligne par participation et service, telle que connue par la dernière livraison en vigueur où elle figure.
--
-- key: service participation_id
-- columns: service* participation_id* measure_id* person_id* started_on* ended_on outcome last_seen* vanished_on
--   delivery_id* line*
-- privacy: pseudonymous
with in_force as (
  select delivery_id, service, period, max(period) over (partition by service) as last
  from stg.delivery
  where dataset = 'participations' and status = 'in_force'
),
latest as (
  select d.service, d.period, d.last, r.*
  from stg.participations r join in_force d on d.delivery_id = r.delivery_id
  qualify row_number() over (partition by d.service, r.participation_id order by d.period desc) = 1
)
select service, participation_id, measure_id, person_id, started_on, ended_on, outcome,
  period as last_seen,
  -- Without an end and absent since: it counts as open through the end of that month, then nowhere.
  case when ended_on is null and period < last then last_day(period) end as vanished_on,
  delivery_id, line
from latest
