-- Candidatures NE-ESO
--
-- definition: Candidatures aux entreprises sociales productives (NE-ESO) déposées jusqu'au dernier jour du mois, cumulées.
-- numerator: candidatures déposées
-- unit: candidatures
-- source: Candidatures NE-ESO du SASO (ne_eso_candidatures)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 462a5d9f67d65ac9
select c.period, 1 as numerator
from core.ne_eso_candidacy n
join core.calendar c on c.grain = 'month' and n.applied_on <= c.last_day
