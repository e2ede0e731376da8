-- Une ligne par personne, mois et forme de soutien: au moins un jour de prestation dans le mois; âge à son dernier jour.
--
-- key: person_id period benefit_state
-- columns: person_id* period* benefit_state* service* system age* sex* region*
-- privacy: pseudonymous
-- indexed: no
with month as (
  select person_id, benefit_state, service, system,
    unnest(generate_series(first_month, last_month, interval 1 month))::date as period
  from core.stretch
)
select m.*, date_diff('month', p.born_in, m.period) // 12 as age, p.sex, p.region
from month m
join core.person p on p.person_id = m.person_id
