-- Une ligne par personne qui reçoit ou a reçu une prestation: qui elle est, d'après la ligne la plus récente.
--
-- key: person_id
-- columns: person_id* born_in* sex* region*
-- privacy: pseudonymous
select person_id, make_date(latest.birth_year, latest.birth_month, 1) as born_in, latest.sex, latest.region
from (
  select person_id, arg_max(s, (last_seen, started_on, service, benefit)) as latest
  from core.spell s
  group by person_id
)
