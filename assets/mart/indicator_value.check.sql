-- Les modalités s'additionnent à leur total: celles d'un taux des deux côtés, celles d'une médiane par ce sur quoi elle repose.
--
-- name: ventilations_completes
-- blocking: yes
with counted as (
  select v.indicator, v.grain, v.period, v.dimension, v.denominator,
    -- A count is its own numerator.
    case when i.denominator_label is null then v.value else v.numerator end as numerator
  from mart.indicator_value v
  join mart.indicator i on i.indicator = v.indicator
),
total as (
  select indicator, grain, period, numerator, denominator from counted where dimension = 'total'
),
breakdown as (
  select distinct c.indicator, c.dimension
  from counted c join mart.indicator i on i.indicator = c.indicator
  where c.dimension <> 'total' and c.indicator in (select indicator from total)
    and not list_contains(string_split(coalesce(i.overlapping, ''), ', '), c.dimension)
),
expected as (
  select t.*, b.dimension from total t join breakdown b on b.indicator = t.indicator
),
summed as (
  select c.indicator, c.grain, c.period, c.dimension, sum(c.numerator) as numerator, sum(c.denominator) as denominator
  from counted c join breakdown b on b.indicator = c.indicator and b.dimension = c.dimension
  group by c.indicator, c.grain, c.period, c.dimension
)
select coalesce(e.indicator, s.indicator) as indicator, coalesce(e.period, s.period) as period, coalesce(e.dimension, s.dimension) as dimension
from expected e
full join summed s
  on s.indicator = e.indicator and s.grain = e.grain and s.period = e.period and s.dimension = e.dimension
-- To the cent: sums of francs are numbers, and differ in their last digits by the order they were added in.
where e.indicator is null or s.indicator is null
  or round(e.numerator, 2) is distinct from round(s.numerator, 2) or round(e.denominator, 2) is distinct from round(s.denominator, 2)
