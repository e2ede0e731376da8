-- Durée médiane du réseau jusqu'au plan d'action
--
-- definition: Nombre médian de jours de la détection au plan d'action, plans établis dans les douze derniers mois.
-- numerator: médiane des jours
-- denominator: plans d'action établis en douze mois
-- unit: jours
-- source: Dossiers du Réseau CII NE, coordination cantonale (reseau_cii_dossiers)
-- reading: hausse défavorable
-- shape: median
-- reads: trailing 12
-- dimensions: total
-- persons: window
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: d081b6afa81a6dc5
select c.period, date_diff('day', r.detected_on, r.plan_on) as observation
from core.reseau_case r
join core.calendar c on c.grain = 'month' and r.plan_on between c.trailing_from and c.last_day
