-- Une ligne par période de prestation d'une personne, telle que connue; celles d'une même prestation qui se recoupent n'en font qu'une.
--
-- key: service person_id benefit started_on
-- columns: service* person_id* benefit* started_on* ended_on end_reason covered_to* birth_year* birth_month* sex* municipality*
--   region* permit* last_seen* vanished_on merged* delivery_id* line*
-- privacy: pseudonymous
with known as (
  select d.service, d.period, d.latest, coalesce(r.ended_on, d.last_day) as covered_to, r.*
  from stg.prestations r join core.delivery_in_force d on d.delivery_id = r.delivery_id
  qualify row_number() over (partition by d.service, r.person_id, r.benefit, r.started_on order by d.period desc) = 1
),
ordered as (
  select *, started_on <= max(covered_to) over earlier as overlapping
  from known
  window earlier as (
    partition by service, person_id, benefit order by started_on rows between unbounded preceding and 1 preceding
  )
),
numbered as (
  select *, count(*) filter (overlapping is not true) over one as number
  from ordered
  window one as (partition by service, person_id, benefit order by started_on)
),
joined as (
  -- The row that lasts longest says how it ended, the latest one who the person is.
  select service, person_id, benefit, number, min(started_on) as started_on, max(period) as last_seen, any_value(latest) as latest, count(*) as merged,
    arg_max(numbered, (covered_to, ended_on is null, started_on)) as longest,
    arg_max(numbered, (period, started_on)) as newest
  from numbered
  group by service, person_id, benefit, number
)
select j.service, j.person_id, j.benefit, j.started_on, j.longest.ended_on, j.longest.end_reason, j.longest.covered_to,
  j.newest.birth_year, j.newest.birth_month, j.newest.sex, j.newest.municipality,
  coalesce(m.region, 'HORS_CANTON') as region,
  j.newest.permit, j.last_seen,
  case when j.longest.ended_on is null and j.last_seen < j.latest then j.longest.covered_to end as vanished_on, j.merged,
  j.longest.delivery_id, j.longest.line
from joined j
left join core.municipality m on m.municipality = j.newest.municipality
