-- Sorties de l'aide sociale par NE-ESO
--
-- definition: Candidatures NE-ESO dont la personne est sortie de l'aide sociale jusqu'au dernier jour du mois, cumulées. En 2012 le but
--   était la sortie totale; depuis 2013 une sortie partielle suffit: l'ampleur distingue les deux.
-- numerator: candidatures suivies d'une sortie de l'aide sociale
-- unit: personnes
-- source: Candidatures NE-ESO du SASO (ne_eso_candidatures)
-- reading: hausse favorable
-- shape: count
-- reads: cumulated
-- dimensions: total, exit_extent, activity
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: de5df9833a0ccf02
select c.period, n.exit_extent, n.activity, 1 as numerator
from core.ne_eso_candidacy n
join core.calendar c on c.grain = 'month' and n.left_social_aid_on <= c.last_day
