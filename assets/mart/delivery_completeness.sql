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
select period, service, dataset, in_force::integer as numerator, 1 as denominator
from core.delivery_month
where owed and cadence = 'monthly'
