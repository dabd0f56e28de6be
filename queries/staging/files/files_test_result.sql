/*
title: Test results from files
description: What was tested for a commit or artifact.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "service": "VARCHAR", "repository": "VARCHAR", "sha": "VARCHAR", "digest": "VARCHAR", "environment": "VARCHAR",
        "suite": "VARCHAR", "kind": "VARCHAR", "total": "VARCHAR", "failed": "VARCHAR", "skipped": "VARCHAR", "coverage": "VARCHAR",
        "finished_at": "VARCHAR", "outcome": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'test_result'
)
select
  source,
  said.id as id,
  said.service as service,
  said.repository as repository,
  said.sha as sha,
  said.digest as digest,
  said.environment as environment,
  said.suite as suite,
  said.kind as kind,
  staging.whole(said.total) as total,
  staging.whole(said.failed) as failed,
  staging.whole(said.skipped) as skipped,
  staging.number(said.coverage) as coverage,
  staging.instant(said.finished_at) as finished_at,
  said.outcome as outcome,
  said.url as url
from record
order by source, id
