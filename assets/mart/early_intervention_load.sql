-- Charge de l'intervention précoce
--
-- definition: Situations d'intervention précoce ouvertes au dernier jour du mois, sur la capacité de l'année scolaire.
-- numerator: situations ouvertes
-- denominator: capacité
-- unit: part
-- source: Interventions précoces du SFPO (interventions_precoces)
-- reading: neutre
-- shape: ratio
-- reads: month
-- dimensions: total
-- persons: stock numerator
-- equals: numerator = early_intervention_open
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: cea2250012fda1cb
select period, open as numerator, capacity as denominator
from core.early_intervention_month
