/*
title: Pipeline runs from files
description: A run of a pipeline; each attempt is a row.
grain: one row per source and id and attempt
*/
select
  r.source,
  r.payload ->> 'id' as id,
  try_cast(r.payload ->> 'attempt' as bigint) as attempt,
  r.payload ->> 'workflow' as workflow,
  r.payload ->> 'service' as service,
  r.payload ->> 'repository' as repository,
  r.payload ->> 'sha' as sha,
  r.payload ->> 'trigger' as trigger,
  r.payload ->> 'actor' as actor,
  try_cast(r.payload ->> 'queued_at' as timestamptz) as queued_at,
  try_cast(r.payload ->> 'started_at' as timestamptz) as started_at,
  try_cast(r.payload ->> 'finished_at' as timestamptz) as finished_at,
  r.payload ->> 'conclusion' as conclusion,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'pipeline_run'
order by r.source, id, attempt
