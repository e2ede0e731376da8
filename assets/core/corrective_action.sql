-- Une ligne par action corrective sur une mesure, telle que connue par la dernière livraison en vigueur où elle figure.
--
-- key: action_id
-- columns: action_id* measure_id* action* decided_by* opened_on* due_on* closed_on last_seen* vanished_on delivery_id* line*
-- privacy: internal
with in_force as (
  select d.delivery_id, d.period, c.last_day, max(d.period) over () as last
  from stg.delivery d
  join core.calendar c on c.period = d.period and c.grain = 'year'
  where d.dataset = 'actions_correctives' and d.status = 'in_force'
),
latest as (
  select r.*, d.period, d.last, d.last_day
  from stg.actions_correctives r join in_force d on d.delivery_id = r.delivery_id
  qualify row_number() over (partition by r.action_id order by d.period desc) = 1
)
select
  action_id, measure_id, action, decided_by, opened_on, due_on, closed_on,
  period as last_seen,
  case when closed_on is null and period < last then last_day end as vanished_on,
  delivery_id, line
from latest
