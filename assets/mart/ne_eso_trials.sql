-- Stages NE-ESO
--
-- definition: Candidatures NE-ESO dont le stage a commencé jusqu'au dernier jour du mois, cumulées; à défaut de son début, la
--   fin du stage compte.
-- numerator: stages commencés
-- unit: candidatures
-- source: Candidatures NE-ESO du SASO (ne_eso_candidatures)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 5c623ddb35ac8f2c
select c.period, 1 as numerator
from core.ne_eso_candidacy n
join core.calendar c on c.grain = 'month' and coalesce(n.trial_started_on, n.trial_ended_on) <= c.last_day
