-- Une ligne par livraison en vigueur: sa période et la dernière en vigueur de ce jeu de données et de ce service.
--
-- key: delivery_id
-- columns: delivery_id* dataset* service* period* last_day* latest*
-- privacy: public
select d.delivery_id, d.dataset, d.service, d.period,
  last_day(case when s.cadence = 'yearly' then d.period + to_months(11) else d.period end) as last_day,
  max(d.period) over (partition by d.dataset, d.service) as latest
from stg.delivery d
left join core.sending s on s.service = d.service and s.dataset = d.dataset
where d.status = 'in_force'
