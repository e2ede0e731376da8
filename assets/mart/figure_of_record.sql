-- Une ligne par chiffre publié, avec ce que les lignes donnent.
--
-- key: figure
-- columns: figure* indicator* grain* period* dimension* member* qualifier* published* source* computed difference matches
-- privacy: internal
with computed as (
  -- A figure may sum members: CFC+AFP. One that is not there leaves the sum empty, not short.
  select p.figure, sum(v.value) as value, bool_and(v.value is not null) as whole
  from mart.published_figure p
  cross join unnest(string_split(p.member, '+')) as part(member)
  left join mart.indicator_value v
    on v.indicator = p.indicator and v.grain = p.grain and v.period = p.period
    and v.dimension = p.dimension and v.member = part.member
  group by p.figure
)
select p.figure, p.indicator, p.grain, p.period, p.dimension, p.member, p.qualifier, p.published, p.source,
  case when c.whole then c.value end as computed,
  case when c.whole then c.value - p.published end as difference,
  case when c.whole then c.value >= p.low and (p.high is null or c.value <= p.high) end as matches
from mart.published_figure p
join computed c on c.figure = p.figure
