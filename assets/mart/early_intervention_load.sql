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
select period, open as numerator, capacity as denominator
from core.early_intervention_month
