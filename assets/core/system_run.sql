-- Une ligne par suite de mois d'une personne dans l'un ou l'autre des systèmes liés, les interruptions trop courtes comprises.
--
-- key: person_id first_month
-- columns: person_id* first_month* last_month* entry_observed* exit_observed* entry_age* exit_age*
-- privacy: pseudonymous
with linked as (
  select o.* from core.system_span o join core.linked_service l on l.service = o.service
),
span as (
  select max(first_month) as first_month, min(last_month) as last_month, any_value(gap_months) as gap_months from linked
),
month as (
  select s.person_id, s.first_month, s.last_month from core.stretch s join linked l on l.system = s.system
),
apart as (
  select m.*, coalesce(m.first_month > max(m.last_month) over earlier + to_months(span.gap_months), true) as begins
  from month m cross join span
  window earlier as (partition by m.person_id order by m.first_month, m.last_month rows between unbounded preceding and 1 preceding)
),
numbered as (
  select *, count(*) filter (begins) over (partition by person_id order by first_month, last_month) as number from apart
),
run as (
  select person_id, min(first_month) as first_month, max(last_month) as last_month from numbered group by person_id, number
)
select r.*,
  r.first_month >= span.first_month + to_months(span.gap_months) as entry_observed,
  r.last_month + to_months(span.gap_months) <= span.last_month as exit_observed,
  date_diff('month', p.born_in, r.first_month) // 12 as entry_age,
  date_diff('month', p.born_in, r.last_month) // 12 as exit_age
from run r cross join span
join core.person p on p.person_id = r.person_id
