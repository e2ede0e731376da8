-- Aucune valeur ne figure deux fois.
--
-- name: valeurs_uniques
-- blocking: yes
select indicator, grain, period, dimension, member
from mart.indicator_value
group by indicator, grain, period, dimension, member
having count(*) > 1
