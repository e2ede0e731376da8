-- Actions correctives en retard
--
-- definition: Actions correctives ouvertes au dernier jour du mois dont l'échéance était avant ce jour.
-- numerator: actions en retard
-- unit: actions
-- source: Actions correctives, coordination cantonale (actions_correctives)
-- reading: hausse défavorable
-- shape: count
-- reads: month
-- dimensions: total, measure, decided_by
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: b196782425f41038
select c.period, a.measure_id as measure, a.decided_by, 1 as numerator
from core.corrective_action a
join core.calendar c
  on c.grain = 'month' and a.due_on < c.last_day
  and coalesce(a.closed_on > c.last_day, true) and coalesce(a.vanished_on >= c.last_day, true)
