-- Profils des parcours en deux ans
--
-- definition: Part des personnes (de 18 à 64 ans) entrées dans un système cette année-là, d'après ce que contiennent les 24 mois depuis leur
--   première entrée de l'année: un système ou plusieurs, avec ou sans retour après deux mois d'interruption.
-- numerator: personnes de ce profil
-- denominator: personnes entrées dans l'année
-- unit: part
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: neutre
-- shape: ratio
-- grains: year
-- reads: from -gap_months to +23
-- rests_on: SEMP, OAI, SASO
-- linked: yes
-- dimensions: profile
-- persons: flow
-- equals: denominator by profile = sum
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: afaebaa3f0f717bb
select 'year' as grain, e.period, p.code as profile, count(*) filter (e.profile = p.code) as numerator, count(*) as denominator
from core.trajectory e
join core.code p on p.list = 'profile'
group by e.period, p.code
