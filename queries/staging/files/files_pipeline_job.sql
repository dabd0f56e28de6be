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
  try_cast(said.attempt as bigint) as attempt,
  said.name as name,
  try_cast(said.queued_at as timestamptz) as queued_at,
  try_cast(said.started_at as timestamptz) as started_at,
  try_cast(said.finished_at as timestamptz) as finished_at,
  said.conclusion as conclusion,
  try_cast(said.is_manual as boolean) as is_manual
from record
order by source, id
