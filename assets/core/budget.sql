-- Une ligne par service, mesure et année: le budget en vigueur et les places réservées.
--
-- key: service measure_id period
-- columns: service* measure_id* period* budget* reserved_places* delivery_id* line*
-- privacy: internal
select d.service, r.measure_id, d.period, r.budget, r.reserved_places, r.delivery_id, r.line
from stg.budgets r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
