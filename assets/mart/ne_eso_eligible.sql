-- Candidatures NE-ESO admissibles
--
-- definition: Candidatures NE-ESO déposées jusqu'au dernier jour du mois qui remplissent tous les critères en vigueur le
--   jour du dépôt, cumulées.
-- numerator: candidatures admissibles
-- unit: candidatures
-- source: Candidatures NE-ESO du SASO (ne_eso_candidatures)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 34957f8c2435e832
select c.period, 1 as numerator
from core.ne_eso_candidacy n
join core.calendar c on c.grain = 'month' and n.applied_on <= c.last_day
where n.eligible
