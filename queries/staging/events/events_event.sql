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
    r.payload,
    json_type(r.payload, ['$.context', '$.data.context']) as context_types
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'events' and r.stream = 'event'
),
opened as (
  select
    source,
    event_key,
    "at",
    fields,
    case when context_types[1] = 'OBJECT' then payload when context_types[2] = 'OBJECT' then payload -> '$.data' end as event,
    case when context_types[1] = 'OBJECT' or context_types[2] = 'OBJECT' then null else payload ->> '$.type' end as envelope_type
  from record
),
told_once as (
  -- All paths at once: each look into JSON reads it from the start.
  select
    source,
    event_key,
    "at",
    fields,
    event,
    envelope_type,
    json_extract_string(event, ['$.context.type', '$.context.id', '$.context.source', '$.subject.id']) as words,
    json_extract(event, ['$.subject.content', '$.customData.quarterdeck', '$.context.links']) as parts
  from opened
),
pointed as (
  select
    source,
    event_key,
    "at",
    coalesce(words[1], envelope_type) as type,
    words[2] as context_id,
    words[3] as context_source,
    words[4] as subject_id,
    parts[1] as content,
    case when json_type(parts[2]) = 'OBJECT' then parts[2] end as stated,
    parts[3] as links,
    json_extract_string(
      parts[1], ['$.artifactId', '$.service.id', '$.environment.id', '$.repository.id', '$.outcome']
    ) as named_in_content,
    case when fields ->> '$.service' is not null then json_extract_string(event, '/' || replace(fields ->> '$.service', '.', '/')) end as field_service,
    case when fields ->> '$.environment' is not null then json_extract_string(event, '/' || replace(fields ->> '$.environment', '.', '/')) end as field_environment,
    case when fields ->> '$.repository' is not null then json_extract_string(event, '/' || replace(fields ->> '$.repository', '.', '/')) end as field_repository,
    case when fields ->> '$.sha' is not null then json_extract_string(event, '/' || replace(fields ->> '$.sha', '.', '/')) end as field_sha,
    case when fields ->> '$.version' is not null then json_extract_string(event, '/' || replace(fields ->> '$.version', '.', '/')) end as field_version
  from told_once
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
    case when subject_type = 'artifact' then subject_id else named_in_content[1] end as artifact_id,
    regexp_replace(case when subject_type = 'artifact' then subject_id else named_in_content[1] end, '[?#].*$', '') as artifact_path
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
      case when subject_type = 'service' then subject_id else named_in_content[2] end
    ) as written_service
  from told
),
shared_id as (
  select source, context_id
  from pointed
  group by source, context_id
  having min(context_source) <> max(context_source)
)
select
  e.source,
  e.event_key,
  case when i.context_id is null then e.context_id else e.context_source || '#' || e.context_id end as event_id,
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
  coalesce(e.field_environment, e.named_in_content[3]) as environment,
  coalesce(e.field_repository, e.named_in_content[4]) as repository,
  coalesce(e.field_sha, e.artifact_sha) as sha,
  coalesce(e.field_version, e.artifact_version) as version,
  e.artifact_id,
  e.artifact_name,
  e.artifact_digest,
  -- Words of version 0.4 beside those of 0.5; of a task the word is free.
  case lower(e.named_in_content[5])
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
left join shared_id as i on i.source = e.source and i.context_id = e.context_id
left join staging.events_service_name as n on n.source = e.source and n.written = e.written_service
order by e.source, e.event_key
