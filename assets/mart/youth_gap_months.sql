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
-- reads: from -25 to 0
-- rests_on: SEMP, SASO, OAI, SFPO, SMIG
-- linked: yes
-- dimensions: total, service_before, service_after
select period, service_before, service_after, gap_length as observation
from core.support_gap
where age between 18 and 34 and gap_length <= 24
