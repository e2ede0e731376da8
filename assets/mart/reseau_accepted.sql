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
select c.period, r.detected_by, 1 as numerator
from core.reseau_case r
join core.calendar c on c.grain = 'month' and r.accepted_on <= c.last_day
