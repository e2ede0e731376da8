-- Places réservées à l'aide sociale
--
-- definition: Places des programmes réservés aux bénéficiaires de l'aide sociale, au dernier jour du mois; en dehors du total PSET publié.
-- numerator: places
-- unit: places
-- source: Places PSET du SEMP (pset_places)
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total, category
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: c3b667bd03781275
select period, category, places as numerator
from core.pset_programme_month
where audience = 'AIDE_SOCIALE'
