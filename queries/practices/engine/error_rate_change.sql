/*
title: Error rates before and after deployments
grain: one row per production deployment with traffic on record
rule: >
  Errors among requests in the stretches of time that lie wholly within 24 hours before its start, back to the deployment before it, and within 24 hours after it was complete, up to the next one. 95 % interval of
  the difference: Newcombe's, from two Wilson intervals. "higher" or "lower" where it leaves out zero, "no clear difference" where it does not, "not enough evidence" with fewer than 100 requests on a side,
  "pending" while the time after it lasts
version: 1
description: >
  The interval takes requests for independent. Requests that fail together make it narrower than it should be, so a difference is a reason to look, not a proof.
source: Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10
*/
with wave as (
  select
    wave_id, service, environment, live_at,
    coalesce(started_at, live_at) as begins_at,
    greatest(completed_at, live_at) as ends_at,
    lag(greatest(completed_at, live_at)) over (partition by service, environment order by live_at, wave_id) as previous_at,
    lead(coalesce(started_at, live_at)) over (partition by service, environment order by live_at, wave_id) as next_at
  from model.wave
),
bounded as (
  select
    *,
    greatest(begins_at - interval 24 hour, coalesce(previous_at, begins_at - interval 24 hour)) as before_from,
    least(ends_at + interval 24 hour, coalesce(next_at, ends_at + interval 24 hour)) as after_until
  from wave
),
-- Stretches are looked for by day, so that they are joined by equality.
dated as (
  select
    *,
    unnest(generate_series(epoch(before_from)::bigint // 86400, epoch(after_until)::bigint // 86400)) as day
  from bounded
),
side as (
  select
    w.wave_id,
    t.starts_at >= w.ends_at as is_after,
    sum(t.requests)::bigint as requests,
    sum(t.errors)::bigint as errors
  from dated as w
  join model.service_traffic as t
    on
      t.service = w.service
      and epoch(t.starts_at)::bigint // 86400 = w.day
      and (t.environment is null or t.environment = w.environment)
  where
    t.requests is not null and t.errors is not null
    and (
      (t.starts_at >= w.before_from and t.ends_at <= w.begins_at)
      or (t.starts_at >= w.ends_at and t.ends_at <= w.after_until)
    )
  group by w.wave_id, t.starts_at >= w.ends_at
),
rate as (
  select
    wave_id,
    is_after,
    requests,
    errors,
    errors::double / requests as value,
    (errors + 1.920729410347062 - 1.959963984540054 * sqrt(errors::double * (requests - errors) / requests + 0.960364705173531)) / (requests + 3.841458820694124) as low,
    (errors + 1.920729410347062 + 1.959963984540054 * sqrt(errors::double * (requests - errors) / requests + 0.960364705173531)) / (requests + 3.841458820694124) as high
  from side
  where requests > 0 and errors >= 0 and errors <= requests
),
compared as (
  select
    w.wave_id, w.service, w.live_at, w.before_from, w.after_until,
    b.requests as before_requests, b.errors as before_errors, b.value as before_rate,
    a.requests as after_requests, a.errors as after_errors, a.value as after_rate,
    a.value - b.value as difference,
    a.value - b.value - sqrt((a.value - a.low) * (a.value - a.low) + (b.high - b.value) * (b.high - b.value)) as difference_low,
    a.value - b.value + sqrt((a.high - a.value) * (a.high - a.value) + (b.value - b.low) * (b.value - b.low)) as difference_high
  from bounded as w
  left join rate as b on b.wave_id = w.wave_id and not b.is_after
  left join rate as a on a.wave_id = w.wave_id and a.is_after
  where b.wave_id is not null or a.wave_id is not null
)
select
  wave_id,
  service,
  live_at,
  before_from,
  after_until,
  before_requests,
  before_errors,
  before_rate,
  after_requests,
  after_errors,
  after_rate,
  difference,
  difference_low,
  difference_high,
  case
    when after_until > getvariable('as_of') then 'pending'
    when coalesce(before_requests, 0) < 100 or coalesce(after_requests, 0) < 100 then 'not enough evidence'
    when difference_low > 0 then 'higher'
    when difference_high < 0 then 'lower'
    else 'no clear difference'
  end as verdict
from compared
order by wave_id
