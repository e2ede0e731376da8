-- Une ligne par interruption entre deux suites de mois de soutien d'une personne, tous services liés confondus.
--
-- key: person_id period
-- columns: person_id* period* last_month* gap_length* service_before* service_after* age* region*
-- privacy: pseudonymous
with month as (
  select s.* from core.stretch s join core.linked_service l on l.service = s.service
),
apart as (
  select person_id, first_month, max(last_month) over earlier as last_month
  from month
  window earlier as (partition by person_id order by first_month, last_month rows between unbounded preceding and 1 preceding)
),
gap as (
  select person_id, first_month as period, last_month, date_diff('month', last_month, first_month) - 1 as gap_length
  from apart
  where first_month > last_month + interval 1 month
),
beside as (
  select g.person_id, g.period,
    string_agg(distinct m.service, '+' order by m.service) filter (m.last_month = g.last_month) as service_before,
    string_agg(distinct m.service, '+' order by m.service) filter (m.first_month = g.period) as service_after
  from gap g
  join month m on m.person_id = g.person_id and (m.last_month = g.last_month or m.first_month = g.period)
  group by g.person_id, g.period
)
select g.*, b.service_before, b.service_after,
  date_diff('month', p.born_in, g.period) // 12 as age, p.region
from gap g
join beside b on b.person_id = g.person_id and b.period = g.period
join core.person p on p.person_id = g.person_id
