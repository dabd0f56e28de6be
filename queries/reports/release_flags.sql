/*
title: Features that releases exposed
grain: one row per release and flag of its service that was on while it was live
rule: >
  A release is live from going live first to the next version of its service going live first, or as-of. A flag belongs to it where it was on at the beginning, or was switched on in between
description: >
  `was_on`: on when the release went live; `share_then` and `share_last` are the share of users at the beginning and at the end, null = all or off. `switches` and `last_at` count and date those in between.
*/
with span as (
  select
    service, version, first_live_at as live_from,
    coalesce(lead(first_live_at) over (partition by service order by first_live_at, version), getvariable('as_of')::timestamptz) as live_until
  from reports.release_summary
  where first_live_at is not null
),
switch as (
  select
    source, name, service, occurred_at, is_on, share,
    lead(occurred_at) over (partition by source, name, service order by occurred_at) as until
  from model.flag
  where service is not null
),
held as (
  select
    p.service, p.version, p.live_from, p.live_until, s.source, s.name, s.occurred_at, s.is_on, s.share,
    s.occurred_at <= p.live_from as is_before
  from span as p
  join switch as s on s.service = p.service and s.occurred_at < p.live_until and (s.until is null or s.until > p.live_from)
),
ordered as (
  select
    *,
    row_number() over (partition by service, version, source, name order by occurred_at desc) as last_choice,
    row_number() over (partition by service, version, source, name order by occurred_at) as first_choice
  from held
)
select
  service,
  version,
  name,
  source,
  coalesce(max(case when first_choice = 1 and is_before and is_on then 1 end), 0) = 1 as was_on,
  max(case when first_choice = 1 and is_before and is_on then share end) as share_then,
  count(*) filter (where not is_before) as switches,
  max(occurred_at) filter (where not is_before) as last_at,
  max(case when last_choice = 1 and is_on then 1 else 0 end) = 1 as is_on_last,
  max(case when last_choice = 1 and is_on then share end) as share_last,
  live_from,
  live_until
from ordered
group by service, version, name, source, live_from, live_until
having bool_or(is_on)
order by service, version, name, source
