-- Dossiers annoncés = ouverts + clos + disparus, chaque mois.
--
-- name: dossiers_conserves
-- blocking: yes
with announced as (
  select period, value from mart.cm_fp_announced where dimension = 'total'
),
part as (
  select period, value from mart.cm_fp_open where dimension = 'total'
  union all
  select period, value from mart.cm_fp_closed where dimension = 'total'
  union all
  select period, value from mart.cm_fp_vanished where dimension = 'total'
),
summed as (
  -- A part that is not there leaves the sum empty, not short.
  select period, case when count(value) = 3 then sum(value) end as value, count(*) as parts from part group by period
)
select coalesce(a.period, s.period) as period
from announced a
full join summed s on s.period = a.period
where a.period is null or s.parts is distinct from 3 or a.value is distinct from s.value
