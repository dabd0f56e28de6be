/*
title: Releases from files
description: A named version of a service.
grain: one row per source and service and version
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "service": "VARCHAR", "version": "VARCHAR", "tag": "VARCHAR", "sha": "VARCHAR", "title": "VARCHAR", "notes": "VARCHAR", "kind": "VARCHAR",
        "train": "VARCHAR", "planned_at": "VARCHAR", "published_at": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'release'
)
select
  source,
  said.service as service,
  said.version as version,
  said.tag as tag,
  said.sha as sha,
  said.title as title,
  said.notes as notes,
  said.kind as kind,
  said.train as train,
  staging.instant(said.planned_at) as planned_at,
  staging.instant(said.published_at) as published_at,
  said.url as url
from record
order by source, service, version
