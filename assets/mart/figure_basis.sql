-- Une ligne par indicateur, période et étendue: les livraisons en vigueur sur lesquelles le chiffre repose, et celles qui manquent.
--
-- key: indicator grain period scope
-- columns: indicator* grain* period* scope* reads_from* reads_to* deliveries* sendings last_received rows_read* rows_rejected* rejected_share
--   lacking
-- privacy: internal
with own as (
  select indicator, datasets is null as of_deliveries, datasets is null or regexp_matches(dimensions, '= (sender|system)\b') as by_service
  from mart.indicator
),
sending as (
  select s.indicator, s.dataset, s.service, o.of_deliveries,
    unnest(['ALL'] || if(o.by_service, [s.service], []) || if(o.of_deliveries, [s.dataset], [])) as scope
  from mart.indicator_sending s
  join own o on o.indicator = s.indicator
),
figure as (
  select indicator, grain, period, reads_from, reads_to from mart.figure_period where sender = 'ALL'
),
sent as (
  select d.dataset, d.service, d.period, f.last_day, d.received_at::date as received_on, d.rows_read, d.rows_rejected, false as lacks
  from stg.delivery d
  join core.delivery_in_force f on f.delivery_id = d.delivery_id
  union all by name
  select d.dataset, d.service, d.period, c.last_day, true as lacks
  from core.delivery_month d
  join core.calendar c on c.period = d.period and c.cadence = d.cadence
  where d.owed and not d.in_force
),
-- What was sent for the same months is the same for all figures that read them: summed once, a tenth of the time.
span as (
  select distinct g.dataset, g.service, g.of_deliveries, f.reads_from, f.reads_to
  from figure f
  join sending g on g.indicator = f.indicator
),
-- A figure on the deliveries themselves is one of those of its own months.
summed as (
  select p.dataset, p.service, p.of_deliveries, p.reads_from, p.reads_to,
    count(*) filter (not s.lacks) as deliveries,
    max(s.received_on) as last_received,
    coalesce(sum(s.rows_read), 0) as rows_read,
    coalesce(sum(s.rows_rejected), 0) as rows_rejected,
    count(*) filter (s.lacks) as lacking,
    min(s.period) filter (s.lacks) as lacks_from,
    max(s.period) filter (s.lacks) as lacks_to
  from span p
  join sent s on s.dataset = p.dataset and s.service = p.service and s.period <= last_day(p.reads_to) and s.last_day >= p.reads_from
    and (not p.of_deliveries or s.period >= p.reads_from and s.last_day <= last_day(p.reads_to))
  group by p.dataset, p.service, p.of_deliveries, p.reads_from, p.reads_to
)
select f.indicator, f.grain, f.period, g.scope, f.reads_from, f.reads_to,
  coalesce(sum(s.deliveries), 0)::bigint as deliveries,
  array_to_string(list_sort(list(s.dataset || ' ' || s.service) filter (s.deliveries > 0)), ', ') as sendings,
  max(s.last_received) as last_received,
  coalesce(sum(s.rows_read), 0)::bigint as rows_read,
  coalesce(sum(s.rows_rejected), 0)::bigint as rows_rejected,
  case when sum(s.rows_read) > 0 then sum(s.rows_rejected) / sum(s.rows_read) end as rejected_share,
  array_to_string(
    list_sort(list(concat_ws(' ', s.dataset, s.service, s.lacking, s.lacks_from, s.lacks_to)) filter (s.lacking > 0)), ', '
  ) as lacking
from figure f
join sending g on g.indicator = f.indicator
left join summed s on s.dataset = g.dataset and s.service = g.service and s.of_deliveries = g.of_deliveries
  and s.reads_from = f.reads_from and s.reads_to = f.reads_to
group by f.indicator, f.grain, f.period, g.scope, f.reads_from, f.reads_to
