-- Une ligne par action corrective sur une mesure qui ne figure dans aucun inventaire en vigueur.
--
-- key: delivery_id line
-- columns: delivery_id* line* field* cell* rule*
-- privacy: internal
with known as (
  select m.measure_id
  from stg.mesures m join stg.delivery d on d.delivery_id = m.delivery_id and d.status = 'in_force'
)
select a.delivery_id, a.line, 'measure_id' as field, a.measure_id as cell, 'measure.unknown' as rule
from stg.actions_correctives a
join stg.delivery d on d.delivery_id = a.delivery_id and d.status = 'in_force'
where a.measure_id not in (select measure_id from known) and exists (select 1 from known)
