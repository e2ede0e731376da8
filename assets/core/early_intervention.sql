-- Une ligne par situation d'intervention précoce, telle que connue par la dernière livraison en vigueur où elle figure.
--
-- key: case_id
-- columns: case_id* person_id* birth_year* birth_month* sex* municipality* region* coach* announced_on* announced_age age_group
--   closed_on outcome last_seen* vanished_on delivery_id* line*
-- privacy: pseudonymous
select
  r.case_id, r.person_id, r.birth_year, r.birth_month, r.sex, r.municipality,
  coalesce(m.region, 'HORS_CANTON') as region,
  r.coach, r.announced_on, r.announced_age, a.age_group, r.closed_on, r.outcome,
  d.period as last_seen,
  case when r.closed_on is null and d.period < d.latest then d.last_day end as vanished_on,
  r.delivery_id, r.line
from stg.interventions_precoces r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
left join core.municipality m on m.municipality = r.municipality
left join core.age_group a on r.announced_age between a.age_from and a.age_to
qualify row_number() over (partition by r.case_id order by d.period desc) = 1
