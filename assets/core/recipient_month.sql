-- Une ligne par personne de 18 à 64 ans et mois dans au moins un des systèmes liés: lesquels.
--
-- key: person_id period
-- columns: person_id* period* system_combination* age* sex* region*
-- privacy: pseudonymous
-- indexed: no
select m.person_id, m.period,
  -- By name: putting each group in order takes ten times as long.
  concat_ws('+', any_value(m.system) filter (m.system = 'AC'), any_value(m.system) filter (m.system = 'AI'),
    any_value(m.system) filter (m.system = 'AS')) as system_combination,
  any_value(m.age) as age, any_value(m.sex) as sex, any_value(m.region) as region
from core.person_month m
join core.linked_service l on l.service = m.service
where m.system is not null and m.age between 18 and 64
group by m.person_id, m.period
