-- Une ligne par période de prestation qui commence avant la fin d'une autre de la même prestation et de la même personne.
--
-- key: delivery_id line
-- columns: delivery_id* line* field* cell* rule*
-- privacy: internal
with seen as (
  select r.person_id, r.benefit, r.started_on, r.ended_on, r.delivery_id, r.line, d.service, d.period, d.last_day, d.latest
  from stg.prestations r
  join core.delivery_in_force d on d.delivery_id = r.delivery_id
),
-- As known by its latest row; open and gone since, it lasted to the end of the month it was last seen in.
spell as (
  select *, case when ended_on is not null then ended_on when period < latest then last_day else 'infinity'::date end as covered_to
  from seen
  qualify row_number() over (partition by service, person_id, benefit, started_on order by period desc) = 1
),
beside as (
  select *, max(covered_to) over (
    partition by service, person_id, benefit order by started_on rows between unbounded preceding and 1 preceding
  ) as covered_before
  from spell
)
select delivery_id, line, 'started_on' as field, strftime(started_on, '••.••.%Y') as cell, 'history.overlap' as rule
from beside
where started_on <= covered_before
