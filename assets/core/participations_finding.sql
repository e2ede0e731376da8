-- Une ligne par participation à une mesure absente de l'inventaire du mois, là où cet inventaire est en vigueur.
--
-- key: delivery_id line
-- columns: delivery_id* line* field* cell* rule*
-- privacy: internal
select p.delivery_id, p.line, 'measure_id' as field, p.measure_id as cell, 'measure.not_in_inventory' as rule
from stg.participations p
join core.delivery_in_force d on d.delivery_id = p.delivery_id
join core.delivery_in_force i on i.dataset = 'mesures' and i.period = d.period
anti join stg.mesures m on m.delivery_id = i.delivery_id and m.measure_id = p.measure_id
