-- Délai de livraison
--
-- definition: Nombre médian de jours de la fin du mois à la réception de la première version non rejetée.
-- numerator: médiane des jours
-- denominator: fichiers reçus
-- unit: jours
-- source: Registre des livraisons (stg.delivery)
-- reading: hausse défavorable
-- shape: median
-- reads: month
-- dimensions: total, service, dataset
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: eb8b9f72a696fcf9
select d.period, d.service, d.dataset, date_diff('day', c.last_day, d.first_received_at::date) as observation
from core.delivery_month d
join core.calendar c on c.period = d.period and c.cadence = d.cadence
where d.cadence = 'monthly' and d.first_received_at is not null
