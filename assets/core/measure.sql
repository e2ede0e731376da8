-- Une ligne par mesure, telle que connue par le dernier inventaire en vigueur où elle figure.
--
-- key: measure_id
-- columns: measure_id* measure* former_names provider* lead_service* branch* kind* target_group* places*
--   monthly_cost_per_place* starts_on* ends_on has_sheet* last_seen* vanished_on delivery_id* line*
-- privacy: internal
with inventory as (
  select r.*, d.period, d.last_day, d.latest
  from stg.mesures r join core.delivery_in_force d on d.delivery_id = r.delivery_id
),
latest as (
  select * from inventory qualify row_number() over (partition by measure_id order by period desc) = 1
),
name as (
  select measure_id, measure, max(period) as borne_to from inventory group by measure_id, measure
),
former as (
  select n.measure_id, string_agg(n.measure, ' · ' order by n.borne_to) as names
  from name n join latest l on l.measure_id = n.measure_id and l.measure <> n.measure
  group by n.measure_id
)
select l.measure_id, l.measure, f.names as former_names, l.provider, l.lead_service, l.branch, l.kind, l.target_group,
  l.places, l.monthly_cost_per_place, l.starts_on, l.ends_on, l.has_sheet,
  l.period as last_seen,
  case when l.ends_on is null and l.period < l.latest then l.last_day end as vanished_on,
  l.delivery_id, l.line
from latest l
left join former f on f.measure_id = l.measure_id
