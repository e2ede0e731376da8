-- Une ligne par passage d'une personne de 18 à 64 ans d'un système à un autre: l'un commence, l'autre a cessé depuis deux mois au plus.
--
-- key: person_id from_to period
-- columns: person_id* period* from_to* joint_file*
-- privacy: pseudonymous
with linked as (
  select e.* from core.episode e
  join core.system_span o on o.system = e.system
  join core.linked_service l on l.service = o.service
),
change as (
  -- Where one month ends an episode, the other system can have ended twice by then.
  select distinct b.person_id, b.first_month as period, a.system || '>' || b.system as from_to
  from linked b
  join linked a on a.person_id = b.person_id and a.system <> b.system
    and a.last_month between b.first_month - interval 2 month and b.first_month
  where b.entry_observed and a.exit_observed and b.entry_age between 18 and 64
)
select c.*,
  exists (
    select 1 from core.reseau_case r
    where r.person_id = c.person_id and r.detected_on < c.period + interval 2 month
      and coalesce(r.closed_on, r.vanished_on, date '9999-12-31') >= c.period - interval 1 month
  ) as joint_file
from change c
