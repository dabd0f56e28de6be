/*
title: Environments from events
description: The standard does not say what an environment is for; one of which no event states the kind is only evidence.
grain: one row per source and name
*/
with said as (
  select
    source,
    event_key,
    predicate,
    "at",
    coalesce(stated ->> '$.environment.name', subject_id) as name,
    stated -> '$.environment' as stated
  from staging.events_event
  where subject_type = 'environment' and predicate in ('created', 'modified', 'deleted')
),
folded as (
  select
    source,
    name,
    min("at") filter (where predicate = 'created') as created_at,
    max("at") filter (where predicate = 'created') as last_created_at,
    max("at") filter (where predicate = 'deleted') as deleted_at,
    list_reduce(list(stated order by "at", event_key) filter (where stated is not null), lambda a, b: json_merge_patch(a, b)) as stated
  from said
  group by source, name
)
select
  source,
  name,
  stated ->> '$.kind' as kind,
  staging.whole(stated ->> '$.rank') as rank,
  stated ->> '$.wave' as wave,
  coalesce(staging.instant(stated ->> '$.created_at'), created_at) as created_at,
  coalesce(
    staging.instant(stated ->> '$.removed_at'),
    case when last_created_at is null or last_created_at <= deleted_at then deleted_at end
  ) as removed_at,
  try_cast(stated ->> '$.is_ephemeral' as boolean) as is_ephemeral,
  stated ->> '$.provisioned_by' as provisioned_by,
  stated ->> '$.code' as code
from folded
where (stated ->> '$.kind') is not null
order by source, name
