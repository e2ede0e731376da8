-- Durée des interruptions des jeunes
--
-- definition: Durée moyenne, en mois, des interruptions de 24 mois au plus dont des personnes de 18 à 34 ans reviennent dans le mois, par
--   services d'avant et d'après.
-- numerator: moyenne des mois
-- denominator: interruptions terminées
-- unit: mois
-- source: Prestations de tous les services (prestations)
-- reading: hausse défavorable
-- shape: mean
-- grains: month, year
-- reads: from -25 to 0
-- rests_on: SEMP, SASO, OAI, SFPO, SMIG
-- linked: yes
-- dimensions: total, service_before, service_after
-- persons: flow
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 29f7eb4b0bccfd87
select c.grain, c.period, g.service_before, g.service_after, g.gap_length as observation
from core.support_gap g
join core.calendar c on c.grain in ('month', 'year') and g.period between c.period and c.last_day
where g.age between 18 and 34 and g.gap_length <= 24
