-- Plans d'action du réseau établis
--
-- definition: Dossiers du Réseau CII NE dont le plan d'action a été établi jusqu'au dernier jour du mois, cumulés.
-- numerator: dossiers avec plan d'action
-- unit: dossiers
-- source: Dossiers du Réseau CII NE, coordination cantonale (reseau_cii_dossiers)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total, detected_by = reseau_partner
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: ef32669e0984d5ea
select c.period, r.detected_by, 1 as numerator
from core.reseau_case r
join core.calendar c on c.grain = 'month' and r.plan_on <= c.last_day
