-- Écart à la cible PSET
--
-- definition: Places visées à la prochaine date cible moins places au dernier jour du mois; vide après la dernière cible.
-- numerator: places visées moins places
-- unit: places
-- source: Places PSET du SEMP (pset_places)
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total, category
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 8252c8789178a77b
select m.period, m.category, t.value - m.places as numerator
from core.pset_category_month m
asof left join (select member, date, value from mart.target where indicator = 'pset_places') t
  on t.member = m.category and last_day(m.period) <= t.date
