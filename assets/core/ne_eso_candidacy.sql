-- Une ligne par candidature NE-ESO, telle que connue par la dernière livraison en vigueur où elle figure, jugée selon les règles du jour.
--
-- key: candidacy_id
-- columns: candidacy_id* person_id* birth_year* birth_month* applied_on* applied_age productivity* dependants* heavy_social_problem*
--   debt* productivity_from* productivity_to* debt_to* age_from* age_to meets_productivity* meets_dependants*
--   meets_social_problem* meets_debt* meets_age eligible trial_started_on trial_ended_on enterprise activity hired_on contract
--   left_social_aid_on exit_extent ended_on end_reason last_seen* vanished_on delivery_id* line*
-- privacy: pseudonymous
with known as (
  select r.*, d.period, d.last_day, d.latest
  from stg.ne_eso_candidatures r join core.delivery_in_force d on d.delivery_id = r.delivery_id
  qualify row_number() over (partition by r.candidacy_id order by d.period desc) = 1
),
bound as (
  select parameter, valid_from, value from core.parameter where starts_with(parameter, 'ne_eso_')
),
pilot as (select min(valid_from) as began from bound),
rule as (
  -- Whoever applied before the pilot began is judged by its first rules. A bound that is empty is none.
  select l.candidacy_id,
    arg_max_null(b.value, b.valid_from) filter (b.parameter = 'ne_eso_productivity_from') as productivity_from,
    arg_max_null(b.value, b.valid_from) filter (b.parameter = 'ne_eso_productivity_to') as productivity_to,
    arg_max_null(b.value, b.valid_from) filter (b.parameter = 'ne_eso_debt_to') as debt_to,
    arg_max_null(b.value, b.valid_from) filter (b.parameter = 'ne_eso_age_from') as age_from,
    arg_max_null(b.value, b.valid_from) filter (b.parameter = 'ne_eso_age_to') as age_to
  from known l
  cross join pilot p
  join bound b on b.valid_from <= greatest(l.applied_on, p.began)
  group by l.candidacy_id
)
select
  l.candidacy_id, l.person_id, l.birth_year, l.birth_month, l.applied_on, l.applied_age,
  l.productivity, l.dependants, l.heavy_social_problem, l.debt,
  r.productivity_from, r.productivity_to, r.debt_to, r.age_from, r.age_to,
  l.productivity between r.productivity_from and r.productivity_to as meets_productivity,
  not l.dependants as meets_dependants,
  not l.heavy_social_problem as meets_social_problem,
  l.debt <= r.debt_to as meets_debt,
  l.applied_age between r.age_from and coalesce(r.age_to, l.applied_age) as meets_age,
  meets_productivity and meets_dependants and meets_social_problem and meets_debt and meets_age as eligible,
  l.trial_started_on, l.trial_ended_on, l.enterprise, l.activity, l.hired_on, l.contract, l.left_social_aid_on, l.exit_extent,
  l.ended_on, l.end_reason,
  l.period as last_seen,
  case when l.ended_on is null and l.period < l.latest then l.last_day end as vanished_on,
  l.delivery_id, l.line
from known l
left join rule r on r.candidacy_id = l.candidacy_id
