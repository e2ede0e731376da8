-- Formations CII tenues sur prévues
--
-- definition: Séances de formation CII tenues dans le trimestre, sur les séances prévues; vide pour un trimestre où rien n'était prévu.
-- numerator: séances tenues
-- denominator: séances prévues
-- unit: part
-- source: Formations CII, coordination cantonale (formations_cii)
-- reading: hausse favorable
-- shape: ratio
-- grains: quarter
-- reads: month
-- dimensions: total
-- persons: none
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: fa7098f19d28bf15
with planned as (
  select c.grain, c.period, c.last_day, p.value as sessions
  from (select grain, period, last_day from core.calendar where grain = 'quarter') c
  asof left join (select valid_from, value from core.parameter where parameter = 'training_sessions_planned') p
    on c.period >= p.valid_from
)
select p.grain, p.period, count(distinct t.session_id) as numerator, p.sessions as denominator
from planned p
left join core.training_session t on t.held_on between p.period and p.last_day
group by p.grain, p.period, p.sessions
