-- Une ligne par action corrective sur une mesure qui ne figure dans aucun inventaire en vigueur.
--
-- key: delivery_id line
-- columns: delivery_id* line* field* cell* rule*
-- privacy: internal
select a.delivery_id, a.line, 'measure_id' as field, a.measure_id as cell, 'measure.unknown' as rule
from stg.actions_correctives a
join core.delivery_in_force d on d.delivery_id = a.delivery_id
anti join core.measure m on m.measure_id = a.measure_id
where exists (from core.measure)
