-- Capacité de l'intervention précoce
--
-- definition: Situations que les coaches peuvent suivre à la fois, fixées par année scolaire; vide pour une année sans capacité connue.
-- numerator: situations prévues
-- unit: situations
-- source: Bilans du GP CII (core.parameter)
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total
select period, capacity as numerator
from core.early_intervention_month
