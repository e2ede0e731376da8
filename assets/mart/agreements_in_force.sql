-- Conventions en vigueur
--
-- definition: Conventions bilatérales signées et ni échues ni disparues au 31 décembre.
-- numerator: conventions en vigueur
-- unit: conventions
-- source: Conventions, coordination cantonale (conventions)
-- reading: neutre
-- shape: count
-- grains: year
-- reads: end
-- dimensions: total
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 1266e994fb1c2ecf
select c.grain, c.period, 1 as numerator
from core.agreement a
join core.calendar c
  on c.grain = 'year' and a.signed_on <= c.last_day
  and coalesce(a.ended_on > c.last_day, true) and coalesce(a.vanished_on >= c.last_day, true)
