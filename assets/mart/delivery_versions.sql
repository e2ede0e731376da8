-- Versions corrigées
--
-- definition: Versions reçues au-delà de la première.
-- numerator: versions au-delà de la première
-- unit: versions
-- source: Registre des livraisons (stg.delivery)
-- reading: hausse défavorable
-- shape: count
-- reads: month
-- dimensions: total, service, dataset
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 948e0cb45875bd03
select period, service, dataset, versions - 1 as numerator
from core.delivery_month
where cadence = 'monthly' and versions > 0
