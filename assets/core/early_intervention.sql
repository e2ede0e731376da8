-- Une ligne par situation d'intervention précoce, telle que connue par la dernière livraison en vigueur où elle figure.
--
-- key: case_id
-- columns: case_id* person_id* birth_year* birth_month* sex* municipality* region* coach* announced_on* announced_age age_group
--   closed_on outcome last_seen* vanished_on delivery_id* line*
-- privacy: pseudonymous
with in_force as (
  select delivery_id, period, max(period) over () as last from stg.delivery where dataset = 'interventions_precoces' and status = 'in_force'
),
latest as (
  select r.*, d.period, d.last
  from stg.interventions_precoces r join in_force d on d.delivery_id = r.delivery_id
  qualify row_number() over (partition by r.case_id order by d.period desc) = 1
)
select
  l.case_id, l.person_id, l.birth_year, l.birth_month, l.sex, l.municipality,
  coalesce(m.region, 'HORS_CANTON') as region,
  l.coach, l.announced_on, l.announced_age, a.age_group, l.closed_on, l.outcome,
  l.period as last_seen,
  case when l.closed_on is null and l.period < l.last then last_day(l.period) end as vanished_on,
  l.delivery_id, l.line
from latest l
left join core.municipality m on m.municipality = l.municipality
left join core.age_group a on l.announced_age between a.age_from and a.age_to
