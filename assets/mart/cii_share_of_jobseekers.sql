-- Demandeurs d'emploi suivis aussi par un autre service
--
-- definition: Part des demandeurs d'emploi de 18 à 64 ans, avec ou sans indemnités, qui ont dans le même mois une prestation d'un autre
--   service au moins.
-- numerator: demandeurs d'emploi avec un autre service
-- denominator: demandeurs d'emploi
-- unit: part
-- source: Prestations de tous les services (prestations)
-- reading: neutre
-- shape: ratio
-- reads: from 0 to 0
-- rests_on: SEMP, SASO, OAI, SFPO, SMIG
-- linked: yes
-- persons_of: SEMP
-- dimensions: total
-- persons: stock
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 96c04db93c9e4689
with supported as (
  select m.period, m.person_id, bool_or(m.benefit_state not in ('AC', 'DE')) as elsewhere
  from core.person_month m
  join core.linked_service l on l.service = m.service
  where m.age between 18 and 64
  group by m.period, m.person_id
  having bool_or(m.benefit_state in ('AC', 'DE'))
)
select period, count(*) filter (elsewhere) as numerator, count(*) as denominator
from supported
group by period
