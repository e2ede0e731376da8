-- Une ligne par observation d'une participation que son service n'a jamais annoncée, bien qu'il en annonce.
--
-- key: delivery_id line
-- columns: delivery_id* line* field* cell* rule*
-- privacy: internal
with known as (
  select distinct d.service, p.participation_id
  from stg.participations p join stg.delivery d on d.delivery_id = p.delivery_id and d.status = 'in_force'
)
select o.delivery_id, o.line, 'participation_id' as field, o.participation_id as cell, 'participation.unknown' as rule
from stg.observations o
join stg.delivery d on d.delivery_id = o.delivery_id and d.status = 'in_force'
semi join known s on s.service = d.service
anti join known k on k.service = d.service and k.participation_id = o.participation_id
