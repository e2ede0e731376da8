-- Une ligne par programme PSET et mois: l'état à la fin du mois, selon la livraison en vigueur.
--
-- key: programme_id period
-- columns: programme_id* period* programme* provider* branch* category* audience* places* occupied* delivery_id* line*
-- privacy: internal
select r.programme_id, d.period, r.programme, r.provider, r.branch, r.category, r.audience, r.places, r.occupied, r.delivery_id, r.line
from stg.pset_places r
join core.delivery_in_force d on d.delivery_id = r.delivery_id
