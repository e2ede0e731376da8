-- Passages entre systèmes d'un décembre à l'autre
--
-- definition: Personnes de 18 à 64 ans aux deux fins d'année, par leurs systèmes en décembre de l'année d'avant et de l'année; «Aucun» (NONE) pour aucun.
-- numerator: personnes
-- unit: personnes
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: neutre
-- shape: count
-- grains: year
-- reads: end from -1 to 0
-- rests_on: SEMP, OAI, SASO
-- linked: yes
-- dimensions: total, from_to
-- persons: flow
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: d36e3eacd6efeb66
with december as (
  select * from core.recipient_month where month(period) = 12
),
year as (
  -- The December before the first one and that after the last one are nobody's.
  select person_id, period, system_combination, false as before from december
  union all
  select person_id, (period + interval 1 year)::date, system_combination, true from december
),
pair as (
  select person_id, period,
    coalesce(max(system_combination) filter (before), 'NONE') as system_before,
    coalesce(max(system_combination) filter (not before), 'NONE') as system_now
  from year
  group by person_id, period
)
select 'year' as grain, date_trunc('year', p.period)::date as period, p.system_before || '>' || p.system_now as from_to,
  count(*) as numerator
from pair p
join core.person w on w.person_id = p.person_id
where date_diff('month', w.born_in, p.period) // 12 between 19 and 64
group by all
