-- Part dans plusieurs systèmes
--
-- definition: Part des personnes de 18 à 64 ans dans deux ou trois des systèmes AC, AI et AS dans le même mois, parmi celles qui sont dans un
--   au moins.
-- numerator: personnes dans plusieurs systèmes
-- denominator: personnes dans un système au moins
-- unit: part
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: hausse défavorable
-- shape: ratio
-- reads: from 0 to 0
-- rests_on: SEMP, OAI, SASO
-- linked: yes
-- dimensions: total, age_group
-- persons: stock
-- equals: denominator = system_recipients;
--   numerator by total = system_recipients[system_combination=AC+AI] + system_recipients[system_combination=AC+AS]
--     + system_recipients[system_combination=AI+AS] + system_recipients[system_combination=AC+AI+AS]
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 817eef256926a3de
select m.period, a.age_group, count(*) filter (m.system_combination like '%+%') as numerator, count(*) as denominator
from core.recipient_month m
left join core.age_group a on m.age between a.age_from and a.age_to
group by all
