-- Conversion des places PSET
--
-- definition: Chemin parcouru de la situation de référence (décembre 2011) à la prochaine cible, en part du chemin total.
-- numerator: places moins places de référence
-- denominator: places visées moins places de référence
-- unit: part
-- source: Places PSET du SEMP (pset_places)
-- reading: hausse favorable
-- shape: ratio
-- reads: month
-- dimensions: category
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 5cd2591cfca584da
select m.period, m.category, m.places - b.places as numerator, t.value - b.places as denominator
from core.pset_category_month m
asof left join (select member, date, value from mart.target where indicator = 'pset_places') t
  on t.member = m.category and last_day(m.period) <= t.date
asof join (select valid_from, date from core.parameter where parameter = 'pset_baseline') p
  on last_day(m.period) >= p.valid_from
join core.pset_category_month b on b.category = m.category and b.period = p.date
