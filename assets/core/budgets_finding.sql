-- Une ligne par budget d'une mesure qui ne figure dans aucun inventaire en vigueur.
--
-- key: delivery_id line
-- columns: delivery_id* line* field* cell* rule*
-- privacy: internal
select b.delivery_id, b.line, 'measure_id' as field, b.measure_id as cell, 'measure.unknown' as rule
from stg.budgets b
join core.delivery_in_force d on d.delivery_id = b.delivery_id
anti join core.measure m on m.measure_id = b.measure_id
where exists (from core.measure)
