-- Sorties des mesures
--
-- definition: Participations terminées dans la période; une participation disparue n'en est pas une.
-- numerator: participations terminées
-- unit: participations
-- source: Participations aux mesures (participations)
-- reading: neutre
-- shape: count
-- grains: month, year
-- reads: month
-- needs: participations
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed, service = sender
-- persons: flow
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 0e195305c4511595
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed, u.service,
  u.exits as numerator
from core.measure_period m
join core.measure_use u on u.measure_id = m.measure_id and u.period between m.period and m.last_day
