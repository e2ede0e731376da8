-- Une ligne par personne de 18 à 64 ans et année d'entrée dans un système: ce que contiennent les 24 mois depuis cette entrée.
--
-- key: person_id period
-- columns: person_id* period* first_month* age_group profile*
-- privacy: pseudonymous
with entry as (
  select person_id, date_trunc('year', first_month)::date as period, min(first_month) as first_month,
    arg_min(entry_age, first_month) as age
  from core.system_run
  where entry_observed
  group by all
  having age between 18 and 64
),
held as (
  select e.person_id, e.period, count(*) as runs
  from entry e
  join core.episode s on s.person_id = e.person_id
    and s.first_month between e.first_month and e.first_month + interval 23 month
  join core.system_span o on o.system = s.system
  join core.linked_service l on l.service = o.service
  group by e.person_id, e.period, s.system
)
select e.person_id, e.period, e.first_month, a.age_group,
  case
    when count(*) = 1 and max(h.runs) = 1 then 'ONE_STABLE'
    when count(*) = 1 then 'ONE_RETURN'
    when max(h.runs) = 1 then 'SEVERAL_STABLE'
    else 'REVOLVING'
  end as profile
from entry e
join held h on h.person_id = e.person_id and h.period = e.period
left join core.age_group a on e.age between a.age_from and a.age_to
group by e.person_id, e.period, e.first_month, a.age_group
