-- Progression selon la grille
--
-- definition: Moyenne de la dernière note moins la première, participations terminées en douze mois ou dans l'année et observées au
--   moins deux fois dans la dimension de la grille; le total les réunit toutes.
-- numerator: moyenne des progressions
-- denominator: participations et dimensions observées au moins deux fois
-- unit: points
-- source: Grille d'observation (observations) et participations (participations)
-- reading: hausse favorable
-- shape: mean
-- grains: month, year
-- reads: trailing 12
-- needs: observations, participations
-- dimensions: total, grid_dimension, measure, branch, kind = measure_kind, lead_service = service, mixed, service = sender
-- persons: window
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 7d5a3d802342f7e9
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed, p.service,
  g.grid_dimension, g.progress as observation
from core.participation p
join core.grid_progress g on g.service = p.service and g.participation_id = p.participation_id
join core.measure_period m on m.measure_id = p.measure_id and p.ended_on between m.trailing_from and m.last_day
