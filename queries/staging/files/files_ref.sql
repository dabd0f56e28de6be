/*
title: Branches and tags from files
description: A branch or tag of a repository, as it points now.
grain: one row per source and repository and name
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"repository": "VARCHAR", "name": "VARCHAR", "kind": "VARCHAR", "sha": "VARCHAR", "tagged_at": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'ref'
)
select
  source,
  said.repository as repository,
  said.name as name,
  said.kind as kind,
  said.sha as sha,
  staging.instant(said.tagged_at) as tagged_at
from record
order by source, repository, name
