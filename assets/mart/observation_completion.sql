-- Observations complètes
--
-- definition: Part des participations terminées qui ont une observation à l'entrée et une à la sortie, en douze mois ou dans l'année.
-- numerator: participations observées à l'entrée et à la sortie
-- denominator: participations terminées
-- unit: part
-- source: Grille d'observation (observations) et participations (participations)
-- reading: hausse favorable
-- shape: ratio
-- grains: month, year
-- reads: trailing 12
-- needs: observations, participations
-- dimensions: total, measure, branch, kind = measure_kind, lead_service = service, mixed, service = sender
-- persons: window
-- equals: denominator = measure_placement_rate.denominator
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 0b9d1d5ed8a33dc3
with observed as (
  select service, participation_id
  from core.observation
  group by service, participation_id
  having bool_or(stage = 'ENTREE') and bool_or(stage = 'SORTIE')
),
ended as (
  select p.measure_id, p.service, last_day(p.ended_on) as month, count(o.participation_id) as observed, count(*) as ended
  from core.participation p
  left join observed o on o.service = p.service and o.participation_id = p.participation_id
  where p.ended_on is not null
  group by p.measure_id, p.service, last_day(p.ended_on)
)
select m.grain, m.period, m.measure_id as measure, m.branch, m.kind, m.lead_service, m.mixed, e.service,
  e.observed as numerator, e.ended as denominator
from core.measure_period m
join ended e on e.measure_id = m.measure_id and e.month between m.trailing_from and m.last_day
