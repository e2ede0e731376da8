-- Une ligne par cohorte d'annonce, issue et nombre de mois: incidence cumulée de chaque issue, les autres étant concurrentes.
--
-- key: cohort outcome months
-- columns: cohort* outcome* months* at_risk* events* incidence* mature*
-- privacy: internal
with span as (
  select max(last_day) as last_day from core.delivery_in_force where dataset = 'cm_fp_dossiers'
),
observed as (
  select
    announced_on,
    date_sub('month', announced_on, least(coalesce(closed_on, vanished_on, span.last_day), span.last_day)) as months,
    case when closed_on <= span.last_day then outcome end as outcome
  from core.cm_fp_case cross join span
),
cohort_case as (
  select 'ALL' as cohort, * from observed
  union all
  select year(announced_on)::varchar, * from observed
),
cohort as (
  select c.cohort, date_sub('month', max(c.announced_on), any_value(span.last_day)) as observed_months
  from cohort_case c cross join span group by c.cohort
),
step as (
  select c.cohort, c.observed_months, m.months
  from cohort c cross join (select unnest(range(49)) as months) m
),
-- A case is at risk at a month if it lasted at least so long: an event counts before a censoring of the same month.
risk as (
  select s.cohort, s.observed_months, s.months,
    count(*) filter (c.months >= s.months) as at_risk,
    count(*) filter (c.months = s.months and c.outcome is not null) as ended
  from step s join cohort_case c on c.cohort = s.cohort
  group by all
),
waiting as (
  select *, coalesce(product(1 - ended / nullif(at_risk, 0)) over before, 1) as still_open
  from risk
  window before as (partition by cohort order by months rows between unbounded preceding and 1 preceding)
),
ended as (
  select cohort, outcome, months, count(*) as events from cohort_case where outcome is not null group by all
)
select w.cohort, o.code as outcome, w.months, w.at_risk, coalesce(e.events, 0) as events,
  sum(coalesce(w.still_open * coalesce(e.events, 0) / nullif(w.at_risk, 0), 0))
    over (partition by w.cohort, o.code order by w.months) as incidence,
  w.months <= w.observed_months as mature
from waiting w
cross join (select code from core.code where list = 'cm_fp_outcome') o
left join ended e on e.cohort = w.cohort and e.outcome = o.code and e.months = w.months
