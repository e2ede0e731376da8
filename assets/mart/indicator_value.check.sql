-- Les modalités d'un compte s'additionnent à son total.
--
-- name: ventilations_completes
-- blocking: yes
with counted as (
  select v.indicator, v.grain, v.period, v.dimension, v.value
  from mart.indicator_value v
  join mart.indicator i on i.indicator = v.indicator
  where i.denominator_label is null
),
total as (
  select indicator, grain, period, value from counted where dimension = 'total'
),
breakdown as (
  select distinct c.indicator, c.dimension
  from counted c join mart.indicator i on i.indicator = c.indicator
  where c.dimension <> 'total' and c.indicator in (select indicator from total)
    and not list_contains(string_split(coalesce(i.overlapping, ''), ', '), c.dimension)
),
expected as (
  select t.indicator, t.grain, t.period, b.dimension, t.value from total t join breakdown b on b.indicator = t.indicator
),
summed as (
  select c.indicator, c.grain, c.period, c.dimension, sum(c.value) as value
  from counted c join breakdown b on b.indicator = c.indicator and b.dimension = c.dimension
  group by c.indicator, c.grain, c.period, c.dimension
)
select coalesce(e.indicator, s.indicator) as indicator, coalesce(e.period, s.period) as period, coalesce(e.dimension, s.dimension) as dimension
from expected e
full join summed s
  on s.indicator = e.indicator and s.grain = e.grain and s.period = e.period and s.dimension = e.dimension
-- To the cent: sums of francs are numbers, and differ in their last digits by the order they were added in.
where e.indicator is null or s.indicator is null or round(e.value, 2) is distinct from round(s.value, 2)
