-- Places réservées
--
-- definition: Places que les services ont réservées dans leurs budgets de l'année.
-- numerator: places réservées
-- unit: places
-- source: Budgets des mesures (budgets)
-- reading: neutre
-- shape: count
-- grains: month, year
-- reads: month
-- needs: budgets
-- dimensions: total, service = sender, measure
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 7e32fea5cbf6a2c0
select c.grain, c.period, b.service, b.measure_id as measure, b.reserved_places as numerator
from core.budget b
join core.calendar c on c.grain in ('month', 'year') and year(c.period) = year(b.period)
