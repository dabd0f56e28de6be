/*
title: Artifacts from events
description: >
  An artifact is its package URL. It was built when it was packaged, else when it was published; it is signed once an event says so. The commit
  is what the package URL says, else the id of the packaged change where that is a hash.
grain: one row per source and artifact
*/
with said as (
  select
    source, event_key, predicate, "at", subject_id, service, sha, version, artifact_name, artifact_digest, content,
    stated -> '$.artifact' as stated,
    case
      when regexp_matches(content ->> '$.change.id', '^[0-9a-f]{40}$') then content ->> '$.change.id'
    end as change_sha
  from staging.events_event
  where subject_type = 'artifact' and predicate in ('packaged', 'published', 'signed')
),
folded as (
  select
    source,
    subject_id,
    arg_max(service, struct_pack("at" := "at", k := event_key)) as service,
    min(artifact_name) as name,
    arg_max(version, struct_pack("at" := "at", k := event_key)) as version,
    min(artifact_digest) as digest,
    coalesce(min("at") filter (where predicate = 'packaged'), min("at") filter (where predicate = 'published')) as built_at,
    coalesce(
      arg_max(sha, struct_pack("at" := "at", k := event_key)),
      arg_max(change_sha, struct_pack("at" := "at", k := event_key))
    ) as sha,
    bool_or(predicate = 'signed') as is_signed,
    bool_or((content ->> '$.sbom.uri') is not null) as has_sbom,
    list_reduce(list(stated order by "at", event_key) filter (where stated is not null), lambda a, b: json_merge_patch(a, b)) as stated
  from said
  group by source, subject_id
)
select
  source,
  coalesce(stated ->> '$.id', subject_id) as id,
  coalesce(stated ->> '$.service', service) as service,
  coalesce(stated ->> '$.name', name, subject_id) as name,
  coalesce(stated ->> '$.version', version) as version,
  coalesce(stated ->> '$.digest', digest) as digest,
  coalesce(
    stated ->> '$.kind',
    case when subject_id like 'pkg:oci/%' or subject_id like 'pkg:docker/%' then 'container' when subject_id like 'pkg:%' then 'package' end
  ) as kind,
  staging.whole(stated ->> '$.size_bytes') as size_bytes,
  coalesce(staging.instant(stated ->> '$.built_at'), built_at) as built_at,
  coalesce(stated ->> '$.sha', sha) as sha,
  -- An event says that there is one; that there is none, no event says.
  coalesce(try_cast(stated ->> '$.is_signed' as boolean), case when is_signed then true end) as is_signed,
  coalesce(try_cast(stated ->> '$.has_sbom' as boolean), case when has_sbom then true end) as has_sbom,
  stated ->> '$.scan_outcome' as scan_outcome,
  stated ->> '$.url' as url,
  subject_id as artifact_id
from folded
order by source, artifact_id
