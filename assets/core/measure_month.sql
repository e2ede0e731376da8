-- Une ligne par mesure et mois de l'inventaire en vigueur: son état à la fin du mois.
--
-- key: measure_id period
-- columns: measure_id* period* measure* provider* lead_service* branch* kind* target_group* places* monthly_cost_per_place*
--   starts_on* ends_on has_sheet* open_at_end* services mixed* delivery_id* line*
-- privacy: internal
select r.measure_id, d.period, r.measure, r.provider, r.lead_service, r.branch, r.kind, r.target_group, r.places,
  r.monthly_cost_per_place, r.starts_on, r.ends_on, r.has_sheet,
  r.starts_on <= m.last_day and coalesce(r.ends_on > m.last_day, true) as open_at_end,
  m.services, m.mixed, r.delivery_id, r.line
from stg.mesures r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
join core.measure_period m on m.grain = 'month' and m.period = d.period and m.measure_id = r.measure_id
