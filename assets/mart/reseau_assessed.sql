-- Bilans du réseau faits
--
-- definition: Dossiers du Réseau CII NE dont le bilan a eu lieu jusqu'au dernier jour du mois, cumulés.
-- numerator: dossiers avec bilan
-- unit: dossiers
-- source: Dossiers du Réseau CII NE, coordination cantonale (reseau_cii_dossiers)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total, detected_by = reseau_partner
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: a6387a66a5294138
select c.period, r.detected_by, 1 as numerator
from core.reseau_case r
join core.calendar c on c.grain = 'month' and r.assessed_on <= c.last_day
