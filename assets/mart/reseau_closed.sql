-- Dossiers du réseau clos
--
-- definition: Dossiers du Réseau CII NE clos jusqu'au dernier jour du mois, cumulés, y compris les refusés.
-- numerator: dossiers clos
-- unit: dossiers
-- source: Dossiers du Réseau CII NE, coordination cantonale (reseau_cii_dossiers)
-- reading: neutre
-- shape: count
-- reads: cumulated
-- dimensions: total, detected_by = reseau_partner
-- persons: cumulated
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 919b17679c167d14
select c.period, r.detected_by, 1 as numerator
from core.reseau_case r
join core.calendar c on c.grain = 'month' and r.closed_on <= c.last_day
