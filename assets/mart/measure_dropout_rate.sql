-- Taux d'abandon
--
-- definition: Part des participations terminées qui l'ont été par un abandon ou une exclusion, en douze mois ou dans l'année.
-- numerator: participations terminées par un abandon ou une exclusion
-- denominator: participations terminées
-- unit: part
-- source: Participations aux mesures (participations)
-- reading: hausse défavorable
-- shape: ratio
-- grains: month, year
-- reads: trailing 12
-- needs: participations
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed, service = sender
-- persons: window
-- equals: denominator = measure_placement_rate.denominator
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: b8c0797e15403f28
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed, u.service,
  u.dropped_out as numerator, u.exits as denominator
from core.measure_period m
join core.measure_use u on u.measure_id = m.measure_id and u.period between m.trailing_from and m.last_day
