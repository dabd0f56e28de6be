/*
title: Releases from events
description: CDEvents has no release. An event of an artifact or service may state one; it was published when the event happened.
grain: one row per source and service and version
*/
with said as (
  select
    e.source,
    e."at",
    e.event_key,
    coalesce(e.stated ->> '$.release.service', e.service) as service,
    coalesce(e.stated ->> '$.release.version', e.version) as version,
    coalesce(e.sha, a.sha) as sha,
    e.stated -> '$.release' as stated
  from staging.events_event as e
  left join staging.events_artifact as a on a.source = e.source and a.artifact_id = e.artifact_id
  where e.subject_type in ('artifact', 'service') and json_type(e.stated, '$.release') = 'OBJECT'
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
  staging.instant(stated ->> '$.planned_at') as planned_at,
  coalesce(staging.instant(stated ->> '$.published_at'), published_at) as published_at,
  stated ->> '$.url' as url
from folded
order by source, service, version
