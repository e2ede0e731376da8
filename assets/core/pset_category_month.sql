-- Une ligne par catégorie PSET et mois en vigueur: places ouvertes à tous les publics, 0 où il n'y en a pas.
--
-- key: category period
-- columns: category* period* places*
-- privacy: internal
select k.code as category, d.period,
  coalesce(sum(p.places) filter (p.audience = 'TOUS' and p.category = k.code), 0) as places
from core.delivery_in_force d
cross join core.code k
left join core.pset_programme_month p on p.period = d.period
where d.dataset = 'pset_places' and k.list = 'category'
group by k.code, d.period
