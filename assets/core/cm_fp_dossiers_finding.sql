-- Une ligne par avertissement CM-FP qui compare des mois: dossier disparu, rouvert, ou passé à une autre personne.
--
-- key: delivery_id line rule
-- columns: delivery_id* line* field* header* cell rule*
-- privacy: internal
with seen as (
  select r.delivery_id, r.line, r.case_id, r.person_id, r.closed_on, d.period,
    lag(r.closed_on) over one as earlier_closed_on,
    lag(r.person_id) over one as earlier_person_id
  from stg.cm_fp_dossiers r
  join stg.delivery d on d.delivery_id = r.delivery_id
  where d.status = 'in_force'
  window one as (partition by r.case_id order by d.period)
),
found as (
  select delivery_id, line, case_id, 'history.vanished' as rule from core.cm_fp_case where vanished_on is not null
  union all
  select delivery_id, line, case_id, 'history.reopened' from seen where earlier_closed_on is not null
  union all
  select delivery_id, line, case_id, 'history.person_changed' from seen where earlier_person_id <> person_id
)
select f.delivery_id, f.line, c.field, c.header, f.case_id as cell, f.rule
from found f
join core.field c on c.dataset = 'cm_fp_dossiers' and c.field = 'case_id'
