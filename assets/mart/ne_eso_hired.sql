-- Engagements NE-ESO
--
-- definition: Candidatures NE-ESO suivies d'un engagement jusqu'au dernier jour du mois, cumulées.
-- numerator: engagements
-- unit: candidatures
-- source: Candidatures NE-ESO du SASO (ne_eso_candidatures)
-- reading: hausse favorable
-- shape: count
-- reads: cumulated
-- dimensions: total
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: f753b7c2185b510b
select c.period, 1 as numerator
from core.ne_eso_candidacy n
join core.calendar c on c.grain = 'month' and n.hired_on <= c.last_day
