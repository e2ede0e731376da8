-- Une ligne par action corrective sur une mesure, telle que connue par la dernière livraison en vigueur où elle figure.
--
-- key: action_id
-- columns: action_id* measure_id* action* decided_by* opened_on* due_on* closed_on last_seen* vanished_on delivery_id* line*
-- privacy: internal
select r.action_id, r.measure_id, r.action, r.decided_by, r.opened_on, r.due_on, r.closed_on,
  d.period as last_seen,
  case when r.closed_on is null and d.period < d.latest then d.last_day end as vanished_on,
  r.delivery_id, r.line
from stg.actions_correctives r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
qualify row_number() over (partition by r.action_id order by d.period desc) = 1
