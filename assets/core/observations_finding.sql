-- Une ligne par observation d'une participation que son service n'a jamais annoncée, bien qu'il en annonce.
--
-- key: delivery_id line
-- columns: delivery_id* line* field* cell* rule*
-- privacy: internal
select o.delivery_id, o.line, 'participation_id' as field, o.participation_id as cell, 'participation.unknown' as rule
from stg.observations o
join core.delivery_in_force d on d.delivery_id = o.delivery_id
semi join core.participation s on s.service = d.service
anti join core.participation k on k.service = d.service and k.participation_id = o.participation_id
