-- Une ligne par livraison refusée sans être lue: période à venir, deux fichiers pour une version, fichier illisible.
--
-- key: delivery_id rule
-- columns: delivery_id* line field header cell rule*
-- privacy: internal
select delivery_id, null as line, null as field, null as header, null as cell, reason as rule
from stg.delivery
where status = 'rejected' and reason in ('file.future', 'file.ambiguous', 'file.busy')
