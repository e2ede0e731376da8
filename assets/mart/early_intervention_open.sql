-- Situations d'intervention précoce ouvertes
--
-- definition: Situations d'intervention précoce au secondaire I annoncées et ni closes ni disparues au dernier jour du mois.
-- numerator: situations ouvertes
-- unit: situations
-- source: Interventions précoces du SFPO (interventions_precoces)
-- reading: neutre
-- shape: count
-- reads: month
-- dimensions: total, coach
-- persons: stock
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 60c5b3c3a4b085fc
select c.period, e.coach, 1 as numerator
from core.early_intervention e
join core.calendar c
  on c.grain = 'month' and e.announced_on <= c.last_day
  and coalesce(e.closed_on > c.last_day, true) and coalesce(e.vanished_on >= c.last_day, true)
