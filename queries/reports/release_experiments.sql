/*
title: Experiments of releases
grain: one row per release and experiment about it
rule: >
  An experiment is about the release that it names; one that names none is about the release of its service that was live when it was decided, else when it began
version: 1
*/
with span as (
  select
    service, version, first_live_at as live_from,
    lead(first_live_at) over (partition by service order by first_live_at, version) as live_until
  from reports.release_summary
  where first_live_at is not null
),
about as (
  select e.experiment_id, e.service, e.version
  from model.experiment as e
  where e.version is not null
  union
  select e.experiment_id, e.service, s.version
  from model.experiment as e
  join span as s
    on
      s.service = e.service
      and coalesce(e.decided_at, e.started_at) >= s.live_from
      and (s.live_until is null or coalesce(e.decided_at, e.started_at) < s.live_until)
  where e.version is null
)
select
  a.service,
  a.version,
  e.experiment_id,
  e.native_id,
  e.source,
  e.name,
  e.metric,
  e.flag,
  e.control_value,
  e.variant_value,
  e.difference,
  e.effect,
  e.difference_low,
  e.difference_high,
  e.evidence,
  e.decision,
  e.started_at,
  e.decided_at
from about as a
join reports.release_scope as r on r.service = a.service and r.version = a.version
join practices.experiment_result as e on e.experiment_id = a.experiment_id
order by a.service, a.version, coalesce(e.decided_at, e.started_at) nulls last, e.experiment_id
