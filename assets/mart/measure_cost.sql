-- Coût des mesures
--
-- definition: Montants facturés aux services pour leurs participations, selon toutes les lignes mensuelles en vigueur.
-- numerator: coût facturé
-- unit: CHF
-- source: Participations aux mesures (participations)
-- reading: neutre
-- shape: count
-- grains: month, year
-- reads: month
-- needs: participations
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed, service = sender
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 75f3d1c84b790a14
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed, u.service,
  u.cost as numerator
from core.measure_period m
join core.measure_use u on u.measure_id = m.measure_id and u.period between m.period and m.last_day
