-- Une ligne par attente d'une issue: un dossier CM-FP, un dossier du Réseau CII NE ou une inscription au chômage, et sa durée observée.
--
-- key: process person_id course_id
-- columns: process* person_id* course_id* entered_on* observed_to* months* observable_months* outcome
-- privacy: pseudonymous
with next_service as (
  -- Only what may be linked with the employment office says where a registration led.
  select n.service
  from core.linked_service n
  join core.linked_service s on s.service = 'SEMP'
  where n.service in ('SASO', 'OAI')
),
delivered as (
  select d.service, min(d.period) as first_day, max(d.last_day) as last_day,
    case d.dataset when 'cm_fp_dossiers' then 'CM_FP' when 'reseau_cii_dossiers' then 'RESEAU_CII' else 'CHOMAGE' end as process
  from core.delivery_in_force d
  left join next_service n on n.service = d.service
  where d.dataset in ('cm_fp_dossiers', 'reseau_cii_dossiers')
    or (d.dataset = 'prestations' and (d.service = 'SEMP' or n.service is not null))
  group by all
),
-- What follows a registration is known two months after its end: nothing is said of later ones.
span as (
  select process, max(first_day) as first_day,
    case process when 'CHOMAGE' then last_day(min(last_day) - to_months(2)) else min(last_day) end as last_day
  from delivered
  group by process
),
support as (
  select r.person_id, r.registered_on, if(bool_or(s.benefit = 'AIDE_SOCIALE'), 'AIDE_SOCIALE', 'AI') as outcome
  from core.registration r
  join core.spell s
    on s.person_id = r.person_id and s.started_on <= last_day(r.ended_on + to_months(2)) and s.covered_to >= r.ended_on
  join next_service n on n.service = s.service
  where s.benefit in ('AIDE_SOCIALE', 'AI_RENTE')
  group by r.person_id, r.registered_on
),
entered as (
  select 'CM_FP' as process, person_id, case_id as course_id, announced_on as entered_on,
    coalesce(closed_on, vanished_on) as left_on, outcome
  from core.cm_fp_case
  union all
  select 'RESEAU_CII', person_id, case_id, detected_on, coalesce(closed_on, vanished_on), outcome
  from core.reseau_case
  union all
  select 'CHOMAGE', r.person_id, r.registered_on::varchar, r.registered_on, r.covered_to,
    case
      when r.ended_on is null then null
      -- Nothing follows a death, and a benefit beside work or training is not where it led.
      when r.end_reason in ('EMPLOI', 'FORMATION', 'DECES') then r.end_reason
      when s.outcome is not null then s.outcome
      when r.end_reason in ('DEPART_CANTON', 'RETRAITE', 'FIN_DE_DROIT') then r.end_reason
      else 'AUTRE'
    end
  from core.registration r
  left join support s on s.person_id = r.person_id and s.registered_on = r.registered_on
)
select e.process, e.person_id, e.course_id, e.entered_on,
  least(coalesce(e.left_on, s.last_day), s.last_day) as observed_to,
  date_sub('month', e.entered_on, observed_to) as months,
  date_sub('month', e.entered_on, s.last_day) as observable_months,
  case when e.left_on <= s.last_day then e.outcome end as outcome
from entered e
join span s on s.process = e.process
-- What began before the data is in them only because it lasted.
where e.entered_on between s.first_day and s.last_day
