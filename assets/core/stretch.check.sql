-- Les suites de mois d'une personne dans une forme de soutien ne se touchent ni ne se recoupent: aucun mois n'y est deux fois.
--
-- name: suites_disjointes
-- blocking: yes
with followed as (
  select *, lead(first_month) over (partition by person_id, benefit_state order by first_month) as next_month from core.stretch
)
select person_id, benefit_state, first_month
from followed
where last_month < first_month or next_month <= last_month + interval 1 month
