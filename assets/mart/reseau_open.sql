-- Dossiers du réseau ouverts
--
-- definition: Dossiers du Réseau CII NE acceptés et ni clos ni disparus au dernier jour du mois; service pilote, non renseigné tant
--   que personne n'a été désigné.
-- numerator: dossiers ouverts
-- unit: dossiers
-- source: Dossiers du Réseau CII NE, coordination cantonale (reseau_cii_dossiers)
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total, lead = reseau_partner
-- persons: stock
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 516117cafc503d85
select c.period, r.lead, 1 as numerator
from core.reseau_case r
join core.calendar c
  on c.grain = 'month' and r.accepted_on <= c.last_day
  and coalesce(r.closed_on > c.last_day, true) and coalesce(r.vanished_on >= c.last_day, true)
