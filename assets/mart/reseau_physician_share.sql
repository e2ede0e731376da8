-- Bilans du réseau avec médecin
--
-- definition: Part des bilans du Réseau CII NE des douze derniers mois auxquels un médecin était présent.
-- numerator: bilans avec médecin
-- denominator: bilans
-- unit: part
-- source: Dossiers du Réseau CII NE, coordination cantonale (reseau_cii_dossiers)
-- reading: neutre
-- shape: ratio
-- reads: trailing 12
-- dimensions: total
-- persons: window
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 84bb8a73b20a6bde
select c.period, r.physician_present::integer as numerator, 1 as denominator
from core.reseau_case r
join core.calendar c on c.grain = 'month' and r.assessed_on between c.trailing_from and c.last_day
