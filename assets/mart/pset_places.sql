-- Places PSET
--
-- definition: Places des programmes d'emploi temporaire ouverts à tous les publics, au dernier jour du mois.
-- numerator: places
-- unit: places
-- source: Places PSET du SEMP (pset_places)
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total, category, branch
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: e154b103c22e9bf0
select period, category, branch, places as numerator
from core.pset_programme_month
where audience = 'TOUS'
