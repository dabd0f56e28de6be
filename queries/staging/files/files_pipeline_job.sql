/*
title: Pipeline jobs from files
description: A job of a pipeline run.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'pipeline_run' as pipeline_run,
  try_cast(r.payload ->> 'attempt' as bigint) as attempt,
  r.payload ->> 'name' as name,
  try_cast(r.payload ->> 'queued_at' as timestamptz) as queued_at,
  try_cast(r.payload ->> 'started_at' as timestamptz) as started_at,
  try_cast(r.payload ->> 'finished_at' as timestamptz) as finished_at,
  r.payload ->> 'conclusion' as conclusion,
  try_cast(r.payload ->> 'is_manual' as boolean) as is_manual
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'pipeline_job'
order by r.source, id
