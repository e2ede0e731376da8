-- Mesures sans fiche descriptive
--
-- definition: Mesures de l'inventaire ouvertes au dernier jour de la période, sans fiche descriptive.
-- numerator: mesures sans fiche
-- unit: mesures
-- source: Inventaire des mesures (mesures)
-- reading: hausse défavorable
-- shape: count
-- grains: month, year
-- reads: end
-- needs: mesures
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 5ab039ae89f1dc0c
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed, 1 as numerator
from core.measure_period m
join core.measure_month i on i.measure_id = m.measure_id and last_day(i.period) = m.last_day
where i.open_at_end and not i.has_sheet
