-- Une ligne par participation et service, telle que connue par la dernière livraison en vigueur où elle figure.
--
-- key: service participation_id
-- columns: service* participation_id* measure_id* person_id* started_on* ended_on outcome last_seen* vanished_on
--   delivery_id* line*
-- privacy: pseudonymous
select d.service, r.participation_id, r.measure_id, r.person_id, r.started_on, r.ended_on, r.outcome,
  d.period as last_seen,
  -- Without an end and absent since: it counts as open through the end of that month, then nowhere.
  case when r.ended_on is null and d.period < d.latest then d.last_day end as vanished_on,
  r.delivery_id, r.line
from stg.participations r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
qualify row_number() over (partition by d.service, r.participation_id order by d.period desc) = 1
