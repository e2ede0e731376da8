-- Une ligne par participation et dimension de la grille observée au moins deux fois: de la première à la dernière note.
--
-- key: service participation_id grid_dimension
-- columns: service* participation_id* grid_dimension* first_score* last_score* progress*
-- privacy: pseudonymous
with scored as (
  select service, participation_id, grid_dimension, count(*) as times,
    arg_min(score, observed_on) as first_score, arg_max(score, observed_on) as last_score
  from core.observation
  group by service, participation_id, grid_dimension
)
select service, participation_id, grid_dimension, first_score, last_score, last_score - first_score as progress
from scored
where times > 1
