-- Les incidences sont des parts, et celles de toutes les issues font 1 avec la part qui attend encore.
--
-- name: incidence_bornee
-- blocking: yes
select process, cohort, months
from mart.outcome_incidence
group by process, cohort, months
having (
  min(incidence) >= 0 and max(incidence) <= 1 + 1e-9
  and abs(sum(incidence) + min(waiting) - 1) <= 1e-9 and abs(sum(incidence) + max(waiting) - 1) <= 1e-9
) is distinct from true
