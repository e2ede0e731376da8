-- Livraisons en vigueur
--
-- definition: Fichiers en vigueur sur fichiers dus pour le mois.
-- numerator: fichiers en vigueur
-- denominator: fichiers dus
-- unit: part
-- source: Registre des livraisons (stg.delivery)
-- reading: hausse favorable
-- shape: ratio
-- reads: month
-- dimensions: total, service, dataset
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 75d14543895b0587
select period, service, dataset, in_force::integer as numerator, 1 as denominator
from core.delivery_month
where owed and cadence = 'monthly'
