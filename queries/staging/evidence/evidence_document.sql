/*
title: Documents of the evidence intake
description: >
  Every file, with what its path or the configuration says of it. A commit is a whole hash and a digest has its algorithm; what is
  neither is kept in `written_sha` and `written_digest` and names nothing.
grain: one row per source and file
*/
with record as (
  select r.source, r.key as path, r.payload, r.payload -> '$.given' as given
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'evidence' and r.stream = 'document'
),
named as (
  select
    source,
    path,
    payload,
    given ->> '$.service' as service,
    lower(given ->> '$.sha') as written_sha,
    lower(given ->> '$.digest') as written_digest,
    given ->> '$.version' as version,
    given ->> '$.environment' as environment,
    given ->> '$.suite' as suite,
    given ->> '$.run' as run,
    given ->> '$.kind' as kind,
    given ->> '$.scope' as scope
  from record
)
select
  source,
  path,
  payload ->> '$.format' as format,
  payload ->> '$.sha256' as sha256,
  service,
  case when regexp_matches(written_sha, '^[0-9a-f]{40}([0-9a-f]{24})?$') then written_sha end as sha,
  case
    when regexp_matches(written_digest, '^sha(256|384|512)[:_-][0-9a-f]{64,128}$') then regexp_replace(written_digest, '[:_-]', ':')
    when regexp_matches(written_digest, '^[0-9a-f]{64}$') then 'sha256:' || written_digest
  end as digest,
  version,
  environment,
  suite,
  run,
  kind,
  scope,
  written_sha,
  written_digest,
  payload -> '$.options' as options,
  payload -> '$.said' as said
from named
order by source, path
