-- Part des catégories PSET
--
-- definition: Places d'une catégorie sur toutes les places PSET ouvertes à tous, au dernier jour du mois.
-- numerator: places de la catégorie
-- denominator: toutes les places
-- unit: part
-- source: Places PSET du SEMP (pset_places)
-- reading: neutre
-- shape: ratio
-- reads: month
-- dimensions: category
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 08eb88e324e44836
select period, category, places as numerator, sum(places) over (partition by period) as denominator
from core.pset_category_month
