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
  try_cast(said.started_at as timestamptz) as started_at,
  try_cast(said.detected_at as timestamptz) as detected_at,
  try_cast(said.acknowledged_at as timestamptz) as acknowledged_at,
  try_cast(said.mitigated_at as timestamptz) as mitigated_at,
  try_cast(said.resolved_at as timestamptz) as resolved_at,
  said.caused_by as caused_by,
  said.cause as cause,
  said.description as description,
  said.labels as labels,
  said.links as links,
  said.post_mortem as post_mortem,
  said.url as url
from record
order by source, id
