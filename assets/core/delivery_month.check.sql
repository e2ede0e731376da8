-- Au plus une version en vigueur par service, jeu de données et période.
--
-- name: une_version_en_vigueur
-- blocking: yes
select service, dataset, period
from stg.delivery
where status = 'in_force'
group by service, dataset, period
having count(*) > 1
