-- Une ligne par suite de mois sans interruption d'une personne dans une forme de soutien, depuis que le service envoie.
--
-- key: person_id benefit_state first_month
-- columns: person_id* service* benefit_state* system first_month* last_month*
-- privacy: pseudonymous
with sending as (
  select service, min(period) as first_month from core.delivery_in_force where dataset = 'prestations' group by service
),
month as (
  -- Of the time before the first delivery only those are known who were still there.
  select s.person_id, b.service, b.benefit_state, b.system,
    greatest(date_trunc('month', s.started_on), f.first_month)::date as first_month,
    date_trunc('month', s.covered_to)::date as last_month
  from core.spell s
  join core.benefit b on b.benefit = s.benefit and b.service = s.service
  join sending f on f.service = s.service
  -- An end may be told up to two months late.
  where s.covered_to >= f.first_month
),
apart as (
  select *, coalesce(first_month > max(last_month) over earlier + interval 1 month, true) as begins
  from month
  window earlier as (
    partition by person_id, benefit_state order by first_month, last_month rows between unbounded preceding and 1 preceding
  )
),
numbered as (
  select *, count(*) filter (begins) over (partition by person_id, benefit_state order by first_month, last_month) as number
  from apart
)
select person_id, any_value(service) as service, benefit_state, any_value(system) as system,
  min(first_month) as first_month, max(last_month) as last_month
from numbered
group by person_id, benefit_state, number
