/*
title: Masking jobs from files
description: A job that makes copied data harmless.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "data_copy": "VARCHAR", "environment": "VARCHAR", "service": "VARCHAR", "dataset": "VARCHAR", "method": "VARCHAR",
        "started_at": "VARCHAR", "finished_at": "VARCHAR", "outcome": "VARCHAR", "rows_changed": "VARCHAR", "tool": "VARCHAR", "actor": "VARCHAR",
        "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'masking_job'
)
select
  source,
  said.id as id,
  said.data_copy as data_copy,
  said.environment as environment,
  said.service as service,
  said.dataset as dataset,
  said.method as method,
  staging.instant(said.started_at) as started_at,
  staging.instant(said.finished_at) as finished_at,
  said.outcome as outcome,
  staging.whole(said.rows_changed) as rows_changed,
  said.tool as tool,
  said.actor as actor,
  said.url as url
from record
order by source, id
