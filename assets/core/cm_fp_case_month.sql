-- Une ligne par dossier CM-FP et mois depuis son annonce: son état au dernier jour du mois.
--
-- key: case_id period
-- columns: case_id* period* state* announced_now* closed_now* sex* region* referrer* age_group announced_age_group
--   outcome outcome_detail solved*
-- privacy: pseudonymous
with month as (
  select c.period, c.last_day
  from core.calendar c
  where c.grain = 'month' and c.period <= (
    select max(period) from core.delivery_in_force where dataset = 'cm_fp_dossiers'
  )
)
select
  c.case_id, m.period,
  case
    when c.closed_on <= m.last_day then 'CLOSED'
    when c.vanished_on < m.last_day then 'VANISHED'
    else 'OPEN'
  end as state,
  c.announced_on >= m.period as announced_now,
  coalesce(c.closed_on between m.period and m.last_day, false) as closed_now,
  c.sex, c.region, c.referrer,
  -- Whoever was born in this month has had the birthday by its last day.
  a.age_group,
  c.age_group as announced_age_group,
  case when c.closed_on <= m.last_day then c.outcome end as outcome,
  case when c.closed_on <= m.last_day then c.outcome_detail end as outcome_detail,
  coalesce(c.closed_on <= m.last_day, false) and c.solved as solved
from core.cm_fp_case c
join month m on c.announced_on <= m.last_day
left join core.age_group a
  on year(m.period) - c.birth_year - (month(m.period) < c.birth_month)::integer between a.age_from and a.age_to
