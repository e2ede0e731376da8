-- Séances de formation CII
--
-- definition: Séances de formation CII tenues dans le trimestre; une séance compte sous chaque service qui y avait des participants, et
--   une fois dans le total.
-- numerator: séances tenues
-- unit: séances
-- source: Formations CII, coordination cantonale (formations_cii)
-- reading: hausse favorable
-- shape: count
-- grains: quarter
-- reads: month
-- dimensions: total, service
-- overlapping: service
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: ae69ed710930015f
select c.grain, c.period, list(t.service) filter (t.participants > 0) as service, 1 as numerator
from core.training_session t
join core.calendar c on c.grain = 'quarter' and t.held_on between c.period and c.last_day
group by c.grain, c.period, t.session_id
