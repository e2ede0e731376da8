-- Une ligne par convention bilatérale, telle que connue par la dernière livraison en vigueur où elle figure.
--
-- key: agreement_id
-- columns: agreement_id* party_a* party_b* signed_on* review_on ended_on last_seen* vanished_on delivery_id* line*
-- privacy: internal
with in_force as (
  select d.delivery_id, d.period, c.last_day, max(d.period) over () as last
  from stg.delivery d
  join core.calendar c on c.period = d.period and c.grain = 'year'
  where d.dataset = 'conventions' and d.status = 'in_force'
),
latest as (
  select r.*, d.period, d.last, d.last_day
  from stg.conventions r join in_force d on d.delivery_id = r.delivery_id
  qualify row_number() over (partition by r.agreement_id order by d.period desc) = 1
)
select
  agreement_id, party_a, party_b, signed_on, review_on, ended_on,
  period as last_seen,
  case when ended_on is null and period < last then last_day end as vanished_on,
  delivery_id, line
from latest
