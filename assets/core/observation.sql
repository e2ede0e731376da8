-- Une ligne par note de la grille d'observation, telle que connue par la dernière livraison en vigueur où elle figure.
--
-- key: service participation_id observed_on grid_dimension
-- columns: service* participation_id* observed_on* grid_dimension* stage* score* last_seen* delivery_id* line*
-- privacy: pseudonymous
select d.service, r.participation_id, r.observed_on, r.grid_dimension, r.stage, r.score, d.period as last_seen, r.delivery_id, r.line
from stg.observations r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
qualify row_number() over (partition by d.service, r.participation_id, r.observed_on, r.grid_dimension order by d.period desc) = 1
