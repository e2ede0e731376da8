-- Entrées dans un système
--
-- definition: Épisodes observés qui commencent dans le mois, personnes de 18 à 64 ans à la fin de ce mois; une interruption de moins de
--   deux mois n'en commence pas un nouveau.
-- numerator: épisodes commencés
-- unit: épisodes
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: neutre
-- shape: count
-- reads: from -gap_months to 0
-- rests_on: SEMP, OAI, SASO
-- dimensions: total, system = system, age_group
-- persons: flow
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 2c21991f992d96c3
select e.first_month as period, e.system, a.age_group, 1 as numerator
from core.episode e
left join core.age_group a on e.entry_age between a.age_from and a.age_to
where e.entry_observed and e.entry_age between 18 and 64
