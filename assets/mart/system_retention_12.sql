-- Encore dans le système après un an
--
-- definition: Des épisodes entrés 12 mois plus tôt (personnes de 18 à 64 ans alors), part de ceux dont le dernier mois est celui-ci ou un
--   mois d'après.
-- numerator: épisodes qui durent encore
-- denominator: épisodes entrés 12 mois plus tôt
-- unit: part
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: neutre
-- shape: ratio
-- reads: from -12-gap_months to +gap_months-1
-- rests_on: SEMP, OAI, SASO
-- dimensions: system = system
-- persons: flow
-- equals: denominator in month = system_entries@-12
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: dd61ba7cc30687d4
select (first_month + interval 12 month)::date as period, system,
  (last_month >= first_month + interval 12 month)::integer as numerator, 1 as denominator
from core.episode
where entry_observed and entry_age between 18 and 64
