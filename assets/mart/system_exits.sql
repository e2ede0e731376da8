-- Sorties d'un système
--
-- definition: Épisodes observés dont le dernier mois est celui-ci, personnes de 18 à 64 ans à la fin de ce mois; une interruption de moins de
--   deux mois n'est pas une sortie.
-- numerator: épisodes terminés
-- unit: épisodes
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: neutre
-- shape: count
-- reads: from 0 to +gap_months
-- rests_on: SEMP, OAI, SASO
-- dimensions: total, system = system, age_group
-- persons: flow
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 7d5c824106b87353
select e.last_month as period, e.system, a.age_group, 1 as numerator
from core.episode e
left join core.age_group a on e.exit_age between a.age_from and a.age_to
where e.exit_observed and e.exit_age between 18 and 64
