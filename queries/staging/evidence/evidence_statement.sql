/*
title: Statements about artifacts
description: >
  in-toto statements with their signatures. Of SLSA provenance: builder, times and the commit of the source, which 0.2 calls the
  configuration source and 1 the first dependency with a git commit. That there is a signature says nothing of who made it: `verified_by`
  names the configured key that did.
grain: one row per source, file, statement and subject
*/
with statement as (
  select
    source, path, service, sha, version, environment,
    unnest(from_json(said -> '$.statements', '["JSON"]')) as item,
    unnest(range(json_array_length(said, '$.statements')::bigint)) as statement_position
  from staging.evidence_document
  where format = 'in-toto'
),
dependency as (
  select
    source, path, statement_position,
    unnest(
      from_json(
        coalesce(item -> '$.predicate.buildDefinition.resolvedDependencies', item -> '$.predicate.materials', '[]'),
        '[{"uri":"VARCHAR","digest":{"gitCommit":"VARCHAR","sha1":"VARCHAR"}}]'
      )
    ) as d,
    unnest(range(json_array_length(coalesce(item -> '$.predicate.buildDefinition.resolvedDependencies', item -> '$.predicate.materials', '[]'))::bigint)) as position
  from statement
),
commit_dependency as (
  select
    source, path, statement_position, d.uri as uri, coalesce(d.digest.gitCommit, d.digest.sha1) as sha,
    row_number() over (partition by source, path, statement_position order by position) as choice
  from dependency
  where d.uri like 'git%' and coalesce(d.digest.gitCommit, d.digest.sha1) is not null
),
subject as (
  select
    source, path, statement_position,
    unnest(from_json(item -> '$.subjects', '[{"name":"VARCHAR","uri":"VARCHAR","digest":{"sha256":"VARCHAR","sha512":"VARCHAR","gitCommit":"VARCHAR"}}]')) as s,
    unnest(range(json_array_length(item, '$.subjects')::bigint)) as subject_position
  from statement
),
told as (
  select
    *,
    coalesce(json_array_length(item, '$.signatures'), 0)::bigint as signatures,
    coalesce(json_extract_string(item, '$.signatures[*].keyid'), []) as keyids,
    list_filter(coalesce(json_extract_string(item, '$.signatures[*].verified_by'), []), lambda k: k is not null) as verified_by,
    coalesce(item ->> '$.predicate.metadata.buildStartedOn', item ->> '$.predicate.runDetails.metadata.startedOn') as started,
    coalesce(item ->> '$.predicate.metadata.buildFinishedOn', item ->> '$.predicate.runDetails.metadata.finishedOn') as finished
  from statement
)
select
  t.source,
  t.path,
  t.statement_position,
  s.subject_position,
  t.service,
  t.version,
  t.environment,
  coalesce(s.s.name, s.s.uri) as name,
  case
    when regexp_matches(lower(s.s.digest.sha256), '^[0-9a-f]{64}$') then 'sha256:' || lower(s.s.digest.sha256)
    when regexp_matches(lower(s.s.digest.sha512), '^[0-9a-f]{128}$') then 'sha512:' || lower(s.s.digest.sha512)
  end as digest,
  lower(coalesce(t.sha, t.item ->> '$.predicate.invocation.configSource.digest.sha1', c.sha, s.s.digest.gitCommit)) as sha,
  t.item ->> '$.predicate_type' as predicate_type,
  starts_with(t.item ->> '$.predicate_type', 'https://slsa.dev/provenance/') as is_provenance,
  coalesce(t.item ->> '$.predicate.builder.id', t.item ->> '$.predicate.runDetails.builder.id') as builder,
  coalesce(t.item ->> '$.predicate.buildType', t.item ->> '$.predicate.buildDefinition.buildType') as build_type,
  coalesce(t.item ->> '$.predicate.invocation.configSource.uri', c.uri) as source_uri,
  case when regexp_matches(t.started, '(Z|[+-]\d\d:?\d\d)$') then staging.instant(t.started) end as started_at,
  case when regexp_matches(t.finished, '(Z|[+-]\d\d:?\d\d)$') then staging.instant(t.finished) end as finished_at,
  t.signatures,
  t.keyids,
  t.verified_by,
  coalesce(try_cast(t.item ->> '$.is_bundle' as boolean), false) as is_bundle
from told as t
join subject as s on s.source = t.source and s.path = t.path and s.statement_position = t.statement_position
left join commit_dependency as c
  on c.source = t.source and c.path = t.path and c.statement_position = t.statement_position and c.choice = 1
order by t.source, t.path, t.statement_position, s.subject_position
