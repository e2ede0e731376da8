-- Transitions directes vers le secondaire II
--
-- definition: Part des situations d'intervention précoce closes par une entrée directe au secondaire II, parmi celles closes depuis le
--   début de l'année scolaire (1er août).
-- numerator: situations closes par une transition au secondaire II
-- denominator: situations closes
-- unit: part
-- source: Interventions précoces du SFPO (interventions_precoces)
-- reading: hausse favorable
-- shape: ratio
-- reads: since 8
-- dimensions: total
-- persons: window
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 682ed6ac416d28e9
select c.period, (e.outcome = 'TRANSITION_SEC_II')::integer as numerator, 1 as denominator
from core.early_intervention e
join core.calendar c
  on c.grain = 'month' and e.closed_on <= c.last_day
  -- The first of August that the month follows: seven months into a year.
  and e.closed_on >= date_trunc('year', c.period - to_months(7)) + to_months(7)
