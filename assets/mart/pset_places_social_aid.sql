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
select period, category, places as numerator
from core.pset_programme_month
where audience = 'AIDE_SOCIALE'
