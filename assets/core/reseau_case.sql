-- Une ligne par dossier du Réseau CII NE, tel que connu par la dernière livraison en vigueur où il figure.
--
-- key: case_id
-- columns: case_id* person_id* detected_by* detected_on* accepted_on assessed_on physician_present lead plan_on closed_on outcome
--   last_seen* vanished_on delivery_id* line*
-- privacy: pseudonymous
select r.case_id, r.person_id, r.detected_by, r.detected_on, r.accepted_on, r.assessed_on, r.physician_present, r.lead, r.plan_on,
  r.closed_on, r.outcome,
  d.period as last_seen,
  case when r.closed_on is null and d.period < d.latest then d.last_day end as vanished_on,
  r.delivery_id, r.line
from stg.reseau_cii_dossiers r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
qualify row_number() over (partition by r.case_id order by d.period desc) = 1
