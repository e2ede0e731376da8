-- Une ligne par indicateur, jeu de données et service dont les livraisons comptent pour lui.
--
-- key: indicator dataset service
-- columns: indicator* dataset* service* needed owed_from linkable*
-- privacy: public
with declared as (
  select indicator, linked,
    coalesce(string_split(datasets, ', '), []) as datasets,
    coalesce(string_split(coalesce(needs, datasets), ', '), []) as needs,
    coalesce(string_split(rests_on, ', '), []) as services
  from (select * from mart.indicator union all select * from mart.former_indicator)
),
figure as (
  select *, not linked or (
    select count(*) from core.linked_service l where l.service <> 'CII' and list_contains(services, l.service)
  ) >= 2 as linkable
  from declared
)
select f.indicator, s.dataset, s.service, list_position(f.needs, s.dataset) as needed, s.owed_from, f.linkable
from figure f
join core.sending s on (f.datasets = [] or list_contains(f.datasets, s.dataset))
  and (f.services = [] or list_contains(f.services, s.service))
  -- The coordination's own files are about the circle itself. Where nothing may be linked, each month says so.
  and (not f.linked or not f.linkable or s.service = 'CII' or s.service in (select service from core.linked_service))
