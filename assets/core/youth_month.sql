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
-- Of a longer absence only those months count that have a support in the 24 months before and in the 24 after.
between_two as (
  select person_id,
    unnest(generate_series(
      greatest(last_month + interval 1 month, period - interval 24 month),
      least(period - interval 1 month, last_month + interval 24 month),
      interval 1 month
    ))::date as period
  from core.support_gap
)
select * from supported
union all
select b.person_id, b.period, 'GAP' as youth_state,
  date_diff('month', p.born_in, b.period) // 12 as age, p.region
from between_two b
join core.person p on p.person_id = b.person_id
where date_diff('month', p.born_in, b.period) // 12 between 18 and 34
