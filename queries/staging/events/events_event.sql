/*
title: Events
description: >
  Every event out of its envelope, with what all subjects share: instant, subject, service, environment, repository, and what the
  artifact's package URL says. `subject_type` is null for anything but a CDEvent of a version before 1.0. `stated` is what the event
  says in our own columns, entity -> column -> value. An event's id is unique by itself, as links need it; where two producers
  used the same one, it is preceded by the producer.
grain: one row per source and event
*/
with record as (
  select
    r.source,
    r.key as event_key,
    r.updated_at as "at",
    s.options -> '$.fields' as fields,
    r.payload ->> '$.type' as envelope_type,
    case
      when json_type(r.payload, '$.context') = 'OBJECT' then r.payload
      when json_type(r.payload, '$.data.context') = 'OBJECT' then r.payload -> '$.data'
    end as event
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'events' and r.stream = 'event'
),
pointed as (
  select
    source,
    event_key,
    "at",
    event,
    coalesce(event ->> '$.context.type', envelope_type) as type,
    event ->> '$.context.id' as context_id,
    event ->> '$.context.source' as context_source,
    event ->> '$.subject.id' as subject_id,
    event -> '$.subject.content' as content,
    case when json_type(event, '$.customData.quarterdeck') = 'OBJECT' then event -> '$.customData.quarterdeck' end as stated,
    event -> '$.context.links' as links,
    json_extract_string(event, '/' || replace(fields ->> '$.service', '.', '/')) as field_service,
    json_extract_string(event, '/' || replace(fields ->> '$.environment', '.', '/')) as field_environment,
    json_extract_string(event, '/' || replace(fields ->> '$.repository', '.', '/')) as field_repository,
    json_extract_string(event, '/' || replace(fields ->> '$.sha', '.', '/')) as field_sha,
    json_extract_string(event, '/' || replace(fields ->> '$.version', '.', '/')) as field_version
  from record
),
named as (
  select
    *,
    nullif(regexp_extract(type, '^dev\.cdevents\.([a-z]+)\.[a-z]+\.0\.[0-9]+\.[0-9]+(?:-[a-z0-9.]+)?$', 1), '') as subject_type,
    nullif(regexp_extract(type, '^dev\.cdevents\.[a-z]+\.([a-z]+)\.0\.[0-9]+\.[0-9]+(?:-[a-z0-9.]+)?$', 1), '') as predicate
  from pointed
),
shipped as (
  select
    *,
    case when subject_type = 'artifact' then subject_id else content ->> '$.artifactId' end as artifact_id,
    regexp_replace(case when subject_type = 'artifact' then subject_id else content ->> '$.artifactId' end, '[?#].*$', '') as artifact_path
  from named
),
told as (
  select
    *,
    -- pkg:type/namespace/name@version, registry/name@sha256:..., or name:tag
    coalesce(
      nullif(regexp_extract(url_decode(artifact_path), '@([^@/]+)$', 1), ''),
      case when not starts_with(artifact_path, 'pkg:') then nullif(regexp_extract(artifact_path, ':([^:/@]+)$', 1), '') end
    ) as artifact_revision,
    nullif(regexp_extract(url_decode(regexp_replace(artifact_path, '@[^@/]+$', '')), '([^/:]+)(?::[^/:]*)?$', 1), '') as artifact_name,
    nullif(url_decode(regexp_extract(artifact_id, '[?&]tag=([^&#]*)', 1)), '') as artifact_tag,
    nullif(regexp_extract(url_decode(regexp_extract(artifact_id, '[?&]vcs_url=([^&#]*)', 1)), '@([0-9a-f]{40}(?:[0-9a-f]{24})?)$', 1), '') as artifact_commit
  from shipped
),
judged as (
  select
    *,
    case when regexp_matches(artifact_revision, '^sha(256|384|512):[0-9a-f]+$') then artifact_revision end as artifact_digest,
    case
      when regexp_matches(artifact_revision, '^sha(256|384|512):') then artifact_tag
      when regexp_matches(artifact_revision, '^[0-9a-f]{40}$') then artifact_tag
      else artifact_revision
    end as artifact_version,
    coalesce(case when regexp_matches(artifact_revision, '^[0-9a-f]{40}$') then artifact_revision end, artifact_commit) as artifact_sha,
    coalesce(
      field_service,
      case when subject_type = 'service' then subject_id else content ->> '$.service.id' end
    ) as written_service,
    min(context_source) over (partition by source, context_id) as first_context_source,
    max(context_source) over (partition by source, context_id) as last_context_source
  from told
)
select
  e.source,
  e.event_key,
  case
    when e.first_context_source <> e.last_context_source then e.context_source || '#' || e.context_id
    else e.context_id
  end as event_id,
  e.context_id,
  e.type,
  e.subject_type,
  e.predicate,
  e."at",
  e.subject_id,
  e.content,
  e.stated,
  e.links,
  coalesce(n.service, e.written_service) as service,
  coalesce(e.field_environment, e.content ->> '$.environment.id') as environment,
  coalesce(e.field_repository, e.content ->> '$.repository.id') as repository,
  coalesce(e.field_sha, e.artifact_sha) as sha,
  coalesce(e.field_version, e.artifact_version) as version,
  e.artifact_id,
  e.artifact_name,
  e.artifact_digest,
  -- Words of version 0.4 beside those of 0.5; of a task the word is free.
  case lower(e.content ->> '$.outcome')
    when 'success' then 'success'
    when 'succeeded' then 'success'
    when 'pass' then 'success'
    when 'failure' then 'failure'
    when 'failed' then 'failure'
    when 'fail' then 'failure'
    when 'error' then 'failure'
    when 'cancel' then 'cancelled'
    when 'cancelled' then 'cancelled'
    when 'canceled' then 'cancelled'
    when 'skipped' then 'skipped'
    when 'timeout' then 'timed_out'
  end as outcome
from judged as e
left join staging.events_service_name as n on n.source = e.source and n.written = e.written_service
order by e.source, e.event_key
