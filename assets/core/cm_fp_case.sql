-- Une ligne par dossier CM-FP, tel que connu par la dernière livraison en vigueur où il figure.
--
-- key: case_id
-- columns: case_id* person_id* birth_year* birth_month* sex* municipality* region* referrer* announced_on* announced_age
--   age_group closed_on outcome outcome_detail solved* last_seen* vanished_on delivery_id* line*
-- privacy: pseudonymous
select
  r.case_id, r.person_id, r.birth_year, r.birth_month, r.sex, r.municipality,
  coalesce(m.region, 'HORS_CANTON') as region,
  r.referrer, r.announced_on, r.announced_age, a.age_group, r.closed_on, r.outcome, r.outcome_detail,
  s.code is not null as solved,
  d.period as last_seen,
  -- Open in its last delivery and absent since: it counts as open through the end of that month, then nowhere.
  case when r.closed_on is null and d.period < d.latest then d.last_day end as vanished_on,
  r.delivery_id, r.line
from stg.cm_fp_dossiers r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
left join core.code s on s.list = 'cm_fp_solution' and s.code = r.outcome
left join core.municipality m on m.municipality = r.municipality
left join core.age_group a on r.announced_age between a.age_from and a.age_to
qualify row_number() over (partition by r.case_id order by d.period desc) = 1
