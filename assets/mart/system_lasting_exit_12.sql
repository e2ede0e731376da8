-- Sortie durable de tous les systèmes
--
-- definition: Des personnes (de 18 à 64 ans) sorties de tous les systèmes douze mois plus tôt, part de celles qui n'y sont plus revenues
--   jusqu'à ce mois; par systèmes du dernier mois.
-- numerator: sorties sans retour
-- denominator: sorties douze mois plus tôt
-- unit: part
-- source: Prestations de tous les services (prestations), d'après la statistique SHIVALV de l'OFS
-- reading: hausse favorable
-- shape: ratio
-- reads: from -12 to 0
-- rests_on: SEMP, OAI, SASO
-- linked: yes
-- dimensions: total, system_left = system_combination
-- persons: flow
-- version: 1
-- valid_from: 2009-01-01
-- fingerprint: 41e3b3e251071f1c
with followed as (
  select *, lead(first_month) over (partition by person_id order by first_month) as next_month from core.system_run
)
select (f.last_month + interval 12 month)::date as period, m.system_combination as system_left,
  coalesce(f.next_month > f.last_month + interval 12 month, true)::integer as numerator, 1 as denominator
from followed f
join core.recipient_month m on m.person_id = f.person_id and m.period = f.last_month
where f.exit_observed and f.exit_age between 18 and 64
