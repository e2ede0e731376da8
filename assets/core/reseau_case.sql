-- Une ligne par dossier du Réseau CII NE, tel que connu par la dernière livraison en vigueur où il figure.
--
-- key: case_id
-- columns: case_id* person_id* detected_by* detected_on* accepted_on assessed_on physician_present lead plan_on closed_on outcome
--   last_seen* vanished_on delivery_id* line*
-- privacy: pseudonymous
with in_force as (
  select delivery_id, period, max(period) over () as last from stg.delivery where dataset = 'reseau_cii_dossiers' and status = 'in_force'
),
latest as (
  select r.*, d.period, d.last
  from stg.reseau_cii_dossiers r join in_force d on d.delivery_id = r.delivery_id
  qualify row_number() over (partition by r.case_id order by d.period desc) = 1
)
select
  case_id, person_id, detected_by, detected_on, accepted_on, assessed_on, physician_present, lead, plan_on,
  closed_on, outcome,
  period as last_seen,
  case when closed_on is null and period < last then last_day(period) end as vanished_on,
  delivery_id, line
from latest
