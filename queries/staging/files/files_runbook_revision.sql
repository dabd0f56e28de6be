/*
title: Runbook revisions from files
description: A change of what people read who operate a service, or their word that none is needed. Also read with git.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "kind": "VARCHAR", "service": "VARCHAR", "version": "VARCHAR", "repository": "VARCHAR", "path": "VARCHAR", "sha": "VARCHAR",
        "author": "VARCHAR", "revised_at": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'runbook_revision'
)
select
  source,
  said.id as id,
  said.kind as kind,
  said.service as service,
  said.version as version,
  said.repository as repository,
  said.path as path,
  said.sha as sha,
  said.author as author,
  staging.instant(said.revised_at) as revised_at,
  said.url as url
from record
order by source, id
