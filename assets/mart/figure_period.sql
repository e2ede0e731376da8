-- Une ligne par indicateur, période et service qui envoie (ALL: tous ensemble): ce qui est reçu, complet et mûr.
--
-- key: indicator grain period sender
-- columns: indicator* grain* period* sender* received* complete* mature* linkable* reads_from* reads_to*
-- privacy: public
with figure as (
  select i.indicator, c.linkable,
    coalesce(string_split(i.datasets, ', '), []) as datasets,
    coalesce(string_split(coalesce(i.needs, i.datasets), ', '), []) as needs,
    coalesce(string_split(i.rests_on, ', '), []) as services,
    string_split(i.grains, ', ') as grains,
    regexp_extract(i.reads, '^[a-z]+') as word,
    try_cast(regexp_extract(i.reads, '^(?:trailing|since) ([0-9]+)$', 1) as integer) as number,
    regexp_extract(i.reads, 'from ([^ ]+) to (.+)$', ['back', 'ahead']) as around
  from (select * from mart.indicator union all select * from mart.former_indicator) i
  join (select indicator, bool_and(linkable) as linkable from mart.indicator_sending group by indicator) c on c.indicator = i.indicator
),
latest as (select max(period) as month from core.delivery_month where in_force and cadence = 'monthly'),
-- A yearly delivery speaks of every month of its year that has come.
delivered as (
  select d.service, d.dataset, d.in_force, d.owed and not d.in_force as lacking,
    unnest(generate_series(d.period, greatest(d.period, least(l.month, d.period + to_months(11))), interval 1 month))::date as month
  from core.delivery_month d cross join latest l
  where d.cadence = 'yearly'
  union all
  select service, dataset, in_force, owed and not in_force, period from core.delivery_month where cadence = 'monthly'
),
heard as (
  select c.indicator, c.needed, unnest(['ALL', c.service]) as sender, d.dataset, d.month, d.in_force, d.lacking, d.service
  from mart.indicator_sending c join delivered d on d.service = c.service and d.dataset = c.dataset
),
sender as (
  select indicator, 'ALL' as sender, len(needs) as wanted from figure
  union all
  select indicator, service, count(*) from mart.indicator_sending where needed is not null group by indicator, service
),
by_service as (
  select indicator, sender, service, min(month) as first, max(month) as last
  from heard where in_force
  group by indicator, sender, service
),
span as (select indicator, min(first) as first, max(last) as last from by_service group by indicator),
-- Where services are named, the whole rests on the months that all of them cover.
observed as (
  select s.indicator, s.sender,
    case when f.services = [] then any_value(span.first) else max(b.first) end as first,
    case when f.services = [] then any_value(span.last) else min(b.last) end as last
  from sender s
  join figure f on f.indicator = s.indicator
  join span on span.indicator = s.indicator
  left join by_service b on b.indicator = s.indicator and b.sender = s.sender
  group by s.indicator, s.sender, f.services
),
ending as (
  select f.*, c.grain, c.period, date_trunc('month', c.last_day)::date as ends
  from figure f
  join span on span.indicator = f.indicator
  join core.calendar c on list_contains(f.grains, c.grain) and c.period <= span.last and c.last_day >= span.first
),
-- A distance is a number of months, a parameter as it is in force at the end of the period, or both.
distance as (
  select e.*,
    coalesce(try_cast(regexp_extract(around.back, '[+-]?[0-9]+') as integer), 0) - coalesce(b.value, 0)::integer as back,
    coalesce(try_cast(regexp_extract(around.ahead, '[+-]?[0-9]+') as integer), 0) + coalesce(a.value, 0)::integer as ahead
  from ending e
  asof left join core.parameter b on b.parameter = regexp_extract(e.around.back, '[a-z_]+') and b.valid_from <= e.ends
  asof left join core.parameter a on a.parameter = regexp_extract(e.around.ahead, '[a-z_]+') and a.valid_from <= e.ends
),
-- From when on a figure reads, and from when on a delivery makes it one that was received.
period as (
  select *, (ends + to_months(ahead))::date as reads_to,
    case
      when around.back <> '' then period + to_months(back)
      when word = 'month' then period
      when word = 'end' then ends
      when word = 'trailing' then ends - to_months(number - 1)
      when word = 'since' then date_trunc('year', ends - to_months(number - 1)) + to_months(number - 1)
      else date '0001-01-01'
    end::date as reads_from,
    case when word in ('end', 'cumulated') then ends when around.back <> '' then period else greatest(period, reads_from) end as needed_from
  from distance
),
received as (
  select p.indicator, p.grain, p.period, s.sender,
    -- A bit for each needed dataset: in a tenth of the time that counting their names takes.
    p.datasets = [] or s.wanted = bit_count(coalesce(
      bit_or(1::bigint << d.needed) filter (d.in_force and d.month between p.needed_from and p.ends), 0
    )) as received,
    not coalesce(bool_or(d.lacking), false) as whole
  from period p
  join sender s on s.indicator = p.indicator
  left join heard d on d.indicator = p.indicator and d.sender = s.sender and d.month between p.reads_from and p.reads_to
  group by p.indicator, p.grain, p.period, s.sender, p.datasets, s.wanted
)
select r.indicator, r.grain, r.period, r.sender, r.received, p.linkable, p.reads_from, p.reads_to,
  p.datasets = [] or r.received and r.whole and not exists (
    -- A run from a later month on knows nothing of the months before it, though they were owed.
    select 1 from mart.indicator_sending c
    where c.indicator = r.indicator and c.owed_from < $first::date and p.reads_from < $first::date
  ) as complete,
  coalesce(p.reads_to <= o.last and (p.word = 'cumulated' or p.reads_from >= o.first), false) as mature
from received r
join period p on p.indicator = r.indicator and p.grain = r.grain and p.period = r.period
left join observed o on o.indicator = r.indicator and o.sender = r.sender
