-- Durée médiane CM-FP jusqu'à une solution
--
-- definition: Nombre médian de jours de l'annonce à la clôture, dossiers CM-FP clos avec une solution dans les douze derniers mois.
-- numerator: médiane des jours
-- denominator: dossiers clos avec une solution en douze mois
-- unit: jours
-- source: Dossiers CM-FP du SFPO (cm_fp_dossiers)
-- reading: hausse défavorable
-- shape: median
-- reads: trailing 12
-- dimensions: total, outcome = cm_fp_solution
-- persons: window
-- equals: denominator in month = cm_fp_solutions - cm_fp_solutions@-12
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 4dfea652e4d8538e
select m.period, c.outcome, date_diff('day', c.announced_on, c.closed_on) as observation
from core.cm_fp_case c
join core.calendar m
  on m.grain = 'month' and c.closed_on between m.trailing_from and m.last_day
where c.solved
