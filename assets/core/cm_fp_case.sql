-- Une ligne par dossier CM-FP, tel que connu par la dernière livraison en vigueur où il figure.
--
-- key: case_id
-- columns: case_id* person_id* birth_year* birth_month* sex* municipality* region* referrer* announced_on* announced_age
--   age_group closed_on outcome outcome_detail solved* last_seen* vanished_on delivery_id* line*
-- privacy: pseudonymous
with in_force as (
  select delivery_id, period from stg.delivery where dataset = 'cm_fp_dossiers' and status = 'in_force'
),
latest as (
  select r.*, d.period
  from stg.cm_fp_dossiers r join in_force d on d.delivery_id = r.delivery_id
  qualify row_number() over (partition by r.case_id order by d.period desc) = 1
),
span as (select max(period) as last from in_force)
select
  l.case_id, l.person_id, l.birth_year, l.birth_month, l.sex, l.municipality,
  coalesce(m.region, 'HORS_CANTON') as region,
  l.referrer, l.announced_on, l.announced_age, a.age_group, l.closed_on, l.outcome, l.outcome_detail,
  s.code is not null as solved,
  l.period as last_seen,
  -- Open in its last delivery and absent since: it counts as open through the end of that month, then nowhere.
  case when l.closed_on is null and l.period < n.last then last_day(l.period) end as vanished_on,
  l.delivery_id, l.line
from latest l
cross join span n
left join core.code s on s.list = 'cm_fp_solution' and s.code = l.outcome
left join core.municipality m on m.municipality = l.municipality
left join core.age_group a on l.announced_age between a.age_from and a.age_to
