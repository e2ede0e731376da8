-- Coût par placement
--
-- definition: Coût facturé sur participations terminées par un emploi ou une formation, en douze mois ou dans l'année.
-- numerator: coût facturé
-- denominator: participations terminées par un emploi ou une formation
-- unit: CHF
-- source: Participations aux mesures (participations)
-- reading: hausse défavorable
-- shape: ratio
-- grains: month, year
-- reads: trailing 12
-- needs: participations
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed, service = sender
-- persons: window denominator
-- equals: denominator = measure_placement_rate
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: f9391853ce7d69de
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed, u.service,
  u.cost as numerator, u.placed as denominator
from core.measure_period m
join core.measure_use u on u.measure_id = m.measure_id and u.period between m.trailing_from and m.last_day
