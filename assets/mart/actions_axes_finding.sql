-- Une ligne par action des axes dont l'indicateur n'est pas au catalogue.
--
-- key: delivery_id line
-- columns: delivery_id* line* field* cell* rule*
-- privacy: internal
select a.delivery_id, a.line, 'indicator' as field, a.indicator as cell, 'indicator.unknown' as rule
from stg.actions_axes a
join core.delivery_in_force d on d.delivery_id = a.delivery_id
anti join mart.indicator i on i.indicator = a.indicator
where a.indicator is not null
