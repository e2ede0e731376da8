-- Participations en cours
--
-- definition: Participations ouvertes au dernier jour de la période: commencées, ni terminées ni disparues à ce jour.
-- numerator: participations en cours
-- unit: participations
-- source: Participations aux mesures (participations)
-- reading: neutre
-- shape: count
-- grains: month, year
-- reads: end
-- needs: participations
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed, service = sender
-- persons: stock
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 5466b23837267a09
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed, u.service,
  u.ongoing as numerator
from core.measure_period m
join core.measure_use u on u.measure_id = m.measure_id and last_day(u.period) = m.last_day
