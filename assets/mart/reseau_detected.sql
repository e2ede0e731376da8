-- Situations détectées par le réseau
--
-- definition: Dossiers du Réseau CII NE détectés jusqu'au dernier jour du mois, cumulés; service détecteur.
-- numerator: dossiers détectés
-- unit: dossiers
-- source: Dossiers du Réseau CII NE, coordination cantonale (reseau_cii_dossiers)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total, detected_by = reseau_partner
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: ac4580889af27302
select c.period, r.detected_by, 1 as numerator
from core.reseau_case r
join core.calendar c on c.grain = 'month' and r.detected_on <= c.last_day
