-- Une ligne par convention bilatérale, telle que connue par la dernière livraison en vigueur où elle figure.
--
-- key: agreement_id
-- columns: agreement_id* party_a* party_b* signed_on* review_on ended_on last_seen* vanished_on delivery_id* line*
-- privacy: internal
select r.agreement_id, r.party_a, r.party_b, r.signed_on, r.review_on, r.ended_on,
  d.period as last_seen,
  case when r.ended_on is null and d.period < d.latest then d.last_day end as vanished_on,
  r.delivery_id, r.line
from stg.conventions r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
qualify row_number() over (partition by r.agreement_id order by d.period desc) = 1
