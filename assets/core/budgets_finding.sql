-- Une ligne par budget d'une mesure qui ne figure dans aucun inventaire en vigueur.
--
-- key: delivery_id line
-- columns: delivery_id* line* field* cell* rule*
-- privacy: internal
with known as (
  select m.measure_id
  from stg.mesures m join stg.delivery d on d.delivery_id = m.delivery_id and d.status = 'in_force'
)
select b.delivery_id, b.line, 'measure_id' as field, b.measure_id as cell, 'measure.unknown' as rule
from stg.budgets b
join stg.delivery d on d.delivery_id = b.delivery_id and d.status = 'in_force'
where b.measure_id not in (select measure_id from known) and exists (select 1 from known)
