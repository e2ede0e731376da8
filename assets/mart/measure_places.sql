-- Places des mesures
--
-- definition: Places des mesures de l'inventaire ouvertes au dernier jour de la période.
-- numerator: places
-- unit: places
-- source: Inventaire des mesures (mesures)
-- reading: neutre
-- shape: count
-- grains: month, year
-- reads: end
-- needs: mesures
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: a39648f78b84ff69
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed, i.places as numerator
from core.measure_period m
join core.measure_month i on i.measure_id = m.measure_id and last_day(i.period) = m.last_day
where i.open_at_end
