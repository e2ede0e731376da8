-- Une ligne par action des axes CII et année: son état selon la livraison en vigueur de l'année.
--
-- key: action_id period
-- columns: action_id* period* axis* sub_axis* action* service* status* started_on indicator delivery_id* line*
-- privacy: internal
select r.action_id, d.period, r.axis, r.sub_axis, r.action, r.service, r.status, r.started_on, r.indicator, r.delivery_id, r.line
from stg.actions_axes r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
