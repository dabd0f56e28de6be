/*
title: Incidents from files
description: A user-facing failure.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "service": "VARCHAR", "title": "VARCHAR", "severity": "VARCHAR", "classification": "VARCHAR", "started_at": "VARCHAR",
        "detected_at": "VARCHAR", "acknowledged_at": "VARCHAR", "mitigated_at": "VARCHAR", "resolved_at": "VARCHAR", "caused_by": ["VARCHAR"],
        "cause": "VARCHAR", "description": "VARCHAR", "labels": ["VARCHAR"], "links": ["VARCHAR"], "post_mortem": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'incident'
)
select
  source,
  said.id as id,
  said.service as service,
  said.title as title,
  said.severity as severity,
  said.classification as classification,
  staging.instant(said.started_at) as started_at,
  staging.instant(said.detected_at) as detected_at,
  staging.instant(said.acknowledged_at) as acknowledged_at,
  staging.instant(said.mitigated_at) as mitigated_at,
  staging.instant(said.resolved_at) as resolved_at,
  said.caused_by as caused_by,
  said.cause as cause,
  said.description as description,
  said.labels as labels,
  said.links as links,
  said.post_mortem as post_mortem,
  said.url as url
from record
order by source, id
