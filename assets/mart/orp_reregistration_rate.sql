-- Réinscriptions à l'ORP
--
-- definition: Des inscriptions terminées quatre mois plus tôt (douze dès 2015; personnes de 18 à 64 ans alors), part de
--   celles que suit une nouvelle inscription jusqu'à la fin du mois; des jours avec ou sans indemnités qui se suivent n'en font qu'une.
-- numerator: inscriptions suivies d'une nouvelle
-- denominator: inscriptions terminées alors
-- unit: part
-- source: Prestations du SEMP (prestations)
-- reading: hausse défavorable
-- shape: ratio
-- grains: month, year
-- reads: from -reregistration_months to 0
-- rests_on: SEMP
-- dimensions: total
-- persons: flow
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: a378ec07dc51d092
with followed as (
  select *, lead(registered_on) over (partition by person_id order by registered_on) as next_on from core.registration
),
month as (
  select c.period, c.last_day, arg_max(n.value, n.valid_from)::integer as months
  from core.calendar c
  join core.parameter n on n.parameter = 'reregistration_months' and n.valid_from <= c.period
  where c.grain = 'month'
  group by all
)
select c.grain, c.period, coalesce(f.next_on <= m.last_day, false)::integer as numerator, 1 as denominator
from month m
join followed f on date_trunc('month', f.ended_on) = m.period - to_months(m.months)
join core.calendar c on c.grain in ('month', 'year') and m.period between c.period and c.last_day
join core.person p on p.person_id = f.person_id
where date_diff('month', p.born_in, f.ended_on) // 12 between 18 and 64
