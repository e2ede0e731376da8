-- Une ligne par épisode: suite de mois d'une personne dans un système, les interruptions trop courtes comprises.
--
-- key: person_id system first_month
-- columns: person_id* system* first_month* last_month* entry_observed* exit_observed* entry_age* exit_age*
-- privacy: pseudonymous
with apart as (
  select s.person_id, s.system, s.first_month, s.last_month,
    coalesce(s.first_month > lag(s.last_month) over earlier + to_months(o.gap_months), true) as begins
  from core.stretch s
  join core.system_span o on o.system = s.system
  window earlier as (partition by s.person_id, s.system order by s.first_month)
),
numbered as (
  select *, count(*) filter (begins) over (partition by person_id, system order by first_month) as number from apart
),
episode as (
  select person_id, system, min(first_month) as first_month, max(last_month) as last_month
  from numbered
  group by person_id, system, number
)
select e.*,
  e.first_month >= o.first_month + to_months(o.gap_months) as entry_observed,
  e.last_month + to_months(o.gap_months) <= o.last_month as exit_observed,
  date_diff('month', p.born_in, e.first_month) // 12 as entry_age,
  date_diff('month', p.born_in, e.last_month) // 12 as exit_age
from episode e
join core.system_span o on o.system = e.system
join core.person p on p.person_id = e.person_id
