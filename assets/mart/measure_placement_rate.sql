-- Taux de placement
--
-- definition: Part des participations terminées qui l'ont été par un emploi ou une formation, en douze mois ou dans l'année.
-- numerator: participations terminées par un emploi ou une formation
-- denominator: participations terminées
-- unit: part
-- source: Participations aux mesures (participations)
-- reading: hausse favorable
-- shape: ratio
-- grains: month, year
-- reads: trailing 12
-- needs: participations
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed, service = sender
-- persons: window
-- equals: numerator in year = measure_placed; denominator in year = measure_exits;
--   numerator in month by total = measure_placed@-11..0;
--   numerator in month by measure = measure_placed@-11..0;
--   numerator in month by service = measure_placed@-11..0;
--   denominator in month by total = measure_exits@-11..0;
--   denominator in month by measure = measure_exits@-11..0;
--   denominator in month by service = measure_exits@-11..0
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: e1c9efa11df5143f
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed, u.service,
  u.placed as numerator, u.exits as denominator
from core.measure_period m
join core.measure_use u on u.measure_id = m.measure_id and u.period between m.trailing_from and m.last_day
