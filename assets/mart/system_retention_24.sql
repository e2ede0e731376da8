-- Encore dans le système après deux ans
--
-- definition: Des épisodes entrés 24 mois plus tôt (personnes de 18 à 64 ans alors), part de ceux dont le dernier mois est celui-ci ou un
--   mois d'après.
-- numerator: épisodes qui durent encore
-- denominator: épisodes entrés 24 mois plus tôt
-- unit: part
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: neutre
-- shape: ratio
-- reads: from -24-gap_months to +gap_months-1
-- rests_on: SEMP, OAI, SASO
-- dimensions: system = system
-- persons: flow
-- equals: denominator in month = system_entries@-24
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 50513186f0e6949e
select (first_month + interval 24 month)::date as period, system,
  (last_month >= first_month + interval 24 month)::integer as numerator, 1 as denominator
from core.episode
where entry_observed and entry_age between 18 and 64
