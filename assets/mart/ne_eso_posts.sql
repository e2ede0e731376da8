-- Postes NE-ESO
--
-- definition: Contrats de travail NE-ESO en cours au dernier jour du mois.
-- numerator: contrats en cours
-- unit: postes
-- source: Candidatures NE-ESO du SASO (ne_eso_candidatures)
-- reading: hausse favorable
-- shape: count
-- reads: month
-- dimensions: total, enterprise, activity
-- persons: stock
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: c93e7972a861a75e
select c.period, n.enterprise, n.activity, 1 as numerator
from core.ne_eso_candidacy n
join core.calendar c
  on c.grain = 'month' and n.hired_on <= c.last_day
  and coalesce(n.ended_on > c.last_day, true) and coalesce(n.vanished_on >= c.last_day, true)
