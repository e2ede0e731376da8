-- Participants aux formations CII
--
-- definition: Participants aux séances de formation CII tenues dans le trimestre; service d'où ils viennent.
-- numerator: participants
-- unit: participants
-- source: Formations CII, coordination cantonale (formations_cii)
-- reading: hausse favorable
-- shape: count
-- grains: quarter
-- reads: month
-- dimensions: total, service
-- persons: flow
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: fd3eadc1edb0854a
select c.grain, c.period, t.service, t.participants as numerator
from core.training_session t
join core.calendar c on c.grain = 'quarter' and t.held_on between c.period and c.last_day
