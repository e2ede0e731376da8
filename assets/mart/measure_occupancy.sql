-- Taux d'occupation des mesures
--
-- definition: Participations en cours sur places ouvertes, au dernier jour de la période.
-- numerator: participations en cours
-- denominator: places
-- unit: part
-- source: Inventaire des mesures (mesures) et participations (participations)
-- reading: hausse favorable
-- shape: ratio
-- grains: month, year
-- reads: end
-- needs: mesures, participations
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed
-- persons: stock numerator
-- equals: numerator = measure_participants
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: b6ce2eda5fa139f5
with counted as (
  select measure_id, period, ongoing, 0 as places from core.measure_use
  union all
  select measure_id, period, 0, places from core.measure_month where open_at_end
)
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed,
  c.ongoing as numerator, c.places as denominator
from core.measure_period m
join counted c on c.measure_id = m.measure_id and last_day(c.period) = m.last_day
