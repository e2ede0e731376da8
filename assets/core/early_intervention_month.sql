-- Une ligne par mois: situations d'intervention précoce ouvertes au dernier jour, et capacité de l'année scolaire.
--
-- key: period
-- columns: period* open* capacity
-- privacy: internal
with span as (
  select min(period) as first, max(period) as last
  from core.delivery_in_force
  where dataset = 'interventions_precoces'
),
month as (
  select c.period, c.last_day
  from core.calendar c join span s on c.period between s.first and s.last
  where c.grain = 'month'
),
capacity as (
  select valid_from, value from core.parameter where parameter = 'early_intervention_capacity'
),
opened as (
  select m.period, count(*) as open
  from month m
  join core.early_intervention e
    on e.announced_on <= m.last_day
    and coalesce(e.closed_on > m.last_day, true) and coalesce(e.vanished_on >= m.last_day, true)
  group by m.period
)
select m.period, coalesce(o.open, 0) as open, p.value as capacity
from month m
asof left join capacity p on m.period >= p.valid_from
left join opened o on o.period = m.period
