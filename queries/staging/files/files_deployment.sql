/*
title: Deployments from files
description: One attempt to put a commit or version into an environment.
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
  try_cast(said.attempt as bigint) as attempt,
  said.service as service,
  said.environment as environment,
  said.repository as repository,
  said.sha as sha,
  said.version as version,
  try_cast(said.started_at as timestamptz) as started_at,
  try_cast(said.finished_at as timestamptz) as finished_at,
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
order by source, id, attempt
