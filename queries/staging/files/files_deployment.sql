/*
title: Deployments from files
description: One attempt to put a commit or version into an environment. They keep the order in which they are stored, for there are many.
grain: one row per source and id and attempt
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "attempt": "VARCHAR", "service": "VARCHAR", "environment": "VARCHAR", "repository": "VARCHAR", "sha": "VARCHAR",
        "version": "VARCHAR", "started_at": "VARCHAR", "finished_at": "VARCHAR", "status": "VARCHAR", "deployer": "VARCHAR",
        "pipeline_run": "VARCHAR", "rollback_of": "VARCHAR", "train": "VARCHAR", "branch": "VARCHAR", "labels": ["VARCHAR"],
        "change_requests": ["VARCHAR"], "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'deployment'
)
select
  source,
  said.id as id,
  staging.whole(said.attempt) as attempt,
  said.service as service,
  said.environment as environment,
  said.repository as repository,
  said.sha as sha,
  said.version as version,
  staging.instant(said.started_at) as started_at,
  staging.instant(said.finished_at) as finished_at,
  said.status as status,
  said.deployer as deployer,
  said.pipeline_run as pipeline_run,
  said.rollback_of as rollback_of,
  said.train as train,
  said.branch as branch,
  said.labels as labels,
  said.change_requests as change_requests,
  said.url as url
from record
