-- Une ligne par livraison refusée sans être lue, ou retenue pour son nombre de lignes.
--
-- key: delivery_id rule
-- columns: delivery_id* line field cell rule*
-- privacy: internal
select delivery_id, null as line, null as field, null as cell, reason as rule
from stg.delivery
-- What reading refused has its finding from there.
where ((status = 'rejected' and findings = 0) or status = 'held') and reason in (select rule from core.rule)
