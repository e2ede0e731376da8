-- Passages des jeunes entre services
--
-- definition: Personnes de 18 à 34 ans au dernier jour des deux mois, par services d'un mois (ou d'un décembre) à l'autre: sans service (GAP)
--   entre deux soutiens, aucun (NONE) sans soutien, s'il n'y en a pas non plus avant, ou pas après.
-- numerator: personnes
-- unit: personnes
-- source: Prestations de tous les services (prestations)
-- reading: neutre
-- shape: count
-- grains: month, year
-- reads: end from -25 to +24
-- rests_on: SEMP, SASO, OAI, SFPO, SMIG
-- linked: yes
-- dimensions: total, from_to
-- persons: flow
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 069f35e07764d944
with step as (
  select 'month' as grain, 1 as months, person_id, period, youth_state from core.youth_month
  union all
  select 'year', 12, person_id, period, youth_state from core.youth_month where month(period) = 12
),
moved as (
  select grain, months, person_id, period, youth_state, false as before from step
  union all
  select grain, months, person_id, (period + to_months(months))::date, youth_state, true from step
),
pair as (
  select grain, months, person_id, period,
    coalesce(max(youth_state) filter (before), 'NONE') as state_before,
    coalesce(max(youth_state) filter (not before), 'NONE') as state_now
  from moved
  group by grain, months, person_id, period
)
select p.grain, case when p.grain = 'year' then date_trunc('year', p.period)::date else p.period end as period,
  p.state_before || '>' || p.state_now as from_to, count(*) as numerator
from pair p
join core.person w on w.person_id = p.person_id
where date_diff('month', w.born_in, p.period) // 12 <= 34
  and (date_diff('month', w.born_in, p.period) - p.months) // 12 >= 18
group by all
