-- Une ligne par personne de 18 à 34 ans et mois: les services liés qui la soutiennent, ou GAP entre deux soutiens.
--
-- key: person_id period
-- columns: person_id* period* youth_state* age* region*
-- privacy: pseudonymous
-- indexed: no
with supported as (
  select m.person_id, m.period,
    -- By name: putting each group in order takes ten times as long.
    concat_ws('+', any_value(m.service) filter (m.service = 'OAI'), any_value(m.service) filter (m.service = 'SASO'),
      any_value(m.service) filter (m.service = 'SEMP'), any_value(m.service) filter (m.service = 'SFPO'),
      any_value(m.service) filter (m.service = 'SMIG')) as youth_state,
    any_value(m.age) as age, any_value(m.region) as region
  from core.person_month m
  join core.linked_service l on l.service = m.service
  where m.age between 18 and 34
  group by m.person_id, m.period
),
month as (
  select s.person_id, s.first_month, s.last_month from core.stretch s join core.linked_service l on l.service = s.service
),
apart as (
  select person_id, first_month, max(last_month) over earlier as last_month
  from month
  window earlier as (partition by person_id order by first_month, last_month rows between unbounded preceding and 1 preceding)
),
-- Of a longer absence only those months count that have a support in the 24 months before and in the 24 after.
between_two as (
  select person_id,
    unnest(generate_series(
      greatest(last_month + interval 1 month, first_month - interval 24 month),
      least(first_month - interval 1 month, last_month + interval 24 month),
      interval 1 month
    ))::date as period
  from apart
  where first_month > last_month + interval 1 month
)
select * from supported
union all
select b.person_id, b.period, 'GAP' as youth_state,
  (12 * (year(b.period) - p.birth_year) + month(b.period) - p.birth_month) // 12 as age, p.region
from between_two b
join core.person p on p.person_id = b.person_id
where (12 * (year(b.period) - p.birth_year) + month(b.period) - p.birth_month) // 12 between 18 and 34
