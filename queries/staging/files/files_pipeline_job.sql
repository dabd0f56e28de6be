/*
title: Pipeline jobs from files
description: A job of a pipeline run.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "pipeline_run": "VARCHAR", "attempt": "VARCHAR", "name": "VARCHAR", "queued_at": "VARCHAR", "started_at": "VARCHAR",
        "finished_at": "VARCHAR", "conclusion": "VARCHAR", "is_manual": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'pipeline_job'
)
select
  source,
  said.id as id,
  said.pipeline_run as pipeline_run,
  staging.whole(said.attempt) as attempt,
  said.name as name,
  staging.instant(said.queued_at) as queued_at,
  staging.instant(said.started_at) as started_at,
  staging.instant(said.finished_at) as finished_at,
  said.conclusion as conclusion,
  try_cast(said.is_manual as boolean) as is_manual
from record
order by source, id
