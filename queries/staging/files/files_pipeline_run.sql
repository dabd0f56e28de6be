/*
title: Pipeline runs from files
description: A run of a pipeline; each attempt is a row.
grain: one row per source and id and attempt
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "attempt": "VARCHAR", "workflow": "VARCHAR", "service": "VARCHAR", "repository": "VARCHAR", "sha": "VARCHAR",
        "trigger": "VARCHAR", "actor": "VARCHAR", "queued_at": "VARCHAR", "started_at": "VARCHAR", "finished_at": "VARCHAR", "conclusion": "VARCHAR",
        "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'pipeline_run'
)
select
  source,
  said.id as id,
  staging.whole(said.attempt) as attempt,
  said.workflow as workflow,
  said.service as service,
  said.repository as repository,
  said.sha as sha,
  said.trigger as trigger,
  said.actor as actor,
  staging.instant(said.queued_at) as queued_at,
  staging.instant(said.started_at) as started_at,
  staging.instant(said.finished_at) as finished_at,
  said.conclusion as conclusion,
  said.url as url
from record
order by source, id, attempt
