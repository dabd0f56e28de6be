/*
title: Main lines and tags
description: Where the main line and the tags of each repository point now.
grain: one row per source, repository and reference
*/
with record as (
  select
    record.source,
    record.payload
  from raw.current as record
  join staging.source as source on source.source = record.source
  where source.collector = 'git'
    and record.stream = 'ref'
)
select
  source,
  payload ->> '$.repository' as repository,
  payload ->> '$.name' as name,
  payload ->> '$.kind' as kind,
  payload ->> '$.sha' as sha,
  staging.instant(payload ->> '$.tagged_at') as tagged_at
from record
order by source, repository, kind, name
