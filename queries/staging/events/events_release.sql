/*
title: Releases from events
description: CDEvents has no release. An event of an artifact or service may state one; it was published when the event happened.
grain: one row per source and service and version
*/
with said as (
  select
    source,
    "at",
    event_key,
    coalesce(stated ->> '$.release.service', service) as service,
    coalesce(stated ->> '$.release.version', version) as version,
    sha,
    stated -> '$.release' as stated
  from staging.events_event
  where subject_type in ('artifact', 'service') and json_type(stated, '$.release') = 'OBJECT'
),
folded as (
  select
    source,
    service,
    version,
    min("at") as published_at,
    arg_max(sha, struct_pack("at" := "at", k := event_key)) as sha,
    list_reduce(list(stated order by "at", event_key), lambda a, b: json_merge_patch(a, b)) as stated
  from said
  where service is not null and version is not null
  group by source, service, version
)
select
  source,
  service,
  version,
  stated ->> '$.tag' as tag,
  coalesce(stated ->> '$.sha', sha) as sha,
  stated ->> '$.title' as title,
  stated ->> '$.notes' as notes,
  stated ->> '$.kind' as kind,
  stated ->> '$.train' as train,
  try_cast(stated ->> '$.planned_at' as timestamptz) as planned_at,
  coalesce(try_cast(stated ->> '$.published_at' as timestamptz), published_at) as published_at,
  stated ->> '$.url' as url
from folded
order by source, service, version
