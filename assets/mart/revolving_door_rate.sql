-- Effet tourniquet
--
-- definition: Part des personnes (de 18 à 64 ans) entrées dans un système cette année-là qui passent, dans les 24 mois depuis leur première
--   entrée de l'année, par plusieurs systèmes et reviennent dans l'un d'eux au moins.
-- numerator: personnes dans plusieurs systèmes, avec retour
-- denominator: personnes entrées dans l'année
-- unit: part
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: hausse défavorable
-- shape: ratio
-- grains: year
-- reads: from -gap_months to +23
-- rests_on: SEMP, OAI, SASO
-- linked: yes
-- dimensions: total, age_group
-- persons: flow
-- equals: numerator by total = trajectory_profile_24[profile=REVOLVING]; denominator by total =
--   trajectory_profile_24.denominator[profile=REVOLVING]
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 699369f7fb57db28
select 'year' as grain, period, age_group, count(*) filter (profile = 'REVOLVING') as numerator, count(*) as denominator
from core.trajectory
group by period, age_group
