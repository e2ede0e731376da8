-- Retour dans le système en six mois
--
-- definition: Des épisodes terminés 6 mois plus tôt (personnes de 18 à 64 ans alors), part de ceux que suit un nouvel épisode dans le même
--   système, commencé jusqu'à ce mois.
-- numerator: épisodes suivis d'un retour
-- denominator: épisodes terminés 6 mois plus tôt
-- unit: part
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: hausse défavorable
-- shape: ratio
-- grains: month, year
-- reads: from -6 to 0
-- rests_on: SEMP, OAI, SASO
-- dimensions: system = system
-- persons: flow
-- equals: denominator in month = system_exits@-6
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 565bd4c6ac5bc97e
with followed as (
  select *, lead(first_month) over (partition by person_id, system order by first_month) as next_month from core.episode
)
select c.grain, c.period, f.system,
  coalesce(f.next_month <= f.last_month + interval 6 month, false)::integer as numerator, 1 as denominator
from followed f
join core.calendar c on c.grain in ('month', 'year') and f.last_month + interval 6 month between c.period and c.last_day
where f.exit_observed and f.exit_age between 18 and 64
