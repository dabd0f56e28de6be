/*
title: Bills of materials
description: >
  CycloneDX and SPDX with what they are about. The digest is the path's, else that of a hash of the subject, else what its package URL, version or
  properties hold: scanners of containers write it there.
grain: one row per source, file and subject
*/
with head as (
  select
    source, path, format, sha256, service, sha, digest, version, environment,
    said ->> '$.spec' as spec,
    said ->> '$.serial' as serial,
    said ->> '$.created' as created,
    said ->> '$.tools[0].name' as tool,
    said ->> '$.tools[0].version' as tool_version,
    staging.whole(said ->> '$.components') as components,
    said -> '$.subjects' as subjects
  from staging.evidence_document
  where format in ('cyclonedx', 'spdx')
),
subject as (
  select
    source, path,
    unnest(
      from_json(
        subjects,
        '[{"name":"VARCHAR","group":"VARCHAR","version":"VARCHAR","purl":"VARCHAR","hashes":[{"alg":"VARCHAR","content":"VARCHAR"}],"properties":[{"value":"VARCHAR"}]}]'
      )
    ) as item,
    unnest(range(json_array_length(subjects)::bigint)) as position
  from head
),
named as (
  select
    source,
    path,
    position,
    item.name as name,
    item.version as version,
    item.purl as purl,
    list_transform(
      list_filter(coalesce(item.hashes, []), lambda h: regexp_matches(replace(upper(h.alg), '-', ''), '^SHA(256|384|512)$')),
      lambda h: lower(replace(h.alg, '-', '')) || ':' || lower(h.content)
    ) as hashes,
    concat_ws(
      ' ', url_decode(coalesce(item.purl, '')), coalesce(item.version, ''), coalesce(item.name, ''),
      array_to_string(list_transform(coalesce(item.properties, []), lambda p: p.value), ' ')
    ) as words
  from subject
)
select
  h.source,
  h.path,
  coalesce(n.position, 0) as position,
  h.format,
  h.spec,
  h.sha256,
  h.serial,
  case when regexp_matches(h.created, '(Z|[+-]\d\d:?\d\d)$') then staging.instant(h.created) end as created_at,
  h.tool,
  h.tool_version,
  h.components,
  h.service,
  h.environment,
  h.sha,
  n.name,
  coalesce(h.version, case when n.version not like 'sha256:%' then n.version end) as version,
  n.purl,
  coalesce(h.digest, list_sort(n.hashes)[1], nullif(regexp_extract(n.words, 'sha256:[0-9a-f]{64}'), '')) as digest
from head as h
left join named as n on n.source = h.source and n.path = h.path
order by h.source, h.path, position
