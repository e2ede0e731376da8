-- Une ligne par livraison refusée sans être lue: période à venir, deux fichiers pour une version, fichier illisible.
--
-- key: delivery_id rule
-- columns: delivery_id* line field header cell rule* severity* message*
-- privacy: internal
select d.delivery_id, null as line, null as field, null as header, null as cell, r.rule, r.severity,
  replace(r.message, '{period}', coalesce(strftime(d.period, '%Y-%m'), '')) as message
from stg.delivery d
join core.rule r on r.rule = d.reason
where d.status = 'rejected' and d.reason in ('file.future', 'file.ambiguous', 'file.busy')
