/*
title: Releases as entries of a feed
grain: one row per release of the newest fifty that went live in production or were published, the newest first
rule: >
  Published when it first went live in production, else when its source published it. Updated at the last instant at which more became known that readers should see: published, live, rolled back,
  service restored
description: No free text of a source; the page of the release has it.
*/
with entry as (
  select
    service, service_title, version, kind, changes, outcome,
    coalesce(live_at, published_at) as published_at,
    live_at is not null as is_live,
    row_number() over (order by coalesce(live_at, published_at) desc, service, version) as position
  from reports.site_release
  where coalesce(live_at, published_at) < getvariable('as_of')
),
instant as (
  select service, version, published_at as happened_at
  from entry
  union all
  select service, version, published_at
  from reports.site_release
  union all
  select service, version, rolled_back_at
  from reports.site_release
  union all
  select service, version, restored_at
  from reports.site_release_wave
),
updated as (
  select service, version, max(happened_at) as updated_at
  from instant
  where happened_at < getvariable('as_of')
  group by service, version
)
select
  e.position,
  e.service,
  e.version,
  e.service_title || ' ' || e.version as title,
  concat_ws(
    ' ',
    case
      when not e.is_live then 'Published; not live in production.'
      when e.changes = 0 then 'Went live in production.'
      when e.changes = 1 then 'Went live in production with 1 change.'
      else 'Went live in production with ' || e.changes || ' changes.'
    end,
    'Kind: ' || e.kind || '.',
    'Outcome: ' || e.outcome || '.'
  ) as summary,
  e.published_at,
  u.updated_at
from entry as e
join updated as u on u.service = e.service and u.version = e.version
where e.position <= 50
order by e.position
