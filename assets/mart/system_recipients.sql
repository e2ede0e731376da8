-- Bénéficiaires des systèmes
--
-- definition: Personnes de 18 à 64 ans, au dernier jour du mois, qui ont eu dans le mois au moins un jour d'indemnités de chômage (AC), de
--   rente AI ou d'aide sociale (AS).
-- numerator: personnes
-- unit: personnes
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: neutre
-- shape: count
-- reads: from 0 to 0
-- rests_on: SEMP, OAI, SASO
-- linked: yes
-- dimensions: total, system_combination, sex, age_group, region
-- persons: stock
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: b2ca642b56c34dd7
select m.period, m.system_combination, m.sex, a.age_group, m.region, count(*) as numerator
from core.recipient_month m
left join core.age_group a on m.age between a.age_from and a.age_to
group by all
