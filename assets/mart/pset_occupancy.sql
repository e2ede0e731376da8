-- Taux d'occupation PSET
--
-- definition: Places occupées sur places offertes dans les programmes ouverts à tous, au dernier jour du mois.
-- numerator: places occupées
-- denominator: places
-- unit: part
-- source: Places PSET du SEMP (pset_places)
-- reading: hausse favorable
-- shape: ratio
-- reads: month
-- dimensions: total, category, branch
-- persons: stock numerator
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: c208e578bd8a497b
select period, category, branch, occupied as numerator, places as denominator
from core.pset_programme_month
where audience = 'TOUS'
