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
select c.period, e.coach, 1 as numerator
from core.early_intervention e
join core.calendar c
  on c.grain = 'month' and e.announced_on <= c.last_day
  and coalesce(e.closed_on > c.last_day, true) and coalesce(e.vanished_on >= c.last_day, true)
