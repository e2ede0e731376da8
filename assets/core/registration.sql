-- Une ligne par inscription d'une personne à l'office régional de placement: des jours qui se suivent, avec ou sans indemnité.
--
-- key: person_id registered_on
-- columns: person_id* registered_on* ended_on end_reason covered_to* spells*
-- privacy: pseudonymous
with jobseeking as (
  select person_id, benefit, started_on, ended_on, end_reason, covered_to,
    started_on <= max(covered_to) over earlier + 1 as continuing
  from core.spell
  where benefit in ('AC_INDEMNITE', 'DE_SANS_INDEMNITE')
  window earlier as (partition by person_id order by started_on, benefit rows between unbounded preceding and 1 preceding)
),
numbered as (
  select *, count(*) filter (continuing is not true) over (partition by person_id order by started_on, benefit) as number
  from jobseeking
),
joined as (
  -- As in core.spell, the one that lasts longest says how it ended; of two that end together, the one that began last.
  select person_id, min(started_on) as registered_on, count(*) as spells,
    arg_max(numbered, (covered_to, ended_on is null, started_on, benefit)) as longest
  from numbered
  group by person_id, number
)
select person_id, registered_on, longest.ended_on, longest.end_reason, longest.covered_to, spells
from joined
