-- Une ligne par processus, cohorte d'entrée, issue et nombre de mois: incidence cumulée de chaque issue, les autres étant concurrentes.
--
-- key: process cohort outcome months
-- columns: process* cohort* outcome* months* at_risk* events* incidence* waiting* naive* mature*
-- privacy: internal
with cohort_course as (
  select *, unnest(['ALL', year(entered_on)::varchar]) as cohort from core.course
),
departure as (
  select process, cohort, months, outcome, count(*) as courses, min(observable_months) as observable_months
  from cohort_course
  group by all
),
cohort as (
  select process, cohort, sum(courses) as entered, min(observable_months) as observable_months from departure group by all
),
-- A course is at risk at a month if it lasted at least so long: an event counts before a censoring of the same month.
risk as (
  select c.process, c.cohort, c.entered, c.observable_months, m.months,
    coalesce(sum(d.courses) filter (d.months >= m.months), 0) as at_risk,
    coalesce(sum(d.courses) filter (d.months = m.months and d.outcome is not null), 0) as ended
  from cohort c
  cross join (select unnest(range(49)) as months) m
  join departure d on d.process = c.process and d.cohort = c.cohort
  group by all
),
survival as (
  select *,
    coalesce(product(1 - ended / nullif(at_risk, 0)) over (upto rows between unbounded preceding and 1 preceding), 1) as waiting_before,
    coalesce(product(1 - ended / nullif(at_risk, 0)) over upto, 1) as waiting
  from risk
  window upto as (partition by process, cohort order by months)
),
ending as (
  select p.process, o.code as outcome
  from (values ('CM_FP', 'cm_fp_outcome'), ('RESEAU_CII', 'reseau_outcome'), ('CHOMAGE', 'registration_outcome')) p (process, list)
  join core.code o on o.list = p.list
  -- Whether a registration led to a service is not known unless both may be linked (core.course): that end is left out, it is no 0.
  left join (values ('AIDE_SOCIALE', 'SASO'), ('AI', 'OAI')) n (outcome, service) on p.process = 'CHOMAGE' and n.outcome = o.code
  where n.service is null or list_has_all((select list(service) from core.linked_service), ['SEMP', n.service])
)
select s.process, s.cohort, n.outcome, s.months, s.at_risk, coalesce(d.courses, 0) as events,
  sum(coalesce(s.waiting_before * d.courses / nullif(s.at_risk, 0), 0)) over upto as incidence,
  s.waiting,
  coalesce(sum(d.courses) over upto, 0) / s.entered as naive,
  s.months <= s.observable_months as mature
from survival s
join ending n on n.process = s.process
left join departure d on d.process = s.process and d.cohort = s.cohort and d.outcome = n.outcome and d.months = s.months
window upto as (partition by s.process, s.cohort, n.outcome order by s.months)
