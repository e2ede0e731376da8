-- Taux de réinsertion du réseau
--
-- definition: Part des dossiers du Réseau CII NE clos par un emploi ou une formation, parmi ceux qui, acceptés auparavant, ont été
--   clos dans les douze derniers mois.
-- numerator: dossiers clos par un emploi ou une formation
-- denominator: dossiers clos après acceptation
-- unit: part
-- source: Dossiers du Réseau CII NE, coordination cantonale (reseau_cii_dossiers)
-- reading: hausse favorable
-- shape: ratio
-- reads: trailing 12
-- dimensions: total
-- persons: window
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 601b9b9fa92c6367
select c.period, (r.outcome in ('EMPLOI', 'FORMATION'))::integer as numerator, 1 as denominator
from core.reseau_case r
join core.calendar c on c.grain = 'month' and r.closed_on between c.trailing_from and c.last_day
where r.accepted_on is not null
