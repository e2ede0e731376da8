-- Une ligne par séance de formation CII et service participant, telle que connue par la dernière livraison en vigueur où elle figure.
--
-- key: session_id service
-- columns: session_id* service* held_on* participants* last_seen* delivery_id* line*
-- privacy: internal
select r.session_id, r.service, r.held_on, r.participants, d.period as last_seen, r.delivery_id, r.line
from stg.formations_cii r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
qualify row_number() over (partition by r.session_id, r.service order by d.period desc) = 1
