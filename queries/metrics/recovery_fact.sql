/*
title: Recovery from each change failure
grain: one row per change failure whose outcome can be known
rule: >
  From going live to the latest restoration among the failure's accepted incidents, each as metrics.incident_restoration says; before going live counts 0 and is flagged "during rollout". A failure without an
  incident is restored by the deployment that rolled it back, reverted or fixed it (design 3)
version: 1
description: >
  Whole seconds. Open failures have no restoration; `open_seconds` is their age at as-of. What was restored before going live is filed
  under going live, so that it lies within the known history.
*/
with failure as (
  select o.wave_id, o.service, w.live_at
  from metrics.wave_outcome as o
  join model.wave as w on w.wave_id = o.wave_id
  where o.is_failure and o.outcome <> 'unknown'
),
restored_by_deployment as (
  select wave_id, min(restored_at) as restored_at
  from metrics.restoration
  where incident_id is null
  group by wave_id
),
by_incident as (
  select
    wave_id,
    count(*) as incidents,
    case when count(*) = count(restored_at) then max(restored_at) end as restored_at
  from metrics.incident_restoration
  where wave_id is not null
  group by wave_id
),
restored as (
  select
    f.wave_id,
    f.service,
    f.live_at as failed_at,
    coalesce(i.incidents, 0) as incidents,
    case when i.wave_id is not null then i.restored_at else d.restored_at end as restored_at
  from failure as f
  left join by_incident as i on i.wave_id = f.wave_id
  left join restored_by_deployment as d on d.wave_id = f.wave_id
)
select
  wave_id,
  service,
  failed_at,
  incidents,
  restored_at,
  case when restored_at > failed_at then restored_at when restored_at is not null then failed_at end as filed_at,
  case when restored_at > failed_at then date_diff('second', failed_at, restored_at) when restored_at is not null then 0 end as recovery_seconds,
  coalesce(restored_at < failed_at, false) as is_during_rollout,
  restored_at is null as is_open,
  case when restored_at is null then date_diff('second', failed_at, getvariable('as_of')) end as open_seconds
from restored
order by wave_id
