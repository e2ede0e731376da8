-- Jeunes par services
--
-- definition: Personnes de 18 à 34 ans au dernier jour du mois, par services dont elles ont une prestation dans le mois; sans service (GAP)
--   celles qui n'en ont aucune, mais une dans les 24 mois d'avant et une dans les 24 mois d'après.
-- numerator: personnes
-- unit: personnes
-- source: Prestations de tous les services (prestations)
-- reading: neutre
-- shape: count
-- reads: from -24 to +24
-- rests_on: SEMP, SASO, OAI, SFPO, SMIG
-- linked: yes
-- dimensions: total, state = open
-- persons: stock
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: fe8a45016f658ca3
select period, youth_state as state, count(*) as numerator
from core.youth_month
group by all
