-- Budget utilisé
--
-- definition: Coût facturé depuis janvier sur budget de l'année, pour les mesures et services qui ont un budget.
-- numerator: coût facturé depuis janvier
-- denominator: budget de l'année
-- unit: part
-- source: Budgets des mesures (budgets) et participations (participations)
-- reading: neutre
-- shape: ratio
-- grains: month, year
-- reads: since 1
-- needs: budgets, participations
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed, service = sender
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 5779014a09318029
select c.grain, c.period, b.measure_id as measure, m.branch, m.kind, m.lead_service, coalesce(m.mixed, 'NON') as mixed, b.service,
  coalesce(sum(u.cost), 0) as numerator, b.budget as denominator
from core.budget b
join core.calendar c on c.grain in ('month', 'year') and year(c.period) = year(b.period)
left join core.measure_use u
  on u.measure_id = b.measure_id and u.service = b.service and u.period between b.period and c.last_day
-- A measure that has a budget and is neither listed nor used is not there.
left join core.measure_period m on m.grain = c.grain and m.period = c.period and m.measure_id = b.measure_id
group by all
