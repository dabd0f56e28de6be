/*
title: Release trains on pages
grain: one row per train
description: Newest first by `position`. `changes` counts a change once however many services it shipped in, `change_facts` once a service.
*/
with shipped as (
  select r.train, count(distinct c.change_id) as changes, count(*) as change_facts
  from reports.site_release as r
  join reports.release_changes as c on c.service = r.service and c.version = r.version
  where r.train is not null
  group by r.train
),
ridden as (
  select
    train,
    count(*) as releases,
    count(distinct service) as services,
    min(planned_at) as planned_at,
    min(live_at) as first_live_at,
    max(live_at) as last_live_at,
    sum(incidents)::bigint as incidents,
    count(*) filter (where failed_waves > 0 or rolled_back_at is not null) as failed
  from reports.site_release
  where train is not null
  group by train
)
select
  r.train,
  row_number() over (order by coalesce(r.last_live_at, r.planned_at) desc nulls last, r.train) as position,
  r.releases,
  r.services,
  r.planned_at,
  r.first_live_at,
  r.last_live_at,
  coalesce(s.changes, 0) as changes,
  coalesce(s.change_facts, 0) as change_facts,
  r.incidents,
  r.failed
from ridden as r
left join shipped as s on s.train = r.train
order by position
