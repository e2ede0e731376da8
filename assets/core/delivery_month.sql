-- Une ligne par service, jeu de données et période: dû ou reçu, et dans quel état.
--
-- key: service dataset period
-- columns: service* dataset* period* cadence* due_on* owed* in_force* state* correction delivery_id first_received_at
--   days_late versions* rows_read rows_rejected
-- privacy: internal
with present as (
  -- A month that is still to come is a slip of the file's name, and makes nothing owed.
  select max(period) as period from stg.delivery where status <> 'withdrawn' and period <= $known_on::date
),
due as (
  select s.service, s.dataset, c.period
  from core.sending s
  join core.calendar c on c.cadence = s.cadence and c.period >= s.owed_from
  cross join present p
  where c.last_day <= last_day(coalesce($last::date, p.period)) and ($first::date is null or c.last_day >= $first::date)
),
delivered as (
  select *, max(version) filter (status = 'in_force') over (partition by service, dataset, period) as version_in_force
  from stg.delivery
  where dataset is not null and period is not null
),
received as (
  select service, dataset, period,
    bool_or(status = 'in_force') as in_force,
    bool_or(status = 'held') as held,
    bool_or(status = 'rejected') as rejected,
    bool_or(status = 'withdrawn') as withdrawn,
    -- What a content that has gone was worth cannot be read again: it came, and that counts.
    min(received_at) filter (status <> 'rejected') as first_received_at,
    -- A later version that is not in force, though an earlier one is.
    arg_max(status, (version, received_at)) filter (version > version_in_force and status <> 'superseded') as correction,
    count(distinct version) as versions,
    -- The version in force, or else the latest, speaks for the period.
    arg_max(delivery_id, (status = 'in_force', version, received_at)) as delivery_id
  from delivered
  group by service, dataset, period
)
select
  coalesce(d.service, r.service) as service,
  coalesce(d.dataset, r.dataset) as dataset,
  coalesce(d.period, r.period) as period,
  c.cadence,
  c.due_on,
  d.period is not null as owed,
  coalesce(r.in_force, false) as in_force,
  case
    when r.in_force and r.first_received_at::date <= c.due_on then 'in_force'
    when r.in_force then 'late'
    when r.held then 'held'
    when r.rejected then 'rejected'
    when r.withdrawn then 'withdrawn'
    when c.due_on < $known_on::date then 'missing'
    else 'expected'
  end as state,
  r.correction,
  r.delivery_id,
  r.first_received_at,
  date_diff('day', c.due_on, r.first_received_at::date) as days_late,
  coalesce(r.versions, 0) as versions,
  l.rows_read,
  l.rows_rejected
from due d
full join received r on r.service = d.service and r.dataset = d.dataset and r.period = d.period
join core.sending s
  on s.service = coalesce(d.service, r.service) and s.dataset = coalesce(d.dataset, r.dataset)
join core.calendar c on c.period = coalesce(d.period, r.period) and c.cadence = s.cadence
left join stg.delivery l on l.delivery_id = r.delivery_id
