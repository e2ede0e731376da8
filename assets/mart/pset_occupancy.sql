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
select period, category, branch, occupied as numerator, places as denominator
from core.pset_programme_month
where audience = 'TOUS'
