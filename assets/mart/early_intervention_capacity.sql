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
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: f68a29b0bfda8394
select period, capacity as numerator
from core.early_intervention_month
