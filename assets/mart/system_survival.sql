-- Une ligne par système, année d'entrée et nombre de mois: part des épisodes qui durent au moins autant (Kaplan-Meier).
--
-- key: system cohort months
-- columns: system* cohort* months* at_risk* exits* retention mature*
-- privacy: internal
with life as (
  select e.system, year(e.first_month)::varchar as cohort, e.exit_observed,
    date_diff('month', e.first_month, e.last_month) as months
  from core.episode e
  where e.entry_observed and e.entry_age between 18 and 64
),
step as (
  select c.system, c.cohort, unnest(range(61)) as months,
    date_diff('month', make_date(c.cohort::integer, 12, 1), o.last_month) - o.gap_months + 1 as observed_months,
    date_diff('month', make_date(c.cohort::integer, 1, 1), o.last_month) as known_months,
    make_date(c.cohort::integer, 1, 1) >= o.first_month + to_months(o.gap_months) as whole
  from (select distinct system, cohort from life) c
  join core.system_span o on o.system = c.system
),
-- Of an episode that may go on after the data it is not known whether it ends in its last month.
risk as (
  select s.system, s.cohort, s.months, s.observed_months, s.whole,
    count(*) filter (l.months > s.months or l.months = s.months and l.exit_observed) as at_risk,
    count(*) filter (l.months = s.months and l.exit_observed) as exits
  from step s
  join life l on l.system = s.system and l.cohort = s.cohort
  where s.months <= s.known_months
  group by all
),
kept as (
  select *,
    coalesce(product(1 - exits / nullif(at_risk, 0)) over before, 1) as share,
    coalesce(min(at_risk) over before, 1) as least
  from risk
  window before as (partition by system, cohort order by months rows between unbounded preceding and 1 preceding)
)
select system, cohort, months, at_risk, exits,
  case when share = 0 or least > 0 then share end as retention,
  whole and months <= observed_months as mature
from kept
