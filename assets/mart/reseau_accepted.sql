-- Dossiers du réseau acceptés
--
-- definition: Dossiers du Réseau CII NE acceptés jusqu'au dernier jour du mois, cumulés; ni les refusés ni ceux qui attendent une décision.
-- numerator: dossiers acceptés
-- unit: dossiers
-- source: Dossiers du Réseau CII NE, coordination cantonale (reseau_cii_dossiers)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total, detected_by = reseau_partner
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 40fd0c6cb6c15a25
select c.period, r.detected_by, 1 as numerator
from core.reseau_case r
join core.calendar c on c.grain = 'month' and r.accepted_on <= c.last_day
