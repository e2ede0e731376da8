-- Les incidences de toutes les issues sont positives et ne dépassent pas 1 ensemble.
--
-- name: incidence_bornee
-- blocking: yes
select cohort, months
from mart.cm_fp_incidence
group by cohort, months
having (min(incidence) >= 0 and sum(incidence) <= 1 + 1e-9) is distinct from true
