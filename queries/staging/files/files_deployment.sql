/*
title: Deployments from files
description: One attempt to put a commit or version into an environment.
grain: one row per source and id and attempt
*/
select
  r.source,
  r.payload ->> 'id' as id,
  try_cast(r.payload ->> 'attempt' as bigint) as attempt,
  r.payload ->> 'service' as service,
  r.payload ->> 'environment' as environment,
  r.payload ->> 'repository' as repository,
  r.payload ->> 'sha' as sha,
  r.payload ->> 'version' as version,
  try_cast(r.payload ->> 'started_at' as timestamptz) as started_at,
  try_cast(r.payload ->> 'finished_at' as timestamptz) as finished_at,
  r.payload ->> 'status' as status,
  r.payload ->> 'deployer' as deployer,
  r.payload ->> 'pipeline_run' as pipeline_run,
  r.payload ->> 'rollback_of' as rollback_of,
  r.payload ->> 'train' as train,
  r.payload ->> 'branch' as branch,
  try_cast(r.payload -> 'labels' as varchar[]) as labels,
  try_cast(r.payload -> 'change_requests' as varchar[]) as change_requests,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'deployment'
order by r.source, id, attempt
